"""Sentences that a lead has to see although nothing in them asks outright: a second, wider net.

A phished answer finds words that no pattern of an ask has. What it cannot do without is its
subject: a secret, a program, an approval, another place to talk, or a language unknown here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from trustops.guard.outgoing_patterns import (
    ENGLISH,
    EXCUSE,
    NETS,
    OTHER_LANGUAGES,
    OTHER_SECRETS,
    PROTECTS,
    WEIGH,
)
from trustops.guard.outgoing_reasons import Code, Reason
from trustops.guard.reading import readings

_OTHER_SCRIPT = re.compile(
    "[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30fa]{3,}"
)
"""Greek, Cyrillic, Hebrew, Arabic, those of India, Thai and Lao, kana."""

_WORD = re.compile(r"[a-z]+")
_PARTS = re.compile(r"[^.!?;\n]+")
_FEWEST, _SHARE = 2, 0.3
"""How many words of a language, and which share of all, make a sentence one of it."""


def nets(text: str) -> Iterator[Reason]:
    """What a lead has to see, unless its sentence warns or denies."""
    for reading in readings(text):
        for sentence in WEIGH["sentence"].finditer(reading.text):
            words = sentence.group()
            if EXCUSE.search(words):
                continue
            protects = PROTECTS.search(words) is not None
            for code, pattern in NETS:
                match = pattern.search(words)
                if match and not (protects and code is Code.SENSITIVE):
                    start, end = (sentence.start() + place for place in match.span())
                    yield Reason(code, *reading.span(start, end))
    yield from _of_language(text)


def _of_language(text: str) -> Iterator[Reason]:
    for match in _OTHER_SCRIPT.finditer(text):
        yield Reason(Code.LANGUAGE, *match.span())
    for part in _PARTS.finditer(text):
        bare = "".join(
            char
            for char in unicodedata.normalize("NFKD", part.group().lower())
            if not unicodedata.combining(char)
        )
        if OTHER_SECRETS.search(bare) or _is_foreign(_WORD.findall(bare)):
            yield Reason(Code.LANGUAGE, *part.span())


def _is_foreign(words: list[str]) -> bool:
    """Whether a sentence has more words of one other language than of English."""
    english = sum(word in ENGLISH for word in words)
    for known in OTHER_LANGUAGES:
        of_it = [word for word in words if word in known]
        distinct = len({word for word in of_it if word not in ENGLISH})
        if distinct >= _FEWEST and len(of_it) >= _SHARE * len(words) and len(of_it) > english:
            return True
    return False
