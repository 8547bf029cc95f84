"""Content files: what is shipped is valid, and what is broken is named by file, line and field."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from trustops.content import ContentError, load
from trustops.settings import PROJECT_ROOT
from trustops.sla.rules import FIRST_RESPONSE

SHIPPED = PROJECT_ROOT / "content"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped content that a test may break."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "content"))


def change(folder: Path, name: str, before: str, after: str) -> None:
    """Replace a piece of a file that has to be there."""
    path = folder / name
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))


def problem_of(folder: Path) -> tuple[str, int, str]:
    """File, line and field of the only problem."""
    with pytest.raises(ContentError) as caught:
        load(folder)
    (problem,) = caught.value.problems
    assert problem.message in str(caught.value)
    return problem.file, problem.line, problem.field


def test_the_shipped_content_promises_a_first_response_within_48_hours() -> None:
    """Warned at 75 % and 90 %, and the topic `other` is there for whoever finds no better one."""
    content = load(SHIPPED)
    policy = content.policy(FIRST_RESPONSE)
    assert policy.target == timedelta(hours=48)
    assert policy.at_risk_percent == (75, 90)
    assert content.topic("other") is not None
    assert content.topic_title("no-longer-offered") == "no-longer-offered"


@pytest.mark.parametrize(
    ("name", "before", "after", "found"),
    [
        ("sla.toml", "target_hours = 48", "target_hours = 0", (7, "policies.0.target_hours")),
        ("sla.toml", "target_hours = 48", "target_hours = true", (7, "policies.0.target_hours")),
        ("sla.toml", "[75, 90]", "[90, 75]", (8, "policies.0.at_risk_percent")),
        ("sla.toml", "[75, 90]", '[75, "x"]', (8, "policies.0.at_risk_percent.1")),
        ("sla.toml", "target_hours", "target_days", None),
        ("site.toml", 'reference_prefix = "MIG"', 'reference_prefix = "mig"', (4, None)),
        ("site.toml", "locales =", "languages =", None),
        ("intake.toml", 'id = "other"', 'id = "another"', (1, "topics")),
        ("intake.toml", 'id = "late"', 'id = "not-eligible"', (9, "topics.1.id")),
        ("intake.toml", 'title = "Solana"', 'title = ""', (40, "chains.0.title")),
        ("intake.toml", "[[topics]]", "[[topics]", (3, "file")),
    ],
)
def test_a_broken_file_is_named_with_line_and_field(
    folder: Path, name: str, before: str, after: str, found: tuple[int, str | None] | None
) -> None:
    """Whoever edits it sees where to look; a missing key counts with the one put in its place."""
    change(folder, name, before, after)
    with pytest.raises(ContentError) as caught:
        load(folder)
    problems = caught.value.problems
    assert {problem.file for problem in problems} == {name}
    if found is not None:
        line, field = found
        assert line in {problem.line for problem in problems}
        assert field is None or field in {problem.field for problem in problems}


def test_a_missing_file_is_said_to_be_missing(folder: Path) -> None:
    """Not a traceback."""
    (folder / "sla.toml").unlink()
    assert problem_of(folder) == ("sla.toml", 1, "file")


def test_a_file_that_is_no_text_is_refused(folder: Path) -> None:
    """Bytes that are not UTF-8 name the file."""
    (folder / "site.toml").write_bytes(b"name = '\xff'")
    assert problem_of(folder) == ("site.toml", 1, "file")


def test_all_problems_of_all_files_are_told_at_once(folder: Path) -> None:
    """Nobody mends one file to learn of the next."""
    change(folder, "sla.toml", "= 48", "= 0")
    change(folder, "site.toml", '"MIG"', '"M"')
    with pytest.raises(ContentError) as caught:
        load(folder)
    assert {problem.file for problem in caught.value.problems} == {"sla.toml", "site.toml"}
