"""Fixtures of the commands' tests: an instance folder in the environment, and a way to type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trustops.cli import main
from trustops.settings import Settings, load_settings

Run = Callable[..., Result]

SECRET_KEY = "Xo0rC5ZtFq2mN8vLw1KbJ7eHyTgRdPsUaQiVf3Mk"
"""One that a desk may serve with; that of the pages' tests is refused at the start."""


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an instance that does not exist yet, named in the environment."""
    folder = tmp_path / "instance"
    monkeypatch.setenv("TRUSTOPS_INSTANCE_DIR", str(folder))
    monkeypatch.setenv("TRUSTOPS_SECRET_KEY", SECRET_KEY)
    return folder


@pytest.fixture
def run(instance: Path) -> Run:
    """Type a command; gives what it printed and its exit code."""
    del instance
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.fixture
def settings(sqlite_url: str, instance: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an instance on a migrated SQLite database, as commands read them."""
    del instance
    monkeypatch.setenv("TRUSTOPS_DATABASE_URL", sqlite_url)
    return load_settings()


@pytest.fixture
def on_each(fresh_database: str, instance: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The same on each kind of database: the test runs twice."""
    del instance
    monkeypatch.setenv("TRUSTOPS_DATABASE_URL", fresh_database)
    return load_settings()
