"""Phrases whose letters are parted in the wrong places, or not at all.

Glued words, spaced letters, words broken at the end of a line or by a tag, text that is written
backwards: whatever stands between letters is dropped, and list words are chained in what remains.
Beside them stands the one notation that has no letters at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View
from trustops.guard.phrases import FEWEST_DIFFERENT, PHRASE, is_random
from trustops.guard.words import ABBREVIATIONS, LONGEST, SHORTEST, WORDS

_PIECE = re.compile(rf"[a-z]{{{PHRASE * SHORTEST},}}")
_INDEXES = re.compile(r"(?<!\d)(?:[01]\d{3}|20[0-3]\d|204[0-7]){12,24}(?!\d)")
_INDEX_DIGITS = len("2047")
_OPENINGS = frozenset(word[:SHORTEST] for word in WORDS)


def _twelve(letters: str, length: list[int], end: int) -> list[str]:
    words = []
    for _ in range(PHRASE):
        words.append(letters[end - length[end] : end])
        end -= length[end]
    return words


def _chains(letters: str, vocabulary: frozenset[str] = WORDS) -> Iterator[tuple[int, list[str]]]:
    """Each twelve words that fill a stretch of the letters: its end, and the words, last first.

    One pass: `chain` holds, for each place, how many words end there one after the other, and
    `length` the letters of the last of them.
    """
    room = len(letters) + LONGEST + 1
    chain, length = [0] * room, [0] * room
    for start in range(len(letters) - SHORTEST + 1):
        if letters[start : start + SHORTEST] not in _OPENINGS:
            continue
        for end in range(start + SHORTEST, min(start + LONGEST, len(letters)) + 1):
            if chain[end] > chain[start] or letters[start:end] not in vocabulary:
                continue
            if length[start] and letters[start - length[start] : end] in WORDS:
                continue  # one word in two: `network` is not `net` and `work`
            chain[end], length[end] = chain[start] + 1, end - start
            if chain[end] >= PHRASE:
                yield end, _twelve(letters, length, end)


def chained(view: View) -> Iterator[Span]:
    """Twelve list words in the letters of the view, forwards or backwards.

    Words that repeat count only where their letters stand together as one piece, or every table
    of code words would be a phrase.
    """
    letters = view.letters
    for backwards in (False, True):
        for end, words in _chains(letters[::-1] if backwards else letters):
            first, last = end - sum(map(len, words)), end
            if backwards:
                first, last = len(letters) - last, len(letters) - first
            places = view.letter_places
            span = Span(places[first], places[last - 1] + 1, SecretKind.RECOVERY_PHRASE)
            if is_random(words) or span.end - span.start == last - first:
                yield span


def glued_abbreviations(view: View) -> Iterator[Span]:
    """Twelve abbreviations of four letters, written as one word."""
    for piece in _PIECE.finditer(view.low):
        if any(is_random(words) for _, words in _chains(piece[0], ABBREVIATIONS)):
            yield Span(*piece.span(), SecretKind.RECOVERY_PHRASE)


def indexed(view: View) -> Iterator[Span]:
    """A phrase as the digits of a SeedQR code: four for the place of each word on the list."""
    for match in _INDEXES.finditer(view.low):
        digits = match[0]
        places = {digits[at : at + _INDEX_DIGITS] for at in range(0, len(digits), _INDEX_DIGITS)}
        if len(places) >= FEWEST_DIFFERENT:
            yield Span(*match.span(), SecretKind.RECOVERY_PHRASE)
