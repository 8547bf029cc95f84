"""A request whose words complete a secret is refused, and its earlier pieces go all the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from sqlalchemy.orm import Session

from trustops.errors import SecretDoubtedError, SecretFoundError
from trustops.tickets.editing import locked
from trustops.tickets.pieces import GUARD, Pieces, take_pieces_out
from trustops.tickets.requests import act_of
from trustops.tickets.rules import Author
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


def reply_refused(error: SecretFoundError) -> None:
    """Take out what was told before of a secret that staff pasted into an answer or a note."""
    _out_of_this_ticket(error, request.form.get("body", ""))


def message_refused(error: SecretFoundError) -> None:
    """The same for an answer or a note of a program."""
    sent = request.get_json(silent=True)
    words = sent.get("message") if isinstance(sent, dict) else None
    _out_of_this_ticket(error, words if isinstance(words, str) else "")


def _out_of_this_ticket(error: SecretFoundError, words: str) -> None:
    reference = (request.view_args or {}).get("reference", "")
    pieces_out(error, Pieces(reference, words, Author.AGENT))
