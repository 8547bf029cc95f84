"""A desk after three years: 100,000 rows in each table that grows, most of them long settled.

One in five tickets is open and few are overdue; few events are not final; few deliveries wait;
most sessions have ended. The same rows go into both databases, as fast as these take them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

import psycopg
from psycopg import sql
from sqlalchemy import create_engine, make_url, text

from tests.plans import later_rows, rows
from tests.plans.rows import Row
from tests.schema import without_driver
from trustops.db import engine_options

Table = tuple[str, tuple[str, ...], Iterable[tuple[object, ...]]]


def fill(url: str, size: int) -> None:
    """Fill an empty, migrated database, and let it count what it holds."""
    if make_url(url).get_backend_name() == "sqlite":
        _fill_sqlite(url, size)
    else:
        _fill_postgresql(url, size)


def analyze(url: str) -> None:
    """Let the database count anew what it holds."""
    engine = create_engine(url, **engine_options(url))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def tables(size: int) -> Iterator[Table]:
    """Every table with its columns and its rows; parents before children."""
    for name, found in (*rows.tables(size), *later_rows.tables(size)):
        waiting = iter(found)
        first = next(waiting)
        yield name, tuple(first), _values(first, waiting)


def _values(first: Row, others: Iterator[Row]) -> Iterator[tuple[object, ...]]:
    yield tuple(first.values())
    for row in others:
        yield tuple(row.values())


def _fill_sqlite(url: str, size: int) -> None:
    path = make_url(url).database or ""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        for name, columns, values in tables(size):
            places = ", ".join("?" * len(columns))
            statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})"
            connection.executemany(statement, values)
        connection.executemany(
            "INSERT INTO ticket_search (ticket_id, words) VALUES (?, ?)",
            ((key, " ".join(words)) for key, words in rows.search_words(size)),
        )
        connection.execute("COMMIT")
        connection.execute("ANALYZE")


def _fill_postgresql(url: str, size: int) -> None:
    with psycopg.connect(without_driver(url), autocommit=True) as connection:
        for name, columns, values in tables(size):
            copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
            )
            with connection.cursor().copy(copy) as stream:
                for row in values:
                    stream.write_row(row)
        words_in = "COPY ticket_search (ticket_id, words) FROM STDIN"
        with connection.cursor().copy(words_in) as stream:
            for key, words in rows.search_words(size):
                stream.write_row((key, " ".join(f"'{word}'" for word in sorted(set(words)))))
        for table, column in _numbered(connection):
            connection.execute(
                sql.SQL(
                    "SELECT setval(pg_get_serial_sequence({}, {}),"
                    " (SELECT coalesce(max({}), 1) FROM {}))"
                ).format(
                    sql.Literal(table),
                    sql.Literal(column),
                    sql.Identifier(column),
                    sql.Identifier(table),
                )
            )
        connection.execute("ANALYZE")


def _numbered(connection: psycopg.Connection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tables with the column in which the database counts up."""
    return connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval%')"
    ).fetchall()
