"""The few marks of a heartbeat's text, and the same text as HTML: headings, lists, links. Pure.

A name that comes from a file or a chain can hold any letter, so everything is escaped and nothing
but these marks means anything.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")
_TITLE, _HEADING, _ITEM = "# ", "## ", "- "


def to_html(text: str) -> str:
    """A text as safe HTML, without its title, which the page around it has.

    A line that begins with `## ` is a heading and one that begins with `- ` an item of a list;
    the lines up to an empty one are a paragraph.
    """
    return "\n".join(
        block
        for kind, lines in groupby(text.splitlines(), key=_kind_of)
        for block in _blocks(kind, lines)
    )


def _kind_of(line: str) -> str:
    for mark in (_HEADING, _TITLE, _ITEM):
        if line.startswith(mark):
            return mark
    return "words" if line.strip() else ""


def _blocks(kind: str, lines: Iterable[str]) -> Iterator[str]:
    if kind == _HEADING:
        for line in lines:
            yield f"<h2>{_inline(line.removeprefix(_HEADING))}</h2>"
    elif kind == _ITEM:
        items = "".join(f"<li>{_inline(line.removeprefix(_ITEM))}</li>" for line in lines)
        yield f"<ul>{items}</ul>"
    elif kind == "words":
        yield f"<p>{' '.join(_inline(line) for line in lines)}</p>"


def _inline(line: str) -> str:
    """Escaped words, with every address of a page as a link."""
    parts: list[str] = []
    end = 0
    for found in _LINK.finditer(line):
        url = html.escape(found.group())
        parts.extend((html.escape(line[end : found.start()]), f'<a href="{url}">{url}</a>'))
        end = found.end()
    parts.append(html.escape(line[end:]))
    return "".join(parts).strip()
