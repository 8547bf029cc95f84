"""The command itself: it finds what it has, and a refusal is a sentence and exit code 1."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.cli.conftest import Run
from trustops.cli import PLACES, in_words, main
from trustops.errors import ConflictError, FieldError, SettingsError


@pytest.mark.parametrize("name", PLACES)
def test_every_command_of_the_table_can_be_run(name: str) -> None:
    """It is where the table says, under its own name, and tells what it is for."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert command.help


def test_the_help_lists_every_command() -> None:
    """In the order of the table."""
    shown = CliRunner().invoke(main, ["--help"]).output
    places = [shown.index(f"\n  {name} ") for name in PLACES]
    assert places == sorted(places)


def test_an_unknown_command_is_refused(run: Run) -> None:
    """With click's own exit code for a wrong call."""
    result = run("incident")
    assert result.exit_code == 2
    assert "No such command 'incident'" in result.output


def test_settings_that_cannot_be_used_are_told_one_by_one(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them at once, and no traceback."""
    monkeypatch.setenv("TRUSTOPS_PORT", "many")
    monkeypatch.setenv("TRUSTOPS_COLOUR", "red")
    result = run("init")
    assert result.exit_code == 1
    assert "\n  PORT has to be a whole number" in result.stderr
    assert "\n  COLOUR is not a setting" in result.stderr
    assert "Traceback" not in result.output


def test_a_new_instance_on_sqlite_gets_its_database_from_the_first_command(
    run: Run, instance: Path
) -> None:
    """Whoever begins with `trustops user add` is not sent away."""
    result = run("user", "list")
    assert result.exit_code == 0
    assert (instance / "trustops.sqlite3").exists()


@pytest.mark.parametrize("command", [("worker",), ("job", "run", "silence"), ("alert", "test")])
def test_what_needs_the_schema_says_how_to_get_it(
    run: Run, instance: Path, command: tuple[str, ...]
) -> None:
    """In place of an error from the database."""
    instance.mkdir()
    result = run(*command)
    assert result.exit_code == 1
    assert "Run: trustops init" in result.stderr


def test_a_refusal_in_words() -> None:
    """The sentence alone, or the title and each field."""
    assert in_words(ConflictError("Not now.")) == "Not now."
    faults = [FieldError("PORT", "is too low")]
    refusal = SettingsError("PORT is too low", errors=faults)
    assert in_words(refusal) == "The settings need a correction:\n  PORT is too low"
