"""What a figure looks like, and what is asked of a place that looks so. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

Question = Callable[[re.Match[str]], bool]
"""What can be asked of a place in a text; it may look at the words around it."""

Shape = tuple[re.Pattern[str], Question]
"""What a figure looks like, and whether a place that looks so holds one."""


Form = tuple[str, Question]
"""A shape before its pattern is compiled."""


@dataclass(frozen=True)
class Family:
    """Forms that all need one thing: a text without it is not searched for any of them.

    Wider forms come first: where two overlap, the first one is told.
    """

    needs: re.Pattern[str]
    forms: tuple[Form, ...]

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The forms, compiled when the first text needs them: most texts are in one script."""
        return tuple((re.compile(form), holds) for form, holds in self.forms)


KOREAN_OR_CHINESE = re.compile("[\u3007\u3400-\u9fff\uac00-\ud7a3]")


def always(_match: re.Match[str]) -> bool:
    """A shape that nothing else has."""
    return True


def unless(*questions: Question) -> Question:
    """What holds where none of some excuses does."""

    def holds(match: re.Match[str]) -> bool:
        return not any(question(match) for question in questions)

    return holds


_SENTENCE_END = re.compile(r"[.!?](?=\s|\Z)|[。\uff01\uff1f\n]")
_WINDOW = 100


def sentence_of(match: re.Match[str]) -> str:
    """The sentence around a place, and at most a hundred characters to each side of it."""
    before = match.string[max(0, match.start() - _WINDOW) : match.start()]
    after = match.string[match.end() : match.end() + _WINDOW]
    return _SENTENCE_END.split(before)[-1] + match.group() + _SENTENCE_END.split(after)[0]
