"""One promise in every file: `sla.toml` sets the clock, and pack and prose may not say another.

A sentence promises where it says that we answer, and in what time. Statements of others
(`policy/`) promise nothing of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from trustops.content.fronts import Plain, plain_files
from trustops.content.kinds import Kind
from trustops.content.schema import SiteFile, SlaFile
from trustops.content.toml_file import Where, read_toml
from trustops.content.values import Problem

FACT = "promise"
"""The fact of a pack that says the promise in words."""

_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "twenty-four": 24,
    "forty-eight": 48,
    "seventy-two": 72,
    **{
        sign: number
        for number, sign in enumerate(
            "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341", 1
        )
    },
    **dict.fromkeys(("\u4e24", "\u5169", "\ub450"), 2),
    "\u4e8c\u5341\u56db": 24,
    "\u56db\u5341\u516b": 48,
    "\u4e03\u5341\u4e8c": 72,
    "\ud55c": 1,
    "\uc138": 3,
}
_HOURS = {
    **dict.fromkeys(("minute", "min", "\ubd84", "\u5206\u949f"), 1 / 60),
    **dict.fromkeys(("hour", "hr", "h", "\uc2dc\uac04", "\u5c0f\u65f6", "\u5c0f\u6642"), 1.0),
    **dict.fromkeys(("day", "\uc77c", "\u5929", "\u65e5"), 24.0),
    **dict.fromkeys(("week", "\uc8fc", "\u5468", "\u9031"), 168.0),
    **dict.fromkeys(("month", "\uac1c\uc6d4", "\u4e2a\u6708", "\u500b\u6708"), 720.0),
}
_SPAN = re.compile(
    r"(?<![0-9A-Za-z_.:-])(?P<number>"
    r"\d{1,4}(?:[.,]\d{1,2})?(?:\s?(?:-|\N{EN DASH}|to)\s?\d{1,4}(?:[.,]\d{1,2})?)?|"
    rf"{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
    r"[\s-]{0,2}"
    r"(?:\u4e2a|\u500b)?(?P<working>(?:business|working)[\s-]|\uc601\uc5c5|\u5de5\u4f5c)?"
    rf"(?P<unit>{'|'.join(sorted(_HOURS, key=len, reverse=True))})s?(?![A-Za-z])",
    re.IGNORECASE,
)
_NAMED_HOURS: Mapping[str, float] = {
    **dict.fromkeys(("at once", "immediately", "instantly", "right away"), 0.0),
    **dict.fromkeys(
        ("\uc989\uc2dc", "\u7acb\u5373", "\u7acb\u523b", "\u9a6c\u4e0a", "\u99ac\u4e0a"), 0.0
    ),
    **dict.fromkeys(("the same day", "same-day", "today", "tomorrow", "overnight"), 24.0),
    **dict.fromkeys(
        (
            "\ud558\ub8e8",
            "\ub2f9\uc77c",
            "\u5f53\u5929",
            "\u7576\u5929",
            "\u5f53\u65e5",
            "\u7576\u65e5",
        ),
        24.0,
    ),
    "\uc774\ud2c0": 48.0,
    "\uc0ac\ud758": 72.0,
    "\ub098\ud758": 96.0,
    "\uc77c\uc8fc\uc77c": 168.0,
}
"""Spans that have a name of their own; at once is none at all, and a day is at most 24 hours."""

_NAMED = re.compile(
    "|".join(rf"\b{name}\b" if name.isascii() else name for name in _NAMED_HOURS), re.IGNORECASE
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|nobody|cannot|without)\b|n't\b|[\uc54a\ubabb\uc5c6]|[\u4e0d\u6ca1\u6c92\u65e0\u7121]",
    re.IGNORECASE,
)
_WE = re.compile(
    r"\b(?:we|team|desk|staff|agents?|persons?|humans?|helpers?)\W+(?:\w+\W+){0,3}?"
    r"(?:answer|repl|respond|gets? back|writes? back)"
    r"|\b(?:expect|get|receive|have)\W+(?:\w+\W+){0,3}?(?:answer|repl|response)|[\uac00-\ud7a3\u4e00-\u9fff]",
    re.IGNORECASE,
)
_SUBJECT_LEFT_OUT = re.compile(r"[\uac00-\ud7a3\u4e00-\u9fff]")
_OF_OTHERS = re.compile("\uac70\ub798\uc18c|\u4ea4\u6613\u6240")
"""Korean and Chinese leave the subject out; exchanges are named where they are meant."""

_NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")
_CONDITION = re.compile(r"\b(?:if|unless|again|before you)\b", re.IGNORECASE)
"""Words of sentences that say what to do after a time, and promise nothing."""

_LIMIT = re.compile(
    r"\b(?:within|in|under|inside|before|at most|less than|no later than|takes?|latest|max\w*)\b"
    r"|\uc774\ub0b4|\uc548\uc5d0|\ub0b4\uc5d0|\u5185|\u5167",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:(?:answer|repl|respon[ds]|gets? back|getting back|writes? back"
    r"|hears? (?:back )?from)\w*)"
    r"|\ub2f5\ubcc0|\uc751\ub2f5|\ud68c\uc2e0|\ub2f5\uc7a5|\u7b54\u590d|\u7b54\u8986|\u56de\u590d"
    r"|\u56de\u8986|\u56de\u5e94|\u56de\u61c9|\u56de\u7b54",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:we|us|our|person|human|agent|team|desk|staff|ticket|promise|you)\b"
    r"|\uc800\ud76c|\uc6b0\ub9ac|\ub2f4\ub2f9|\ud2f0\ucf13|\ubb38\uc758|\uc0ac\ub78c"
    r"|\u6211\u4eec|\u6211\u5011|\u5de5\u5355|\u5de5\u55ae|\u60a8|\u4f60|\u5ba2\u670d",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:\.(?=\d)|[^.!?\n\u3002\uff01\uff1f])+")


def other_promises(folder: Path) -> Iterator[Problem]:
    """Every promise of a first answer in another time than that of `sla.toml`."""
    sla = read_toml(folder, "sla.toml", SlaFile, [])
    if sla is None:
        return
    target = timedelta(hours=sla.policies[0].target_hours)
    site = read_toml(folder, "site.toml", SiteFile, [])
    pack = f"migrations/{site.migration}.toml" if site else ""
    for plain in plain_files(folder):
        if plain.file == pack:
            yield from _of_pack(plain, target)
        elif not plain.is_withdrawn and plain.file.partition("/")[0] in _SPEAK_FOR_US:
            yield from _of_text(plain, target)


_SPEAK_FOR_US = frozenset(
    {*(Kind.PAGE, Kind.FAQ, Kind.REPLY, Kind.KNOWN_ISSUE), "intake.toml", "components.toml"}
)


def _of_pack(plain: Plain, target: timedelta) -> Iterator[Problem]:
    facts = plain.values.get("facts")
    fact = facts.get(FACT) if isinstance(facts, dict) else None
    value = fact.get("value") if isinstance(fact, dict) else None
    for span in _SPAN.finditer(value if isinstance(value, str) else ""):
        if _length(span) != target:
            yield plain.at(("facts", FACT, "value"), _differs(span.group(), target))


def _of_text(plain: Plain, target: timedelta) -> Iterator[Problem]:
    """Promises in the words of a document, and in the values of its front matter."""
    for where, words in _texts(plain.values, ()):
        for _, said, length in _promised(words):
            if length != target:
                yield plain.at(where, _differs(said, target))
    for line, said, length in _promised(plain.body):
        if length != target:
            yield Problem(plain.file, plain.body_line + line, "text", _differs(said, target))


def _texts(value: object, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*where, str(key)))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, (*where, number))


def _promised(text: str) -> Iterator[tuple[int, str, timedelta | None]]:
    """Spans of time in which a sentence says that we answer: line from 0, words, length."""
    for line, words in enumerate(text.split("\n")):
        for sentence in _SENTENCE.finditer(words):
            said = sentence.group()
            if _CONDITION.search(said) or not _ANSWER.search(said) or not _is_of_us(said):
                continue
            if _LIMIT.search(said):
                yield from ((line, span.group(), _length(span)) for span in _SPAN.finditer(said))
            if _WE.search(said) and not _NEGATED.search(said):
                for name in _NAMED.findall(said):
                    yield line, name, timedelta(hours=_NAMED_HOURS[name.lower()])


def _is_of_us(said: str) -> bool:
    """Whether a sentence speaks of us or of a ticket, in Korean and Chinese without a subject."""
    if _OURS.search(said):
        return True
    return _SUBJECT_LEFT_OUT.search(said) is not None and not _OF_OTHERS.search(said)


def _length(span: re.Match[str]) -> timedelta | None:
    """How long a span is; None for working days, which the clock does not know."""
    if span["working"]:
        return None
    number = span["number"].lower()
    # Of a range, the promise is its end.
    count = _WORDS.get(number) or float(_NUMBERS.findall(number)[-1].replace(",", "."))
    return timedelta(hours=round(count * _HOURS[span["unit"].lower()], 4))


def _differs(span: str, target: timedelta) -> str:
    hours = int(target / timedelta(hours=1))
    words = f"promises an answer ({' '.join(span.split())}), and sla.toml sets {hours} hours"
    return f"{words} by the clock; make both the same"
