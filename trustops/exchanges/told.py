"""What pages say of exchanges, as facts that an answer may repeat: days, amounts, ratios.

The day on which somebody said something is none of them: it is no day of anything that is to come.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from trustops.content.versions import LastGood
from trustops.exchanges.load import FOLDER, settled_exchanges
from trustops.exchanges.values import Exchange


def told_by_exchanges(exchanges: Iterable[Exchange]) -> frozenset[str]:
    """What holders are told to do, and what each exchange is said to do, as pages show it.

    Whoever compares figures reads them out of the texts, such as the day on which a listing ends.
    """
    told: set[str] = set()
    for exchange in exchanges:
        told.add(exchange.user_note)
        told |= {claim.says for claim in exchange.claims}
    return frozenset(told - {""})


class ExchangeFacts:
    """The facts of a content folder, read again when one of its files changes."""

    def __init__(self, content_dir: Path, instance_dir: Path) -> None:
        """Take the content folder, and the instance whose last good versions stand for faults."""
        self._content_dir = content_dir
        self._instance_dir = instance_dir
        self._last: tuple[tuple[object, ...], frozenset[str]] | None = None

    def current(self) -> frozenset[str]:
        """What the files say; of one with a fault, what it said before."""
        mark = self._mark()
        last = self._last
        if last is not None and last[0] == mark:
            return last[1]
        exchanges, problems = settled_exchanges(self._content_dir, LastGood(self._instance_dir))
        facts = told_by_exchanges(exchanges)
        if problems and last is not None:
            # Pages of tickets stand whatever becomes of a file; the site's build alerts ops.
            facts |= last[1]
        self._last = (mark, facts)
        return facts

    def _mark(self) -> tuple[object, ...]:
        try:
            files = sorted((self._content_dir / FOLDER).iterdir())
            states = [(file.name, file.stat()) for file in files]
        except OSError:
            return ()
        return tuple((name, one.st_mtime_ns, one.st_size, one.st_ino) for name, one in states)
