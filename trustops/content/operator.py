"""Who answers for this desk, as `[operator]` in `site.toml` names them, or that nobody does yet.

Until somebody is named, pages say so, addresses are withheld and heartbeats stay in the log:
whoever copies a content folder has not taken responsibility for it by that.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files

EXAMPLE = "Example content. Nobody has taken responsibility for this site yet."
"""What every page says while no operator is named."""

DEMO_OPERATOR = "TrustOps demo"
"""The operator of the demo's own content; nobody elsewhere."""

_PLACEHOLDERS = frozenset(
    line
    for line in (files("trustops.content") / "nobody.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
"""What people leave in a field that they mean to fill in, in small letters without signs."""

_TEMPLATE = re.compile(
    r"<[^<>]*>|\{+[^{}]*\}+|\[+[^\[\]]*\]+|\$\{[^{}]*\}|%[^%]*%|__.*__|【[^【】]*】"
)
"""Signs around a whole name that say: put something in here."""

_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)
"""Fillers, joiners and selectors that are letters or marks by their class and show nothing."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs a desk: their name, what they are to the project, how they are reached."""

    name: str = ""
    relation: str = ""
    contact: str = ""

    def is_named(self, *, demo: bool = False) -> bool:
        """Whether somebody can be read from the name; `demo` is whether this is a demo."""
        if _TEMPLATE.fullmatch(unicodedata.normalize("NFKC", self.name).strip()):
            return False
        words = _words(self.name)
        if words == DEMO_OPERATOR.casefold():
            return demo
        return bool(words) and words not in _PLACEHOLDERS


NOBODY = Operator()
"""While `site.toml` names none."""


def _words(name: str) -> str:
    """The letters and digits of a name, in small letters, words one space apart.

    Spaces of any width, joiners and other signs that nobody sees, and marks alone name nobody.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    seen = (letter for letter in plain if not _is_invisible(letter))
    spaced = (letter if _is_read(letter) else " " for letter in seen)
    words = " ".join("".join(spaced).split())
    return words if any(unicodedata.category(letter)[0] in "LN" for letter in words) else ""


def _is_invisible(letter: str) -> bool:
    return letter in _BLANK or unicodedata.category(letter) in {"Cf", "Cn", "Co", "Cs"}


def _is_read(letter: str) -> bool:
    """Letters, digits, and marks that belong to letters."""
    return unicodedata.category(letter)[0] in "LNM"
