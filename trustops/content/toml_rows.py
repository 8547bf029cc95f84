"""The tables of a list in a TOML file as they are written, whatever is wrong with one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from trustops.content.toml_places import Where, dotted, line_in
from trustops.content.values import Problem

Row = tuple[int, Mapping[str, object]]
"""The position of a table in its list, from 0, and its values."""


def rows_of(values: Mapping[str, object], name: str) -> list[Row]:
    """The tables of a list; what is no table is passed over."""
    rows = values.get(name)
    listed = rows if isinstance(rows, list | tuple) else ()
    return [(number, row) for number, row in enumerate(listed) if isinstance(row, dict)]


def words_in(rows: Sequence[Row], name: str, *fields: str) -> Iterator[tuple[Where, str]]:
    """The words of some fields of each table, with the way to them."""
    for number, row in rows:
        for field in fields:
            words = row.get(field)
            if isinstance(words, str):
                yield (name, number, field), words


def twice(
    file: str, name: str, rows: Sequence[Row], places: Mapping[Where, int]
) -> Iterator[Problem]:
    """Each id that a table above has already."""
    seen: set[object] = set()
    for number, row in rows:
        given = row.get("id")
        if isinstance(given, str) and given in seen:
            where = (name, number, "id")
            words = f"stands twice; give this one another id than {given}"
            yield Problem(file, line_in(places, where), dotted(where), words)
        seen.add(given if isinstance(given, str) else None)
