"""What a figure looks like, and what is asked of a place that looks so. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

Question = Callable[[re.Match[str]], bool]
"""What can be asked of a place in a text; it may look at the words around it."""

Shape = tuple[re.Pattern[str], Question]
"""What a figure looks like, and whether a place that looks so holds one."""


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
