"""Alembic's entry point: runs migrations on the URL it is handed, in one transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.schema import SchemaItem

from trustops.db.core import Base, engine_options

SEARCH = "ticket_search"
"""The full-text index and what SQLite keeps for it are made by hand, not from a model."""


def include(item: SchemaItem, name: str | None, kind: str, *_: object) -> bool:
    """Leave the full-text index out of comparisons."""
    del item
    return not (kind == "table" and (name or "").startswith(SEARCH))


def run() -> None:
    """Run what is asked for on the URL in the configuration's attributes."""
    url = context.config.attributes["url"]
    engine = create_engine(url, **engine_options(url))
    try:
        with engine.connect() as connection:
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                include_object=include,
                render_as_batch=False,
                compare_type=True,
            )
            with context.begin_transaction():
                context.run_migrations()
    finally:
        engine.dispose()


run()
