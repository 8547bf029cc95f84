"""Runs the migrations, from the command line, the tests and a restore alike."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

FOLDER = Path(__file__).resolve().parent / "migrations"


def configuration(url: str) -> Config:
    """An Alembic configuration for a database URL; no file of it is kept."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database up to a revision, the newest by default."""
    command.upgrade(configuration(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take a database down to a revision; `base` empties it."""
    command.downgrade(configuration(url), revision)


def head() -> str:
    """The newest revision that this version of the product knows."""
    found = ScriptDirectory(str(FOLDER)).get_current_head()
    if found is None:
        raise RuntimeError("there is no migration")
    return found


def current(engine: Engine) -> str | None:
    """The revision a database stands at, or None where it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
