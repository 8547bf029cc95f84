"""Runs the migrations, from the command line, the tests and a restore alike.

Alembic is imported by what uses it: it takes a tenth of the start of every process.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).resolve().parent / "migrations"


def configuration(url: str) -> Config:
    """An Alembic configuration for a database URL; no file of it is kept."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database up to a revision, the newest by default."""
    from alembic import command

    command.upgrade(configuration(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take a database down to a revision; `base` empties it."""
    from alembic import command

    command.downgrade(configuration(url), revision)


def head() -> str:
    """The newest revision that this version of the product knows."""
    from alembic.script import ScriptDirectory

    found = ScriptDirectory(str(FOLDER)).get_current_head()
    if found is None:
        raise RuntimeError("there is no migration")
    return found


def current(engine: Engine) -> str | None:
    """The revision a database stands at, or None where it is empty."""
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
