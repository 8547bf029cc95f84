"""Code in a text: fences, and spans within a line. What stands there is shown as it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FENCE = re.compile(r" *(?:(?:[-*+]|\d{1,9}[.)]) +)*(`{3,}(?=[^`]*$)|~{3,})")
_SPAN = re.compile(r"(`+)[^`]+\1")


@dataclass(frozen=True, slots=True)
class CodeApart:
    """The lines of a text with spaces in place of code.

    `open_fence` is a fence that nothing ends, and `begun` its line, from 1; 0 without one.
    """

    lines: Sequence[str]
    open_fence: str = ""
    begun: int = 0


def without_code(lines: Sequence[str]) -> CodeApart:
    """Take the code out of the lines of a text; their number stays."""
    words: list[str] = []
    fence, begun = "", 0
    for number, line in enumerate(lines, 1):
        opening = _FENCE.match(line)
        if fence:
            words.append("")
            fence = "" if _closes(line.strip(), fence) else fence
        elif opening:
            fence, begun = opening.group(1), number
            words.append("")
        else:
            words.append(_SPAN.sub(lambda code: " " * len(code.group()), line))
    return CodeApart(words, fence, begun if fence else 0)


def _closes(rest: str, fence: str) -> bool:
    """Whether a line ends the fence that is open."""
    return len(rest) >= len(fence) and set(rest) == {fence[0]}
