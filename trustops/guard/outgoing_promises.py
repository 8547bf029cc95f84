"""Promises of a date or an amount, in English, Korean and Chinese."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trustops.guard.outgoing_patterns import AMOUNTS, DATES, WEIGH
from trustops.guard.outgoing_reasons import Code, Reason
from trustops.guard.reading import plain


def promises(text: str, facts: Collection[str]) -> Iterator[Reason]:
    """Promises in the text that rest on none of the facts, dates and amounts as written."""
    reading = plain(text)
    known = [fact.lower() for fact in facts]
    for sentence in WEIGH["promise_sentence"].finditer(reading.text):
        words = sentence.group()
        # A sentence that says what will not be, or tells of others, promises nothing of ours.
        if WEIGH["no_promise"].search(words) or any(fact in words for fact in known):
            continue
        for code, patterns in ((Code.PROMISED_DATE, DATES), (Code.PROMISED_AMOUNT, AMOUNTS)):
            match = next(filter(None, (pattern.search(words) for pattern in patterns)), None)
            if match:
                start, end = (sentence.start() + place for place in match.span())
                yield Reason(code, *reading.span(start, end))
