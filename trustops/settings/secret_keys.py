"""Judges how hard a secret key is to guess. Pure; its words and samples lie beside it in `words/`.

A key is written down as shortly as somebody could who knows the words, the samples, the keyboard
and the calendar; the bits that this takes are what a guesser has to try. What the key hides is
judged as well: text in base64 or hexadecimal, digests of words, words backwards.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from math import log2

from trustops.settings.encoded import as_text, encoded, is_digest_of

FEWEST_CHARACTERS = 7
"""Different characters of a key; 32 random digits have that many but once in 60,000 times."""

SHORTEST_PIECE = 16
"""Characters from which on a piece that repeats may be a key: it is as good as one piece of it."""

FEWEST_BITS = 60
"""What a key has to be worth; 32 random digits are worth 90 or so, six words by dice 77 or more."""

MOST_JUDGED = 512
"""Characters of a key that are looked at; what comes after them can only make it better."""

MOST_DIGESTED = 1000
"""Common words whose digests are known; each start of the desk may have to make them."""

MOST_LAYERS = 3
"""How often a text is taken out of a text; base64 of base64 is two layers."""

_MOST_STEPS = 0.65
_ROWS = ("qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "1234567890")
_KEYBOARD: Mapping[str, tuple[float, int]] = {
    key: (x + shift, y)
    for y, (shift, row) in enumerate(
        ((0, "1234567890"), (0.5, "qwertyuiop"), (0.75, "asdfghjkl"), (1.25, "zxcvbnm"))
    )
    for x, key in enumerate(row)
}
_SHIFTED = str.maketrans("!@#$%^&*()", "1234567890")
_LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")
_BEGINS = ("django-insecure-",)
"""What frameworks put before a key that is for a first look alone."""

_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_DATE_BACK = re.compile(r"(?:0[1-9]|[12]\d|3[01]){2}(?:19|20)\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATES = ((_DATE, 15.0), (_DATE_BACK, 15.0), (_YEAR, 6.0))

_SEPARATORS = frozenset(" -_.,:/\n\t")
_BITS_OF_SEPARATOR, _BITS_OF_SIGN = 0.3, 4.0
_BITS_OF_DIGIT, _BITS_OF_LETTER, _BITS_OF_OTHER = log2(10), log2(26), 5.0
_BITS_OF_SAME_STEP, _BITS_OF_NEXT = 0.7, 2.5
_BITS_OF_SAMPLE, _BITS_OF_REPEAT = 12.0, 6.0
_BITS_OF_SERIES: Mapping[int, float] = {2: 7.0, 3: 6.0, 4: 4.0}
_BITS_OF_LONG_SERIES = 3.0
_LEAST_SAMPLE, _LEAST_REPEAT = 7, 3
_LONGEST_WORD = 24


def is_guessable(key: str, layers: int = MOST_LAYERS) -> bool:
    """Whether a stranger could guess a key: by what it is made of, or by what it hides."""
    key = key[:MOST_JUDGED]
    return (
        key.lower().startswith(_BEGINS)
        or _is_pattern(key)
        or _bits(key) < FEWEST_BITS
        or is_digest_of(key, _likely())
        or (layers > 0 and any(_hides_guessable(data, layers - 1) for data in encoded(key)))
    )


def _hides_guessable(data: bytes, layers: int) -> bool:
    """Whether bytes that stood in base64 or the like are a text or a row that can be guessed."""
    text = as_text(data)
    if text:
        return is_guessable(text, layers)
    raw = data.decode("latin-1")
    return len(set(raw)) < FEWEST_CHARACTERS or _runs(raw)


def _is_pattern(key: str) -> bool:
    """Whether it has few characters, repeats, or runs on."""
    return (
        len(set(key)) < FEWEST_CHARACTERS
        or _repeats(key.casefold())
        or _runs(key.lower())
        or (_runs(key[::2].lower()) and _runs(key[1::2].lower()))
    )


def _repeats(key: str) -> bool:
    """Whether it is a short piece time and again, the last of which may be cut."""
    return any(
        key == (key[:size] * len(key))[: len(key)]
        for size in range(1, min(SHORTEST_PIECE, len(key) // 2 + 1))
    )


def _runs(key: str) -> bool:
    """Whether most characters follow from the one before: repeated, counted on, or beside it."""
    steps = sum(
        abs(ord(after) - ord(before)) <= 1 or any(before + after in row for row in _ROWS)
        for before, after in pairwise(key)
    )
    return steps >= _MOST_STEPS * (len(key) - 1)


def _bits(key: str) -> float:
    """What the cheapest way to write the key down takes, in bits, with or without Shift."""
    plain = unicodedata.normalize("NFKC", key).casefold()
    return min(map(_worth, {plain, plain.translate(_SHIFTED)}))


def _worth(plain: str) -> float:
    """The bits of its signs, and of its letters and digits forwards, backwards, or disguised."""
    signs = sum(
        _BITS_OF_SEPARATOR if letter in _SEPARATORS or letter == before else _BITS_OF_SIGN
        for before, letter in pairwise(f" {plain}")
        if not letter.isalnum()
    )
    text = "".join(filter(str.isalnum, plain))
    letters, digits = "".join(filter(str.isalpha, text)), "".join(filter(str.isdigit, text))
    leet = "".join(filter(str.isalnum, plain.translate(_LOOKS_LIKE)))
    ways = [
        *map(_cheapest, (text, text[::-1], codecs.encode(text, "rot13"))),
        _cheapest(letters) + _cheapest(digits),
        _cheapest(leet),
    ]
    return signs + min(ways)


def _cheapest(text: str) -> float:
    """The bits of a text of letters and digits, by way of whatever describes a piece of it best."""
    best = list(accumulate(_of_letters(text), initial=0.0))
    alone = [after - before for before, after in pairwise(best)]
    for start in range(len(text)):
        best[start + 1] = min(best[start + 1], best[start] + alone[start])
        for end, bits in _pieces(text, start):
            best[end] = min(best[end], best[start] + bits)
    return best[-1]


def _of_letters(text: str) -> Iterator[float]:
    """What each character takes by itself, and less where it follows from the two before it."""
    step: tuple[float, int] | int | None = None
    for place, letter in enumerate(text):
        usual = (
            _BITS_OF_DIGIT
            if letter.isdigit()
            else (_BITS_OF_LETTER if letter.isascii() else _BITS_OF_OTHER)
        )
        last, step = step, _step(text[place - 1], letter) if place else None
        if step is None:
            yield usual
        else:
            yield _BITS_OF_SAME_STEP if step == last else min(usual, _BITS_OF_NEXT)


def _step(before: str, after: str) -> tuple[float, int] | int | None:
    """The way from one character to the next, on the keyboard or in the alphabet; None if far."""
    counted = ord(after) - ord(before)
    if abs(counted) <= 1:
        return counted
    here, there = _KEYBOARD.get(before), _KEYBOARD.get(after)
    if here is None or there is None:
        return None
    across, down = there[0] - here[0], there[1] - here[1]
    return (across, down) if abs(across) <= 1 and abs(down) <= 1 else None


def _pieces(text: str, start: int) -> Iterator[tuple[int, float]]:
    """Where words, dates, samples and repeats that begin at a place end, and what each takes."""
    words = _bits_of_words()
    for end in range(start + 2, min(len(text), start + _LONGEST_WORD) + 1):
        bits = words.get(text[start:end])
        if bits is not None:
            yield end, bits
    for pattern, bits in _DATES:
        match = pattern.match(text, start)
        if match is not None:
            yield match.end(), bits
    for source, least, bits in (
        (_samples(), _LEAST_SAMPLE, _BITS_OF_SAMPLE),
        (text[:start], _LEAST_REPEAT, _BITS_OF_REPEAT),
    ):
        end = start + least
        while end <= len(text) and text[start:end] in source:
            yield end, bits
            end += 1


@cache
def _read(name: str) -> str:
    path = files("trustops.settings") / "words" / name
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("# "))


@cache
def _samples() -> str:
    lines = _read("samples.txt").casefold().splitlines()
    return "\n".join("".join(filter(str.isalnum, line)) for line in lines)


@cache
def _bits_of_words() -> Mapping[str, float]:
    """What each word takes: the commoner, the less, and little where it belongs to a row."""
    common = _read("common.txt").split()
    bits = {word: log2(rank) + 0.5 for rank, word in enumerate(common, start=2)}
    for word in _read("series.txt").casefold().split():
        usual = _BITS_OF_SERIES.get(len(word)) if word.isascii() else None
        bits[word] = min(usual or _BITS_OF_LONG_SERIES, bits.get(word, _BITS_OF_LETTER * 9))
    return bits


@cache
def _likely() -> tuple[str, ...]:
    """What digests are made of by whoever wants something to look random."""
    words = (*_read("series.txt").split(), *_read("common.txt").split()[:MOST_DIGESTED])
    lines = (line.strip() for line in _read("samples.txt").splitlines())
    numbers = (str(number) for number in range(100))
    return tuple(dict.fromkeys(("", " ", *words, *lines, *numbers)))
