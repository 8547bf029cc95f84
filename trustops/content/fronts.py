"""Every front matter and TOML file of a content folder as plain values, each with its lines.

For checks that look across files, whatever else is wrong with one of them. What cannot be read is
passed over: whoever reads it as a document says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trustops.content.documents import read_front
from trustops.content.kinds import Kind
from trustops.content.toml_file import Where, dotted, line_in, loose_toml
from trustops.content.values import Problem


@dataclass(frozen=True, slots=True)
class Plain:
    """The values of one file by their names, and where they stand. `body` is text below them."""

    file: str
    values: Mapping[str, object]
    places: Mapping[Where, int]
    body: str = ""
    body_line: int = 1

    def at(self, where: Where, message: str) -> Problem:
        """A fault of a value."""
        return Problem(self.file, line_in(self.places, where), dotted(where), message)

    @property
    def is_withdrawn(self) -> bool:
        """Whether nobody sees the file as a document any more."""
        return self.values.get("status") == "withdrawn"


def plain_files(folder: Path) -> Iterator[Plain]:
    """Every Markdown file of the kinds that there are, and every TOML file, sorted."""
    for kind in Kind:
        for path in sorted((folder / kind).rglob("*.md")):
            name = path.relative_to(folder).as_posix()
            if not path.name.startswith("."):
                yield from plain_markdown(folder, name)
    for path in sorted(folder.rglob("*.toml")):
        yield from plain_toml(folder, path.relative_to(folder).as_posix())


def plain_toml(folder: Path, name: str) -> Iterator[Plain]:
    """One TOML file, as far as it can be read."""
    values, places = loose_toml(folder, name)
    if values:
        yield Plain(name, values, places)


def plain_markdown(folder: Path, name: str) -> Iterator[Plain]:
    """One Markdown file; nothing where it has no front matter."""
    front = read_front(folder, name)
    if front is not None:
        values, places, body = front
        yield Plain(name, values, places, body.text, body.line)
