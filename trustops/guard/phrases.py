"""English recovery phrases of twelve words and more, in any layout (facts/trust.md 3.2).

No checksum is asked for: real phrases with a slip fail it, and one random run in sixteen passes.
Each rule yields the stretches that it holds for a phrase. A rule that tolerates strangers asks for
different words, few words that sentences are made of, and, where it must, for a cue or a layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View
from trustops.guard.tokens import END, Prose, Token, tokens
from trustops.guard.words import ABBREVIATIONS, COMMON, LABELS, PROSE, WORDS, is_misspelt

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

MOST_COMMON = 4
"""Words of sentences that a phrase may have by chance."""

MOST_REPEATS = 2
"""Words that a phrase may repeat by chance."""

MOST_FILLERS = 2
"""Different fillers (a joining word, a tag) that may stand between the words of a phrase."""

FEWEST_GAPS = 4
"""How often fillers have to stand between words before they are a pattern."""

LONGEST_FILLER = 6
"""Words in one filler."""


Key = TypeVar("Key", bound=Hashable)


def is_random(words: Sequence[str]) -> bool:
    """Whether the words differ from each other and from the stuff of sentences, as lots do."""
    return (
        len(set(words)) >= len(words) - MOST_REPEATS
        and sum(word in COMMON for word in words) <= MOST_COMMON
    )


def _has_random(run: Sequence[Token]) -> bool:
    """Whether twelve words in a row look drawn by lot, whatever sentence leads to them."""
    words = [token.word for token in run]
    return any(is_random(words[start : start + PHRASE]) for start in range(len(words) - PHRASE + 1))


def _span(first: Token, last: Token) -> Span:
    return Span(first.start, last.end, SecretKind.RECOVERY_PHRASE)


def _is_example(run: Sequence[Token]) -> bool:
    """Whether the run ends as the examples of manuals do: one word, eleven times, and another."""
    last, before = run[-1].word, [token.word for token in run[-PHRASE:-1]]
    return last != before[-1] and len(set(before)) == 1


def runs(view: View) -> Iterator[Span]:
    """Twelve list words and more with no other word between, hardly anything else asked.

    Yields as soon as there are enough, and again when the run is at its end.
    """
    run: list[Token] = []
    words: set[str] = set()
    reported = 0
    for token in chain(tokens(view.low), [END]):
        if token.word in WORDS:
            run.append(token)
            words.add(token.word)
            if reported or len(run) < PHRASE:
                continue
            varied = len(words) >= FEWEST_DIFFERENT and len(words - COMMON) >= FEWEST_RARE
            if varied or _is_example(run):
                reported = len(run)
                yield _span(run[0], run[-1])
            continue
        if 0 < reported < len(run):
            yield _span(run[0], run[-1])
        run, words, reported = [], set(), 0


def abbreviated(prose: Prose) -> Iterator[Span]:
    """Twelve tokens and more, each a list word or its first four letters or more."""
    run: list[Token] = []
    for token in (*prose.words, END):
        if token.word in ABBREVIATIONS:
            run.append(token)
            continue
        if _has_random(run):
            yield _span(run[0], run[-1])
        run = []


def _holds(prose: Prose, stretch: Sequence[Token]) -> bool:
    words = [token.word for token in stretch]
    strangers = [word for word in words if word not in WORDS]
    if not is_random(words) or not PROSE.isdisjoint(strangers):
        return False
    slips = len(words) == PHRASE and all(map(is_misspelt, strangers))
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
    known = [0]
    for token in words:
        known.append(known[-1] + (token.word in WORDS))
    for size, fewest in ((PHRASE, MISSPELT), (PHRASE - 1, GATED), (GATED, GATED)):
        for start in range(len(words) - size + 1):
            if known[start + size] - known[start] < fewest:
                continue
            stretch = words[start : start + size]
            if _holds(prose, stretch):
                yield _span(stretch[0], stretch[-1])


def periodic(prose: Prose) -> Iterator[Span]:
    """Twelve different list words, each as many words behind the last: a table, a template."""
    for step in range(2, LONGEST_FILLER + 2):
        for first in range(step):
            run: list[Token] = []
            for token in (*prose.words[first::step], END):
                if token.word in WORDS:
                    run.append(token)
                    continue
                if _has_random(run):
                    yield _span(run[0], run[-1])
                run = []


def _gaps(prose: Prose) -> Iterator[list[tuple[Token, tuple[str, ...]]]]:
    """Neighbourhoods of list words, each word with the filler before it."""
    nearby: list[tuple[Token, tuple[str, ...]]] = []
    filler: list[str] = []
    for token in prose.every:
        if token.word not in WORDS:
            filler.extend([token.word][token.word in LABELS :])
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


def _are_enough(words: Counter[str]) -> bool:
    common = len(words.keys() & COMMON)
    return len(words) >= PHRASE + max(0, common - MOST_COMMON)


def _are_regular(fillers: Counter[tuple[str, ...]]) -> bool:
    """Whether fillers come again and again; two odd remarks between words are a sentence."""
    counts = [count for filler, count in fillers.items() if filler]
    return sum(counts) >= FEWEST_GAPS and min(counts) > 1


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
            if _are_enough(words) and _are_regular(fillers):
                yield _span(nearby[left][0], token)
