"""Migration 0011 on a database with words: the index is what would be written today."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from tests.factories import a_person, a_ticket
from trustops.db import engine_options, migrate, start_writing
from trustops.tickets.models import Message, Ticket
from trustops.tickets.search import find_tickets, index_words

BEFORE, STEP = "0010", "0011"
MANY = 1_100
"""More messages than one batch has."""


@pytest.fixture
def engine(fresh_database: str) -> Iterator[Engine]:
    """A database of the step before, whose index knows nothing of its tickets."""
    made = create_engine(fresh_database, **engine_options(fresh_database))
    with Session(made) as session:
        start_writing(session)
        first = a_ticket(session, subject="Zürich")
        second = a_ticket(session, subject="代币丢失了")
        for number in range(MANY):
            written = second if number == MANY - 1 else first
            session.add(
                Message(
                    ticket_id=written.id,
                    author_kind="requester",
                    author_name="",
                    visibility="public",
                    body=f"a word of number{number}",
                    created_at=written.created_at,
                )
            )
        session.execute(text("DELETE FROM ticket_search"))
        session.commit()
    migrate.downgrade(fresh_database, BEFORE)
    with Session(made) as session:
        start_writing(session)
        session.execute(text("DELETE FROM ticket_search"))
        session.commit()
    yield made
    made.dispose()


def test_all_words_are_found_again_the_newest_first(engine: Engine, fresh_database: str) -> None:
    """Those of subjects and references too; a word that comes later stands behind none."""
    migrate.upgrade(fresh_database)
    with Session(engine) as session:
        first, second = session.query(Ticket).order_by(Ticket.id).all()
        assert find_tickets(session, "zurich", 5) == [first.id]
        assert find_tickets(session, "币", 5) == [second.id]
        assert find_tickets(session, second.reference, 5) == [second.id]
        assert find_tickets(session, "number0", 5) == [first.id]
        assert find_tickets(session, "word", 5) == [second.id, first.id]
        assert a_person(session).id
        index_words(session, first.id, "नहीं word")
        assert find_tickets(session, "नहीं", 5) == [first.id]
        assert find_tickets(session, "word", 5) == [first.id, second.id]
