"""What the files of exchanges say, as facts that an answer may repeat: days, amounts, ratios."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from trustops.content.values import ContentError
from trustops.exchanges.load import FOLDER, load_exchanges
from trustops.exchanges.values import Exchange


def told_by_exchanges(exchanges: Iterable[Exchange]) -> frozenset[str]:
    """Every text of the matrix that pages show, and the day of each claim, as `YYYY-MM-DD`.

    Whoever compares figures reads them out of the texts, such as the day on which a listing ends.
    """
    told: set[str] = set()
    for exchange in exchanges:
        told.add(exchange.user_note)
        for claim in exchange.claims:
            told |= {claim.says, claim.note, f"{claim.said_on:%Y-%m-%d}"}
    return frozenset(told - {""})


class ExchangeFacts:
    """The facts of a content folder, read again when one of its files changes."""

    def __init__(self, content_dir: Path) -> None:
        """Take the content folder."""
        self._content_dir = content_dir
        self._last: tuple[tuple[object, ...], frozenset[str]] | None = None

    def current(self) -> frozenset[str]:
        """What the files say; what they said last while one of them has a fault."""
        mark = self._mark()
        last = self._last
        if last is not None and last[0] == mark:
            return last[1]
        try:
            facts = told_by_exchanges(load_exchanges(self._content_dir))
        except ContentError:
            # Pages of tickets stand whatever becomes of a file; the site's build alerts ops.
            facts = last[1] if last else frozenset()
        self._last = (mark, facts)
        return facts

    def _mark(self) -> tuple[object, ...]:
        try:
            files = sorted((self._content_dir / FOLDER).iterdir())
            states = [(file.name, file.stat()) for file in files]
        except OSError:
            return ()
        return tuple((name, one.st_mtime_ns, one.st_size, one.st_ino) for name, one in states)
