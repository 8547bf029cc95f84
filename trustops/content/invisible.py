"""Characters that nobody sees: what a text may not hold, and which joiners a script needs. Pure.

They come along when words are pasted from web pages and word processors. Nobody finds them by
looking, so what is told says between which words they stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Characters that no database or page takes, and those that turn the direction of a line."""

NO_TEXT = "holds a character that is no text; type the value again"
"""Said of a value in which such a character is written by its number."""

_JOINERS = frozenset("\u200c\u200d")
_JOINED = frozenset({"Lo", "Mn", "Mc", "So", "Sk"})
"""Categories of what joiners stand between: letters without case, marks, emoji and their tones."""

_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,6}\U000e007f")
"""The flag of a region: a black flag and a tag of letters that cannot be seen by themselves."""

_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Signs of Arabic and Syriac that are drawn, though their category says format."""

_FILLERS = frozenset("\u034f\u115f\u1160\u3164\uffa0")
"""Letters and marks by their category that show nothing."""

_MARKS = "\"'.,;:!?()[]*_"
_NEAR = 20
"""Letters beside a character that are shown with it."""


def is_text(words: str) -> bool:
    """Whether a value can be shown and kept, however its characters were written in the file."""
    return _NO_TEXT.search(words) is None


def unseen(text: str) -> Iterator[int]:
    """The places of characters that take no room, but for those that a script needs.

    Joiners stay between letters of Persian, Hindi and their like, and in emoji; between Latin
    letters they would only hide a word.
    """
    if text.isascii():
        return
    flags = {at for match in _FLAG.finditer(text) for at in range(*match.span())}
    for at, char in enumerate(text):
        if unicodedata.category(char) != "Cf" or char in _SEEN or at in flags:
            continue
        elif char not in _JOINERS or not _joins(text[at - 1 : at], text[at + 1 : at + 2]):
            yield at


def _joins(before: str, after: str) -> bool:
    """Whether a joiner has work to do between two characters; none at an end."""
    return (
        bool(before and after)
        and unicodedata.category(before) in _JOINED
        and unicodedata.category(after) in _JOINED
    )


def hidden_in(line: str) -> str:
    """What to do about characters of a line that nobody sees; empty where it has none."""
    if line.isascii() and line.isprintable():
        return ""
    others = {at for at, char in enumerate(line) if char in _FILLERS or _NO_TEXT.match(char)}
    places = sorted({*unseen(line), *others})
    if not places:
        return ""
    first = places[0]
    before = _shown(line[max(0, first - _NEAR) : first]).split(" ")[-1]
    after = _shown(line[first + 1 : first + _NEAR]).split(" ")[0]
    before, after = before.strip(_MARKS), after.strip(_MARKS)
    beside = " and ".join(f'"{word}"' for word in (before, after) if word)
    where = f" {'between' if before and after else 'beside'} {beside}" if beside else ""
    more = f", and {len(places) - 1} more on this line" if len(places) > 1 else ""
    told = f"holds a character that nobody sees ({_name(line[first])}){where}{more}"
    return f"{told}; delete {before + after or 'the line'} and type it again"


def hidden_lines(text: str) -> dict[int, str]:
    """The lines of a file, from 1, on which such a character stands, and what to do about each.

    A mark of the order of bytes at the beginning of a file is another matter.
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if plain.isascii() and is_text(plain):
        return {}
    told = {number: hidden_in(line) for number, line in enumerate(plain.split("\n"), 1)}
    return {number: words for number, words in told.items() if words}


def _shown(words: str) -> str:
    """Words without what nobody sees."""
    return "".join(char for char in words if char.isprintable() and char not in _FILLERS)


def _name(char: str) -> str:
    """A character as its author can look for it."""
    return f"{unicodedata.name(char, 'control character').lower()}, U+{ord(char):04X}"
