"""A fault in a TOML file is named with the file, the line and the field in which it stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from trustops.content.toml_file import LARGEST_BYTES, line_of, problem_at, read_text, read_toml
from trustops.content.values import Problem


class Event(BaseModel):
    """A part of a part."""

    model_config = ConfigDict(extra="forbid")

    name: str
    inputs: list[dict[str, str]] = []


class Contract(BaseModel):
    """A part with parts."""

    model_config = ConfigDict(extra="forbid")

    chain: str
    events: list[Event] = []
    ratio: dict[str, int] = {}


class Stated(BaseModel):
    """One of two forms of a value."""

    value: int | list[int]


class Example(BaseModel):
    """A file with every way of nesting."""

    model_config = ConfigDict(extra="forbid")

    title: str
    contracts: list[Contract] = []
    facts: dict[str, Stated] = {}


VALID = """\
# A comment with [brackets] and key = value.
title = "One"

[facts.one]
value = 1

[facts."two"]
value = [
  1,
  2,
]

[[contracts]]
chain = "base"
ratio = { numerator = 6, denominator = 1 }

[[contracts.events]]
name = "Migrated"

[[contracts.events]]
name = "Undone"
inputs = [
  { name = "who" },
]

[[contracts]]
chain = "bsc"

[[contracts.events]]
name = "Migrated"
"""


def faults(folder: Path, text: str) -> list[tuple[int, str]]:
    """Line and field of each fault of a file with a text."""
    (folder / "example.toml").write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    read = read_toml(folder, "example.toml", Example, problems)
    assert (read is None) == bool(problems)
    assert {problem.file for problem in problems} <= {"example.toml"}
    return [(problem.line, problem.field) for problem in problems]


def test_a_valid_file_has_no_faults(tmp_path: Path) -> None:
    """Comments, nested tables and lists over several lines are read as they are."""
    assert faults(tmp_path, VALID) == []


@pytest.mark.parametrize(
    ("before", "after", "line", "field"),
    [
        ('title = "One"', "title = 1", 2, "title"),
        ('title = "One"', 'tite = "One"', 2, "tite"),
        ("value = 1\n", 'value = "x"\n', 5, "facts.one.value"),
        ("  2,", '  "x",', 8, "facts.two.value.list[int].1"),
        ('name = "Undone"', "name = 5", 21, "contracts.0.events.1.name"),
        ('{ name = "who" }', "{ name = 1 }", 22, "contracts.0.events.1.inputs.0.name"),
        ('chain = "bsc"', "chain = 56", 27, "contracts.1.chain"),
        ('chain = "bsc"', 'chian = "bsc"', 27, "contracts.1.chian"),
        ("numerator = 6", 'numerator = "x"', 15, "contracts.0.ratio.numerator"),
    ],
)
def test_each_fault_has_the_line_of_its_field(
    tmp_path: Path, before: str, after: str, line: int, field: str
) -> None:
    """Also in tables within lists of tables; a missing field counts where its table begins."""
    assert before in VALID
    assert (line, field) in faults(tmp_path, VALID.replace(before, after, 1))


def test_a_table_that_lacks_a_field_is_named_by_its_head(tmp_path: Path) -> None:
    """The second event has no name: its own head is the place, not the first one's."""
    assert faults(tmp_path, VALID.replace('name = "Undone"\n', "")) == [
        (20, "contracts.0.events.1.name")
    ]


def test_a_repaired_copy_of_a_list_ends_before_the_next_key() -> None:
    """A key in the middle of a text of several lines is not taken for a field."""
    text = 'note = """\ntitle = 5\n"""\ntitle = 6\n'
    assert line_of(text, ("title",)) == 4


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title = \n", 1),
        ('title = "One"\n[[contracts]\nchain = "bsc"\n', 2),
        ('title = "One"\nnote = """\nx', 3),
        (f"title = {'[' * 3000}", 1),
        (f"title = {'1' * 5000}", 1),
        ("\u0000", 1),
    ],
)
def test_what_is_no_toml_is_refused_on_its_line(tmp_path: Path, text: str, line: int) -> None:
    """Also an unfinished text, numbers without end and brackets without end."""
    assert faults(tmp_path, text) == [(line, "file")]


def test_bytes_that_are_no_text_are_refused_on_their_line(tmp_path: Path) -> None:
    """The line of the first such byte."""
    (tmp_path / "example.toml").write_bytes(b"# one\ntitle = '\xff'\n")
    problems: list[Problem] = []
    assert read_toml(tmp_path, "example.toml", Example, problems) is None
    assert problems == [Problem("example.toml", 2, "file", "is not UTF-8 text; save it as UTF-8")]


def test_a_file_saved_as_utf_16_says_so(tmp_path: Path) -> None:
    """Some editors call it Unicode."""
    (tmp_path / "example.toml").write_bytes('name = "x"'.encode("utf-16"))
    problems: list[Problem] = []
    assert read_text(tmp_path, "example.toml", problems) is None
    assert "UTF-16" in problems[0].message
    assert "save it as UTF-8" in problems[0].message


def test_a_file_that_nobody_wrote_by_hand_is_refused(tmp_path: Path) -> None:
    """It is not even read as TOML."""
    assert faults(tmp_path, "#" * (LARGEST_BYTES + 1)) == [(1, "file")]


def test_a_missing_file_and_a_folder_in_its_place_are_told_apart(tmp_path: Path) -> None:
    """Neither is a traceback."""
    (tmp_path / "folder.toml").mkdir()
    problems: list[Problem] = []
    assert read_toml(tmp_path, "folder.toml", Example, problems) is None
    assert read_toml(tmp_path, "none.toml", Example, problems) is None
    folder, none = problems
    assert folder.message.startswith("cannot be read")
    assert none.message == f"is missing in {tmp_path.name}/"


def test_what_would_never_end_is_not_read(tmp_path: Path) -> None:
    """A pipe in the place of a file holds nobody up."""
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "endless.toml").symlink_to("/dev/zero")
    problems: list[Problem] = []
    assert read_toml(tmp_path, "pipe.toml", Example, problems) is None
    assert read_toml(tmp_path, "endless.toml", Example, problems) is None
    assert [problem.file for problem in problems] == ["pipe.toml", "endless.toml"]


@pytest.mark.parametrize("letter", [r"\u0000", r"\u202e", r"\u2066", r"\u001b"])
def test_an_escape_brings_in_nothing_that_is_no_text(tmp_path: Path, letter: str) -> None:
    """A database refuses the one, and the other shows a name from its end."""
    assert faults(tmp_path, f'title = "a{letter}b"\n') == [(1, "title")]
    listed = f'title = "a"\n[[contracts]]\nchain = "c"\nevents = [{{name = "{letter}"}}]\n'
    assert faults(tmp_path, listed) == [(4, "contracts.0.events.0.name")]


def test_a_check_that_comes_later_names_its_place_too(tmp_path: Path) -> None:
    """What a model cannot know alone is found after reading."""
    (tmp_path / "example.toml").write_text(VALID)
    where = ("contracts", 1, "chain")
    problem = problem_at(tmp_path, "example.toml", where, "is not offered")
    assert str(problem) == "example.toml:27: chain of the second [[contracts]]: is not offered"


def test_the_line_of_an_unfinished_text_is_that_of_the_key() -> None:
    """Asked for a place in a text that is no TOML, it still answers."""
    assert line_of("a = 1\nb = [\nc = 2\n", ("c",)) == 3
