"""The lists of the desk: what each view holds, in which order, at what cost.

Cost is gated by query plans and query counts, never by seconds: every list reads an index in its
own order, so that it costs the same with a million tickets as with a thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, text
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.factories import CONTENT, a_person, a_ticket, a_writer, an_act, by
from trustops.accounts.services import change_role, disable
from trustops.errors import NotFoundError
from trustops.tickets import queries, services
from trustops.tickets.forms import NewTicket
from trustops.tickets.held import HeldAnswer, HeldState
from trustops.tickets.models import Ticket
from trustops.tickets.opening import Origin, open_ticket
from trustops.tickets.queries import View
from trustops.tickets.rules import Status
from trustops.tickets.services import Change

MANY = 3000


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Collects the statements that run meanwhile, with their values."""
    seen: list[tuple[str, Any]] = []

    def keep(*call: object) -> None:
        seen.append((str(call[2]), call[3]))

    event.listen(engine, "before_cursor_execute", keep)
    yield seen
    event.remove(engine, "before_cursor_execute", keep)


def references(page: queries.QueuePage) -> list[str]:
    """The references of a page, in its order."""
    return [row.ticket.reference for row in page.rows]


def view(session: Session, which: View, staff_id: int = 0) -> list[str]:
    """What a view shows at noon."""
    session.flush()
    return references(queries.queue_page(session, which, staff_id=staff_id, now=NOON))


def test_the_queue_is_ordered_by_the_time_that_is_left(session: Session) -> None:
    """Overdue first, whatever came first."""
    calm, late, soon = (
        a_ticket(session, NOON - timedelta(hours=hours)).reference for hours in (1, 50, 46)
    )
    assert view(session, View.ALL) == [late, soon, calm]
    assert view(session, View.OVERDUE) == [late]
    assert view(session, View.SOON) == [soon]


def test_each_view_holds_what_it_says(session: Session) -> None:
    """Unassigned, mine, waiting, ended, spam, quarantine."""
    me, other = a_person(session, "Agent Me"), a_person(session, "Agent Other")
    nobody, mine, theirs, waiting, ended, spam = (a_ticket(session) for _ in range(6))
    services.change(session, by(me), mine, Change(assignee_id=me.id))
    services.change(session, by(me), theirs, Change(assignee_id=other.id))
    services.reply(session, by(me), waiting, writer=a_writer(me), body="x", then=Status.WAITING)
    services.change(session, by(me), ended, Change(status=Status.SOLVED))
    services.change(session, by(me), spam, Change(status=Status.SPAM))
    trapped = open_ticket(
        session,
        an_act(),
        NewTicket(topic="other", subject="s", message="m"),
        content=CONTENT,
        origin=Origin(source="form", trapped=True),
    ).ticket
    expected = {
        View.ALL: [nobody, mine, theirs],
        View.UNASSIGNED: [nobody],
        View.MINE: [mine],
        View.WAITING: [waiting],
        View.ENDED: [ended],
        View.SPAM: [spam],
        View.QUARANTINE: [trapped],
        View.OVERDUE: [],
        View.SOON: [],
    }
    for which, tickets in expected.items():
        assert view(session, which, me.id) == [ticket.reference for ticket in tickets], which
    counts = queries.counters(session, staff_id=me.id, now=NOON)
    for which, count in counts.items():
        assert count == len(expected[which]), which


def test_a_ticket_of_somebody_who_left_waits_for_whoever_takes_it(session: Session) -> None:
    """In its order among the others, counted, and in nobody's list but that."""
    lead = a_person(session, "Lead", role="lead")
    gone, other, moved = (a_person(session, name) for name in ("Gone", "Other", "Moved"))
    orphan, early, kept, parked = (a_ticket(session, later(hours=hours)) for hours in (2, 1, 3, 4))
    for ticket, owner in ((orphan, gone), (kept, other), (parked, moved)):
        services.change(session, by(lead), ticket, Change(assignee_id=owner.id))
    disable(session, NOON, staff_id=gone.id, actor=by(lead).actor)
    change_role(session, NOON, staff_id=moved.id, role="auditor", actor=by(lead).actor)
    session.flush()
    assert view(session, View.UNASSIGNED, lead.id) == [
        one.reference for one in (early, orphan, parked)
    ]
    assert queries.counters(session, staff_id=lead.id, now=NOON)[View.UNASSIGNED] == 3
    page = queries.queue_page(session, View.UNASSIGNED, staff_id=lead.id, now=NOON)
    assert [row.assignee for row in page.rows] == [None, "Gone (left)", "Moved (left)"]


def test_a_parked_ticket_that_nobody_answered_stays_in_the_queue(session: Session) -> None:
    """Its promise runs; waiting is no way out of sight."""
    ticket = a_ticket(session)
    services.change(session, by(a_person(session)), ticket, Change(status=Status.WAITING))
    assert view(session, View.ALL) == [ticket.reference]


def test_pages_follow_one_another_without_gap_or_repeat(session: Session) -> None:
    """By key: tickets with the same due time are told apart by theirs."""
    made = [a_ticket(session).reference for _ in range(queries.PAGE + 7)]
    session.flush()
    first = queries.queue_page(session, View.ALL, staff_id=0, now=NOON)
    assert first.after is not None
    second = queries.queue_page(session, View.ALL, staff_id=0, now=NOON, after=first.after)
    assert second.after is None
    assert references(first) + references(second) == made


@pytest.mark.parametrize(
    "which", [View.WAITING, View.ENDED, View.SPAM, View.QUARANTINE, View.UNASSIGNED]
)
def test_every_view_can_be_paged(session: Session, which: View) -> None:
    """Newest first where order is by change, and no ticket twice."""
    staff = a_person(session)
    for number in range(queries.PAGE + 3):
        act = by(staff, later(minutes=number))
        new = NewTicket(topic="other", subject="s", message="m")
        origin = Origin(source="form", trapped=which is View.QUARANTINE)
        ticket = open_ticket(session, act, new, content=CONTENT, origin=origin).ticket
        if which is View.WAITING:
            services.reply(
                session, act, ticket, writer=a_writer(staff), body="x", then=Status.WAITING
            )
        if which in {View.ENDED, View.SPAM}:
            status = Status.CLOSED if which is View.ENDED else Status.SPAM
            services.change(session, act, ticket, Change(status=status))
    session.flush()
    first = queries.queue_page(session, which, staff_id=0, now=NOON)
    assert first.after is not None
    second = queries.queue_page(session, which, staff_id=0, now=NOON, after=first.after)
    assert len({*references(first), *references(second)}) == queries.PAGE + 3


def test_a_ticket_page_takes_four_queries_however_long_its_history(
    session: Session, engine: Engine
) -> None:
    """And a page of the queue one, its counters two: who left is asked first."""
    staff, ticket = a_person(session), a_ticket(session)
    for number in range(30):
        services.note(session, by(staff), ticket, writer=a_writer(staff), body=f"note {number}")
    session.flush()
    reference, staff_id = ticket.reference, staff.id
    session.expire_all()
    with statements(engine) as seen:
        page = queries.ticket_page(session, reference)
    assert len(seen) == 4
    assert len(page.part.messages) == 31
    with statements(engine) as seen:
        queries.queue_page(session, View.ALL, staff_id=staff_id, now=NOON)
        queries.counters(session, staff_id=staff_id, now=NOON)
    assert len(seen) == 3


def test_an_unknown_reference_is_not_found(session: Session) -> None:
    """With a sentence."""
    with pytest.raises(NotFoundError):
        queries.ticket_page(session, "MIG-2222222")


def test_search_finds_by_reference_wallet_hash_address_and_words(session: Session) -> None:
    """An exact match stands before words."""
    wallet = "0x52908400098527886E0F7030069857D2E4169EE7"
    ticket = a_ticket(
        session, wallet=wallet, tx_hash="0x" + "ab" * 32, email="h@example.org", subject="Bridge"
    )
    a_ticket(session, message=f"Is {wallet} yours? The bridge was slow.")
    session.flush()
    for query in (ticket.reference.lower(), wallet, "0x" + "ab" * 32, "H@example.org"):
        assert queries.search(session, query)[0].ticket.reference == ticket.reference
    assert len(queries.search(session, "bridge")) == 2
    assert queries.search(session, "nothing of it") == []


def plan_of(session: Session, engine: Engine, run: Callable[[], object]) -> str:
    """The plan of the last statement that a call runs; the list itself comes last."""
    with statements(engine) as seen:
        run()
    statement, values = seen[-1]
    head = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    rows = session.connection().exec_driver_sql(head + statement, values)
    return "\n".join(str(row) for row in rows)


def fill(session: Session) -> None:
    """Many ended tickets and some open ones, so that a planner has a reason to choose."""
    staff = a_person(session)
    base = a_ticket(session)
    session.flush()
    columns = {
        column.name: getattr(base, column.name)
        for column in Ticket.__table__.columns
        if column.name != "id"
    }
    rows = []
    for number in range(MANY):
        open_one = number % 10 == 0
        rows.append(
            columns
            | {
                "reference": f"MIG-{number:07}",
                "status": "open" if open_one else "closed",
                "closed_at": None if open_one else later(seconds=number),
                "queue_at": later(seconds=number) if open_one else None,
                "due_at": later(seconds=number) if open_one else None,
                "created_at": later(seconds=number),
                "updated_at": later(seconds=number),
                "assignee_id": staff.id if number % 20 == 0 else None,
            }
        )
    session.execute(insert(Ticket), rows)
    session.execute(text("ANALYZE"))


@pytest.mark.parametrize(
    ("which", "index"),
    [
        (View.ALL, "ix_ticket_queue"),
        (View.UNASSIGNED, "ix_ticket_queue"),
        (View.MINE, "ix_ticket_queue"),
        (View.OVERDUE, "ix_ticket_queue"),
        (View.WAITING, "ix_ticket_"),
        (View.ENDED, "ix_ticket_closed"),
        (View.QUARANTINE, "ix_ticket_quarantine"),
    ],
)
def test_lists_read_an_index_and_neither_scan_nor_sort(
    session: Session, engine: Engine, which: View, index: str
) -> None:
    """No full scan of tickets, no temporary sort."""
    fill(session)
    plan = plan_of(
        session, engine, lambda: queries.queue_page(session, which, staff_id=1, now=NOON)
    )
    assert index in plan, plan
    assert "SCAN ticket\n" not in plan
    assert "Seq Scan on ticket " not in plan
    if which in {View.ALL, View.ENDED}:
        assert "TEMP B-TREE FOR ORDER BY" not in plan, plan
        assert "Sort Key" not in plan, plan


def test_answers_that_wait_for_release_are_counted_and_decided_ones_are_not(
    session: Session,
) -> None:
    """The navigation shows the number to whoever may release them."""
    ticket = a_ticket(session)
    for state in (*HeldState, HeldState.HELD):
        session.add(
            HeldAnswer(
                ticket_id=ticket.id,
                author_kind="agent",
                author_name="Agent",
                body="Please open that page.",
                codes=["host"],
                state=state,
                created_at=NOON,
            )
        )
    session.flush()
    assert queries.held_count(session) == 2
