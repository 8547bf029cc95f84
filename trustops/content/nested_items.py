"""List items that stand so oddly far in that Markdown shows them elsewhere than their author meant.

An author counts an item that stands further in than the one above as belonging under it. Where the
page would show it beside that one, or as running text, the spaces to write are told. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trustops.content.blocks import blocks_of

_ITEM = re.compile(r"(?P<spaces> *)(?P<mark>[-*+]|\d{1,9}[.)]) +(?=\S)")
_LINE_ACROSS = re.compile(r" *(?:[-*_] *){3,}$")
_UNDER_A_DASH = 2
_UNDER_A_NUMBER = 3


class _Item(NamedTuple):
    """An item that is open: where it stands, and where it and what is under it should stand."""

    indent: int
    right: int
    under: int


def odd_indents(text: str, prose: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Items that are shown on another level than the one on which they stand.

    Args:
        text: the text, as Markdown reads it.
        prose: its lines without code.

    Yields:
        the line, from 1, and what to write instead.
    """
    levels = blocks_of(text).items
    open_items: list[_Item] = []
    after_empty = False
    for number, line in enumerate(prose, 1):
        item = None if _LINE_ACROSS.match(line) else _ITEM.match(line)
        if item is None:
            if after_empty and line.strip() and not line.startswith(" "):
                open_items = []
            after_empty = not line.strip()
            continue
        after_empty = False
        indent = len(item["spaces"])
        beside = [it for it in open_items if it.indent >= indent]
        open_items = [it for it in open_items if it.indent < indent]
        level = levels.get(number, 0)
        right = open_items[-1].under if open_items else 0
        if open_items and level != len(open_items) + 1:
            yield number, _said(level, right, indent, beside)
        elif not open_items and level != 1:
            continue  # a line of words, or of code, that begins with a sign
        else:
            right = indent
        wide = _UNDER_A_DASH if len(item["mark"]) == 1 else _UNDER_A_NUMBER
        open_items.append(_Item(indent, right, right + wide))


def _said(level: int, right: int, indent: int, beside: Sequence[_Item]) -> str:
    if not level:
        told = f"begins with {indent} spaces, so far in that its sign is shown as it is written"
        return f"{told}; write {right} spaces before it"
    spaces = "one space" if indent == 1 else f"{indent} spaces"
    told = f"begins with {spaces} and is shown on another level of its list"
    above = f"{right} spaces before it to put it under the item above"
    if beside:
        above = f"{beside[0].right} spaces before it, as before the others of its level"
    return f"{told}; write {above}, or none to put it beside the first"
