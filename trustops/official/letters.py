"""What a hurried reader takes a name for: look-alike letters, digits and pairs made one. Pure.

Wider than the guard's folding, on which it rests: a letter with a stroke, hook or bar is its plain
letter by its Unicode name, so that no table has to list them. That of dnstwist is covered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from trustops.guard.normalise import fold

_NAMED = re.compile(
    r"LATIN (?:(?:SMALL|CAPITAL) LETTER|LETTER SMALL CAPITAL) "
    r"(?:(?:DOTLESS|SCRIPT|OPEN|CLOSED|REVERSED|INSULAR|LONG|BARRED|STRETCHED) )?"
    r"([A-Z]{1,2})(?: WITH [A-Z ]+)?"
)
"""Unicode's names of variants of a Latin letter; the group is that letter."""

_DRAWN = {
    "a": "\u15c5",
    "b": "\u0185\u0184\u1472\u15af\u13f4\u15f7",
    "c": "\u2ca5\uabaf\u2ca4",
    "d": "\u13e7\u146f\ua4d2\u15de\u15ea",
    "e": "\u2d39",
    "f": "\u0584\u15b4",
    "g": "\u018d\u13f3",
    "h": "\u13c2\u2c8e\u157c",
    "i": "\u0269\ua647\uab75\u037a",
    "j": "\u148d\u037f",
    "k": "\u0138\u2c94\u16d5",
    "l": "\u0196\u2c92\u2d4f\u16c1\u2cd0\u14aa",
    "m": "\u03fa\u2c98\u15f0\u16d6",
    "n": "\u057c\u2c9a",
    "o": "\u2c9f\u10ff\u0d20\u101d\u1d11\u2c9e\u0555\u2d54\u12d0\u0b20\u3007",
    "p": "\u01bf\u2ca3\u2ca2\u146d",
    "q": "\u0563\u2d55",
    "r": "\u1d26\u2c85\uab81\u1587",
    "s": "\u01bd\u01bc\u01a8\u01a7\uabaa\u054f\u13d5",
    "t": "\u2ca6",
    "u": "\u028b\u054d\u1200\u144c",
    "v": "\uaba9\u2d38\u142f",
    "w": "\u0461\uab83\u13d4",
    "x": "\u1541\u157d\u2cac\u2d5d\u16b7",
    "y": "\u0263\u10e7\u2ca8\u13a9\u13bd",
    "z": "\u01bb\uab93\u0292\u01b7",
}
"""Characters that are drawn like a Latin letter and are not named after it."""

_ALSO = {"\u0259": "a", "\u0292": "e"}
"""Characters that are taken for one letter in one face and for another in the next: the second."""

_POINTS = str.maketrans({char: letter for letter, chars in _DRAWN.items() for char in chars})
_PAIRS = (("rn", "m"), ("nn", "m"), ("vv", "w"), ("cl", "d"))
_DIGITS = str.maketrans("1024i|5$378", "lozallssetb")
_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "GEORGIAN", "COPTIC"})


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set to look in."""
    return frozenset(text.split())


def _plain(char: str) -> str:
    """One character that folding left beyond ASCII, as the Latin letter or digit it looks like."""
    named = _NAMED.fullmatch(unicodedata.name(char, ""))
    if named:
        return named[1].lower()
    digit = unicodedata.digit(char, None)
    return char if digit is None else str(digit)


def skeleton(text: str) -> str:
    """What a hurried reader sees: accents, look-alike letters, digits and pairs made one."""
    seen = fold(text.translate(_POINTS)).lower()
    if not seen.isascii():
        seen = "".join(char if char.isascii() else _plain(char) for char in seen)
    for pair, letter in _PAIRS:
        seen = seen.replace(pair, letter)
    return seen.translate(_DIGITS)


def readings(text: str) -> tuple[str, ...]:
    """The ways in which a text may be read where a character stands for one of two letters."""
    found = [text]
    for char, letter in _ALSO.items():
        if char in text:
            found += [one.replace(char, letter) for one in found]
    return tuple(found)


@cache
def skeletons(listed: str) -> tuple[str, ...]:
    """Those of several words, parted by spaces; the longest first, as a pattern tries them."""
    return tuple(sorted({skeleton(word) for word in listed.split()}, key=len, reverse=True))


def mixes_scripts(labels: Iterable[str]) -> bool:
    """Whether letters of several alphabets that look alike stand in one label."""
    return any(len(_SCRIPTS.intersection(map(_script, label))) > 1 for label in labels)


@cache
def _script(char: str) -> str:
    return "" if not char.isalpha() else unicodedata.name(char, "").partition(" ")[0]


def distance(one: str, other: str, *, most: int) -> int:
    """Letters added, dropped, replaced or swapped with their neighbour; `most + 1` for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
