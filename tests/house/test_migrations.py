"""The migrations make what the models say, can be taken back, and keep the history as it is."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.schema import SchemaItem

from tests.conftest import NOON
from trustops.db import Actor, engine_options, migrate, record, start_writing
from trustops.db.core import Base

SEARCH = "ticket_search"
OWN_TABLE = "alembic_version"
MODELS = ("jobs.models", "trustops.app")
"""What to import so that every table is known: the table of runs, and all rooms."""


@pytest.fixture
def schema(fresh_database: str) -> Iterator[Engine]:
    """An engine that keeps no connection, so that the schema may change beside it."""
    made = create_engine(fresh_database, **engine_options(fresh_database))
    yield made
    made.dispose()


def tables(engine: Engine) -> set[str]:
    """The tables of a database, but for the one in which the migrations count."""
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {OWN_TABLE}


def is_ours(item: SchemaItem, name: str | None, kind: str, *_: object) -> bool:
    """Whether a table is made from a model; the full-text index is made by hand."""
    del item
    return not (kind == "table" and (name or "").startswith(SEARCH))


def leftovers(engine: Engine) -> list[str]:
    """Functions and triggers of ours that a database still has."""
    statement = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    with engine.connect() as connection:
        return list(connection.scalars(text(statement)))


def test_the_models_and_the_migrations_agree(schema: Engine) -> None:
    """A column, an index or a constraint of a model without its migration is found here."""
    for module in MODELS:
        import_module(module)
    with schema.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": is_ours}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_fresh_database_stands_at_the_newest_revision(schema: Engine) -> None:
    """The command line and the tests read the same mark."""
    assert migrate.current(schema) == migrate.head()


def test_everything_that_was_made_can_be_taken_down_and_made_again(
    fresh_database: str, schema: Engine
) -> None:
    """Nothing of ours stays behind, and the second time is like the first."""
    before = tables(schema)
    assert len(before) > 10
    migrate.downgrade(fresh_database, "base")
    assert tables(schema) == set()
    assert leftovers(schema) == []
    assert migrate.current(schema) is None
    migrate.upgrade(fresh_database)
    assert tables(schema) == before
    assert migrate.current(schema) == migrate.head()


def test_each_step_can_be_taken_back_by_itself(fresh_database: str, schema: Engine) -> None:
    """Down by one and up again, from the newest to the first."""
    steps = 0
    while migrate.current(schema) is not None:
        step = migrate.current(schema)
        migrate.downgrade(fresh_database, "-1")
        assert migrate.current(schema) != step
        migrate.upgrade(fresh_database, "+1")
        assert migrate.current(schema) == step
        migrate.downgrade(fresh_database, "-1")
        steps += 1
    assert steps > 1


def test_migrating_what_is_up_to_date_changes_nothing(fresh_database: str, schema: Engine) -> None:
    """`trustops init` may be repeated."""
    before = tables(schema)
    migrate.upgrade(fresh_database)
    assert tables(schema) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'another'",
        "UPDATE event SET actor = 'nobody' WHERE seq = 1",
        "DELETE FROM event",
        "DELETE FROM event WHERE seq = 1",
    ],
)
def test_the_database_refuses_to_change_history(schema: Engine, statement: str) -> None:
    """What stands there was written once, whatever a later version of ours tries."""
    with Session(schema) as session:
        start_writing(session)
        record(session, NOON, "ticket.opened", subject="ticket:1", actor=Actor("system"))
        session.commit()
    with schema.connect() as connection, pytest.raises(DatabaseError, match="append-only"):
        connection.execute(text(statement))
    with schema.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM event")) == 1
