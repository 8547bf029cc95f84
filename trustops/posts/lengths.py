"""How long a text is as a network counts, and how one is made to fit. Pure.

Mastodon counts characters as a reader sees them, every link as 23 and of an account elsewhere only
its local part (Mastodon's `StatusLengthValidator`). Where that cannot be told apart here, a text
counts as longer than the network says, never as shorter.
"""

from __future__ import annotations

import re
import unicodedata

from trustops.channels.rules import PostLimits

_LINK = re.compile(r"https?://(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[/?#][^\s]*[^\s.,;:!?)\"'])?/?")
_ACCOUNT = re.compile(r"(?<![\w@/])(@\w+)@[\w.-]+\w")
_MARKS = frozenset({"Mn", "Me"})


def length(text: str, limits: PostLimits) -> int:
    """How many characters a text has as Mastodon counts them."""
    shortened = _ACCOUNT.sub(r"\1", _LINK.sub("x" * limits.link, text))
    composed = unicodedata.normalize("NFC", shortened)
    return sum(unicodedata.category(character) not in _MARKS for character in composed)


def fit(text: str, limits: PostLimits) -> str:
    """A text that a network takes: the least important lines are left out.

    Lines stand in the order of their importance, but the last one, which leads to the whole
    text and always stays. Where even the first is too long, it is cut.

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
    return _cut(lines[0], last, limits) if lines else last


def _cut(line: str, last: str, limits: PostLimits) -> str:
    """The beginning of a line, as much as there is room for, and the last one."""
    while line:
        line = line[:-1].rstrip()
        whole = f"{line}…\n\n{last}"
        if length(whole, limits) <= limits.characters:
            return whole
    return last
