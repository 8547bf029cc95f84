"""Whether somebody answers for the desk now, by `site.toml` as it lies there at this moment.

The public pages are built anew when a file changes; what is made for each request asks here, so
that both say the same without a restart.
"""

from __future__ import annotations

from pathlib import Path

from trustops.content.answering import in_words
from trustops.content.operator import Operator
from trustops.content.schema import SiteFile
from trustops.content.toml_file import read_toml
from trustops.content.values import Problem
from trustops.content.versions import SITE, LastGood, Reading

_Mark = tuple[int, int, int]


def operator_in(folder: Path) -> Operator | None:
    """The operator that a content folder names; None where its `site.toml` cannot be used."""
    site = _read_site(folder, [])
    return Operator(**dict(site.operator)) if site else None


def is_answered_for(folder: Path, good: LastGood, *, demo: bool) -> bool:
    """Whether a content folder names an operator; `demo` is whether this is a demo.

    A `site.toml` with a fault counts in its last good version; without one nobody answers.
    """
    site = Reading(folder, good).one(SITE, _read_site)
    return site is not None and Operator(**dict(site.operator)).is_named(demo=demo)


def _read_site(folder: Path, problems: list[Problem]) -> SiteFile | None:
    return read_toml(folder, SITE, SiteFile, problems)


class Responsibility:
    """Keeps the last look at `site.toml`; a file with a fault changes nothing of it."""

    def __init__(self, folder: Path, *, demo: bool, operator: Operator) -> None:
        """Take the content folder, whether this is a demo, and the operator as first read."""
        self._folder = folder
        self._demo = demo
        self._operator = operator
        self._seen: _Mark | None = None

    def is_taken(self) -> bool:
        """Whether an operator is named."""
        return self._now().is_named(demo=self._demo)

    def operator(self) -> Operator:
        """Who answers, in the words that readers see."""
        return in_words(self._now(), demo=self._demo)

    def _now(self) -> Operator:
        mark = self._mark()
        if mark is not None and mark != self._seen:
            self._operator = operator_in(self._folder) or self._operator
            self._seen = mark
        return self._operator

    def _mark(self) -> _Mark | None:
        """What changes with the file, as cheaply as it can be seen."""
        try:
            status = (self._folder / SITE).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino
