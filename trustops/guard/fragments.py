"""Phrases that are told in parts: six words, a remark, six more; or one message after the other.

A part alone is too short to be judged. Parts count together when each is long or stands alone, and
together they have the words of a phrase.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence

from trustops.guard.kinds import SecretKind, Span
from trustops.guard.phrases import PHRASE
from trustops.guard.tokens import Prose, Token
from trustops.guard.words import Lexicon

ENOUGH = PHRASE - 1
"""List words in all parts; one may be lost at a seam, taken for a word of the sentence there."""

LONG = 5
"""List words in a row that sentences have once in some ten thousand words."""

AT_END = 4
"""List words, none of them usual, that are enough with a sign or a line end on one side."""

ALONE = 3
"""List words that are enough where a sign or a line end stands before and after them."""

REACH_CHARACTERS = 1500
"""How far the parts of one phrase may lie from each other in one text."""

_BEFORE = re.compile(r"[\n:;=.]")
_AFTER = re.compile(r"[\n;.]")


def _stretches(prose: Prose) -> Iterator[tuple[int, list[Token], int]]:
    """All runs of list words, with the end of the word before and the start of the word after."""
    before, run = 0, list[Token]()
    for token in prose.words:
        if token.word in prose.lexicon.words:
            run.append(token)
            continue
        if run:
            yield before, run, token.start
        before, run = token.end, []
    if run:
        yield before, run, len(prose.low)


def _stands_alone(low: str, before: int, run: list[Token], after: int) -> tuple[bool, bool]:
    """Whether a sign or a line end stands before a run, and whether one stands after it."""
    opens = before == 0 or _BEFORE.search(low, before, run[0].start) is not None
    closes = after == len(low) or _AFTER.search(low, run[-1].end, after) is not None
    return opens, closes


def _is_common(words: Sequence[Token], lexicon: Lexicon) -> bool:
    return sum(token.word in lexicon.common for token in words) * ALONE > len(words)


def parts(prose: Prose, *, known: bool = False) -> Iterator[list[Token]]:
    """The runs of list words that may be a part of a phrase.

    Where a phrase is `known` to be told, half of the words of a run that stands alone may be usual.
    """
    for before, run, after in _stretches(prose):
        stands = _stands_alone(prose.low, before, run, after)
        if known and all(stands) and _is_half_rare(run, prose.lexicon):
            yield run
        elif _is_common(run, prose.lexicon):
            yield from _trimmed(prose, before, run, after)
        elif _is_part(run, prose.lexicon, stands):
            yield run


def _trimmed(prose: Prose, before: int, run: list[Token], after: int) -> Iterator[list[Token]]:
    """The run without the words of the sentences that lead to it and on from it.

    Within a run only a line end shows that a part stands alone.
    """
    rare = [at for at, token in enumerate(run) if token.word not in prose.lexicon.common]
    if not rare:
        return
    first, last = rare[0], rare[-1] + 1
    part = run[first:last]
    opens, closes = _stands_alone(prose.low, before, run, after)
    if first:
        opens = "\n" in prose.low[run[first - 1].end : part[0].start]
    if last < len(run):
        closes = "\n" in prose.low[part[-1].end : run[last].start]
    stands = opens, closes
    if not _is_common(part, prose.lexicon) and _is_part(part, prose.lexicon, stands):
        yield part


def _is_part(part: Sequence[Token], lexicon: Lexicon, stands: tuple[bool, bool]) -> bool:
    """Whether a run is long, or stands alone on both sides or on one, with few repeated words."""
    repeats = len(part) - len({token.word for token in part})
    if repeats > (len(part) >= LONG):
        return False
    rare = not repeats and all(token.word not in lexicon.usual for token in part)
    at_end = len(part) >= AT_END and any(stands) and rare
    return (len(part) >= ALONE and all(stands)) or at_end or len(part) >= LONG


def _is_half_rare(words: Sequence[Token], lexicon: Lexicon) -> bool:
    rare = sum(token.word not in lexicon.common for token in words)
    return len(words) >= ALONE and rare * 2 >= len(words)


def told_in_parts(prose: Prose, *, reach: int = REACH_CHARACTERS) -> Iterator[Span]:
    """The words of a phrase in parts that lie no further apart than `reach` characters."""
    near: deque[list[Token]] = deque()
    for part in parts(prose):
        near.append(part)
        while part[0].start - near[0][-1].end > reach:
            near.popleft()
        if len({token.word for each in near for token in each}) >= ENOUGH:
            yield Span(near[0][0].start, part[-1].end, SecretKind.RECOVERY_PHRASE)
