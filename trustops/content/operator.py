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


def _lines(name: str) -> list[str]:
    text = (files("trustops.content") / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


_PLACEHOLDERS = frozenset(_lines("nobody.txt"))
"""What people leave in a field that they mean to fill in, in small letters without signs."""

_FIELD_WORDS = frozenset(" ".join(_lines("field_words.txt")).replace("'", " ").split())
_ONLY_FIELD_WORDS = re.compile(
    f"(?:{'|'.join(sorted(map(re.escape, _FIELD_WORDS), key=len, reverse=True))}| )+"
)
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")

_LEGAL_FORMS = frozenset(" ".join(_lines("legal_forms.txt")).split())
_SAMPLE_FIRMS = frozenset(
    {
        *("abc", "acme", "asdf", "bar", "beispiel", "contoh jaya", "dummy", "example", "foo"),
        *("foo bar", "foobar", "lorem", "lorem ipsum", "mustermann", "placeholder", "sample"),
    }
)
"""Firms of textbooks, whatever legal form stands behind them."""

_NO_MAILBOX = re.compile(r"@(?:.*\.)?example(?:\.(?:com|net|org))?\Z|@(?:.*\.)?(?:test|invalid)\Z")
"""Domains that are kept for documents (RFC 2606)."""

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
        return bool(words) and not _is_placeholder(words)

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of relation and contact say nothing: empty, a placeholder, an example's address."""
        given = {"relation": self.relation, "contact": self.contact}
        return tuple(
            field
            for field, text in given.items()
            if not _words(text)
            or _is_placeholder(_words(text))
            or _NO_MAILBOX.search(text.strip().lower())
        )


NOBODY = Operator()
"""While `site.toml` names none."""


def _is_placeholder(words: str) -> bool:
    """Whether words stand for nobody, name the field itself, or are a sample with a legal form."""
    parts = words.split()
    while len(parts) > 1 and (parts[-1] in _LEGAL_FORMS or parts[0] in _LEGAL_FORMS):
        parts = parts[:-1] if parts[-1] in _LEGAL_FORMS else parts[1:]
    bare = " ".join(parts)
    if words in _PLACEHOLDERS or bare in _SAMPLE_FIRMS:
        return True
    if _WITHOUT_SPACES.search(bare):
        return _ONLY_FIELD_WORDS.fullmatch(bare) is not None
    return len(parts) > 1 and all(part in _FIELD_WORDS for part in parts)


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
