"""No file of the content folder holds an address or a domain in words, whatever its kind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from trustops.settings import PROJECT_ROOT
from trustops.site.files import check

WORDS = "see example.com now "
FAULTS = [
    ("exchanges/coinone.toml", 'user_note = "', "user_note"),
    ("exchanges/coinone.toml", 'says = "', "claims.0.says"),
    ("components.toml", 'description = "', "components.0.description"),
    ("intake.toml", 'hint = "', "topics.0.hint"),
    ("heartbeat/full.md.j2", "{", "template"),
    ("heartbeat/short.md.j2", "{", "template"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped content."""
    return Path(shutil.copytree(PROJECT_ROOT / "content", tmp_path / "content"))


def test_a_literal_is_named_with_its_place(folder: Path) -> None:
    """Only the manifest says which domain is ours; each is told, and nothing else."""
    for file, before, _ in FAULTS:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        words = WORDS + before if before == "{" else before + WORDS
        path.write_text(text.replace(before, words, 1), encoding="utf-8")
    found = check(folder)
    places = [(problem.file, problem.field) for problem in found]
    assert sorted(places) == sorted((file, field) for file, _, field in FAULTS)
    assert all("holds the domain example.com" in problem.message for problem in found)


def test_a_fact_of_a_pack_is_no_way_around(folder: Path) -> None:
    """Prose names it, so it is prose."""
    path = next((folder / "migrations").glob("*.toml"))
    fact = '\n[facts.way]\nkind = "text"\nvalue = "at example.com"\ngrade = "D"\n'
    evidence = 'evidence = "Nobody."\nchecked = 2026-11-01\n'
    with path.open("a", encoding="utf-8") as file:
        file.write(fact + evidence)
    assert any(problem.field == "facts.way.value" for problem in check(folder))
