"""Reads one TOML file of the content folder as its model; each fault has file, line and field.

Every room that has files under `content/` reads them through `read_toml`. Checks that a model
cannot make on its own name their place with `problem_at`.
"""

from __future__ import annotations

import codecs
import re
import stat
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from trustops.content.braces import braces_in
from trustops.content.field_faults import names_of, problems_of
from trustops.content.fixes import BYTE_ORDER_MARK, straightened
from trustops.content.invisible import NO_TEXT, hidden_lines, is_text
from trustops.content.prose import FACT, LiteralKind, literals, once_each
from trustops.content.toml_fixes import blame_remarks, mend_head, toml_fix
from trustops.content.toml_heads import Heads, heads_of, rename_heads
from trustops.content.toml_places import (
    HEAD,
    KEY,
    Where,
    dotted,
    is_toml,
    line_in,
    line_of,
    parts_of,
    places_of,
    strings_of,
)
from trustops.content.values import Problem
from trustops.content.whole_file import faults_behind

__all__ = ["Where", "dotted", "line_in", "line_of", "places_of"]

M = TypeVar("M", bound=BaseModel)

LARGEST_BYTES = 200_000
"""What is longer was not written by hand, and would be read by every process that starts."""

NO_FACTS = (
    "names a fact, and would be shown as it is written; facts can stand in the text of Markdown "
    "files only: write the words themselves, or move the sentence there"
)
_LINE = re.compile(r"at line (\d+)")
_MOST_LEFT_OUT = 20
"""Fields that are left out after a mistake to find the next; more is another kind of file."""

_COLON = re.compile(r"\s*([A-Za-z_-]+)\s*:\s")
_OPEN_LIST = re.compile(r"=\s*\[[^\]#]*$")
_UNCLOSED = re.compile(r"""=\s*(?P<quote>["'])(?!(?P=quote))(?:(?!(?P=quote)).)*$""")


def read_text(folder: Path, name: str, problems: list[Problem]) -> str | None:
    """The text of a file, or None after noting why it cannot be read.

    Args:
        folder: the content folder.
        name: the file in it, with `/` between folders.
        problems: what is wrong is appended here.
    """
    path = folder / name
    try:
        mode = path.stat().st_mode
        if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
            problems.append(Problem(name, 1, "file", "cannot be read: it is no regular file"))
            return None
        with path.open("rb") as file:
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
    told: list[Problem] = []
    if text is None or _has_hidden(text, name, told):
        problems.extend(told)
        return None
    if not text.strip():
        problems.append(Problem(name, 1, "file", "is empty"))
        return None
    values, plain, dropped = _values(text, name, told, heads_of(model))
    read = None
    if values is not None:
        faults, read = _as_model(values, places_of(plain), name, model)
        told.extend(item for item in faults if item.field.split(".")[-1] not in dropped)
    problems.extend(blame_remarks(plain, name, told))
    return None if told else read


def _as_model(
    values: dict[str, object], places: Mapping[Where, int], name: str, model: type[M]
) -> tuple[list[Problem], M | None]:
    """What is wrong with the values of a file, and what they are as its model."""
    words = tuple(strings_of(values, ()))
    hidden = [at for at, part in words if not is_text(part)]
    if hidden:
        return [Problem(name, line_in(places, at), dotted(at), NO_TEXT) for at in hidden], None
    faults = [
        Problem(name, line_in(places, at), dotted(at), NO_FACTS)
        for at, part in words
        if FACT.search(part) or any(braces_in(part))
    ]
    try:
        return faults, model.model_validate(values)
    except ValidationError as error:
        told = problems_of(error, name, lambda at: line_in(places, at), names_of(model))
        behind = (
            Problem(name, line_in(places, at), dotted(at), words)
            for at, words in faults_behind(values, error, model)
        )
        return [*faults, *told, *behind], None


def _values(
    text: str, name: str, problems: list[Problem], heads: Heads
) -> tuple[dict[str, object] | None, str, frozenset[str]]:
    """What a TOML text says, its text as it was read, and the fields that could not be.

    What is wrong is noted, and mended or left out, so that the next mistake is named too. None
    where nothing can be read.
    """
    values, plain, dropped, noted = _parsed(text, name, heads)
    problems.extend(noted)
    return values, plain, dropped


@lru_cache(maxsize=256)
def _parsed(
    text: str, name: str, heads: Heads
) -> tuple[dict[str, object] | None, str, frozenset[str], Sequence[Problem]]:
    """The same, with what is noted. Kept, as every check of a folder asks: do not change it."""
    problems: list[Problem] = []
    lines = _straight(text, name, problems)
    problems.extend(rename_heads(lines, name, heads))
    dropped: set[str] = set()
    before = len(problems)
    while True:
        plain = "\n".join(lines)
        try:
            return tomllib.loads(plain), plain, frozenset(dropped), problems
        except RecursionError:
            problems.append(Problem(name, 1, "file", "is nested too deeply"))
            return None, plain, frozenset(), problems
        except ValueError as error:
            line = _opened_above(lines, _faulty_line(plain, str(error)))
            above = lines[line - 2] if line > 1 else ""
            words = toml_fix(lines[line - 1], str(error), above)
            problems.append(Problem(name, line, "file", words))
            key = _leave_out(lines, line - 1)
            is_mended = mend_head(lines, line - 1) if not key else True
            if not is_mended or len(problems) - before >= _MOST_LEFT_OUT:
                return None, plain, frozenset(), problems
            dropped.add(key)


def _opened_above(lines: Sequence[str], line: int) -> int:
    """The line, from 1, of a list that nothing ends, where a fault further down shows it."""
    for number in range(line - 1, 0, -1):
        above = lines[number - 1]
        if _OPEN_LIST.search(above) and not above.rstrip().endswith(("[", ",")):
            return number
        if KEY.match(above) or HEAD.match(above) or "]" in above:
            break
    return line


def _leave_out(lines: list[str], index: int) -> str:
    """Take the field out that a faulty line belongs to, so that the next fault is found.

    Gives its name; empty where the line is no part of a field.
    """
    start = index
    if field := _COLON.match(lines[index]):
        lines[index] = ""
        return field.group(1)
    if lines[index].lstrip().startswith("[") and not HEAD.match(lines[index]):
        return ""
    while start > 0 and not KEY.match(lines[start]) and not HEAD.match(lines[start]):
        start -= 1
    key = KEY.match(lines[start])
    if key is None:
        return ""
    lines[start] = ""
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if number > index and (not line.strip() or KEY.match(line) or line.startswith("[")):
            break
        lines[number] = ""
    return parts_of(key.group(1))[-1]


def _straight(text: str, name: str, problems: list[Problem]) -> list[str]:
    """The lines of a TOML text without what word processors leave in it, which is noted."""
    if text.startswith("\ufeff"):
        problems.append(Problem(name, 1, "file", BYTE_ORDER_MARK))
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if not text.isascii() and not is_toml("\n".join(lines)):
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


def _has_hidden(text: str, name: str, problems: list[Problem]) -> bool:
    """Note characters that nobody sees, also where TOML itself would not mind: in a comment.

    Gives whether one of them is no text, so that nothing more can be said of the file.
    """
    lines = hidden_lines(text)
    if not lines:
        return False
    begins = sorted(((line, where) for where, line in places_of(text).items()), key=itemgetter(0))
    starts = [line for line, _ in begins]
    for number, words in lines.items():
        before = bisect_right(starts, number)
        where = begins[before - 1][1] if before else ()
        problems.append(Problem(name, number, dotted(where), words))
    return not is_text(text.removeprefix("\ufeff").replace("\r\n", "\n"))


def loose_toml(
    folder: Path, name: str, model: type[BaseModel] | None = None
) -> tuple[dict[str, object], Mapping[Where, int]]:
    """What can be read of a TOML file, whatever else is wrong with it, with the line of each.

    With its model, tables under a mistyped head count as those that were meant.
    """
    heads = heads_of(model) if model else frozenset()
    values, plain, _ = _values(read_text(folder, name, []) or "", name, [], heads)
    return values or {}, places_of(plain)


def problem_at(folder: Path, name: str, where: Where, message: str) -> Problem:
    """A fault that a check found after the file was read as its model."""
    text = read_text(folder, name, []) or ""
    return Problem(name, line_of(text, where), dotted(where), message)


def note_literals(
    name: str,
    words: Iterable[tuple[Where, str]],
    places: Mapping[Where, int],
    problems: list[Problem],
) -> None:
    """Note every address and domain in words that pages show; dates and ratios may stand there."""
    for where, text in words:
        for literal in once_each(literals(text)):
            if literal.kind in {LiteralKind.ADDRESS, LiteralKind.DOMAIN}:
                told = f"holds the {literal.kind} {literal.text}; only the manifest names one"
                problems.append(Problem(name, line_in(places, where), dotted(where), told))
