"""Indents Markdown under list items as its authors mean it: by two spaces or more.

CommonMark wants what belongs to `1. ` to stand three spaces in, and to `10. ` four; authors write
two under every kind of item. Lines are moved to where CommonMark looks for them; their number and
their order stay, and so does everything within a fence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKER = re.compile(r"(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap> {1,4})(?=\S)")
_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_LEAST = 2
_CODE = 4
"""Spaces from which on a line that is in no list is code."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A list item: where its marker stands, where it is moved to, and how wide it is."""

    source: int
    target: int
    width: int


def indented(text: str) -> str:
    """A text whose lines stand where CommonMark takes them for what their authors mean."""
    items: list[_Item] = []
    lines: list[str] = []
    fence, shift, after_blank = "", 0, True
    rest = text.split("\n")
    for number, written in enumerate(rest, 1):
        line, words = written, written.lstrip(" ")
        indent = len(line) - len(words)
        if fence:
            lines.append(_moved(line, indent, shift))
            fence = "" if _closes(words, fence) else fence
            continue
        if not words.strip():
            lines.append(line)
            after_blank = True
            continue
        marker, opening = _MARKER.match(words), _FENCE.match(words)
        # A line of words right below others goes on with them, wherever it begins.
        if after_blank or marker or opening or words.startswith(("#", ">", "|")):
            while items and indent < items[-1].source + _LEAST:
                items.pop()
            shift = _target(items, indent) - indent
            line = _moved(line, indent, shift)
        if marker and (items or indent < _CODE):
            items.append(_Item(indent, indent + shift, marker.end()))
        inner = _FENCE.match(words, marker.end()) if marker else None
        if inner and items:
            shift = items[-1].target + items[-1].width - _least_indent(rest[number:], inner.group())
        begun = opening or inner
        fence = begun.group() if begun else ""
        lines.append(line)
        after_blank = False
    return "\n".join(lines)


def _least_indent(lines: list[str], fence: str) -> int:
    """How far the lines of a fence that began beside a marker stand in, its end among them."""
    least = []
    for line in lines:
        words = line.lstrip(" ")
        if words:
            least.append(len(line) - len(words))
        if _closes(words, fence):
            break
    return min(least, default=0)


def _target(items: list[_Item], indent: int) -> int:
    """Where a line belongs that stands somewhere under the last of the open items."""
    if not items:
        return indent
    item = items[-1]
    return item.target + max(indent - item.source, item.width)


def _moved(line: str, indent: int, shift: int) -> str:
    """A line further to the right, or back by no more than it is indented."""
    return " " * shift + line if shift >= 0 else line[min(indent, -shift) :]


def _closes(words: str, fence: str) -> bool:
    """Whether a line ends the fence that is open."""
    rest = words.rstrip()
    return len(rest) >= len(fence) and set(rest) == {fence[0]}
