"""Promises of a date, an amount or a ratio, in English, Korean and Chinese.

A promise passes where every figure in it stands in a known fact. When a window opens or closes, and
at which ratio tokens are exchanged, is a promise in any form: a holder acts on it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from trustops.guard.outgoing_figures import (
    TIMES,
    Figure,
    FigureKind,
    Known,
    is_known,
    known_figures,
)
from trustops.guard.outgoing_figures import figures as figures_in
from trustops.guard.outgoing_patterns import AMOUNTS, DATES, WEIGH
from trustops.guard.outgoing_reasons import Code, Reason
from trustops.guard.reading import plain

_LOOKS_BACK = 40
"""Characters before a date among which the thing is looked for that it is of."""

_Claim = tuple[Code, int, int]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence with its figures, and which of them stand in no known fact."""

    words: str
    figures: Sequence[Figure]
    strange: Sequence[Figure]
    knows_no_ratio: bool

    def within(self, start: int, end: int) -> tuple[Figure, ...]:
        """The amounts and ratios that a part of the sentence holds, or touches."""
        kinds = (FigureKind.AMOUNT, FigureKind.RATIO)
        beside = (one for one in self.figures if one.start < end and start < one.end)
        return tuple(one for one in beside if one.kind in kinds)


def promises(text: str, facts: Collection[str]) -> Iterator[Reason]:
    """Promises in the text that rest on none of the facts."""
    reading = plain(text)
    known = known_figures(frozenset(facts))
    for match in WEIGH["promise_sentence"].finditer(reading.text):
        sentence = _read(match.group(), known)
        claims = [*_promised(sentence), *_of_window(sentence), *_of_ratio(sentence)]
        for code, start, end in claims:
            yield Reason(code, *reading.span(match.start() + start, match.start() + end))


def _read(words: str, known: Known) -> _Sentence:
    figures = tuple(figures_in(words))
    strange = [one for one in figures if not is_known(one, known)]
    knows_no_ratio = all(kind is not FigureKind.RATIO for kind, _ in known)
    return _Sentence(words, figures, strange, knows_no_ratio)


def _promised(sentence: _Sentence) -> Iterator[_Claim]:
    """That somebody gets or does something by a date, or gets so much of it."""
    words = sentence.words
    match = _first(DATES, words)
    times = [one for one in sentence.figures if one.kind in TIMES]
    if match and (not times or any(one in sentence.strange for one in times)):
        yield (Code.PROMISED_DATE, *match.span())
    match = _first(AMOUNTS, words)
    amounts = sentence.within(*match.span()) if match else ()
    if match and (not amounts or any(one in sentence.strange for one in amounts)):
        yield (Code.PROMISED_AMOUNT, *match.span())


def _first(patterns: Sequence[re.Pattern[str]], words: str) -> re.Match[str] | None:
    """The first promise, unless the words say what will not be, or tell of others."""
    match = next(filter(None, (pattern.search(words) for pattern in patterns)), None)
    if match is None or WEIGH["no_promise_ko"].search(words):
        return None
    return None if WEIGH["no_promise"].search(words, 0, match.end()) else match


def _of_window(sentence: _Sentence) -> Iterator[_Claim]:
    """When the migration opens or ends, unless the date is that of the reader's own doing."""
    words = sentence.words
    if WEIGH["untrue"].search(words):
        return
    moment = WEIGH["window_moment"].search(words)
    if moment:
        yield (Code.PROMISED_DATE, *moment.span())
    if not WEIGH["window"].search(words):
        return
    said = WEIGH["told_of"].search(words)
    for one in sentence.strange:
        before = words[max(0, one.start - _LOOKS_BACK) : one.start]
        is_own = WEIGH["own_before"].search(before) or WEIGH["own_after"].match(words, one.end)
        is_date = one.kind is FigureKind.DAY or (one.kind is FigureKind.MONTH and not said)
        if is_date and not is_own:
            yield (Code.PROMISED_DATE, one.start, one.end)


def _of_ratio(sentence: _Sentence) -> Iterator[_Claim]:
    """At which ratio tokens are exchanged."""
    words = sentence.words
    if WEIGH["untrue"].search(words):
        return
    if sentence.knows_no_ratio and WEIGH["past"].search(words):
        return  # nothing says that it was another one, and what is over is no promise
    is_named = WEIGH["ratio"].search(words) is not None
    may_be_one = WEIGH["exchange"].search(words) is not None
    for one in sentence.strange:
        to_one = any(1 in value for value in one.values)
        if one.kind is FigureKind.RATIO and (is_named or (may_be_one and to_one)):
            yield (Code.PROMISED_AMOUNT, one.start, one.end)
