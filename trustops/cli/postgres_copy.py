"""Copies of a PostgreSQL database by its own tools, which have to be as new as the server.

The password goes through a private file, because arguments of a command can be read by others.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import Engine, make_url, text

from trustops.errors import ConflictError, InvalidInputError

KIND = "postgresql"

IN_USE = (
    "Something still is connected to the database. Stop `trustops serve` and every `trustops "
    "worker`, then try again."
)


def dump(url: str, target: Path, pg_bin: Path | None) -> None:
    """Write a dump in PostgreSQL's custom format.

    Raises:
        InvalidInputError: `pg_dump` is missing or refused.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with _connection(url, target.parent) as address:
        _call(
            _tool("pg_dump", pg_bin),
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--file={target}",
            f"--dbname={address}",
        )


def put_back(url: str, dumped: Path, pg_bin: Path | None) -> None:
    """Replace the tables of the database by those of a dump, in one transaction.

    Raises:
        InvalidInputError: `pg_restore` is missing or refused; nothing has changed then.
    """
    with _connection(url, dumped.parent) as address:
        _call(
            _tool("pg_restore", pg_bin),
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            "--exit-on-error",
            f"--dbname={address}",
            str(dumped),
        )


def require_unused(engine: Engine) -> None:
    """Refuse while another connection to the database is open.

    Raises:
        ConflictError: one is.
    """
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    with engine.connect() as connection:
        if connection.scalar(others):
            raise ConflictError(IN_USE)


def _tool(name: str, pg_bin: Path | None) -> str:
    found = shutil.which(name, path=str(pg_bin) if pg_bin else None)
    if found is None:
        place = f"in {pg_bin}" if pg_bin else "on PATH"
        raise InvalidInputError(
            f"{name} is not {place}. Install PostgreSQL's client tools of the server's version, "
            "or name their folder with --pg-bin."
        )
    return found


@contextmanager
def _connection(url: str, folder: Path) -> Iterator[str]:
    """A connection string without the password, which stands in a private file meanwhile."""
    parsed = make_url(url)
    _, parameters = parsed.get_dialect()().create_connect_args(parsed)
    password = parameters.pop("password", None)
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix="pgpass-") as file:
        if password:
            escaped = str(password).replace("\\", "\\\\").replace(":", "\\:")
            file.write(f"*:*:*:*:{escaped}\n")
            file.flush()
            parameters["passfile"] = file.name
        yield make_conninfo(**parameters)


def _call(*command: str) -> None:
    """Run a tool to its end.

    Raises:
        InvalidInputError: it failed; the sentence has the first line of what it said.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise InvalidInputError(f"{Path(command[0]).name} failed: {said}")
