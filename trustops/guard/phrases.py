"""Recovery phrases of twelve words and more of one list, in any layout (docs/guard.md).

No checksum is asked for: real phrases with a slip fail it, and one random run in sixteen passes.
Each rule yields the stretches that it holds for a phrase. A rule that tolerates strangers asks for
different words, few words that sentences are made of, and, where it must, for a cue or a layout.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from itertools import accumulate
from typing import TypeVar

from trustops.guard.kinds import SecretKind, Span
from trustops.guard.rhythm import FARTHEST
from trustops.guard.tokens import Prose, Token
from trustops.guard.words import Lexicon

PHRASE = 12
"""Words of the shortest recovery phrase."""

MISSPELT = 9
"""List words that are enough where all others of twelve are list words with a slip as well."""

GATED = 10
"""List words that are enough where a cue or a layout supports them."""

FEWEST_DIFFERENT = 8
"""Different words in a run of twelve; code repeats itself, lots hardly do."""

FEWEST_RARE = 4
"""Words in a run of list words that are not words of sentences; some sentences are such runs."""

MOST_COMMON = 5
"""Words of sentences that a phrase may have by chance."""

MOST_COMMON_WITH_SLIPS = 3
"""The same where two words and more are no list words but resemble one."""

MOST_REPEATS = 2
"""Words that a phrase may repeat by chance."""

MOST_FILLERS = 2
"""Different fillers (a joining word, a tag) that may stand between the words of a phrase."""

FEWEST_GAPS = 4
"""How often fillers have to stand between words before they are a pattern."""

LONGEST_FILLER = 6
"""Words in one filler."""


NEAREST_LABEL = 3
"""Words from a label to the word of a phrase that it stands beside."""


Key = TypeVar("Key", bound=Hashable)


_ALL_KNOWN = bytes([True]) * PHRASE
_LONG_RUN = re.compile(b"\x01{%d,}" % PHRASE)
_NEARLY_LONG_RUN = re.compile(b"\x01{%d,}" % (PHRASE - 1))


def known_words(words: Sequence[Token], listed: Collection[str]) -> bytes:
    """One byte a word, which says whether it is listed: what can be searched quickly."""
    return bytes([token.word in listed for token in words])


def _long_runs(words: Sequence[Token], listed: Collection[str]) -> Iterator[Sequence[Token]]:
    """Rows of twelve listed words and more."""
    for run in _LONG_RUN.finditer(known_words(words, listed)):
        yield words[run.start() : run.end()]


def is_random(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the words differ from each other and from the stuff of sentences, as lots do."""
    return (
        len(set(words)) >= len(words) - MOST_REPEATS
        and sum(word in lexicon.usual for word in words) <= MOST_COMMON
    )


def _has_random(run: Sequence[Token], lexicon: Lexicon, size: int = PHRASE) -> bool:
    """Whether twelve words in a row look drawn by lot, whatever sentence leads to them."""
    words = [token.word for token in run]
    starts = range(len(words) - size + 1)
    return any(is_random(words[start : start + size], lexicon) for start in starts)


def _span(first: Token, last: Token) -> Span:
    return Span(first.start, last.end, SecretKind.RECOVERY_PHRASE)


def _is_example(run: Sequence[Token]) -> bool:
    """Whether the run ends as the examples of manuals do: one word, eleven times, and another."""
    last, before = run[-1].word, [token.word for token in run[-PHRASE:-1]]
    return last != before[-1] and len(set(before)) == 1


def _is_varied(prose: Prose, run: Sequence[Token], words: set[str]) -> bool:
    """Whether words are as different as lots: among the steps of a how-to, most have to be rare.

    Steps have a word or two each, so that signs and mere spaces part them by turns; a phrase has
    one or the other.
    """
    rare = len(words - prose.lexicon.usual)
    fewest = FEWEST_RARE if prose.is_even(run[:PHRASE]) else len(words) // 2 + 1
    return len(words) >= FEWEST_DIFFERENT and rare >= fewest


def runs(prose: Prose) -> Iterator[Span]:
    """Twelve list words and more with no other word between, hardly anything else asked.

    Yields as soon as there are enough, and again when the run is at its end.
    """
    for run in _long_runs(prose.every, prose.lexicon.words):
        words = {token.word for token in run[: PHRASE - 1]}
        for size in range(PHRASE, len(run) + 1):
            words.add(run[size - 1].word)
            if _is_varied(prose, run, words) or _is_example(run[size - PHRASE : size]):
                yield _span(run[0], run[size - 1])
                if size < len(run):
                    yield _span(run[0], run[-1])
                break


def abbreviated(prose: Prose) -> Iterator[Span]:
    """Twelve tokens and more, each a list word or its first four letters or more."""
    for run in _long_runs(prose.words, prose.lexicon.abbreviations):
        if _has_random(run, prose.lexicon):
            yield _span(run[0], run[-1])


def _holds(prose: Prose, stretch: Sequence[Token]) -> bool:
    words = [token.word for token in stretch]
    lexicon = prose.lexicon
    strangers = [word for word in words if word not in lexicon.words]
    repeats = len(words) - len(set(words))
    if repeats > 1 or not is_random(words, lexicon) or not lexicon.prose.isdisjoint(strangers):
        return False
    common = sum(word in lexicon.usual for word in words)
    slips = (
        len(words) == PHRASE
        and all(map(lexicon.is_misspelt, strangers))
        and (len(strangers) <= 1 or common <= MOST_COMMON_WITH_SLIPS)
    )
    few = len(strangers) <= PHRASE - GATED
    if slips and few:
        return True
    if not slips and not few:
        return False
    first, last = stretch[0].start, stretch[-1].end
    spoken_of = prose.is_bare or prose.has_cue(first, last)
    return prose.is_list(stretch) or (spoken_of and prose.is_even(stretch))


def interrupted(prose: Prose) -> Iterator[Span]:
    """Ten list words among ten to twelve: a slip, a foreign word or a word that is missing."""
    words = prose.words
    known = [0, *accumulate(known_words(words, prose.lexicon.words))]
    for size, fewest in ((PHRASE, MISSPELT), (PHRASE - 1, GATED), (GATED, GATED)):
        for start in range(len(words) - size + 1):
            if known[start + size] - known[start] < fewest:
                continue
            stretch = words[start : start + size]
            if _holds(prose, stretch):
                yield _span(stretch[0], stretch[-1])


def _columns(prose: Prose) -> Iterator[Sequence[Token]]:
    """Every second word, every third and so on, where twelve list words in a row are among them."""
    known = known_words(prose.words, prose.lexicon.words)
    for step in range(2, LONGEST_FILLER + 2):
        for first in range(step):
            if _ALL_KNOWN in known[first::step]:
                yield prose.words[first::step]


def periodic(prose: Prose) -> Iterator[Span]:
    """Twelve different list words, each as many words behind the last: a table, a template."""
    for column in _columns(prose):
        for run in _long_runs(column, prose.lexicon.words):
            if _has_random(run, prose.lexicon):
                yield _span(run[0], run[-1])


def labelled(prose: Prose) -> Iterator[Span]:
    """Twelve different list words, each as near to a word that comes again at even distances.

    That word is part of a label, whose numbers or ordinals may be in any language. After the last
    word no label follows, so that eleven are enough where they stand before one.
    """
    words = prose.whole if prose.anchors else ()
    listed = known_words(words, prose.lexicon.words)
    for row in prose.anchors:
        for step in range(-NEAREST_LABEL, NEAREST_LABEL + 1):
            column = [at + step for at in row if 0 <= at + step < len(listed)]
            fewest = PHRASE - (step < 0)
            for run in _NEARLY_LONG_RUN.finditer(bytes([listed[at] for at in column])):
                stretch = [words[at] for at in column[run.start() : run.end()]]
                if len(stretch) >= fewest and _has_random(stretch, prose.lexicon, fewest):
                    last = _last_of(words[row[-1] : row[-1] + FARTHEST], prose.lexicon)
                    yield _span(stretch[0], max(last, stretch[-1], key=lambda each: each.end))


def _last_of(words: Sequence[Token], lexicon: Lexicon) -> Token:
    """The list word that follows the last label, which may be the last of the phrase."""
    return next((each for each in words if each.word in lexicon.words), words[0])


def _gaps(prose: Prose) -> Iterator[list[tuple[Token, tuple[str, ...]]]]:
    """Neighbourhoods of list words, each word with the filler before it."""
    nearby: list[tuple[Token, tuple[str, ...]]] = []
    filler: list[str] = []
    for token in prose.every:
        if token.word not in prose.lexicon.words:
            filler.extend([token.word][token.word in prose.lexicon.labels :])
            continue
        if len(filler) > LONGEST_FILLER:
            yield nearby
            nearby = []
        nearby.append((token, tuple(filler)))
        filler = []
    yield nearby


def _less(counter: Counter[Key], key: Key) -> None:
    counter[key] -= 1
    if not counter[key]:
        del counter[key]


def _are_enough(words: Counter[str], lexicon: Lexicon) -> bool:
    common = len(words.keys() & lexicon.common)
    return len(words) >= PHRASE + max(0, common - MOST_COMMON)


def _are_regular(fillers: Counter[tuple[str, ...]]) -> bool:
    """Whether fillers come again and again; two odd remarks between words are a sentence.

    Where one comes nearly always, the other may lead to the last word.
    """
    counts = [count for filler, count in fillers.items() if filler]
    often = max(counts, default=0) >= PHRASE - FEWEST_GAPS
    return often or (sum(counts) >= FEWEST_GAPS and min(counts) > 1)


def filled(prose: Prose) -> Iterator[Span]:
    """Twelve different list words with the same one or two fillers, or nothing, between them."""
    for nearby in _gaps(prose):
        words: Counter[str] = Counter()
        fillers: Counter[tuple[str, ...]] = Counter()
        left = 0
        for right, (token, filler) in enumerate(nearby):
            words[token.word] += 1
            if right > left:
                fillers[filler] += 1
            while len(fillers.keys() - {()}) > MOST_FILLERS:
                _less(words, nearby[left][0].word)
                left += 1
                _less(fillers, nearby[left][1])
            enough = len(words) >= PHRASE and _are_enough(words, prose.lexicon)
            if enough and _are_regular(fillers):
                yield _span(nearby[left][0], token)
