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
from trustops.content.facts import Fact, FactKind, Facts
from trustops.content.prose import literals
from trustops.content.values import Problem
from trustops.guard.outgoing import Allowed, Code, Reason, judge
from trustops.guard.outgoing_reasons import REFUSED, SENTENCES

_FIELDS = ("title", "summary", "affects")
"""Fields of the front matter that readers see as words of ours."""

_FACT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_LINK_WITHIN = re.compile(r"\]\((?:/|(?:javascript|vbscript|data|file):)[^)\s]*\)", re.IGNORECASE)
"""Links within the site, and those that the check of links refuses by itself."""
_WITH_FIGURES = frozenset(
    {FactKind.DATE, FactKind.INSTANT, FactKind.RATIO, FactKind.NUMBER, FactKind.TEXT}
)
_LITERALS = frozenset({Code.HOST, Code.SHORTENED, Code.ADDRESS, Code.EMAIL})
"""What has to be a fact, and is a mistake already where it is none and plain (`content.prose`).

A name that is written so that no program takes it for one is none there, and is told of here.
"""


def told_by(facts: Iterable[Fact], target: timedelta | None = None) -> frozenset[str]:
    """What promises may rest on: facts with a figure in them, and the time of the first answer."""
    told = {
        text for fact in facts if fact.kind in _WITH_FIGURES for text in (fact.text, fact.instant)
    }
    if target is not None:
        told.add(f"{int(target / timedelta(hours=1))} hours")
    return frozenset(told - {""})


def check_outgoing(written: Written, facts: Facts) -> Iterator[Problem]:
    """What would be refused, and what would be held while nobody is named as its reviewer.

    The fields that readers see are judged like the text. Figures may be those of the migration.
    """
    of_migration = (fact for name, fact in facts.known.items() if name.startswith("migration."))
    allowed = Allowed(facts=told_by(of_migration))
    is_reviewed = bool(written.words("reviewed_by"))
    for name in _FIELDS:
        words, title = written.words(name), name == "title"
        for _, told in faults_in(words, allowed, is_reviewed=is_reviewed, title=title):
            yield written.at((name,), told)
    for line, told in faults_in(written.body.text, allowed, is_reviewed=is_reviewed):
        yield written.body.at(line, told)


def faults_in(
    text: str, allowed: Allowed, *, is_reviewed: bool, title: bool = False
) -> Iterator[tuple[int, str]]:
    """What in a text of the content folder no holder may be told, with its line, from 1.

    Args:
        text: Markdown or the words of a template, with its facts as they are written.
        allowed: what it may name and promise.
        is_reviewed: whether somebody stands for it, so that what would be held passes.
        title: whether it is the title of a page, which names things and asks for none.
    """
    for line, reason in _reasons(text, allowed, title=title):
        if reason.code in REFUSED:
            yield line, f"{SENTENCES[reason.code]}; nobody of ours does"
        elif not is_reviewed:
            told = "; say it otherwise, or name who checked it as reviewed_by in the front matter"
            yield line, f"{SENTENCES[reason.code]}{told}"


@lru_cache(maxsize=2048)
def _reasons(body: str, allowed: Allowed, *, title: bool) -> tuple[tuple[int, Reason], ...]:
    """Every reason with the line of the text, from 1, on which it begins."""
    text = _blank(_LINK_WITHIN, _blank(_FACT, body))
    plain = {literal.line for literal in literals(text)}
    found = (
        (text.count("\n", 0, reason.start) + 1, reason)
        for reason in judge(text, allowed, title=title).reasons
    )
    return tuple(
        (line, reason)
        for line, reason in found
        if reason.code not in _LITERALS or line not in plain
    )


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with what matches made a word of capitals of the same length."""
    return pattern.sub(lambda match: "X" * len(match.group()), text)
