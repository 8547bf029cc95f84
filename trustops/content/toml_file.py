"""Reads one TOML file of the content folder as its model; each fault has file, line and field.

Every room that has files under `content/` reads them through `read_toml`. Checks that a model
cannot make on its own name their place with `problem_at`.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from trustops.content.prose import LiteralKind, literals
from trustops.content.values import Problem

M = TypeVar("M", bound=BaseModel)

Where = tuple[int | str, ...]
"""The way to a field: keys, and positions in lists from 0."""

LARGEST_BYTES = 200_000
"""What is longer was not written by hand, and would be read by every process that starts."""

NO_TEXT = "holds a character that is no text"

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Characters that no database or page takes, and those that turn the direction of a line."""

_LINE = re.compile(r"at line (\d+)")
_HEAD = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[^=.]+)*?)\s*=""")
_QUOTES = ('"""', "'''", '"', "'")
"""The longest first."""

_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def read_text(folder: Path, name: str, problems: list[Problem]) -> str | None:
    """The text of a file, or None after noting why it cannot be read.

    Args:
        folder: the content folder.
        name: the file in it, with `/` between folders.
        problems: what is wrong is appended here.
    """
    try:
        if (folder / name).is_fifo() or (folder / name).is_char_device():
            problems.append(Problem(name, 1, "file", "cannot be read: it is no regular file"))
            return None
        with (folder / name).open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
        if len(raw) > LARGEST_BYTES:
            problems.append(Problem(name, 1, "file", f"is larger than {LARGEST_BYTES:,} bytes"))
            return None
        return raw.decode("utf-8")
    except FileNotFoundError:
        problems.append(Problem(name, 1, "file", f"is missing in {folder.name}/"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problems.append(Problem(name, line, "file", "is not UTF-8 text"))
    except OSError as error:
        problems.append(Problem(name, 1, "file", f"cannot be read: {error.strerror}"))
    return None


def read_toml(folder: Path, name: str, model: type[M], problems: list[Problem]) -> M | None:
    """One TOML file as its model, or None after noting everything that is wrong with it.

    Args:
        folder: the content folder.
        name: the file in it, with `/` between folders, as problems name it.
        model: the shape of the file.
        problems: what is wrong is appended here.
    """
    text = read_text(folder, name, problems)
    if text is None or _has_hidden(text, name, problems):
        return None
    if not text.strip():
        problems.append(Problem(name, 1, "file", "is empty"))
        return None
    try:
        values = tomllib.loads(text)
        hidden = tuple(_hidden(values, ()))
        if hidden:
            places = places_of(text)
            problems.extend(
                Problem(name, line_in(places, at), dotted(at), NO_TEXT) for at in hidden
            )
            return None
        return model.model_validate(values)
    except ValidationError as error:
        places = places_of(text)
        problems.extend(problems_of(error, name, lambda where: line_in(places, where)))
    except RecursionError:
        problems.append(Problem(name, 1, "file", "is nested too deeply"))
    except ValueError as error:
        found = _LINE.search(str(error))
        last = text.count("\n") + 1
        at_end = "end of document" in str(error)
        line = int(found.group(1)) if found else last if at_end else 1
        problems.append(Problem(name, line, "file", f"is not valid TOML: {error}"))
    return None


def is_text(words: str) -> bool:
    """Whether a value can be shown and kept, however its characters were written in the file."""
    return _HIDDEN.search(words) is None


def hidden_lines(text: str) -> tuple[int, ...]:
    """The lines of a file, from 1, on which a character stands that is no text."""
    if is_text(text.replace("\r\n", "\n").removeprefix("\ufeff")):
        return ()
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return tuple(number for number, line in enumerate(lines, 1) if not is_text(line))


def _has_hidden(text: str, name: str, problems: list[Problem]) -> bool:
    """Note characters that are no text, also where TOML itself would not mind: in a comment."""
    lines = hidden_lines(text)
    if not lines:
        return False
    begins = sorted(((line, where) for where, line in places_of(text).items()), key=itemgetter(0))
    starts = [line for line, _ in begins]
    for number in lines:
        before = bisect_right(starts, number)
        where = begins[before - 1][1] if before else ()
        problems.append(Problem(name, number, dotted(where), NO_TEXT))
    return True


def _hidden(value: object, where: Where) -> Iterator[Where]:
    """The way to each value that is no text."""
    if isinstance(value, str) and not is_text(value):
        yield where
    elif isinstance(value, dict):
        for key, part in value.items():
            if not is_text(str(key)):
                yield where
            yield from _hidden(part, (*where, str(key)))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _hidden(part, (*where, number))


def problems_of(
    error: ValidationError, file: str, line_of: Callable[[Where], int]
) -> Iterator[Problem]:
    """Each fault that a model found, with its line as `line_of` gives it for a field."""
    for detail in error.errors(include_input=False, include_url=False):
        where = detail["loc"]
        message = detail["msg"].removeprefix("Value error, ")
        yield Problem(file, line_of(where), dotted(where), message)


def problem_at(folder: Path, name: str, where: Where, message: str) -> Problem:
    """A fault that a check found after the file was read as its model."""
    text = read_text(folder, name, []) or ""
    return Problem(name, line_of(text, where), dotted(where), message)


def note_literals(
    folder: Path, name: str, words: Iterable[tuple[Where, str]], problems: list[Problem]
) -> None:
    """Note every address and domain in words that pages show; dates and ratios may stand there."""
    for where, text in words:
        for literal in literals(text):
            if literal.kind in {LiteralKind.ADDRESS, LiteralKind.DOMAIN}:
                told = f"holds the {literal.kind} {literal.text}; only the manifest names one"
                problems.append(problem_at(folder, name, where, told))


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


@lru_cache(maxsize=64)
def places_of(text: str) -> Mapping[Where, int]:
    """Where each table and key of a TOML text stands; a list counts as its first line."""
    places: dict[Where, int] = {}
    counts: dict[Where, int] = {}
    table: Where = ()
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        head, key = _HEAD.match(lines[number]), _KEY.match(lines[number])
        if head:
            table = _table(head, counts)
            _note(places, table, number + 1)
        elif key:
            _note(places, (*table, *_parts(key.group(1))), number + 1)
            number = _last_line(lines, number, key.end())
        number += 1
    return MappingProxyType(places)


def _table(head: re.Match[str], counts: dict[Where, int]) -> Where:
    """The way to the table that a head opens, with its position in each list on the way."""
    parts = _parts(head.group(2))
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


def _parts(name: str) -> tuple[str, ...]:
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
