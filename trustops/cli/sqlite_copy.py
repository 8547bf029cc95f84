"""Copies of a SQLite database while others use it, by SQLite's own backup interface."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from trustops.errors import ConflictError, InvalidInputError

KIND = "sqlite"

DAMAGED = "The copy of the database is damaged, so it is of no use."

NO_DATABASE = (
    "{} is no database that can be read, so it is not replaced. Move it away, and restore again."
)

IN_USE = (
    "Something still has the database open. Stop `trustops serve` and every `trustops worker`, "
    "then try again."
)


def path_of(url: str) -> Path:
    """The file of a SQLite URL.

    Raises:
        InvalidInputError: the database is in memory, so there is nothing to keep.
    """
    name = make_url(url).database
    if not name or name == ":memory:":
        raise InvalidInputError("A database in memory cannot be backed up.")
    return Path(name).absolute()


def dump(url: str, target: Path) -> None:
    """Write a whole and consistent copy of a live database into one private file.

    Raises:
        InvalidInputError: the database is in memory, or damaged.
    """
    source = path_of(url)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(_opened(source)) as live, closing(_opened(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    check(target)


def check(path: Path) -> None:
    """Have SQLite read all of a database.

    Raises:
        InvalidInputError: it is damaged.
    """
    with closing(_opened(path)) as connection:
        try:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise InvalidInputError(DAMAGED) from error
    if verdict != "ok":
        raise InvalidInputError(DAMAGED)


def require_unused(url: str) -> None:
    """Refuse while another process has the database open.

    Leaving the write-ahead log is what SQLite allows to the only connection alone.

    Raises:
        ConflictError: somebody has, or the file is no database.
    """
    path = path_of(url)
    if not path.exists():
        return
    with closing(_opened(path, patience_seconds=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError as error:
            raise ConflictError(IN_USE) from error
        except sqlite3.DatabaseError as error:
            raise ConflictError(NO_DATABASE.format(path)) from error
    if mode != "delete":
        raise ConflictError(IN_USE)


def put_back(url: str, dumped: Path) -> None:
    """Replace the content of the database by that of a copy, in one transaction of SQLite's."""
    with closing(_opened(dumped)) as copy, closing(_opened(path_of(url))) as live:
        copy.backup(live)


def _opened(path: Path, patience_seconds: float = 15) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=patience_seconds, isolation_level=None)
