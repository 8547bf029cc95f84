"""Reads one Markdown file: front matter between two lines of `---`, then the text.

The front matter is plain YAML without anchors, tags or tabs. Each fault has its exact line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from trustops.content.field_faults import names_of, problems_of
from trustops.content.front_matter import FIELD, Front
from trustops.content.invisible import NO_TEXT, hidden_in
from trustops.content.kinds import MODELS, Kind, Meta
from trustops.content.toml_file import (
    Where,
    dotted,
    line_in,
    read_text,
)
from trustops.content.values import Problem

M = TypeVar("M", bound=Meta)

_FENCE = "---"
_LIKE_A_FENCE = re.compile(r"[-\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{MINUS SIGN}_=*]{1,9}")
"""What word processors make of ---, or a slip of it."""

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
class Named:
    """Where a document lies, before it is read."""

    kind: Kind
    id: str
    locale: str
    file: str


@dataclass(frozen=True, slots=True)
class Written:
    """A document as its author wrote it, for checks that look at it whatever else is wrong."""

    named: Named
    values: Mapping[str, object]
    places: Mapping[Where, int]
    body: Body

    @property
    def status(self) -> object:
        """What the front matter says of it, right or not."""
        return self.values.get("status", "live")

    def words(self, name: str) -> str:
        """A field of words; empty where it is absent or something else."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def names(self, name: str) -> Sequence[str]:
        """A field that lists ids; what is no word in it is an empty one, so that places stay."""
        value = self.values.get(name)
        parts = value if isinstance(value, list | tuple) else ()
        return [part if isinstance(part, str) else "" for part in parts]

    def at(self, where: Where, message: str) -> Problem:
        """A fault in a field of the front matter."""
        return Problem(self.named.file, line_in(self.places, where), dotted(where), message)


@dataclass(frozen=True, slots=True)
class Source:
    """A document with the lines on which its parts stand, for checks that come later."""

    document: Document
    body_line: int
    places: Mapping[Where, int]

    @property
    def written(self) -> Written:
        """The same as its author wrote it."""
        document = self.document
        named = Named(document.kind, document.id, document.locale, document.file)
        body = Body(document.file, document.body, self.body_line)
        return Written(named, document.meta.model_dump(), self.places, body)

    def at(self, where: Where, message: str) -> Problem:
        """A fault in a field of the front matter."""
        return Problem(self.document.file, line_in(self.places, where), dotted(where), message)


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
    is_text = _note_control_characters(named.file, lines, problems)
    end = _end_of_front_matter(named.file, lines, problems)
    if end is None or not is_text:
        return None
    if lines[end + 1 :] and lines[end + 1].rstrip() == _FENCE:
        told = "is a second line of --- below the front matter; take one of them out"
        problems.append(Problem(named.file, end + 2, "front matter", told))
    front = Front(named.file, problems)
    told_before = len(problems)
    values = front.read("\n".join(lines[1:end]))
    is_read = bool(values) or len(problems) == told_before
    if not any(line.strip() for line in lines[end + 1 :]):
        problems.append(Problem(named.file, end + 1, "text", "is empty"))
    meta = _meta(named, values, front) if is_read else None
    if meta is None or len(problems) > before:
        return None
    body = "\n".join(lines[end + 1 :]).rstrip("\n") + "\n"
    document = Document(named.kind, named.id, named.locale, meta, body, named.file, digest)
    return Source(document, end + 2, front.places)


def read_written(folder: Path, named: Named) -> Written | None:
    """A document whose front matter cannot be used, as far as it can be read; None without any."""
    front = read_front(folder, named.file)
    if front is None or front[0].get("status") == "withdrawn" or not front[2].text.strip():
        return None
    return Written(named, *front)


def read_front(
    folder: Path, name: str
) -> tuple[Mapping[str, object], Mapping[Where, int], Body] | None:
    """The values of a front matter with their lines, and the text below; None where it has none."""
    return _front_of(read_text(folder, name, []) or "", name)


@lru_cache(maxsize=256)
def _front_of(
    text: str, name: str
) -> tuple[Mapping[str, object], Mapping[Where, int], Body] | None:
    """The same of a text. Kept, as every check of a folder asks: do not change it."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    end = _end_of_front_matter(name, lines, [])
    if end is None:
        return None
    front = Front(name, [])
    values = front.read("\n".join(lines[1:end]))
    body = Body(name, "\n".join(lines[end + 1 :]), end + 2)
    return (values if isinstance(values, dict) else {}), front.places, body


def _note_control_characters(file: str, lines: list[str], problems: list[Problem]) -> bool:
    """Note tabs and what nobody sees, each with the field of the front matter in which it stands.

    Gives whether nothing of it keeps the rest from being looked at.
    """
    field, fences, is_text = "file", 0, True
    for number, line in enumerate(lines, 1):
        if line.rstrip() == _FENCE and fences < _FENCES:
            fences += 1
            field = "front matter" if fences < _FENCES else "text"
        elif fences < _FENCES and (key := FIELD.match(line)):
            field = key.group(1)
        is_refused = _NO_TEXT.search(line) is not None
        told = "holds a tab; write spaces" if "\t" in line else hidden_in(line)
        if told or is_refused:
            problems.append(Problem(file, number, field, told or NO_TEXT))
        is_text = is_text and not is_refused and "\t" not in line
    return is_text


def _end_of_front_matter(file: str, lines: list[str], problems: list[Problem]) -> int | None:
    """The index of the line that closes the front matter; None after noting that there is none.

    A second line of --- above it is noted and emptied, so that the fields below it are read.
    """
    if lines[0].rstrip() != _FENCE:
        problems.append(Problem(file, *_beginning(lines)))
        if not _LIKE_A_FENCE.fullmatch(lines[0].strip()):
            return None
        # What is meant is clear, so whatever else is wrong with the file is told too.
        lines[0] = _FENCE
    if len(lines) > 1 and lines[1].rstrip() == _FENCE:
        told = "has two lines of --- above its front matter; take one of them out"
        problems.append(Problem(file, 2, "front matter", told))
        lines[1] = ""
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return number
    end, field, words = _unended(lines)
    problems.append(Problem(file, end, field, words))
    return end - 1 if _LIKE_A_FENCE.fullmatch(lines[end - 1].strip()) else None


def _beginning(lines: Sequence[str]) -> tuple[int, str, str]:
    """What to do where a file does not begin with ---: its line, its field and the words."""
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    if not first:
        return 1, "file", "is empty; begin with --- and the fields, as another file of the folder"
    line = lines[first - 1].strip()
    if line == _FENCE:
        above = "the lines above it" if first > 1 else "the space before ---"
        return first, "front matter", f"has to begin in the first line; take out {above}"
    if _LIKE_A_FENCE.fullmatch(line):
        return first, "front matter", f"has {line} in its first line; write --- there"
    told = "has to begin with front matter; write --- in a line of its own above this one"
    return first, "front matter", told


def _unended(lines: Sequence[str]) -> tuple[int, str, str]:
    """Where front matter that nothing ends should end: its line, its field and the words."""
    last = 1
    for number, line in enumerate(lines[1:], 2):
        if _LIKE_A_FENCE.fullmatch(line.strip()):
            return number, "front matter", f"has {line.strip()} where it ends; write --- there"
        if not line.strip() or not (FIELD.match(line) or line.startswith((" ", "-", "#"))):
            break
        last = number
    return last, "front matter", "has no end; write --- in a line of its own below this one"


def _meta(named: Named, values: object, front: Front) -> Meta | None:
    model = MODELS[named.kind]
    try:
        return model.model_validate(values)
    except ValidationError as error:
        places = front.places
        told = problems_of(error, named.file, lambda at: line_in(places, at), names_of(model))
        front.problems.extend(item for item in told if item.field not in front.faulty)
    return None
