"""A request whose words complete a secret is refused, and its earlier pieces go all the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from trustops.errors import SecretDoubtedError, SecretFoundError
from trustops.tickets.editing import locked
from trustops.tickets.pieces import GUARD, Pieces, take_pieces_out
from trustops.tickets.requests import act_of
from trustops.web.apart import take_back_and_write


@contextmanager
def pieces_out_if_refused(pieces: Pieces) -> Iterator[None]:
    """Take pieces out where the block refuses the words as a secret; the refusal goes on."""
    try:
        yield
    except SecretFoundError as error:
        pieces_out(error, pieces)
        raise


def pieces_out(error: SecretFoundError, pieces: Pieces) -> None:
    """Take out the pieces that refused words complete, unless the refusal is only a question."""
    if isinstance(error, SecretDoubtedError):
        return

    def act(session: Session) -> None:
        take_pieces_out(session, act_of(GUARD), locked(session, pieces.reference), pieces)

    take_back_and_write(act)
