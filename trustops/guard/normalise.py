"""Undo what hides letters, before anything is looked for (docs/guard.md).

A text is read in up to five views: as it stands, with escapes decoded, with markup taken out in two
ways, and with letters for digits. In each, invisible characters and accents are gone and look-alike
letters are Latin.
"""

from __future__ import annotations

import base64
import codecs
import html
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from urllib.parse import unquote_to_bytes

from trustops.guard.confusables import CONFUSABLES

_ROUNDS = 3
"""How often escapes within escapes are undone."""

_LARGEST_TABLE = 20_000
"""Cap of the folding table, so that no stream of odd characters can fill the memory."""

_TAGS = range(0xE0020, 0xE007F)
"""Invisible copies of the ASCII characters."""

_LINE_ENDS = frozenset("\v\f\u0085\u2028\u2029")
_BY_CATEGORY = {"Cc": "", "Cf": "", "Mn": "", "Me": "", "Nl": " ", "Pd": "-"}
"""Control and format characters, accents, Roman numerals and dashes."""

_ESCAPES = re.compile(
    r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<quoted_printable>(?:=[0-9A-F]{2}){2,})"
    r"|(?P<entity>&(?:\#[xX][0-9A-Fa-f]{1,6}|\#[0-9]{1,7}|[A-Za-z]{2,31});)"
    r"|\\u(?P<four>[0-9A-Fa-f]{4})|\\x(?P<two>[0-9A-Fa-f]{2})"
    r"|\\(?:u\{|U000)(?P<many>[0-9A-Fa-f]{1,5})\}?"
    r"|(?P<space>\\[nrtvf])"
    r"|\\(?P<quoted>[\"'/])"
    r"|(?P<base16>(?<![0-9A-Za-z])(?:0x)?(?:[0-9A-Fa-f]{2}){36,}(?![0-9A-Fa-f]))"
    r"|(?P<octets>(?<![0-9A-Za-z])(?:0x)?[0-9A-Fa-f]{2}"
    r"(?:[\s,:]{1,4}(?:0x)?[0-9A-Fa-f]{2}){35,}(?![0-9A-Fa-f]))"
    r"|(?P<decimals>(?<![0-9A-Za-z])\d{2,3}(?:[\s,]{1,4}\d{2,3}){35,}(?![0-9A-Za-z]))"
    r"|(?P<base64>(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}"
    r"(?:\r?\n[> \t]{0,8}[A-Za-z0-9+/_-]{4,}){0,20}={0,2})"
)
_NOT_PRINTED = frozenset("\t\n\r\u3000")
"""What a text may have beside printable characters."""

_NO_DIGITS = re.compile(r"[\s>,:=]")
_SHORTEST_BASE64 = 60
_LONG_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{60,}={0,2}")
_LONG_BASE16 = re.compile(r"(?:[0-9A-Fa-f]{2}){36,}")
_BYTE = 0xFF
_DIGIT_WORD = re.compile(
    r"(?<![\w@$])(?!0x|\d+(?:st|nd|rd|th)\b)(?=[a-z@$]{0,8}[0134578@$])(?=[\d@$]*[a-z][\d@$]*[a-z@$])"
    r"[a-z0134578@$]{3,9}(?![\w@$])"
)
"""A word with digits in it, but for addresses and ordinals."""

_DIGIT_LETTERS = str.maketrans("0134578@$", "oieastbas")
_FEWEST_DIGIT_WORDS = 4
_DIGIT_WORDS_WITHIN = 200
"""Characters in which so many of them have to stand; prose has one now and then."""

_TAG = re.compile(r"<(?:!--|[!/?]?[A-Za-z])[^<>]*>")


def _fold_character(char: str) -> str:
    known = CONFUSABLES.get(char)
    if known is not None:
        return known
    if ord(char) in _TAGS:
        return chr(ord(char) - _TAGS.start + ord(" "))
    if char in _LINE_ENDS:
        return "\n"
    seen = _BY_CATEGORY.get(unicodedata.category(char))
    if seen is not None:
        return seen
    plain = "".join(
        CONFUSABLES.get(part, part)
        for part in unicodedata.normalize("NFKD", char)
        if _BY_CATEGORY.get(unicodedata.category(part)) != ""
    )
    return plain if plain.isascii() else char


class _Folding(dict[int, str]):
    """The table for `str.translate`, filled on demand so that most text runs at C speed."""

    def __missing__(self, point: int) -> str:
        folded = _fold_character(chr(point))
        if len(self) < _LARGEST_TABLE:
            self[point] = folded
        return folded


_FOLDING = _Folding({point: chr(point) for point in (9, 10, 13, *range(32, 127))})


def fold(text: str) -> str:
    """What a reader sees of the text, in ASCII where it can be; case is kept, for keys."""
    return text.translate(_FOLDING)


def fold_offsets(text: str) -> list[int]:
    """For every character of `fold(text)`, and for its end, the place in `text` it came from."""
    if all(len(_FOLDING[ord(char)]) == 1 for char in set(text)):
        return list(range(len(text) + 1))
    lengths = (len(_FOLDING[ord(char)]) for char in text)
    offsets = chain.from_iterable([place] * length for place, length in enumerate(lengths))
    return [*offsets, len(text)]


def _text_or(raw: bytes, otherwise: str) -> str:
    """The bytes as text, if they are text and nothing else; its last letter may be cut."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(raw)
    except UnicodeDecodeError:
        return otherwise
    return text if all(map(_is_written, text)) else otherwise


def _is_written(char: str) -> bool:
    return char.isprintable() or char in _NOT_PRINTED


def _from_percent(text: str) -> str:
    return unquote_to_bytes(text).decode("utf-8", "replace")


def _from_base64(text: str) -> str:
    """What is written in base64, on one line or broken over several, as mail does it.

    Where the lines together are none, one of them may be, or hold hexadecimal digits.
    """
    whole = _from_digits(text)
    if whole != text:
        return whole
    read = _LONG_BASE64.sub(lambda match: _from_digits(match[0]), text)
    return _LONG_BASE16.sub(lambda match: _from_octets(match[0]), read)


def _from_digits(text: str) -> str:
    digits = _NO_DIGITS.sub("", text).replace("+", "-").replace("/", "_")
    if len(digits) < _SHORTEST_BASE64:
        return text
    whole = digits[:-1] if len(digits) % 4 == 1 else digits
    return _text_or(base64.urlsafe_b64decode(whole + "=" * (-len(whole) % 4)), text)


def _from_octets(text: str) -> str:
    return _text_or(bytes.fromhex(_NO_DIGITS.sub("", text.replace("0x", ""))), text)


def _from_decimals(text: str) -> str:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    return _text_or(bytes(numbers), text) if max(numbers) <= _BYTE else text


def _point(digits: str) -> str:
    return chr(int(digits, 16))


_MEANINGS: Mapping[str, Callable[[str], str]] = {
    "percent": _from_percent,
    "quoted_printable": lambda text: _from_percent(text.replace("=", "%")),
    "entity": html.unescape,
    "four": _point,
    "two": _point,
    "many": _point,
    "space": lambda _: "\n",
    "quoted": str,
    "base16": _from_octets,
    "octets": _from_octets,
    "decimals": _from_decimals,
    "base64": _from_base64,
}
"""By the group of the pattern above: what an escape stands for."""


def _unescape(match: re.Match[str]) -> str:
    name = match.lastgroup or ""
    return _MEANINGS[name](match[name])


def decode(text: str) -> str:
    """The text without percent, entity and backslash escapes, also where they are nested."""
    for _ in range(_ROUNDS):
        before, text = text, _ESCAPES.sub(_unescape, text)
        if text == before:
            break
    return text


@dataclass(frozen=True)
class View:
    """One reading of a text; detectors look at nothing else."""

    text: str

    @cached_property
    def low(self) -> str:
        """The view in lower case, of the same length."""
        return self.text.lower()


def plain_view(text: str) -> View:
    """The text as it stands, only folded: the one reading whose places lead back to it."""
    return View(fold(text))


def _without_digits(text: str) -> str:
    """The text with letters for the digits and signs that stand for them, where words have such."""
    low = text.lower()
    starts = [match.start() for match in _DIGIT_WORD.finditer(low)]
    ends = starts[_FEWEST_DIGIT_WORDS - 1 :]
    dense = any(end - start < _DIGIT_WORDS_WITHIN for start, end in zip(starts, ends, strict=False))
    return _DIGIT_WORD.sub(_spelt, low) if dense else text


def _spelt(match: re.Match[str]) -> str:
    return match[0].translate(_DIGIT_LETTERS)


def _readings(text: str) -> tuple[str, ...]:
    decoded = decode(text)
    folded = fold(decoded)
    without_tags = map(fold, (_TAG.sub(" ", decoded), _TAG.sub("", decoded)))
    return fold(text), folded, *without_tags, _without_digits(folded)


def views(text: str) -> tuple[View, ...]:
    """All different readings of the text; the first is the text as it stands, only folded."""
    return tuple(map(View, dict.fromkeys(_readings(text))))


def joined_views(texts: Sequence[str]) -> tuple[tuple[View, tuple[int, ...]], ...]:
    """The readings of several texts as lines of one, each with the places where a text begins.

    One place more than there are texts: the last is where a further text would begin.
    """
    joined = {}
    for parts in zip(*map(_readings, texts), strict=True):
        joined["\n".join(parts)] = (0, *accumulate(len(part) + 1 for part in parts))
    return tuple((View(text), starts) for text, starts in joined.items())
