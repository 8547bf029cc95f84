"""Engine, session and the declarative base.

The base carries an explicit registry, and models inherit `Base` rather than `db.Model`:
Flask-SQLAlchemy copies the body of its model class, which SQLAlchemy 2.1 refuses for a type map
(docs/decisions/0009). SQLite runs in WAL mode with a busy timeout and foreign keys; its
transactions are begun by us, because the driver's own begin comes too late for a write lock.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.pool import ConnectionPoolEntry

from trustops.db.types import Instant, JsonValue

BUSY_TIMEOUT_MS = 15_000
"""How long a writer on SQLite waits for another one before it gives up."""

_WRITES = "trustops_writes"


class Base(DeclarativeBase):
    """What every table of the product inherits."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(column_0_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: Instant, dict[str, Any]: JsonValue},
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def engine_options(url: str) -> dict[str, Any]:
    """Engine options for a database URL: bounded waits, and connections that are checked."""
    if make_url(url).get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000, "isolation_level": None}}
    return {
        "pool_pre_ping": True,
        "pool_size": 8,
        "max_overflow": 8,
        "connect_args": {
            "connect_timeout": 5,
            "options": "-c statement_timeout=30000 -c timezone=UTC",
        },
    }


def start_writing(session: Session) -> None:
    """Begin the session's transaction as a writer, before anything was read in it.

    On SQLite this takes the write lock at once (`BEGIN IMMEDIATE`): a reader that turns into a
    writer half-way fails without waiting when somebody else wrote in between. On PostgreSQL it
    only opens the transaction.
    """
    session.connection(execution_options={_WRITES: True})


def is_writing(session: Session) -> bool:
    """Whether the session's transaction was begun by `start_writing`.

    Who would write beside it, in a transaction of its own, would wait for it on SQLite.
    """
    return bool(session.connection().get_execution_options().get(_WRITES, False))


def empty_journal(engine: Engine) -> bool:
    """Bring SQLite's journal into the database and empty it: it holds what pages held before.

    Gives whether it is empty: somebody who reads at the moment keeps it. Other databases have none.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_) = cursor.fetchone() or (1,)
        cursor.close()
    finally:
        connection.close()
    return not busy


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """Set what SQLite keeps per connection; other databases are left alone."""
    del entry
    if type(connection).__module__.partition(".")[0] != "sqlite3":
        return
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is taken out is overwritten, not merely forgotten
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Begin for the driver, which was told to stay out of it."""
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
