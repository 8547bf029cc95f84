"""Reads one Markdown file: front matter between two lines of `---`, then the text.

The front matter is plain YAML without anchors, tags or tabs. Each fault has its exact line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from trustops.content.front_matter import FIELD, Front
from trustops.content.kinds import MODELS, Kind, Meta
from trustops.content.toml_file import (
    NO_TEXT,
    Where,
    dotted,
    line_in,
    problems_of,
    read_text,
)
from trustops.content.values import Problem

M = TypeVar("M", bound=Meta)

_FENCE = "---"
_FENCES = 2
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ue000\ue001\ufeff\ufffe\uffff]"
)
"""Characters that YAML refuses, that end its lines but no editor's, or that we mark facts with."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of `content/`, valid. `sha256` is that of its bytes; `file` its path in there."""

    kind: Kind
    id: str
    locale: str
    meta: Meta
    body: str
    file: str
    sha256: str

    def meta_as(self, model: type[M]) -> M:
        """The front matter as the model of its kind.

        Raises:
            TypeError: the document is of another kind.
        """
        if not isinstance(self.meta, model):
            raise TypeError(f"{self.file} has no front matter of the kind {model.__name__}")
        return self.meta


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a document as it lies in its file; it begins on `line` of it, from 1."""

    file: str
    text: str
    line: int

    def at(self, line: int, message: str) -> Problem:
        """A fault on a line of the text, from 1."""
        return Problem(self.file, self.line + line - 1, "text", message)


@dataclass(frozen=True, slots=True)
class Source:
    """A document with the lines on which its parts stand, for checks that come later."""

    document: Document
    body_line: int
    places: Mapping[Where, int]

    @property
    def body(self) -> Body:
        """The text with its place in the file."""
        return Body(self.document.file, self.document.body, self.body_line)

    def at(self, where: Where, message: str) -> Problem:
        """A fault in a field of the front matter."""
        return Problem(self.document.file, line_in(self.places, where), dotted(where), message)

    def in_body(self, line: int, message: str) -> Problem:
        """A fault in the text, on a line of it, from 1."""
        return Problem(self.document.file, self.body_line + line - 1, "text", message)


@dataclass(frozen=True, slots=True)
class Named:
    """Where a document lies, before it is read."""

    kind: Kind
    id: str
    locale: str
    file: str


def read_document(folder: Path, named: Named, problems: list[Problem]) -> Source | None:
    """One Markdown file, or None after noting everything that is wrong with it.

    Args:
        folder: the content folder.
        named: which file, and as what.
        problems: what is wrong is appended here.
    """
    text = read_text(folder, named.file, problems)
    if text is None:
        return None
    digest = hashlib.sha256(text.encode()).hexdigest()
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    before = len(problems)
    _note_control_characters(named.file, lines, problems)
    end = _end_of_front_matter(named.file, lines, problems)
    if end is None or len(problems) > before:
        return None
    front = Front(named.file, problems)
    values = front.read("\n".join(lines[1:end]))
    is_read = bool(values) or len(problems) == before
    if not any(line.strip() for line in lines[end + 1 :]):
        problems.append(Problem(named.file, end + 1, "text", "is empty"))
    meta = _meta(named, values, front) if is_read else None
    if meta is None or len(problems) > before:
        return None
    body = "\n".join(lines[end + 1 :]).rstrip("\n") + "\n"
    document = Document(named.kind, named.id, named.locale, meta, body, named.file, digest)
    return Source(document, end + 2, front.places)


def read_body(folder: Path, named: Named) -> Body | None:
    """The text alone of a document whose front matter cannot be used; None where it has none."""
    front = read_front(folder, named.file)
    if front is None or front[0].get("status") == "withdrawn" or not front[2].text.strip():
        return None
    return front[2]


def read_front(
    folder: Path, name: str
) -> tuple[Mapping[str, object], Mapping[Where, int], Body] | None:
    """The values of a front matter with their lines, and the text below; None where it has none."""
    text = read_text(folder, name, [])
    lines = (text or "").removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    end = _end_of_front_matter(name, lines, [])
    if end is None:
        return None
    front = Front(name, [])
    values = front.read("\n".join(lines[1:end]))
    body = Body(name, "\n".join(lines[end + 1 :]), end + 2)
    return (values if isinstance(values, dict) else {}), front.places, body


def _note_control_characters(file: str, lines: list[str], problems: list[Problem]) -> None:
    """Note tabs and what is no text, each with the field of the front matter in which it stands."""
    field, fences = "file", 0
    for number, line in enumerate(lines, 1):
        if line.rstrip() == _FENCE and fences < _FENCES:
            fences += 1
            field = "front matter" if fences < _FENCES else "text"
        elif fences < _FENCES and (key := FIELD.match(line)):
            field = key.group(1)
        if "\t" in line:
            problems.append(Problem(file, number, field, "holds a tab; write spaces"))
        elif _NO_TEXT.search(line):
            problems.append(Problem(file, number, field, NO_TEXT))


def _end_of_front_matter(file: str, lines: list[str], problems: list[Problem]) -> int | None:
    """The index of the line that closes the front matter; None after noting that there is none."""
    if lines[0].rstrip() != _FENCE:
        problems.append(Problem(file, 1, "file", "has to begin with front matter after ---"))
        return None
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return number
    problems.append(Problem(file, 1, "file", "has front matter that no line of --- ends"))
    return None


def _meta(named: Named, values: object, front: Front) -> Meta | None:
    try:
        return MODELS[named.kind].model_validate(values)
    except ValidationError as error:
        places = front.places
        told = problems_of(error, named.file, lambda at: line_in(places, at))
        front.problems.extend(item for item in told if item.field not in front.faulty)
    return None
