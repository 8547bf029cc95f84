"""Makes the schema of a test database, by the migrations that an operator runs."""

from __future__ import annotations

from trustops.db.migrate import upgrade


def make_schema(url: str) -> None:
    """Bring an empty database to the newest schema."""
    upgrade(url)
