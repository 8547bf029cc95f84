"""`trustops content check`: file, line and field of everything that is wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import NOON
from trustops.cli.health.machine import content
from trustops.content.versions import LastGood
from trustops.settings import PROJECT_ROOT, load_settings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped content."""
    copied = tmp_path / "content"
    shutil.copytree(PROJECT_ROOT / "content", copied)
    monkeypatch.setenv("TRUSTOPS_CONTENT_DIR", str(copied))
    return copied


@pytest.mark.usefixtures("folder")
def test_the_shipped_content_is_valid(run: Run) -> None:
    """Exit code 0, and a word that it is."""
    result = run("content", "check")
    assert result.exit_code == 0, result.output
    assert "is valid" in result.output
    assert json.loads(run("content", "check", "--json").output) == []


def test_every_problem_is_told_where_it_stands(run: Run, folder: Path) -> None:
    """In the form in which editors jump to it; exit code 1."""
    path = folder / "sla.toml"
    lines = path.read_text().splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("target_hours"))
    lines[number - 1] = "target_hours = -48"
    path.write_text("\n".join(lines))
    result = run("content", "check")
    assert result.exit_code == 1
    assert result.output.startswith(f"{path}:{number}: ")
    (problem,) = json.loads(run("content", "check", "--json").output)
    assert (problem["file"], problem["line"]) == ("sla.toml", number)
    assert "target_hours" in problem["field"]


@pytest.mark.long
def test_an_address_is_printed_with_both_slashes_and_a_due_review_is_no_mistake(
    run: Run, folder: Path
) -> None:
    """What is told can be searched for in the file; a day that passed changes no exit code."""
    path = folder / "faq/ratio/en.md"
    text = path.read_text()
    due = text.replace("order:", "review_by: 2026-01-02\norder:", 1)
    due = "".join(
        line for line in due.splitlines(keepends=True) if line != "review_by: 2027-02-22\n"
    )
    path.write_text(due)
    result = run("content", "check")
    assert result.exit_code == 0, result.output
    assert f"To do: {path}:" in result.output
    path.write_text(text + "\nSee https://example.com/x today.\n")
    result = run("content", "check")
    assert result.exit_code == 1
    assert "the domain https://example.com/x;" in result.output
    path.write_text(text.replace("updated: 2026", "updated: 2099", 1))
    assert "a day ahead of today" in run("content", "check").output


@pytest.mark.long
def test_it_says_what_readers_see_of_each_document_meanwhile(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version that was accepted, or nothing yet; in the report for machines too."""
    monkeypatch.setenv("TRUSTOPS_INSTANCE_DIR", str(tmp_path / "instance"))
    good = LastGood(tmp_path / "instance")
    accepted = {name: (folder / name).read_bytes() for name in ("site.toml", "faq/ratio/en.md")}
    good.accept(accepted, "ai16z-elizaos", NOON)
    for name in ("faq/ratio/en.md", "sla.toml"):
        (folder / name).write_text("broken")
    result = run("content", "check")
    assert result.exit_code == 1
    seen = "readers see the version of 2026-11-22 12:00 UTC"
    assert f"faq/ratio/en.md: {seen}." in result.output
    assert "sla.toml: readers do not see it yet." in result.output
    rows = json.loads(run("content", "check", "--json").output)
    assert {row["file"]: row["readers"] for row in rows}["faq/ratio/en.md"] == seen


@pytest.mark.long
def test_pages_of_another_migration_are_all_named_in_one_run(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """File, line and fact of each; the doctor says whose content it seems to be."""
    pack = (folder / "migrations/ai16z-elizaos.toml").read_text()
    other = pack.replace('id = "ai16z-elizaos"', 'id = "other"').partition("\n[facts.")[0]
    (folder / "migrations/other.toml").write_text(other)
    site = (folder / "site.toml").read_text().replace("ai16z-elizaos", "other")
    (folder / "site.toml").write_text(site)
    rows = json.loads(run("content", "check", "--json").output)
    assert len({row["file"] for row in rows}) > 5
    assert all("names the fact migration." in row["message"] for row in rows)
    monkeypatch.setenv("TRUSTOPS_INSTANCE_DIR", str(tmp_path / "instance"))
    finding = content(load_settings())
    assert (finding.check, finding.level) == ("content", "fail")
    assert "seems to be of another project" in finding.sentence


def test_the_schemas_are_written_for_editors(run: Run, tmp_path: Path) -> None:
    """One JSON Schema for each kind of content file, in a folder that is made for them."""
    out = tmp_path / "editor" / "schemas"
    result = run("content", "schema", "--out", str(out))
    assert result.exit_code == 0, result.output
    assert {"pages.json", "faq.json", "site.json", "exchange.json"} <= {
        path.name for path in out.iterdir()
    }
    assert json.loads((out / "faq.json").read_text())["title"] == "FaqMeta"


def test_the_preview_is_a_command_of_its_own(run: Run) -> None:
    """It is found beside the others, and told with its options."""
    assert "preview" in run("content", "--help").output
    assert "--port" in run("content", "preview", "--help").output
