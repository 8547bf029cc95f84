"""Where each table and key of a TOML text stands, which its reader does not keep. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

Where = tuple[int | str, ...]
"""The way to a field: keys, and positions in lists from 0."""


HEAD = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")


KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[^=.]+)*?)\s*=""")


_QUOTES = ('"""', "'''", '"', "'")
"""The longest first."""


_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def dotted(where: Where) -> str:
    """A field as problems name it, such as `policies.0.target_hours`."""
    return ".".join(str(step) for step in where) or "file"


def line_of(text: str, where: Where) -> int:
    """The line of a TOML text, from 1, on which a field stands, or the table that lacks it."""
    return line_in(places_of(text), where)


def line_in(places: Mapping[Where, int], where: Where) -> int:
    """As `line_of`, for places that `places_of` gave.

    Steps that the file does not have, such as the names of alternatives that pydantic tried,
    are left out.
    """
    at: Where = ()
    for step in where:
        if (*at, step) in places:
            at = (*at, step)
    return places.get(at, 1)


def is_toml(text: str) -> bool:
    """Whether a text is TOML as it stands."""
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def strings_of(value: object, where: Where) -> Iterator[tuple[Where, str]]:
    """Every word of a file with the way to it, the names of its fields among them."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield where, str(key)
            yield from strings_of(part, (*where, str(key)))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from strings_of(part, (*where, number))


@lru_cache(maxsize=64)
def places_of(text: str) -> Mapping[Where, int]:
    """Where each table and key of a TOML text stands; a list counts as its first line."""
    places: dict[Where, int] = {}
    counts: dict[Where, int] = {}
    table: Where = ()
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        head, key = HEAD.match(lines[number]), KEY.match(lines[number])
        if head:
            table = _table(head, counts)
            _note(places, table, number + 1)
        elif key:
            _note(places, (*table, *parts_of(key.group(1))), number + 1)
            number = _last_line(lines, number, key.end())
        number += 1
    return MappingProxyType(places)


def _table(head: re.Match[str], counts: dict[Where, int]) -> Where:
    """The way to the table that a head opens, with its position in each list on the way."""
    parts = parts_of(head.group(2))
    at: Where = ()
    for part in parts[:-1]:
        at = (*at, part)
        at = (*at, counts[at] - 1) if at in counts else at
    at = (*at, parts[-1])
    if head.group(1) == "[[":
        counts[at] = counts.get(at, 0) + 1
        at = (*at, counts[at] - 1)
    return at


def _note(places: dict[Where, int], where: Where, line: int) -> None:
    """Note a place, and every place around it that has none yet."""
    for length in range(1, len(where) + 1):
        places.setdefault(where[:length], line)


def parts_of(name: str) -> tuple[str, ...]:
    """The steps of a dotted key, without the quotes around them."""
    return tuple(part.strip("\"'") for part in _PART.findall(name))


def _last_line(lines: Sequence[str], first: int, begin: int) -> int:
    """The index of the line on which a value ends that begins at a place of the first one.

    One pass over the value: brackets are counted outside of comments and quoted words. A value
    that does not end is taken for one line.
    """
    depth, quote = 0, ""
    for number in range(first, len(lines)):
        line = lines[number]
        place = begin if number == first else 0
        while place < len(line):
            piece = _token_at(line, place, quote)
            if piece.startswith("#"):
                break
            if quote or piece in _QUOTES:
                quote = _still_open(quote, piece)
            else:
                depth += (piece in "[{") - (piece in "]}")
            place += len(piece)
        if len(quote) == 1:
            quote = ""  # words in one quotation mark end with their line
        if depth <= 0 and not quote:
            return number
    return first


def _token_at(line: str, place: int, quote: str) -> str:
    """The next piece that matters: a quotation mark, what escapes one, else one character."""
    if quote:
        if quote[0] == '"' and line[place] == "\\":
            return line[place : place + 2]
        return quote if line.startswith(quote, place) else line[place]
    marks = (mark for mark in _QUOTES if line.startswith(mark, place))
    return next(marks, line[place])


def _still_open(quote: str, piece: str) -> str:
    """The quotation mark that is open after a piece."""
    if quote:
        return "" if piece == quote else quote
    return piece
