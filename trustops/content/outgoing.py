"""Whether a document says to holders what nobody may say, or what a lead has to see first.

The guard judges it like an answer. Who read a text that would be held is named in its front matter
as `reviewed_by`; what the guard refuses no reviewer lets pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache

from trustops.content.documents import Written
from trustops.content.facts import Fact, FactKind
from trustops.content.values import Problem
from trustops.guard.outgoing import Allowed, Code, Reason, judge
from trustops.guard.outgoing_reasons import REFUSED, SENTENCES

_FACT = re.compile(r"\{\{.*?\}\}")
_LINK_WITHIN = re.compile(r"\]\(/[^)\s]*\)")
_WITH_FIGURES = frozenset(
    {FactKind.DATE, FactKind.INSTANT, FactKind.RATIO, FactKind.NUMBER, FactKind.TEXT}
)
_LITERALS = frozenset({Code.HOST, Code.SHORTENED, Code.ADDRESS, Code.EMAIL})
"""What has to be a fact, and is a mistake already where it is none (`content.prose`)."""


def told_by(facts: Iterable[Fact], target: timedelta | None = None) -> frozenset[str]:
    """What promises may rest on: facts with a figure in them, and the time of the first answer."""
    told = {
        text for fact in facts if fact.kind in _WITH_FIGURES for text in (fact.text, fact.instant)
    }
    if target is not None:
        told.add(f"{int(target / timedelta(hours=1))} hours")
    return frozenset(told - {""})


def check_outgoing(written: Written) -> Iterator[Problem]:
    """What would be refused, and what would be held while nobody is named as its reviewer."""
    reviewed = written.words("reviewed_by")
    for line, reason in _reasons(written.body.text):
        if reason.code in REFUSED:
            yield written.body.at(line, f"{SENTENCES[reason.code]}; nobody of ours does")
        elif not reviewed:
            told = "; say it otherwise, or name who checked it as reviewed_by in the front matter"
            yield written.body.at(line, f"{SENTENCES[reason.code]}{told}")


@lru_cache(maxsize=2048)
def _reasons(body: str) -> tuple[tuple[int, Reason], ...]:
    """Every reason with the line of the text, from 1, on which it begins."""
    text = _blank(_LINK_WITHIN, _blank(_FACT, body))
    return tuple(
        (text.count("\n", 0, reason.start) + 1, reason)
        for reason in judge(text, Allowed()).reasons
        if reason.code not in _LITERALS
    )


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with what matches made a word of capitals of the same length."""
    return pattern.sub(lambda match: "X" * len(match.group()), text)
