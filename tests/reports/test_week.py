"""The week of support: what came in, what was ended, how fast answers were, on both databases.

Spam, duplicates and what was set aside are in no count: no holder waited on them. The median is
of the answers given in the week, early or late, whenever they were due.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, text
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.factories import a_person, a_ticket, a_writer, an_act, an_ending, by
from trustops.accounts.models import Staff
from trustops.reports.queries import SupportWeek, support_week
from trustops.sla.rules import FIRST_RESPONSE
from trustops.tickets import services
from trustops.tickets.models import SlaClock, Ticket
from trustops.tickets.rules import Status

MANY = 5_000
WEEK = timedelta(days=7)


@pytest.fixture
def staff(session: Session) -> Staff:
    """An agent."""
    return a_person(session)


def opened(session: Session, hours_ago: float) -> Ticket:
    """A ticket that was opened so many hours ago."""
    return a_ticket(session, NOON - timedelta(hours=hours_ago))


def answer(session: Session, staff: Staff, ticket: Ticket, after_hours: float) -> None:
    """Answer a ticket so many hours after it was opened."""
    at = ticket.created_at + timedelta(hours=after_hours)
    services.reply(session, by(staff, at), ticket, writer=a_writer(staff), body="Yes.", then=None)


def end(session: Session, staff: Staff, ticket: Ticket, status: Status, hours_ago: float) -> None:
    """End a ticket so many hours ago."""
    at = NOON - timedelta(hours=hours_ago)
    services.change(session, by(staff, at), ticket, an_ending(session, status))


def week(session: Session, now: datetime = NOON) -> SupportWeek:
    """The week before noon."""
    session.flush()  # the report reads rows
    return support_week(session, now)


def test_nothing_is_told_as_nothing(session: Session) -> None:
    """And a median of nothing is None."""
    assert week(session) == SupportWeek(
        as_of=NOON, opened=0, closed=0, median_seconds=None, waiting=0, topics=[]
    )


def test_tickets_of_the_last_seven_days_are_counted(session: Session) -> None:
    """The first moment is outside and the last one inside, so two weeks never count one twice."""
    for at in (NOON - WEEK, NOON - WEEK + timedelta(microseconds=1), NOON):
        a_ticket(session, at)
    assert week(session).opened == 2
    assert week(session, NOON - WEEK).opened == 1


@pytest.mark.parametrize("status", [Status.SPAM, Status.DUPLICATE])
def test_what_was_withdrawn_is_in_neither_count(
    session: Session, staff: Staff, status: Status
) -> None:
    """Nobody waited on it."""
    end(session, staff, opened(session, 5), status, hours_ago=1)
    found = week(session)
    assert (found.opened, found.closed, found.waiting) == (0, 0, 0)


def test_a_flood_that_was_set_aside_is_not_counted(session: Session) -> None:
    """Until a person lets a ticket in."""
    ticket = opened(session, 5)
    ticket.quarantined_at = NOON - timedelta(hours=5)
    assert week(session).opened == 0
    ticket.quarantined_at = None
    assert week(session).opened == 1


def test_closed_counts_the_end_and_not_the_beginning(session: Session, staff: Staff) -> None:
    """A ticket of last month that was ended this week counts; one ended before does not."""
    end(session, staff, opened(session, 24 * 30), Status.CLOSED, hours_ago=10)
    end(session, staff, opened(session, 24 * 30), Status.SOLVED, hours_ago=20)
    end(session, staff, opened(session, 24 * 30), Status.CLOSED, hours_ago=24 * 8)
    found = week(session)
    assert (found.opened, found.closed) == (0, 2)


BORDERS = [
    (-WEEK, False),
    (-WEEK + timedelta(microseconds=1), True),
    (timedelta(0), True),
    (timedelta(microseconds=1), False),
]
"""Moments about the ends of the week before noon, and whether they belong to it."""


@pytest.mark.parametrize(("offset", "counts"), BORDERS)
def test_an_answer_belongs_to_the_week_in_which_it_was_given(
    session: Session, staff: Staff, offset: timedelta, counts: bool
) -> None:
    """The first moment is outside and the last one inside, for the median as for the counts."""
    ticket = a_ticket(session, NOON + offset - timedelta(hours=1))
    answer(session, staff, ticket, after_hours=1)
    assert week(session).median_seconds == (3600 if counts else None)


@pytest.mark.parametrize(("offset", "counts"), BORDERS)
def test_an_end_belongs_to_the_week_in_which_it_came(
    session: Session, staff: Staff, offset: timedelta, counts: bool
) -> None:
    """The same borders."""
    ticket = a_ticket(session, NOON + offset - timedelta(hours=1))
    services.change(
        session, by(staff, NOON + offset), ticket, services.Change(status=Status.CLOSED)
    )
    assert week(session).closed == int(counts)


@pytest.mark.parametrize(("offset", "counts"), BORDERS)
def test_a_beginning_belongs_to_the_week_in_which_it_came(
    session: Session, offset: timedelta, counts: bool
) -> None:
    """The same borders; by topic too."""
    a_ticket(session, NOON + offset)
    found = week(session)
    assert found.opened == int(counts)
    assert found.topics == ([("other", 1)] if counts else [])


@pytest.mark.parametrize(
    ("hours", "seconds"),
    [
        ([3], 3 * 3600),
        ([1, 9], 5 * 3600),
        ([20, 1, 2], 2 * 3600),
        ([1, 2, 4, 40], 3 * 3600),
        ([0.001], 4),
    ],
)
def test_the_median_is_the_middle_of_the_answers(
    session: Session, staff: Staff, hours: list[float], seconds: int
) -> None:
    """The mean of the two middle ones where there is no middle, to the second."""
    for after in hours:
        answer(session, staff, opened(session, 48), after)
    assert week(session).median_seconds == seconds


def test_late_answers_belong_to_the_median_of_the_week_in_which_they_were_given(
    session: Session, staff: Staff
) -> None:
    """However long ago they were due; answers of earlier weeks do not."""
    answer(session, staff, opened(session, 24 * 60), after_hours=24 * 58)
    answer(session, staff, opened(session, 24 * 60), after_hours=1)
    assert week(session).median_seconds == 24 * 58 * 3600


def test_an_answer_to_what_was_called_spam_later_is_in_no_median(
    session: Session, staff: Staff
) -> None:
    """Quick answers to spam are no service."""
    ticket = opened(session, 5)
    answer(session, staff, ticket, after_hours=1)
    end(session, staff, ticket, Status.SPAM, hours_ago=1)
    assert week(session).median_seconds is None


def test_who_waits_for_a_first_answer_is_counted_however_old(
    session: Session, staff: Staff
) -> None:
    """An answered ticket and a closed one wait no longer."""
    opened(session, 24 * 30)
    opened(session, 1)
    answer(session, staff, opened(session, 5), after_hours=1)
    services.close_as_requester(session, an_act(NOON), opened(session, 5))
    assert week(session).waiting == 2


def test_topics_stand_by_how_often_they_were_asked_about(session: Session) -> None:
    """By their ids; those of equal number in the order of the alphabet."""
    for topic in ("b", "c", "a", "c"):
        opened(session, 5).topic = topic
    assert week(session).topics == [("c", 2), ("a", 1), ("b", 1)]


def fill(session: Session, staff: Staff) -> None:
    """Many old tickets with their clocks, so that a planner has a reason to choose."""
    base = opened(session, 24 * 300)
    answer(session, staff, base, after_hours=1)
    session.flush()
    clock = session.query(SlaClock).filter_by(ticket_id=base.id, metric=FIRST_RESPONSE).one()

    def values(row: Ticket | SlaClock) -> dict[str, object]:
        columns = type(row).__table__.columns
        return {one.name: getattr(row, one.name) for one in columns if one.name != "id"}

    ticket_values, clock_values = values(base), values(clock)
    moments = [NOON - timedelta(hours=n) for n in range(MANY)]
    session.execute(
        insert(Ticket),
        [
            ticket_values
            | {"reference": f"MIG-{n:07}", "created_at": at, "closed_at": at, "status": "closed"}
            for n, at in enumerate(moments)
        ],
    )
    session.execute(
        insert(SlaClock),
        [
            clock_values | {"cycle": n + 2, "started_at": at, "due_at": at, "met_at": at}
            for n, at in enumerate(moments)
        ],
    )
    session.execute(text("ANALYZE"))


def test_every_query_reads_an_index_and_none_the_whole_history(
    session: Session, engine: Engine, staff: Staff
) -> None:
    """The cost is that of a week, however many years there are."""
    fill(session, staff)
    ran: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *told: ran.append((told[2], told[3])))
    week(session)
    asked = list(ran)
    assert len(asked) == 5
    head = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    plans = [
        "\n".join(
            str(row) for row in session.connection().exec_driver_sql(head + statement, values)
        )
        for statement, values in asked
    ]
    indexes = ("created", "closed", "sla_clock_met", "sla_clock_met", "sla_clock_overdue")
    for plan, index in zip(plans, indexes, strict=True):
        assert index in plan, plan
        assert "SCAN ticket" not in plan
        assert "SCAN sla_clock\n" not in plan
        assert "Seq Scan" not in plan, plan
