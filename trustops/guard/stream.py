"""Phrases whose letters are parted in the wrong places, or not at all.

Glued words, spaced letters, words broken at the end of a line or by a tag, text that is written
backwards: whatever stands between letters is dropped, and list words are chained in what remains,
in one pass for all lists of a script. Beside them stands the one notation that has no letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View
from trustops.guard.phrases import FEWEST_DIFFERENT, PHRASE, is_random
from trustops.guard.words import ABBREVIATION, ENGLISH, JAPANESE, KOREAN, LATIN, Lexicon, plain

_INDEXES = re.compile(r"(?<!\d)(?:[01]\d{3}|20[0-3]\d|204[0-7]){12,24}(?!\d)")
_INDEX_DIGITS = len("2047")
_HEXADECIMAL = frozenset("abcdef")
_MOST_COUNTED = 255
"""Words that a chain counts; they are held in bytes, and twelve are enough."""


@dataclass(frozen=True, eq=False)
class Script:
    """How the lists of one script write letters, and all their words by their beginnings."""

    letter: re.Pattern[str]
    """One letter of a view in lower case; one that is written in parts counts as one."""

    lexicons: tuple[Lexicon, ...]
    opening: int
    """Letters by which words are looked up; shorter words by all of theirs."""

    @cached_property
    def shortest(self) -> int:
        """Letters of the shortest word."""
        return min(lexicon.shortest for lexicon in self.lexicons)

    @cached_property
    def openings(self) -> dict[str, list[tuple[int, str]]]:
        """Words by their beginning, each with the number of its list."""
        openings: dict[str, list[tuple[int, str]]] = {}
        for number, lexicon in enumerate(self.lexicons):
            for word in lexicon.order:
                openings.setdefault(word[: self.opening], []).append((number, word))
        return openings

    def letters(self, low: str) -> str:
        """The letters of a view as lists write them, and nothing else."""
        letters = self.letter.findall(low)
        joined = "".join(letters)
        return joined if joined.isascii() else "".join(map(plain, letters))

    def places(self, low: str) -> list[tuple[int, int]]:
        """Where each of these letters stands, and where it ends."""
        return [match.span() for match in self.letter.finditer(low)]


SCRIPTS = (
    Script(re.compile(r"[a-z]"), LATIN, 4),
    Script(re.compile("[\u3041-\u3096\u30a1-\u30f6\uff66-\uff6f\uff71-\uff9d]"), (JAPANESE,), 3),
    Script(
        re.compile("[\uac00-\ud7a3]|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"), (KOREAN,), 2
    ),
)
_LATIN = SCRIPTS[0]
_PIECE = re.compile(rf"[a-z]{{{PHRASE * ENGLISH.shortest},}}")


def _sizes(letters: str, start: int, word: str, *, cut: bool) -> Iterable[int]:
    """How many letters of the word stand at a place: all, or also fewer where it may be cut."""
    if not cut:
        return (len(word),) if letters.startswith(word, start) else ()
    least = min(len(word), ABBREVIATION)
    sizes = range(least, len(word) + 1)
    return tuple(takewhile(lambda size: letters.startswith(word[:size], start), sizes))


class _Chains:
    """How many list words end at each place one after the other, by list; `length` of the last."""

    def __init__(self, script: Script, letters: str) -> None:
        self.script, self.letters = script, letters
        room = len(letters) + 1
        self.count = [bytearray(room) for _ in script.lexicons]
        self.length = [bytearray(room) for _ in script.lexicons]
        self.words = [lexicon.words for lexicon in script.lexicons]

    def _is_part(self, number: int, start: int, end: int) -> bool:
        """Whether it is one word in two: `network` is not `net` and `work`."""
        before = self.length[number][start]
        return bool(before) and self.letters[start - before : end] in self.words[number]

    def add(self, number: int, start: int, end: int) -> bool:
        """Chain a word to those that end where it begins; tells whether there are enough."""
        count = self.count[number]
        if count[end] > count[start] or self._is_part(number, start, end):
            return False
        count[end] = min(count[start] + 1, _MOST_COUNTED)
        self.length[number][end] = end - start
        return count[end] >= PHRASE

    def twelve(self, number: int, end: int) -> list[str]:
        """The last twelve words of a chain, last first."""
        words = []
        for _ in range(PHRASE):
            size = self.length[number][end]
            words.append(self.letters[end - size : end])
            end -= size
        return words


def _chained(
    script: Script, letters: str, *, cut: bool = False
) -> Iterator[tuple[Lexicon, int, list[str]]]:
    """Each twelve words of one list that fill a stretch of the letters, last first, and its end.

    With `cut`, words may be cut after four letters and later.
    """
    chains, openings = _Chains(script, letters), script.openings
    sizes = range(script.shortest, script.opening + 1)
    for start in range(len(letters) - script.shortest + 1):
        for opening in sizes:
            for number, word in openings.get(letters[start : start + opening], ()):
                for size in _sizes(letters, start, word, cut=cut):
                    if chains.add(number, start, start + size):
                        found = chains.twelve(number, start + size)
                        yield script.lexicons[number], start + size, found


def _is_pattern(words: Sequence[str]) -> bool:
    """Whether glued words are one word again and again, or digits: what hashes of tests are."""
    return len(set(words)) == 1 or _HEXADECIMAL.issuperset("".join(words))


def _spans(script: Script, low: str) -> Iterator[Span]:
    letters, places = script.letters(low), list[tuple[int, int]]()
    for backwards in (False, True):
        ordered = letters[::-1] if backwards else letters
        for lexicon, end, words in _chained(script, ordered):
            first, last = end - sum(map(len, words)), end
            if backwards:
                first, last = len(letters) - last, len(letters) - first
            places = places or script.places(low)
            begins, ends = places[first][0], places[last - 1][1]
            glued = not script.letter.sub("", low[begins:ends])
            if is_random(words, lexicon) or (glued and not _is_pattern(words)):
                yield Span(begins, ends, SecretKind.RECOVERY_PHRASE)


def chained(view: View) -> Iterator[Span]:
    """Twelve words of one list in the letters of the view, forwards or backwards.

    Words that repeat count only where their letters stand together as one piece, or every table
    of code words would be a phrase. One word alone is none: digits of a hash may spell it.
    """
    for script in SCRIPTS:
        yield from _spans(script, view.low)


def glued_abbreviations(view: View) -> Iterator[Span]:
    """Twelve abbreviations of four letters, written as one word."""
    for piece in _PIECE.finditer(view.low):
        chains = _chained(_LATIN, piece[0], cut=True)
        if any(is_random(words, lexicon) for lexicon, _, words in chains):
            yield Span(*piece.span(), SecretKind.RECOVERY_PHRASE)


def indexed(view: View) -> Iterator[Span]:
    """A phrase as the digits of a SeedQR code: four for the place of each word on the list."""
    for match in _INDEXES.finditer(view.low):
        digits = match[0]
        places = {digits[at : at + _INDEX_DIGITS] for at in range(0, len(digits), _INDEX_DIGITS)}
        if len(places) >= FEWEST_DIFFERENT:
            yield Span(*match.span(), SecretKind.RECOVERY_PHRASE)
