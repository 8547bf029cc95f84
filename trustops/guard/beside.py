"""What of a piece of a phrase is talk beside it: somebody's account of their trouble stays."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View
from trustops.guard.redaction import belongs
from trustops.guard.tokens import Prose, Text, Token
from trustops.guard.words import Lexicon

FEWEST_OF_TALK = 2
"""A word alone may be one of the phrase, however common it is."""

_SHORT = 4
"""Words after the first of a sentence such as "velvet is the first word"."""

_LEADS = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "es",
        "son",
        "est",
        "sont",
        "e",
        "sao",
        "je",
        "jsou",
        "ist",
        "sind",
    }
    | {"word", "words"}
)
"""Words that lead to a word of a phrase, or from it to its place."""

_ARTICLES = frozenset(
    {"the", "a", "an", "on", "at", "my", "your", "his", "her", "our", "el", "la", "los", "las"}
    | {"un", "una", "le", "les", "une", "il", "lo", "gli", "o", "os", "as", "um", "uma"}
)
"""Words after which a sentence goes on, and no row of a phrase begins."""

_ENDS_SENTENCE = re.compile(r"[.!?;:。]")
_ENDS_LINE = re.compile(r"[.!?;:。\n]")


def without_talk(view: View, span: Span, lexicon: Lexicon) -> Iterator[Span]:
    """The piece without sentences at its ends that are none of it, or only begin or end so."""
    every = Text(view).every
    if not any(span.start <= each.start < span.end for each in every):
        yield span
        return
    breaks = [each.start() for each in _ENDS_LINE.finditer(view.text)]
    sentences = [
        _Sentence(list(group), span, lexicon)
        for _, group in groupby(every, lambda word: bisect_right(breaks, word.start))
    ]
    sentences = [each for each in sentences if each.own]
    while sentences and sentences[0].is_talk:
        sentences.pop(0)
    while sentences and sentences[-1].is_talk:
        sentences.pop()
    if sentences:
        yield replace(span, start=sentences[0].own[0].start, end=sentences[-1].own[-1].end)


class _Sentence:
    """The words of a sentence, and those of them that a piece of a phrase takes."""

    def __init__(self, words: Sequence[Token], span: Span, lexicon: Lexicon) -> None:
        self.own = [each for each in words if span.start <= each.start < span.end]
        self._before = [each.word for each in words if each.start < span.start]
        self._after = [each.word for each in words if each.start >= span.end]
        self._lexicon = lexicon

    @property
    def is_talk(self) -> bool:
        """Whether it has common words alone, or begins or ends with what stands on the list."""
        rest = {*self._before, *self._after}
        return _is_talk(self.own, rest, self._lexicon) or self._goes_on()

    def _goes_on(self) -> bool:
        """Whether the rest of it is talk that leads to none of these few words."""
        rest = [*self._before, *self._after]
        said = [each for each in self.own if each.word not in self._lexicon.labels]
        words = [*rest, *(each.word for each in said)]
        strangers = sum(not _may_belong(word, self._lexicon) for word in words)
        is_prose = strangers >= FEWEST_OF_TALK or not self._lexicon.prose.isdisjoint(rest)
        rare = sum(each.word not in self._lexicon.common for each in said)
        within = rare <= 1 or (self._before and self._before[-1] in _ARTICLES)
        few = len(said) <= FEWEST_OF_TALK or (len(said) <= _SHORT and within)
        if not few or not rest or not is_prose:
            return False
        if self._before:
            return self._before[-1] not in _LEADS | self._lexicon.labels
        return len(rest) > _SHORT or self._after[0] not in _LEADS


def _is_talk(sentence: Sequence[Token], rest: Collection[str], lexicon: Lexicon) -> bool:
    """Whether a phrase would hardly have these words one after the other."""
    words = {token.word for token in sentence if token.word not in lexicon.labels}
    listed = words & lexicon.abbreviations
    if len(words) < FEWEST_OF_TALK or not listed <= lexicon.common:
        return False
    is_glued = max(map(len, words)) > lexicon.longest
    is_prose = not lexicon.prose.isdisjoint({*words, *rest})
    strangers = sum(not belongs(word, lexicon) for word in words - listed)
    few = listed == words or not (listed or is_glued)
    return few or is_prose or (not is_glued and strangers > len(listed))


def widened(view: View, span: Span, lexicon: Lexicon) -> Span:
    """A piece with the words beside it that may be of the phrase, to the end of its sentence.

    Where the piece itself goes from line to line, the words of the next line may be of it too.
    """
    words = Prose(Text(view), lexicon).words
    inside = [at for at, token in enumerate(words) if span.start <= token.start < span.end]
    if not inside:
        return span
    ends = _ENDS_SENTENCE if "\n" in view.text[span.start : span.end] else _ENDS_LINE
    start, end = span.start, span.end
    for token in reversed(words[: inside[0]]):
        if not _may_belong(token.word, lexicon) or ends.search(view.text, token.end, start):
            break
        start = token.start
    for token in words[inside[-1] + 1 :]:
        if not _may_belong(token.word, lexicon) or ends.search(view.text, end, token.start):
            break
        end = token.end
    return Span(start, end, SecretKind.RECOVERY_PHRASE)


def _may_belong(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.words or belongs(word, lexicon)
