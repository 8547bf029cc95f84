"""Columns that hold one of a few words hold no other, and migration 0017 on a desk with rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module

import pytest
from sqlalchemy import Column, Engine, Enum, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.factories import a_ticket
from trustops.db import engine_options, migrate, start_writing
from trustops.db.core import Base
from trustops.tickets.models import Message, SlaClock, Ticket
from trustops.tickets.rules import Status

BEFORE = "0016"

for module in ("jobs.models", "trustops.app"):
    import_module(module)

COLUMNS = [
    column
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Enum)
]


@pytest.fixture
def engine(fresh_database: str) -> Iterator[Engine]:
    """An engine that keeps no connection, so that the schema may change beside it."""
    made = create_engine(fresh_database, **engine_options(fresh_database))
    yield made
    made.dispose()


def filled(engine: Engine) -> None:
    """A desk with a ticket, its first message and its clock."""
    with Session(engine) as session:
        start_writing(session)
        a_ticket(session)
        session.commit()


def by_hand(engine: Engine) -> list[str]:
    """The statements that made indexes and triggers of SQLite, in the order of their names."""
    if engine.dialect.name != "sqlite":
        return []
    statement = "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') ORDER BY name"
    with engine.connect() as connection:
        return [" ".join(sql.split()) for sql in connection.scalars(text(statement)) if sql]


def indexes(engine: Engine) -> set[str]:
    """The names of all indexes and unique constraints."""
    with engine.connect() as connection:
        schema = inspect(connection)
        return {
            str(item["name"])
            for table in schema.get_table_names()
            for item in (*schema.get_indexes(table), *schema.get_unique_constraints(table))
        }


def allowed(engine: Engine, column: Column[str]) -> set[str]:
    """The words that the CHECK of a column allows; none where it has no CHECK."""
    with engine.connect() as connection:
        checks = inspect(connection).get_check_constraints(column.table.name)
    texts = {str(one["name"]): one["sqltext"] for one in checks}
    return set(re.findall("'([^']*)'", texts.get(f"ck_{column.table.name}_{column.name}", "")))


def test_the_database_knows_exactly_the_words_of_the_code(engine: Engine) -> None:
    """A new value without its migration is met here, and so is a migration without its value."""
    assert len(COLUMNS) > 15
    other = {
        str(column): allowed(engine, column) ^ set(column.type.enums)
        for column in COLUMNS
        if isinstance(column.type, Enum)
    }
    assert {name: words for name, words in other.items() if words} == {}


def test_a_word_that_nobody_knows_is_not_written(engine: Engine) -> None:
    """The statement fails, and the row stays."""
    filled(engine)
    with engine.connect() as connection, pytest.raises(IntegrityError, match="ck_ticket_status"):
        connection.execute(text("UPDATE ticket SET status = 'reopened'"))
    with Session(engine) as session:
        assert session.query(Ticket).one().status is Status.OPEN


def test_rows_of_an_earlier_version_stay_as_they_were(engine: Engine, fresh_database: str) -> None:
    """With the rows that point to them, and with every index and trigger."""
    filled(engine)
    parts, made = indexes(engine), by_hand(engine)
    migrate.downgrade(fresh_database, BEFORE)
    assert indexes(engine) == parts
    assert by_hand(engine) == made
    with engine.begin() as connection:
        connection.execute(text("UPDATE ticket SET priority = 'urgent'"))
    migrate.upgrade(fresh_database)
    assert indexes(engine) == parts
    assert by_hand(engine) == made
    with Session(engine) as session:
        ticket = session.query(Ticket).one()
        message = session.query(Message).one()
        clock = session.query(SlaClock).one()
        assert (ticket.status, ticket.priority, ticket.opened_by) == ("open", "urgent", "requester")
        assert message.ticket_id == clock.ticket_id == ticket.id
        assert clock.due_at - clock.started_at == timedelta(hours=48)
        assert clock.started_at == NOON


def test_a_row_with_another_word_stops_the_step_by_its_name(
    engine: Engine, fresh_database: str
) -> None:
    """Whoever runs it reads which table, column and word; nothing was changed."""
    filled(engine)
    migrate.downgrade(fresh_database, BEFORE)
    with engine.begin() as connection:
        connection.execute(text("UPDATE ticket SET status = 'parked'"))
    with pytest.raises(ValueError, match=r"ticket\.status holds parked"):
        migrate.upgrade(fresh_database)
    assert migrate.current(engine) == BEFORE
    with engine.begin() as connection:
        assert inspect(connection).get_check_constraints("alert") == []
        connection.execute(text("UPDATE ticket SET status = 'open'"))
    migrate.upgrade(fresh_database)
    assert migrate.current(engine) == migrate.head()


def test_a_step_that_fails_takes_those_before_it_along(engine: Engine, fresh_database: str) -> None:
    """Of several steps all are done or none, on both databases."""
    filled(engine)
    migrate.downgrade(fresh_database, "0014")
    with engine.begin() as connection:
        connection.execute(text("UPDATE ticket SET status = 'parked'"))
    with pytest.raises(ValueError, match=r"ticket\.status holds parked"):
        migrate.upgrade(fresh_database)
    assert migrate.current(engine) == "0014"


def test_rows_that_were_lost_before_hinder_no_step(sqlite_url: str) -> None:
    """They are an old trouble; a step is undone for those that it loses itself."""
    engine = create_engine(sqlite_url, **engine_options(sqlite_url))
    filled(engine)
    migrate.downgrade(sqlite_url, BEFORE)
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        connection.execute(text("DELETE FROM ticket"))
        connection.commit()
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    engine.dispose()
    migrate.upgrade(sqlite_url)
    assert lost
    assert migrate.current(engine) == migrate.head()
