"""Reads one TOML file of the content folder as its model; each fault has file, line and field.

Every room that has files under `content/` reads them through `read_toml`. Checks that a model
cannot make on its own name their place with `problem_at`.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from trustops.content.braces import braces_in
from trustops.content.fixes import BYTE_ORDER_MARK, message_of, straightened, toml_fix
from trustops.content.prose import LiteralKind, literals
from trustops.content.toml_places import (
    KEY,
    Where,
    dotted,
    line_in,
    line_of,
    parts_of,
    places_of,
)
from trustops.content.values import Problem

__all__ = ["Where", "dotted", "line_in", "line_of", "places_of"]

M = TypeVar("M", bound=BaseModel)


LARGEST_BYTES = 200_000
"""What is longer was not written by hand, and would be read by every process that starts."""

NO_TEXT = "holds a character that is no text"

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Characters that no database or page takes, and those that turn the direction of a line."""

_LINE = re.compile(r"at line (\d+)")
_MOST_LEFT_OUT = 20
"""Fields that are left out after a mistake to find the next; more is another kind of file."""

_UNCLOSED = re.compile(r"""=\s*(?P<quote>["'])(?!(?P=quote))(?:(?!(?P=quote)).)*$""")


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
        is_wide = error.object.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        form = "is saved as UTF-16 (Unicode)" if is_wide else "is not UTF-8 text"
        problems.append(Problem(name, line, "file", f"{form}; save it as UTF-8"))
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
    before = len(problems)
    values, plain, dropped = _values(text, name, problems)
    if values is None:
        return None
    places = places_of(plain)
    hidden = tuple(_hidden(values, ()))
    if hidden:
        problems.extend(Problem(name, line_in(places, at), dotted(at), NO_TEXT) for at in hidden)
        return None
    try:
        read = model.model_validate(values)
    except ValidationError as error:
        told = problems_of(error, name, lambda where: line_in(places, where))
        problems.extend(item for item in told if item.field.split(".")[-1] not in dropped)
        return None
    return read if len(problems) == before else None


def _values(
    text: str, name: str, problems: list[Problem]
) -> tuple[dict[str, object] | None, str, frozenset[str]]:
    """What a TOML text says, its text as it was read, and the fields that could not be.

    What is wrong is noted, and mended or left out, so that the next mistake is named too. None
    where nothing can be read.
    """
    lines = _straight(text, name, problems)
    dropped: set[str] = set()
    while True:
        plain = "\n".join(lines)
        try:
            return tomllib.loads(plain), plain, frozenset(dropped)
        except RecursionError:
            problems.append(Problem(name, 1, "file", "is nested too deeply"))
            return None, plain, frozenset()
        except ValueError as error:
            line = _faulty_line(plain, str(error))
            key = KEY.match(lines[line - 1])
            fault = Problem(name, line, "file", toml_fix(lines[line - 1], str(error)))
            problems.append(fault)
            if key is None or len(dropped) >= _MOST_LEFT_OUT:
                return None, plain, frozenset()
            dropped.add(parts_of(key.group(1))[-1])
            lines[line - 1] = ""


def _straight(text: str, name: str, problems: list[Problem]) -> list[str]:
    """The lines of a TOML text without what word processors leave in it, which is noted."""
    if text.startswith("\ufeff"):
        problems.append(Problem(name, 1, "file", BYTE_ORDER_MARK))
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    try:
        tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        for number, line in enumerate(lines):
            lines[number], faults = straightened(line)
            problems.extend(Problem(name, number + 1, "file", fault) for fault in faults)
    return lines


def _faulty_line(text: str, error: str) -> int:
    """The line of a TOML text that its reader names, from 1; the last one for an end too early."""
    match = _LINE.search(error)
    lines = text.split("\n")
    if match:
        return min(int(match.group(1)), len(lines))
    if "end of document" not in error:
        return 1
    opened = (number for number, line in enumerate(lines, 1) if _UNCLOSED.search(line))
    return next(opened, len(lines))


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
        yield Problem(file, line_of(where), dotted(where), message_of(detail))


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
        if any(braces_in(text)):
            told = "names a fact; facts can stand in the text of Markdown files only"
            problems.append(problem_at(folder, name, where, told))
