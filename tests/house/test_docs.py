"""Every setting, job and command is documented, and nothing is documented that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from jobs.runner import Job
from jobs.schedule import DEMO, TABLE
from trustops.cli import main
from trustops.content.schema import (
    ChainEntry,
    ComponentEntry,
    PolicyEntry,
    SiteFile,
    TopicEntry,
)
from trustops.settings import CREDENTIALS, PROJECT_ROOT, setting_names

DOCS = PROJECT_ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *PROJECT_ROOT.glob("*.md")])
JOBS = (*TABLE, DEMO)

CODE = ("trustops", "jobs", "tests/bench")
_CITED = re.compile(r"(?<![\w./<>{}*-])(?:docs|facts|notes|decisions)/[\w./-]+")
_WORDS = re.compile(r"`(trustops(?: [a-z]+)+)")
_SETTING = re.compile(r"\bTRUSTOPS_[A-Z_]+")
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def table(page: str, heading: str) -> dict[str, list[str]]:
    """The rows of the table whose first column has a heading, by their first cell."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows: dict[str, list[str]] = {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        first, *rest = [cell.strip() for cell in line.strip("|").split(" | ")]
        assert first.strip("`") not in rows, f"{first} stands twice in {page}"
        rows[first.strip("` ")] = rest
    return rows


def commands(
    group: click.Group = main, path: tuple[str, ...] = ("trustops",)
) -> Iterator[tuple[str, click.Command]]:
    """Every command that can be typed, with its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def in_words(duration: timedelta) -> str:
    """A duration as the documentation writes it."""
    hours = duration // timedelta(hours=1)
    return f"{hours} hours" if hours else f"{duration // timedelta(minutes=1)} minutes"


def test_every_setting_is_documented_and_no_other() -> None:
    """With a default, a meaning and an example."""
    rows = table("settings.md", "setting")
    assert set(rows) == {f"TRUSTOPS_{name}" for name in setting_names()}
    assert all(len(cells) == 3 and all(cells) for cells in rows.values())


def test_every_credential_has_its_file_documented() -> None:
    """Those and no others can be read from files."""
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    files = set(re.findall(r"`(TRUSTOPS_[A-Z_]+_FILE)` \|", text))
    assert files == {f"TRUSTOPS_{name}_FILE" for name in CREDENTIALS}


def test_every_job_is_documented_and_no_other() -> None:
    """In the order of the table of the code."""
    assert list(table("jobs.md", "job")) == [job.name for job in JOBS]


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_the_documentation_of_a_job_is_true(job: Job) -> None:
    """When it is due, when it counts as silent, and what it does."""
    row = table("jobs.md", "job")[job.name]
    assert row == [job.trigger.words, in_words(job.expected_beat), job.does]


def test_every_command_is_documented_and_no_other() -> None:
    """By the words that are typed."""
    assert set(table("operations.md", "command")) == {words for words, _ in commands()}


@pytest.mark.parametrize(("words", "command"), list(commands()), ids=lambda value: str(value)[:24])
def test_every_option_of_a_command_is_documented(words: str, command: click.Command) -> None:
    """In the command's own row, and every option that stands there exists."""
    (text,) = table("operations.md", "command")[words]
    options = {item.opts[0] for item in command.params if isinstance(item, click.Option)}
    assert set(re.findall(r"--[a-z-]+", text)) == options


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT_ROOT)))
def test_a_page_names_only_what_exists(page: Path) -> None:
    """Commands, settings and files that it links to."""
    text = page.read_text(encoding="utf-8")
    known = {words for words, _ in commands()}
    groups = {words.rsplit(" ", 1)[0] for words in known}
    for words in _WORDS.findall(text):
        parts = words.split()
        heads = {" ".join(parts[:length]) for length in range(2, len(parts) + 1)}
        assert heads & (known | groups - {"trustops"}), f"`{words}` is no command"
    names = {f"TRUSTOPS_{name}" for name in setting_names()}
    names |= {f"TRUSTOPS_{name}_FILE" for name in CREDENTIALS} | {"TRUSTOPS_"}
    found = {name for name in _SETTING.findall(text) if not name.startswith("TRUSTOPS_RPC_")}
    assert found <= names
    for target in _LINK.findall(text):
        assert (page.parent / target).exists(), f"{target} is not there"


def test_every_page_stands_in_the_index() -> None:
    """With whom it is for; decisions have an index of their own."""
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = {page.name for page in DOCS.glob("*.md")} - {"index.md"}
    assert sorted(page for page in pages if f"({page})" not in index) == []


@pytest.mark.parametrize("model", [SiteFile, PolicyEntry, TopicEntry, ChainEntry, ComponentEntry])
def test_every_field_of_a_content_file_is_documented(model: type[BaseModel]) -> None:
    """In the table of TOML files; fields of one kind may share a cell."""
    text = (DOCS / "content.md").read_text(encoding="utf-8")
    section = text.partition("## TOML files")[2].partition("\n## ")[0]
    cells = " ".join(re.findall("`([^`]+)`", section)).replace(",", " ").replace("[", " ")
    assert sorted(set(model.model_fields) - set(cells.replace("]", " ").split())) == []


def test_no_file_cites_what_is_not_in_the_repository() -> None:
    """A reader follows it and finds nothing: notes of whoever built this are not part of it.

    A decision may be cited by its number.
    """
    code = [path for room in CODE for path in (PROJECT_ROOT / room).rglob("*.py")]
    cited = {
        name.rstrip(".")
        for path in code
        for name in _CITED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(cited) > 10
    assert sorted(name for name in cited if not list(PROJECT_ROOT.glob(f"{name}*"))) == []
