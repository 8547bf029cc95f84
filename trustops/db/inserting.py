"""Insert a row once whoever else inserts it at the same moment: SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from trustops.db.core import Base

Row = TypeVar("Row", bound=Base)


def insert_for(session: Session, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An insert into the model's table that knows what to do on a conflict, for this database."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)


def insert_new(
    session: Session, model: type[Row], values: Mapping[str, Any], *, unique: Sequence[str]
) -> Row | None:
    """Insert a row and give it, or None where one with the same `unique` columns stands.

    Waits for a transaction that is writing the same, so that exactly one process gets the row.
    """
    return session.scalars(
        insert_for(session, model)
        .values(dict(values))
        .on_conflict_do_nothing(index_elements=list(unique))
        .returning(model)
    ).first()
