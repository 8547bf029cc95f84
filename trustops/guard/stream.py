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
from itertools import accumulate, pairwise

from trustops.guard import checksums
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View
from trustops.guard.phrases import FEWEST_DIFFERENT, PHRASE, is_random
from trustops.guard.words import ABBREVIATION, ENGLISH, JAPANESE, KOREAN, LATIN, Lexicon, plain

_INDEXES = re.compile(r"(?<!\d)(?:[01]\d{3}|20[0-3]\d|204[0-7]){12,24}(?!\d)")
_INDEX_DIGITS = len("2047")
_LOOSE = re.compile(
    rf"(?<![\w.])\d{{1,4}}(?:[\s,;|/#\"'\[\]-]{{1,8}}\d{{1,4}}){{{PHRASE - 1},23}}(?!\w)"
)
_ENUMERATOR = re.compile(r"(?<![\d.,])\d{1,2}[.):]\s")
_PHRASE = re.compile(
    r"seed|phrase|mnemonic|bip-?\s?39|recover|backup|indices|indexes|word|semilla|frase|palabra|graine"
    r"|mots|parole|semente|slov|palavra|助记|助記|种子|種子|니모닉|시드|シード|ニーモニック|復元"
)
_NEAR = 120
_BYTE = 255
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

    @cached_property
    def beginnings(self) -> dict[str, list[tuple[int, str]]]:
        """The same by what stands where a word may begin: an opening, or a short word and more."""
        letters = {letter for opening in self.openings for letter in opening}
        short = [opening for opening in self.openings if len(opening) < self.opening]
        longer = {word + letter for word in short for letter in letters}
        return {
            text: [
                candidate
                for size in range(self.shortest, len(text) + 1)
                for candidate in self.openings.get(text[:size], ())
            ]
            for text in longer.union(self.openings)
        }

    def candidates(self, letters: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """Where in the letters words may begin, and which: one look at each place."""
        size, known = self.opening, self.beginnings
        starts = [at for at in range(len(letters)) if letters[at : at + size] in known]
        return ((start, known[letters[start : start + size]]) for start in starts)

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


def _whole(script: Script, letters: str) -> Sequence[tuple[int, int, int]]:
    """The number of a list, and where a word of it begins and ends in the letters."""
    return [
        (number, start, start + len(word))
        for start, words in script.candidates(letters)
        for number, word in words
        if letters.startswith(word, start)
    ]


def _cut(script: Script, letters: str) -> Iterator[tuple[int, int, int]]:
    """The same of words that may be cut after four letters and later."""
    for start, words in script.candidates(letters):
        for number, word in words:
            for size in range(min(len(word), ABBREVIATION), len(word) + 1):
                if letters.startswith(word[:size], start):
                    yield number, start, start + size


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
    script: Script, letters: str, words: Iterable[tuple[int, int, int]]
) -> Iterator[tuple[Lexicon, int, list[str]]]:
    """Each twelve words of one list that fill a stretch of the letters, last first, and its end."""
    chains = _Chains(script, letters)
    for number, start, end in words:
        if chains.add(number, start, end):
            yield script.lexicons[number], end, chains.twelve(number, end)


def _is_pattern(words: Sequence[str]) -> bool:
    """Whether glued words are one word again and again, or digits: what hashes of tests are."""
    return len(set(words)) == 1 or _HEXADECIMAL.issuperset("".join(words))


def _gaps(places: Sequence[tuple[int, int]]) -> list[int]:
    """How often, up to each letter, something stands between a letter and the next."""
    return [0, *accumulate(end < start for (_, end), (start, _) in pairwise(places))]


def _spans(script: Script, low: str) -> Iterator[Span]:
    letters, places, gaps = script.letters(low), list[tuple[int, int]](), list[int]()
    for backwards in (False, True):
        ordered = letters[::-1] if backwards else letters
        for lexicon, end, words in _chained(script, ordered, _whole(script, ordered)):
            first, last = end - sum(map(len, words)), end
            if backwards:
                first, last = len(letters) - last, len(letters) - first
            places = places or script.places(low)
            gaps = gaps or _gaps(places)
            glued = gaps[last - 1] == gaps[first]
            if is_random(words, lexicon) or (glued and not _is_pattern(words)):
                yield Span(places[first][0], places[last - 1][1], SecretKind.RECOVERY_PHRASE)


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
        chains = _chained(_LATIN, piece[0], _cut(_LATIN, piece[0]))
        if any(is_random(words, lexicon) for lexicon, _, words in chains):
            yield Span(*piece.span(), SecretKind.RECOVERY_PHRASE)


def indexed(view: View) -> Iterator[Span]:
    """A phrase as the digits of a SeedQR code: four for the place of each word on the list."""
    for match in _INDEXES.finditer(view.low):
        digits = match[0]
        places = {digits[at : at + _INDEX_DIGITS] for at in range(0, len(digits), _INDEX_DIGITS)}
        if len(places) >= FEWEST_DIFFERENT:
            yield Span(*match.span(), SecretKind.RECOVERY_PHRASE)


def _places(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _is_valid(places: Sequence[int]) -> bool:
    """Whether numbers are places of a valid phrase, counted from nought or from one."""
    return any(
        min(counted) >= 0 and max(counted) < len(ENGLISH.order) and checksums.is_bip39(counted)
        for counted in (places, [place - 1 for place in places])
    )


def numbered(view: View) -> Iterator[Span]:
    """The places of the words on the list as loose numbers, where somebody speaks of a phrase.

    The checksum has to hold, numbered or not, and bytes or a row that counts are no places.
    """
    low = _ENUMERATOR.sub(lambda number: " " * len(number[0]), view.low)
    for match in _LOOSE.finditer(low):
        places = _places(match[0])
        drawn = len(set(places)) >= FEWEST_DIFFERENT and max(places) > _BYTE
        if not drawn or places == sorted(places) or len(places) not in checksums.PHRASE_SIZES:
            continue
        start, end = match.span()
        near = low[max(0, start - _NEAR) : start], low[end : end + _NEAR]
        if any(map(_PHRASE.search, near)) and _is_valid(places):
            yield Span(start, end, SecretKind.RECOVERY_PHRASE)
