"""Alembic's entry point: runs migrations on the URL it is handed, in one transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine
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
            _hold_back_foreign_keys(connection)
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                include_object=include,
                render_as_batch=False,
                compare_type=True,
            )
            with context.begin_transaction():
                before = context.get_context().get_current_heads()
                context.run_migrations()
                if context.get_context().get_current_heads() != before:
                    _refuse_lost_rows(connection)
    finally:
        engine.dispose()


def _hold_back_foreign_keys(connection: Connection) -> None:
    """Let a step make a table of SQLite anew: it drops one that others point to.

    SQLite takes this outside a transaction alone, so it goes to the driver, which has begun none.
    """
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.execute("PRAGMA foreign_keys=OFF")


def _refuse_lost_rows(connection: Connection) -> None:
    """Undo steps after which a row points to one that is not there."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise RuntimeError(f"a row of {lost[0]} points to one of {lost[2]} that is not there")


run()
