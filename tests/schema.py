"""Makes the schema of a test database, by the migrations that an operator runs, and empties it."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from trustops.db.migrate import upgrade

_WITH_PAGES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
"""
"""Tables that hold rows, or held some that were taken back; those change plans as well."""


def make_schema(url: str) -> None:
    """Bring an empty database to the newest schema."""
    upgrade(url)


def without_driver(url: str) -> str:
    """The address of a database as psycopg itself reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://")


def tables_of(connection: psycopg.Connection[Any]) -> frozenset[str]:
    """The tables of a database, but for the one in which the migrations count."""
    found = connection.execute(
        "SELECT tablename FROM pg_tables"
        " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    )
    return frozenset(name for (name,) in found)


def empty(url: str, tables: frozenset[str]) -> None:
    """Take every row out of a PostgreSQL database, and send away whoever is still connected.

    Raises:
        AssertionError: a test has changed the schema; it should ask for `fresh_database`.
    """
    with psycopg.connect(without_driver(url), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert tables_of(connection) == tables, "this test needs `fresh_database`"
        filled = [sql.Identifier(name) for (name,) in connection.execute(_WITH_PAGES)]
        if filled:
            # Without the trigger that keeps history from being taken away.
            connection.execute("SET session_replication_role = replica")
            connection.execute(
                sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(filled))
            )
