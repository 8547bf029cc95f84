"""Sentences that a lead has to see although nothing in them asks outright: a second, wider net.

A phished answer finds words that no pattern of an ask has. What it cannot do without is its
subject: a secret, a program, an approval, another place to talk, or a language unknown here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from trustops.guard.outgoing_patterns import (
    CLAUSE,
    ENGLISH,
    EXCUSE,
    NETS,
    OTHER_LANGUAGES,
    OTHER_SECRETS,
    PROTECTS,
    SOOTHES,
    TELLS_ALONE,
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

_CLAUSE = 300
"""Characters on either side of what was caught among which its clause lies."""

_EVERYWHERE = frozenset(
    {"ticket", "wallet", "token", "address", "page", "no", "me", "a", "an", "as", "do", "has", "he"}
    | {"i", "in", "is", "of", "on", "or", "so", "was", "we", "will"}
)
"""Words counted as English that stand in sentences of other languages as well."""


def nets(text: str) -> Iterator[Reason]:
    """What a lead has to see, unless its sentence warns or denies."""
    for reading in readings(text):
        for sentence in WEIGH["sentence"].finditer(reading.text):
            for code, match in _caught(sentence.group()):
                start, end = (sentence.start() + place for place in match.span())
                yield Reason(code, *reading.span(start, end))
    yield from _of_language(text)


def _caught(words: str) -> Iterator[tuple[Code, re.Match[str]]]:
    """What the nets catch in a sentence and nothing in the same clause excuses."""
    protects = PROTECTS.search(words) is not None
    for code, pattern in NETS:
        for match in pattern.finditer(words):
            if _is_excused(words, match) or (protects and code is Code.SENSITIVE):
                continue
            yield code, match


def _is_excused(words: str, match: re.Match[str]) -> bool:
    """Whether a denial or a warning stands in the clause of what was caught."""
    begin, end = max(0, match.start() - _CLAUSE), min(len(words), match.end() + _CLAUSE)
    for part in CLAUSE.finditer(words, begin, end):
        if part.end() <= match.start():
            begin = part.end()
        elif part.start() >= match.end():
            end = part.start()
            break
    return EXCUSE.search(SOOTHES.sub(" ", words[begin:end])) is not None


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
    if not ENGLISH.difference(_EVERYWHERE).intersection(words) and TELLS_ALONE.intersection(words):
        return True
    for known in OTHER_LANGUAGES:
        of_it = [word for word in words if word in known]
        distinct = len({word for word in of_it if word not in ENGLISH})
        if distinct >= _FEWEST and len(of_it) >= _SHARE * len(words) and len(of_it) > english:
            return True
    return False
