"""How a text is made to fit what a network takes. Pure."""

from __future__ import annotations

from collections.abc import Callable

from trustops.channels.rules import PostLimits

Length = Callable[[str, PostLimits], int]
"""How many characters a text has, as a network counts."""


def fit(text: str, limits: PostLimits, length: Length) -> str:
    """A text that a network takes: the least important lines are left out.

    Lines stand in the order of their importance, but the last one, which leads to the whole
    text and always stays. Where even the first is too long, it is cut. `length` counts as the
    network does.

    Raises:
        ValueError: not even the last line fits.
    """
    *lines, last = [line.rstrip() for line in text.strip().splitlines() if line.strip()]
    while lines:
        whole = "\n".join((*lines, "", last))
        if length(whole, limits) <= limits.characters:
            return whole
        if len(lines) == 1:
            break
        lines.pop()
    if length(last, limits) > limits.characters:
        raise ValueError("the network takes no text of this length, not even the link")
    return _cut(lines[0], last, limits, length) if lines else last


def _cut(line: str, last: str, limits: PostLimits, length: Length) -> str:
    """The beginning of a line, as much as there is room for, and the last one."""
    while line:
        line = line[:-1].rstrip()
        whole = f"{line}…\n\n{last}"
        if length(whole, limits) <= limits.characters:
            return whole
    return last
