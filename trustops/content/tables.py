"""Tables that would be shown as words, or would lose cells. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_RULE_CELL = re.compile(r"\s*:?-+:?\s*")


def wrong_tables(prose: Sequence[str], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Rows without the rule that makes them a table, and rows with other cells than its head.

    Cells are counted as they are written: a `|` within code parts a row too (GFM, tables).

    Args:
        prose: the lines of a text without its code.
        lines: the same lines as they are written.

    Yields:
        the line, from 1, and what is wrong on it.
    """
    start = 0
    while start < len(prose):
        end = start
        while end < len(prose) and _is_row(prose[end]):
            end += 1
        if end - start > 1 or (end > start and prose[start].strip().startswith("|")):
            yield from _wrong_table(lines, start, end)
        start = max(end, start + 1)


def _wrong_table(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, str]]:
    head = _cells(lines[start])
    rule = _cells(lines[start + 1]) if start + 1 < end else []
    example = f"|{'---|' * len(head)}"
    if not rule or not all(_RULE_CELL.fullmatch(cell) for cell in rule):
        yield start + 1, f"is a table without its rule; put {example} under its first row"
        return
    if len(rule) != len(head):
        words = f"has {len(rule)} cells in the rule of a table with {len(head)}; write {example}"
        yield start + 2, words
    for number in range(start + 2, end):
        cells = _cells(lines[number])
        if len(cells) != len(head):
            words = f"has {len(cells)} cells in a table with {len(head)}; give each row as many"
            yield number + 1, f"{words}, and write \\| for a bar in a cell"


def _is_row(line: str) -> bool:
    return "|" in line.replace("\\|", "") and not line.lstrip().startswith(("#", ">", "- ", "* "))


def _cells(line: str) -> list[str]:
    """The cells of a row; the first and the last mark only enclose it."""
    row = line.replace("\\|", " ").strip()
    return row.removeprefix("|").removesuffix("|").split("|")
