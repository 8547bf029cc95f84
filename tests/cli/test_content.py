"""`trustops content check`: file, line and field of everything that is wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from trustops.settings import PROJECT_ROOT


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
