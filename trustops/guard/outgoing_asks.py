"""Whether words ask for what nobody of ours asks for, or warn of it.

Weighed by what governs each ask. A denial reaches as far as its own list goes: "never send, type
or show it" is one warning, "we never ask for it, but send it now" is an ask after a denial.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from trustops.guard.outgoing_patterns import ASKS, WEIGH
from trustops.guard.outgoing_reasons import Code, Reason
from trustops.guard.reading import Reading, readings

_LOOKS_BACK = 300
"""Characters before "send it here" among which the thing that is meant is looked for."""


def asks(text: str) -> Iterator[Reason]:
    """Every ask in the text that nothing denies, in any reading of it."""
    for reading in readings(text):
        for sentence in WEIGH["sentence"].finditer(reading.text):
            yield from _of_sentence(reading, sentence)
        yield from _of_pronouns(reading)


def _of_sentence(reading: Reading, sentence: re.Match[str]) -> Iterator[Reason]:
    words, begin = sentence.group(), sentence.start()
    for demand in WEIGH["condition"].finditer(words):
        yield _reason(Code.SECRET, reading, begin, demand)
    is_ascii = words.isascii()
    for code, language, pattern in ASKS:
        # Most sentences are English; no ask in Korean or Chinese is without its own letters.
        if is_ascii and language != "en":
            continue
        for match in pattern.finditer(words):
            if _is_but_for_us(words, match) or not _DENIALS[language](words, match):
                yield _reason(code, reading, begin, match)


def _is_but_for_us(words: str, match: re.Match[str]) -> bool:
    """Whether a denial makes an exception for whoever writes, in the clause of the ask."""
    but = WEIGH["but_us"].search(words)
    return but is not None and not WEIGH["new_clause"].search(words, match.end(), but.start())


def _reason(code: Code, reading: Reading, begin: int, match: re.Match[str]) -> Reason:
    return Reason(code, *reading.span(begin + match.start(), begin + match.end()))


def _of_pronouns(reading: Reading) -> Iterator[Reason]:
    """An ask for "it" where the last thing named was a secret."""
    for match in WEIGH["pronoun"].finditer(reading.text):
        nouns = list(
            WEIGH["noun"].finditer(reading.text, max(0, match.start() - _LOOKS_BACK), match.start())
        )
        begin = max(reading.text.rfind(end, 0, match.start()) for end in ".!?;\n") + 1
        before = reading.text[begin : match.end()]
        is_secret = bool(nouns) and nouns[-1].group("secret") is not None
        if is_secret and not _is_governed("en", before, match.start() - begin, len(before)):
            yield Reason(Code.SECRET, *reading.span(*match.span()))


def _is_governed(language: str, words: str, place: int, end: int) -> bool:
    """Whether a denial or a report before an ask reaches it."""
    for governor in WEIGH[f"governors_{language}"].finditer(words, 0, end):
        if governor.start() > place:
            return False
        between = words[governor.end() : place].lstrip(" :*")
        reached = not WEIGH[f"breaks_{language}"].search(between)
        anyway = WEIGH["asked_anyway"].search(words, governor.end(), end)
        if reached and not anyway and _is_one_list(language, between, words[place:end]):
            return True
    return False


def _is_one_list(language: str, between: str, ask: str) -> bool:
    """Whether every comma after the denial only parts what it denies."""
    parts = WEIGH["list_parts"]
    pieces = parts.split(between + ask)[: len(parts.split(between))]
    if language == "zh":
        return all(WEIGH["list_goes_on_zh"].match(piece) for piece in pieces[1:])
    return (
        all(WEIGH["list_goes_on"].match(piece) for piece in pieces[1:])
        or len(pieces[0].split()) <= 1
    )


def _is_denied_in_english(words: str, match: re.Match[str]) -> bool:
    if not WEIGH["us"].search(match.group()):
        beside = WEIGH["no"].search(match.group()) or WEIGH["to_nobody"].match(words, match.end())
        if beside or (
            WEIGH["if_you"].search(words, 0, match.start() + 12) and WEIGH["danger"].search(words)
        ):
            return True
    if WEIGH["why_not"].search(words, 0, match.start()):
        return False
    return _is_governed("en", words, match.start(), match.end())


def _is_denied_in_korean(words: str, match: re.Match[str]) -> bool:
    rest = words[match.start() : match.end() + 24]
    return bool(WEIGH["not_ko"].search(rest)) and not WEIGH["ko_first"].search(rest)


def _is_denied_in_chinese(words: str, match: re.Match[str]) -> bool:
    return _is_governed("zh", words, match.start() + 1, match.end())


_DENIALS: Mapping[str, Callable[[str, re.Match[str]], bool]] = {
    "en": _is_denied_in_english,
    "ko": _is_denied_in_korean,
    "zh": _is_denied_in_chinese,
}
