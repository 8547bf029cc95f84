"""Adherence by due date, with figures that were counted by hand, on both databases.

A clock belongs to the day on which it fell due. Met by met and breached; spam and duplicates are
in no share, a breach that was closed still is, and what is past due and not swept is a breach.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.conftest import later
from tests.factories import CONTENT, a_person, a_ticket, a_writer, an_act, an_ending, by
from trustops.accounts.models import Staff
from trustops.reports.queries import OVERDUE_SHOWN, SlaReport, sla_report
from trustops.reports.windows import window
from trustops.sla.rules import Adherence
from trustops.tickets import services
from trustops.tickets.forms import NewTicket
from trustops.tickets.models import Ticket
from trustops.tickets.opening import Origin, open_ticket
from trustops.tickets.rules import Status
from trustops.tickets.services import Change

NOW = later(hours=48)
"""The moment of the reports: Tuesday, 24 November 2026, at noon."""

TODAY, YESTERDAY = NOW.date(), NOW.date() - timedelta(days=1)
QUERIES = 5


@pytest.fixture
def staff(session: Session) -> Staff:
    """An agent."""
    return a_person(session)


def due(session: Session, hours_ago: float) -> Ticket:
    """A ticket whose first response fell due so many hours before the report."""
    return a_ticket(session, NOW - timedelta(hours=48 + hours_ago))


def answered(session: Session, staff: Staff, ticket: Ticket, after_hours: float) -> Ticket:
    """The ticket, answered so many hours after it was opened."""
    at = ticket.created_at + timedelta(hours=after_hours)
    act, writer = by(staff, at), a_writer(staff)
    services.reply(session, act, ticket, writer=writer, body="Yes.", then=None)
    return ticket


def ended(session: Session, staff: Staff, ticket: Ticket, status: Status, hours: float) -> Ticket:
    """The ticket, ended by staff so many hours after it was opened."""
    act = by(staff, ticket.created_at + timedelta(hours=hours))
    services.change(session, act, ticket, an_ending(session, status))
    return ticket


def report(session: Session, days: int = 7, now: datetime = NOW) -> SlaReport:
    """The report of the last days."""
    session.flush()  # the report reads rows
    start, end = window(now, days)
    return sla_report(session, start=start, end=end, now=now)


def on(found: SlaReport, day: date) -> Adherence:
    """The figures of one day."""
    return next(figure.adherence for figure in found.days if figure.day == day)


def test_a_week_counted_by_hand(session: Session, staff: Staff) -> None:
    """Three met, three breached of which two wait still, three in no share: 50 %."""
    for hours_ago in (1, 30, 100):
        answered(session, staff, due(session, hours_ago), after_hours=5)
    answered(session, staff, due(session, 2), after_hours=49)
    due(session, 26)
    services.judge_now(session, an_act(NOW), due(session, 3))
    ended(session, staff, due(session, 4), Status.SPAM, hours=1)
    ended(session, staff, due(session, 5), Status.DUPLICATE, hours=49)
    ended(session, staff, due(session, 6), Status.CLOSED, hours=1)
    due(session, -10)
    due(session, -30)
    found = report(session)
    assert found.total == Adherence(met=3, breached=3)
    assert found.total.share == 0.5
    assert on(found, TODAY) == Adherence(1, 2)
    assert on(found, YESTERDAY) == Adherence(1, 1)
    assert found.overdue == 2
    assert found.due_next_day == 1
    assert found.closed_unanswered == 1
    assert found.worst_case == Adherence(3, 4)
    assert found.as_of == NOW


def test_a_clock_belongs_to_the_day_on_which_it_fell_due(session: Session, staff: Staff) -> None:
    """Neither the day of opening nor that of the answer."""
    ticket = answered(session, staff, due(session, 20), after_hours=60)
    assert (ticket.created_at.date(), YESTERDAY) == (date(2026, 11, 21), date(2026, 11, 23))
    judged = {figure.day: figure.adherence.judged for figure in report(session).days}
    assert judged[YESTERDAY] == 1
    assert sum(judged.values()) == 1


def test_days_on_which_nothing_fell_due_are_shown_as_empty(session: Session) -> None:
    """A gap in a chart would be taken for a day that was left out."""
    found = report(session)
    assert [figure.day for figure in found.days] == [
        date(2026, 11, 18) + timedelta(days=n) for n in range(7)
    ]
    assert {figure.adherence for figure in found.days} == {Adherence(0, 0)}


def test_no_share_is_made_up_where_nothing_fell_due(session: Session) -> None:
    """Nothing is not 100 %."""
    assert report(session).total.share is None


@pytest.mark.parametrize("status", [Status.SPAM, Status.DUPLICATE])
@pytest.mark.parametrize("hours", [1, 49])
def test_what_was_withdrawn_is_in_no_figure(
    session: Session, staff: Staff, status: Status, hours: float
) -> None:
    """Before its breach or after it: no holder waited."""
    ended(session, staff, due(session, 5), status, hours)
    found = report(session)
    assert found.total == Adherence(0, 0)
    assert (found.overdue, found.closed_unanswered) == (0, 0)


def test_a_met_clock_that_is_called_spam_later_is_withdrawn_too(
    session: Session, staff: Staff
) -> None:
    """Spam answered quickly is no service to anybody."""
    ticket = answered(session, staff, due(session, 5), after_hours=1)
    ended(session, staff, ticket, Status.SPAM, hours=2)
    assert report(session).total == Adherence(0, 0)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.SOLVED])
def test_closing_after_the_breach_does_not_improve_the_figure(
    session: Session, staff: Staff, status: Status
) -> None:
    """It counts as breached, once: not beside the share as well."""
    ended(session, staff, due(session, 5), status, hours=50)
    found = report(session)
    assert found.total == Adherence(0, 1)
    assert (found.overdue, found.closed_unanswered) == (0, 0)


def test_closing_before_the_due_time_is_counted_beside_the_share(
    session: Session, staff: Staff
) -> None:
    """So that nobody improves a figure unseen; what the requester closed needs no mention."""
    ended(session, staff, due(session, 5), Status.CLOSED, hours=1)
    services.close_as_requester(session, an_act(NOW - timedelta(hours=50)), due(session, 6))
    found = report(session)
    assert found.total == Adherence(0, 0)
    assert found.closed_unanswered == 1


def test_a_clock_past_due_counts_as_breached_before_any_sweep(
    session: Session, staff: Staff
) -> None:
    """The figure does not depend on when a job last ran."""
    ticket = due(session, 5)
    before = report(session)
    services.judge_now(session, by(staff, NOW), ticket)
    after = report(session)
    assert before.total == after.total == Adherence(0, 1)
    assert before.overdue == after.overdue == 1


def test_a_clock_due_this_very_moment_is_neither_late_nor_in_the_window(session: Session) -> None:
    """An answer now would still meet it; it is due next."""
    due(session, 0)
    found = report(session)
    assert found.total == Adherence(0, 0)
    assert (found.overdue, found.due_next_day) == (0, 1)


def test_a_ticket_answered_early_counts_on_the_day_of_its_due_time(
    session: Session, staff: Staff
) -> None:
    """Until then it is in no figure, so a busy morning does not brighten the day."""
    answered(session, staff, due(session, -20), after_hours=1)
    assert report(session).total == Adherence(0, 0)
    assert report(session, now=NOW + timedelta(hours=21)).total == Adherence(1, 0)


def test_the_start_of_a_window_belongs_to_it(session: Session, staff: Staff) -> None:
    """Midnight is the first moment of a day."""
    start, _ = window(NOW, 7)
    for at in (start, start - timedelta(microseconds=1)):
        answered(session, staff, a_ticket(session, at - timedelta(hours=48)), after_hours=1)
    assert report(session).total == Adherence(1, 0)


def test_a_report_of_the_past_ends_before_its_end(session: Session, staff: Staff) -> None:
    """The end of a window belongs to the next one."""
    start, end = datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
    for at in (start, end):
        answered(session, staff, a_ticket(session, at - timedelta(hours=48)), after_hours=1)
    session.flush()  # the report reads rows
    assert sla_report(session, start=start, end=end, now=NOW).total == Adherence(1, 0)


TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("offset", "overdue", "next_day"),
    [
        (-TICK, 1, 0),
        (timedelta(0), 0, 1),
        (timedelta(days=1) - TICK, 0, 1),
        (timedelta(days=1), 0, 0),
    ],
)
def test_what_is_late_and_what_comes_due_meet_at_this_moment(
    session: Session, offset: timedelta, overdue: int, next_day: int
) -> None:
    """Each clock that waits is in one of them or in neither; the day ends before its end."""
    a_ticket(session, NOW + offset - timedelta(hours=48))
    found = report(session)
    assert (found.overdue, found.due_next_day) == (overdue, next_day)
    assert len(found.overdue_rows) == overdue
    assert found.worst_case == Adherence(0, found.total.breached + next_day)


@pytest.mark.parametrize(
    ("offset", "counted"),
    [(-TICK, 0), (timedelta(0), 1), (timedelta(days=1) - TICK, 1), (timedelta(days=1), 0)],
)
def test_a_close_without_an_answer_belongs_to_the_window_of_its_due_time(
    session: Session, staff: Staff, offset: timedelta, counted: int
) -> None:
    """From the first moment of the window to the last before its end."""
    start = datetime(2026, 11, 20, tzinfo=UTC)
    ended(session, staff, a_ticket(session, start + offset - timedelta(hours=48)), Status.CLOSED, 1)
    session.flush()  # the report reads rows
    found = sla_report(session, start=start, end=start + timedelta(days=1), now=NOW)
    assert found.closed_unanswered == counted


def test_a_second_cycle_is_counted_like_any_clock(session: Session, staff: Staff) -> None:
    """A requester who wrote again after an unanswered close waits anew, and is counted."""
    ticket = due(session, 70)
    ended(session, staff, ticket, Status.CLOSED, hours=1)
    services.add_words(session, an_act(NOW - timedelta(hours=50)), ticket, body="Still here.")
    found = report(session)
    assert found.total == Adherence(0, 1)
    assert found.closed_unanswered == 1
    assert found.overdue == 1


def test_a_ticket_that_staff_opened_is_counted_once_its_requester_speaks(
    session: Session, staff: Staff
) -> None:
    """Until then it has no clock; from then on it has one like any other."""
    begun = NOW - timedelta(hours=60)
    ticket = open_ticket(
        session,
        by(staff, begun),
        NewTicket(topic="other", subject="Asked by telephone", message="What was said."),
        content=CONTENT,
        origin=Origin(source="desk", agent=a_writer(staff)),
    ).ticket
    assert report(session).overdue == 0
    services.add_words(session, an_act(begun + timedelta(hours=2)), ticket, body="And now?")
    found = report(session)
    assert found.total == Adherence(0, 1)
    assert [row.due_at for row in found.overdue_rows] == [NOW - timedelta(hours=10)]


def test_who_waits_longest_stands_first_with_their_owner(session: Session, staff: Staff) -> None:
    """The list is what a lead acts on."""
    second, first = due(session, 5), due(session, 90)
    services.change(session, by(staff, NOW), second, Change(assignee_id=staff.id))
    found = report(session)
    assert [row.reference for row in found.overdue_rows] == [first.reference, second.reference]
    assert [row.assignee_id for row in found.overdue_rows] == [None, staff.id]
    assert found.overdue_rows[0].due_at == NOW - timedelta(hours=90)
    assert found.overdue_rows[0].subject == "A question"


def test_a_late_answer_ends_the_waiting_and_not_the_breach(session: Session, staff: Staff) -> None:
    """Overdue is the present, breached is history."""
    answered(session, staff, due(session, 5), after_hours=50)
    found = report(session)
    assert found.total == Adherence(0, 1)
    assert found.overdue == 0


def test_the_list_is_cut_and_the_count_is_not(session: Session) -> None:
    """A storm of five thousand makes no page of five thousand lines."""
    for _ in range(OVERDUE_SHOWN + 3):
        due(session, 5)
    found = report(session)
    assert len(found.overdue_rows) == OVERDUE_SHOWN
    assert found.overdue == OVERDUE_SHOWN + 3


def test_a_report_takes_the_same_few_queries_however_many_clocks_there_are(
    session: Session, engine: Engine, staff: Staff
) -> None:
    """No query a day, and none a ticket."""
    ran: list[str] = []
    for _ in range(12):
        answered(session, staff, due(session, 30), after_hours=49)
        due(session, 4)
    session.flush()  # only what the report asks is counted
    event.listen(engine, "before_cursor_execute", lambda *told: ran.append(told[2]))
    for days in (7, 90):
        ran.clear()
        report(session, days)
        assert len(ran) == QUERIES, ran
