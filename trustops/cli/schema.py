"""Whether the database has the schema of this version, and how it gets there."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from sqlalchemy import Engine, make_url

from trustops.cli.engines import engine_of
from trustops.db import migrate
from trustops.errors import ConflictError
from trustops.settings import Settings

FOLDER_MODE = 0o700


class Schema(StrEnum):
    """How a database stands to this version of the product."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    NEWER = "newer"


NEWER = (
    "The database was made by a newer version of TrustOps Desk. Install that version, or restore "
    "a backup of this one."
)
BEHIND = "The database does not have the schema of this version yet. Run: trustops init"


def state_of(engine: Engine) -> Schema:
    """How the database of an engine stands; it is only read."""
    current = migrate.current(engine)
    if current is None:
        return Schema.EMPTY
    if current == migrate.head():
        return Schema.CURRENT
    return Schema.BEHIND if is_known(current) else Schema.NEWER


def is_known(revision: str) -> bool:
    """Whether this version knows a revision of the schema."""
    from alembic.script import ScriptDirectory

    known = ScriptDirectory(str(migrate.FOLDER)).walk_revisions()
    return revision in {script.revision for script in known}


def prepare(settings: Settings) -> Schema:
    """Make the instance folder private and bring the database to this version's schema.

    Gives how the database stood before. Safe to repeat, and by several processes at once.

    Raises:
        ConflictError: the database was made by a newer version.
    """
    make_folder(settings)
    with _alone(settings), engine_of(settings) as engine:
        before = state_of(engine)
        if before is Schema.NEWER:
            raise ConflictError(NEWER)
        if before is not Schema.CURRENT:
            migrate.upgrade(settings.database_url.reveal())
    return before


def make_folder(settings: Settings) -> None:
    """Make the instance folder, readable by its owner alone."""
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    settings.instance_dir.chmod(FOLDER_MODE)


def require_head(settings: Settings) -> None:
    """Refuse to go on unless the database has the schema of this version.

    Raises:
        ConflictError: it has not; the sentence says what to do.
    """
    with engine_of(settings) as engine:
        state = state_of(engine)
    if state is Schema.NEWER:
        raise ConflictError(NEWER)
    if state is not Schema.CURRENT:
        raise ConflictError(BEHIND)


def is_sqlite(settings: Settings) -> bool:
    """Whether the instance keeps its data in a SQLite file."""
    return make_url(settings.database_url.reveal()).get_backend_name() == "sqlite"


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Hold a lock in the instance folder, so that two processes do not migrate at once."""
    with (settings.instance_dir / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
