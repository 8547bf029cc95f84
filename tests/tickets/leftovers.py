"""What stays of words that should be gone: in any row, in the search index, in SQLite's files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import make_url, select, text

from tests.desk.browser import Desk
from trustops.db import Base, Session


def _rows(session: Session) -> Iterator[str]:
    """Every row of every table, the search index among them."""
    for table in Base.metadata.sorted_tables:
        yield from (repr(row) for row in session.execute(select(table)))
    yield from (repr(row) for row in session.execute(text("SELECT * FROM ticket_search")))
    if session.get_bind().dialect.name == "sqlite":
        session.execute(
            text("CREATE VIRTUAL TABLE temp.known USING fts5vocab(main, ticket_search, row)")
        )
        yield from (repr(row) for row in session.execute(text("SELECT * FROM temp.known")))
        session.execute(text("DROP TABLE temp.known"))


def stored(desk: Desk, database: str) -> str:
    """All rows, and every byte of SQLite's files, the journal among them."""
    everything = "\n".join(desk.write(lambda session: list(_rows(session))))
    if database.startswith("sqlite"):
        path = Path(make_url(database).database or "")
        for file in path.parent.glob(f"{path.name}*"):
            everything += file.read_bytes().decode("latin-1")
    return everything


def leftovers(desk: Desk, database: str, words: Iterable[str]) -> list[str]:
    """The words that are still stored."""
    everything = stored(desk, database)
    return [word for word in words if word in everything]
