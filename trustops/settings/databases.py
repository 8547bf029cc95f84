"""Judges the address of a database by what SQLAlchemy makes of it; nothing is connected."""

from __future__ import annotations

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from trustops.settings.hosts import UnusableError

DRIVERS = frozenset({"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"})


def refuse_other_database(text: str) -> None:
    """Refuse a `DATABASE_URL` that no database of ours has.

    Raises:
        UnusableError: without a word of the URL, which may hold a password.
    """
    if not text.isprintable():
        raise UnusableError("must not hold a line end or a control character")
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise UnusableError(
            "is no address of a database; write sqlite:////folder/file or "
            "postgresql+psycopg://user:password@host/name"
        ) from error
    if url.drivername not in DRIVERS:
        raise UnusableError("has to begin with sqlite:/// or postgresql+psycopg://")
    if url.get_backend_name() == "postgresql" and not url.database:
        raise UnusableError("has to name the database after the host, as in //host/name")
