"""`trustops init`: a new instance is private and has its tables; repeating it changes nothing."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.cli.conftest import Run
from trustops.cli.engines import engine_of
from trustops.cli.schema import Schema, prepare, require_head, state_of
from trustops.db import migrate
from trustops.errors import ConflictError
from trustops.settings import Settings, load_settings


def mode(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_instance_gets_all_that_it_needs(
    run: Run, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A private folder, a private key, the newest schema, and a word on what comes next."""
    monkeypatch.delenv("TRUSTOPS_SECRET_KEY")
    result = run("init")
    assert result.exit_code == 0, result.output
    assert (mode(instance), mode(instance / "secret_key")) == (0o700, 0o600)
    require_head(load_settings())
    assert "trustops user add" in result.output
    assert "trustops serve" in result.output


def test_it_can_be_repeated(run: Run, instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key stays the same, and what is in the database too."""
    monkeypatch.delenv("TRUSTOPS_SECRET_KEY")
    run("init")
    key = (instance / "secret_key").read_text()
    run("user", "add", "a@example.org", "--role", "agent", "--name", "A")
    result = run("init")
    assert result.exit_code == 0
    assert "already" in result.output
    assert (instance / "secret_key").read_text() == key
    assert "a@example.org" in run("user", "list").output


def test_a_folder_that_others_could_read_is_closed(run: Run, instance: Path) -> None:
    """Whatever made it before."""
    instance.mkdir(mode=0o755)
    run("init")
    assert mode(instance) == 0o700


def test_a_database_of_an_older_version_is_brought_up(on_each: Settings) -> None:
    """On each kind of database."""
    migrate.downgrade(on_each.database_url.reveal(), "-1")
    with engine_of(on_each) as engine:
        assert state_of(engine) is Schema.BEHIND
    assert prepare(on_each) is Schema.BEHIND
    assert prepare(on_each) is Schema.CURRENT


def test_a_database_of_a_newer_version_is_left_alone(settings: Settings, run: Run) -> None:
    """It would not be understood, so nothing runs on it."""
    with engine_of(settings) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConflictError, match="newer version"):
        prepare(settings)
    result = run("init")
    assert result.exit_code == 1
    assert "newer version" in result.stderr


def test_two_at_once_migrate_once(run: Run) -> None:
    """The second waits for the first, and finds nothing to do."""
    del run
    settings = load_settings()
    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(prepare, [settings] * 4))
    assert found == [Schema.CURRENT, Schema.CURRENT, Schema.CURRENT, Schema.EMPTY]
