"""A duplicate names the ticket that is answered in its place, and each leads to the other."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.factories import a_person, a_ticket, a_writer, an_act, by
from trustops.db import Event, engine_options
from trustops.errors import ConflictError, InvalidInputError
from trustops.tickets import services
from trustops.tickets.duplicates import duplicates_of
from trustops.tickets.models import Ticket
from trustops.tickets.rules import Priority, Status
from trustops.tickets.services import Change


def mark(session: Session, ticket: Ticket, original: str | None) -> None:
    """Call a ticket a duplicate."""
    services.change(session, an_act(), ticket, Change(status=Status.DUPLICATE, original=original))


def test_a_duplicate_and_its_original_lead_to_each_other(session: Session) -> None:
    """The history names it too; the reference may be typed in small letters."""
    first, second = a_ticket(session), a_ticket(session)
    mark(session, second, f" {first.reference.lower()} ")
    assert (second.status, second.duplicate_of) == ("duplicate", first.reference)
    assert duplicates_of(session, first.reference) == [second.reference]
    told = session.query(Event).filter(Event.kind == "ticket.status").one()
    assert told.data["original"] == first.reference


@pytest.mark.parametrize(
    ("original", "sentence"),
    [
        (None, "is needed"),
        (" ", "is needed"),
        ("own", "is this ticket itself"),
        ("MIG-2222222", "is the reference of no ticket here"),
    ],
)
def test_a_duplicate_of_nothing_is_refused(
    session: Session, original: str | None, sentence: str
) -> None:
    """And stays as it was, whether it is changed or answered."""
    ticket = a_ticket(session)
    named = ticket.reference if original == "own" else original
    with pytest.raises(InvalidInputError) as refused:
        mark(session, ticket, named)
    assert [item.field for item in refused.value.errors] == ["original"]
    assert sentence in refused.value.errors[0].message
    assert (ticket.status, ticket.duplicate_of) == ("open", None)


def test_an_answer_makes_no_duplicate(session: Session) -> None:
    """It has no place for the original; nothing is written."""
    staff, ticket = a_person(session), a_ticket(session)
    writer = a_writer(staff)
    with pytest.raises(InvalidInputError):
        services.reply(
            session, by(staff), ticket, writer=writer, body="See there.", then=Status.DUPLICATE
        )
    assert ticket.message_count == 1


def test_there_are_no_chains(session: Session) -> None:
    """A duplicate stands for none; when an original becomes one, its duplicates go along."""
    first, second, third = (a_ticket(session) for _ in range(3))
    mark(session, second, first.reference)
    with pytest.raises(InvalidInputError) as refused:
        mark(session, third, second.reference)
    assert f"name {first.reference}" in refused.value.errors[0].message
    mark(session, first, third.reference)
    session.refresh(second)
    assert second.duplicate_of == third.reference
    assert duplicates_of(session, third.reference) == [second.reference, first.reference]


def test_the_original_of_a_duplicate_can_be_put_right(session: Session) -> None:
    """Without changing anything else; and other changes ask for none."""
    first, second, third = (a_ticket(session) for _ in range(3))
    mark(session, second, first.reference)
    services.change(session, an_act(), second, Change(original=third.reference))
    assert second.duplicate_of == third.reference
    services.change(session, an_act(), second, Change(priority=Priority.HIGH))
    assert second.duplicate_of == third.reference


def test_another_original_leaves_a_trace_on_every_ticket_that_it_moves(session: Session) -> None:
    """A version and an event each, so that no stale edit passes; naming the same one is nothing."""
    first, second, third = (a_ticket(session) for _ in range(3))
    mark(session, second, first.reference)
    before = second.version
    services.change(session, an_act(), second, Change(original=first.reference))
    assert second.version == before
    services.change(session, an_act(), second, Change(original=third.reference))
    assert second.version == before + 1
    mark(session, third, first.reference)
    assert second.version == before + 2
    moves = session.query(Event).filter(Event.kind == "ticket.original").order_by(Event.seq).all()
    assert [(event.data["from"], event.data["to"]) for event in moves] == [
        (first.reference, third.reference),
        (third.reference, first.reference),
    ]


def test_an_original_is_for_duplicates_alone(session: Session) -> None:
    """Elsewhere it would be lost without a word; beside opening a ticket again it may stand."""
    first, second = a_ticket(session), a_ticket(session)
    with pytest.raises(InvalidInputError) as refused:
        services.change(session, an_act(), second, Change(original=first.reference))
    assert "for duplicates alone" in refused.value.errors[0].message
    mark(session, second, first.reference)
    change = Change(status=Status.OPEN, original=first.reference)
    services.change(session, an_act(), second, change)
    assert (second.status, second.duplicate_of) == ("open", None)


def test_two_that_are_called_duplicates_of_each_other_at_once_make_no_ring(
    emptied_postgres_url: str,
) -> None:
    """Whoever comes second while the first is not done is told to try again, without waiting."""
    made = create_engine(emptied_postgres_url, **engine_options(emptied_postgres_url))
    with Session(made) as one, Session(made) as other:
        first, second = a_ticket(one), a_ticket(one)
        pair = (first.reference, second.reference)
        one.commit()
        mark(one, one.merge(first), pair[1])
        mine = other.query(Ticket).filter(Ticket.reference == pair[1]).one()
        with pytest.raises(ConflictError):
            mark(other, mine, pair[0])
        other.rollback()
        one.commit()
        mine = other.query(Ticket).filter(Ticket.reference == pair[1]).one()
        with pytest.raises(InvalidInputError):
            mark(other, mine, pair[0])
    made.dispose()


def test_what_is_opened_again_is_no_duplicate(session: Session) -> None:
    """Nothing leads from it or to it any more."""
    first, second = a_ticket(session), a_ticket(session)
    mark(session, second, first.reference)
    services.change(session, an_act(), second, Change(status=Status.OPEN))
    assert second.duplicate_of is None
    assert duplicates_of(session, first.reference) == []
