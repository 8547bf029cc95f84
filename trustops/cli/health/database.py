"""Whether the database answers, and what helps where it does not."""

from __future__ import annotations

from sqlalchemy import Engine, inspect

from trustops.cli.health.finding import Finding, fail
from trustops.cli.schema import is_sqlite
from trustops.cli.sqlite_copy import path_of
from trustops.db import Base
from trustops.logs import first_line
from trustops.settings import Settings

_REMEDIES = (
    (
        ("locked",),
        "Something holds the database: end a shell, a copy or a program that has it open.",
    ),
    (
        ("not a database", "malformed", "unsupported file format", "encrypted"),
        "The file is damaged, or another: move it away, and put a backup back (trustops restore).",
    ),
    (
        ("unable to open", "permission denied", "readonly", "read-only"),
        "See that the folder and the file exist, and that the user who runs this owns them.",
    ),
    (
        ("password", "authentication", "no pg_hba", "role "),
        "Check the user and the password in TRUSTOPS_DATABASE_URL.",
    ),
    (
        ("does not exist", "no such table", "undefinedtable"),
        "See that TRUSTOPS_DATABASE_URL names the right database; trustops init makes its tables.",
    ),
)
MOST_NAMED = 5
_OTHERWISE = "Check TRUSTOPS_DATABASE_URL, and that the server runs."


def missing(settings: Settings) -> Finding | None:
    """What is to say where the file of the database is not there yet, or is no file."""
    if not is_sqlite(settings):
        return None
    path = path_of(settings.database_url.reveal())
    if path.parent != settings.instance_dir and not path.parent.is_dir():
        return fail(
            "database",
            f"There is no folder {path.parent} for the database.",
            "Make it, owned by the user who runs this, or set TRUSTOPS_DATABASE_URL to another.",
        )
    if not path.exists():
        return fail("database", "There is no database yet.", "Run: trustops init")
    if not path.is_file():
        return fail(
            "database",
            f"{path.name} is no file, so it holds no database.",
            "Move it away and run trustops init, or set TRUSTOPS_DATABASE_URL to the file.",
        )
    return None


def incomplete(engine: Engine) -> Finding | None:
    """What is to say where tables or indexes of this version are not there; None where all are."""
    found = inspect(engine)
    there = set(found.get_table_names())
    lost = [name for name in Base.metadata.tables if name not in there]
    lost += [
        str(index.name)
        for table in Base.metadata.tables.values()
        if table.name in there
        for index in sorted(table.indexes, key=lambda index: str(index.name))
        if index.name not in {one["name"] for one in found.get_indexes(table.name)}
    ]
    if not lost:
        return None
    return fail(
        "schema",
        f"The database says that it is of this version, and lacks {', '.join(lost[:MOST_NAMED])}.",
        "Somebody changed it by hand: put a backup back (trustops restore).",
    )


def silent(error: Exception) -> Finding:
    """What is to say where the database does not answer as one of ours does."""
    said = first_line(error)
    remedy = next(
        (text for words, text in _REMEDIES if any(word in said.lower() for word in words)),
        _OTHERWISE,
    )
    return fail("database", f"The database does not answer: {said}", remedy)
