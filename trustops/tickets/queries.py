"""Reads of the tickets room: the queue, its counters, one ticket, search.

The queue reads partial indexes over open work and pages by key, so its cost does not grow with
history; counts stop at a cap. `tests/tickets/test_queries.py` gates plans and query counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlalchemy.orm import Session

from trustops.accounts.models import Staff
from trustops.db import Event, subject_of
from trustops.errors import NotFoundError
from trustops.tickets.models import Message, SlaClock, Ticket
from trustops.tickets.rules import Status
from trustops.tickets.search import find_tickets, newest_of

PAGE = 50
COUNT_CAP = 1000
"""Counters stop here and show "1000+"; nobody acts on the difference."""
DUE_SOON = timedelta(hours=4)
TIMELINE = 200
"""Newest messages and events of a ticket that one page shows."""


class View(StrEnum):
    """The lists of the desk, by the name in their address."""

    ALL = "all"
    UNASSIGNED = "unassigned"
    MINE = "mine"
    SOON = "due-soon"
    OVERDUE = "overdue"
    WAITING = "waiting"
    ENDED = "ended"
    SPAM = "spam"
    QUARANTINE = "quarantine"


QUEUE_VIEWS = (View.ALL, View.UNASSIGNED, View.MINE, View.SOON, View.OVERDUE)
"""Views ordered by the moment by which somebody should have answered."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of a list: the ticket and the name of whoever has it."""

    ticket: Ticket
    assignee: str | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of a list; `after` continues it and is None on the last page."""

    rows: Sequence[QueueRow]
    after: tuple[datetime, int] | None


def queue_page(
    session: Session,
    view: View,
    *,
    staff_id: int,
    now: datetime,
    after: tuple[datetime, int] | None = None,
) -> QueuePage:
    """A page of a view, in the view's own order, in one query."""
    column, rising = _order(view)
    statement = (
        select(Ticket, Staff.name)
        .outerjoin(Staff, Staff.id == Ticket.assignee_id)
        .where(_belongs(view, staff_id, now))
        .limit(PAGE + 1)
    )
    if rising:
        statement = statement.order_by(column, Ticket.id)
        if after:
            statement = statement.where(tuple_(column, Ticket.id) > after)
    else:
        statement = statement.order_by(column.desc(), Ticket.id.desc())
        if after:
            statement = statement.where(tuple_(column, Ticket.id) < after)
    found = [QueueRow(ticket, name) for ticket, name in session.execute(statement)]
    following = None
    if len(found) > PAGE:
        found = found[:PAGE]
        last = found[-1].ticket
        following = (_moment(last, view), last.id)
    return QueuePage(found, following)


def counters(session: Session, *, staff_id: int, now: datetime) -> dict[View, int]:
    """How many tickets each view holds, counted up to the cap, in one query.

    Counted in the order of the view: without one PostgreSQL reads the table from its oldest ticket.
    """
    counted = (*QUEUE_VIEWS, View.WAITING, View.QUARANTINE)
    columns = [
        select(func.count())
        .select_from(
            select(Ticket.id)
            .where(_belongs(view, staff_id, now))
            .order_by(_order(view)[0])
            .limit(COUNT_CAP)
            .subquery()
        )
        .scalar_subquery()
        .label(view.name)
        for view in counted
    ]
    row = session.execute(select(*columns)).one()
    return dict(zip(counted, row, strict=True))


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Everything that the page of a ticket shows, oldest first."""

    ticket: Ticket
    assignee: str | None
    messages: Sequence[Message]
    events: Sequence[Event]
    clocks: Sequence[SlaClock]


def ticket_page(session: Session, reference: str) -> TicketPage:
    """One ticket with its newest words and history, in four queries.

    Raises:
        NotFoundError: there is none with this reference.
    """
    found = session.execute(
        select(Ticket, Staff.name)
        .outerjoin(Staff, Staff.id == Ticket.assignee_id)
        .where(Ticket.reference == reference)
    ).first()
    if found is None:
        raise NotFoundError("There is no ticket with this reference.")
    ticket, assignee = found
    return TicketPage(
        ticket=ticket,
        assignee=assignee,
        messages=messages_of(session, ticket.id, public_only=False),
        events=session.scalars(_newest_events(ticket.id)).all()[::-1],
        clocks=session.scalars(
            select(SlaClock).where(SlaClock.ticket_id == ticket.id).order_by(SlaClock.id)
        ).all(),
    )


def messages_of(session: Session, ticket_id: int, *, public_only: bool) -> Sequence[Message]:
    """The newest messages of a ticket, oldest first; internal notes only where asked for."""
    statement = (
        select(Message)
        .where(Message.ticket_id == ticket_id)
        .order_by(Message.id.desc())
        .limit(TIMELINE)
    )
    if public_only:
        statement = statement.where(Message.visibility == "public")
    return session.scalars(statement).all()[::-1]


def key_of(session: Session, reference: str) -> int:
    """The key of the ticket with a reference, and nothing else of it.

    Raises:
        NotFoundError: there is none.
    """
    key = session.scalar(select(Ticket.id).where(Ticket.reference == reference))
    if key is None:
        raise NotFoundError("There is no ticket with this reference.")
    return key


def newest_event(session: Session, ticket_id: int) -> int:
    """The sequence number of a ticket's newest event, for pages that watch for news."""
    return session.scalar(_newest_events(ticket_id).with_only_columns(Event.seq).limit(1)) or 0


def news_since(session: Session, ticket_id: int, seq: int) -> Sequence[Event]:
    """Events of a ticket after a sequence number, oldest first."""
    return session.scalars(
        select(Event)
        .where(Event.subject == subject_of("ticket", ticket_id), Event.seq > seq)
        .order_by(Event.seq)
        .limit(TIMELINE)
    ).all()


def listed(
    session: Session, *, status: Status | None, after: tuple[datetime, int] | None, limit: int
) -> tuple[Sequence[Ticket], tuple[datetime, int] | None]:
    """Tickets newest first for programs, with the place after which the next page begins."""
    statement = select(Ticket).order_by(Ticket.created_at.desc(), Ticket.id.desc())
    if status is not None:
        statement = statement.where(Ticket.status == status)
    if after is not None:
        statement = statement.where(tuple_(Ticket.created_at, Ticket.id) < after)
    rows = session.scalars(statement.limit(limit + 1)).all()
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], (rows[limit - 1].created_at, rows[limit - 1].id)


def search(session: Session, query: str) -> Sequence[QueueRow]:
    """Tickets for a query: an exact reference, wallet, hash or address first, then words."""
    exact = query.strip()
    keys = newest_of(
        session,
        PAGE,
        Ticket.reference == exact.upper(),
        Ticket.wallet == exact,
        Ticket.tx_hash == exact,
        Ticket.email == exact.lower(),
    )
    keys = list(dict.fromkeys([*keys, *find_tickets(session, query, PAGE)]))[:PAGE]
    rows = {
        ticket.id: QueueRow(ticket, name)
        for ticket, name in session.execute(
            select(Ticket, Staff.name)
            .outerjoin(Staff, Staff.id == Ticket.assignee_id)
            .where(Ticket.id.in_(keys))
        )
    }
    return [rows[key] for key in keys if key in rows]


def _order(view: View) -> tuple[ColumnElement[Any], bool]:
    """The column that orders a view, and whether it rises."""
    if view in QUEUE_VIEWS:
        return Ticket.queue_at.expression, True
    if view is View.QUARANTINE:
        return Ticket.created_at.expression, True
    if view is View.ENDED:
        return Ticket.closed_at.expression, False
    return Ticket.updated_at.expression, False


def _moment(ticket: Ticket, view: View) -> datetime:
    """The value of a view's order column on a row of it, where it is never empty."""
    if view in QUEUE_VIEWS and ticket.queue_at is not None:
        return ticket.queue_at
    if view is View.QUARANTINE:
        return ticket.created_at
    if view is View.ENDED and ticket.closed_at is not None:
        return ticket.closed_at
    return ticket.updated_at


def _belongs(view: View, staff_id: int, now: datetime) -> ColumnElement[bool]:
    """The condition of a view; `queued` is that of the partial indexes in `models.QUEUED`."""
    queued = and_(Ticket.queue_at.is_not(None), Ticket.quarantined_at.is_(None))
    conditions: dict[View, ColumnElement[bool]] = {
        View.ALL: queued,
        View.UNASSIGNED: and_(queued, Ticket.assignee_id.is_(None)),
        View.MINE: and_(queued, Ticket.assignee_id == staff_id),
        View.SOON: and_(
            queued,
            Ticket.due_at.is_not(None),
            Ticket.queue_at >= now,
            Ticket.queue_at < now + DUE_SOON,
        ),
        View.OVERDUE: and_(queued, Ticket.due_at.is_not(None), Ticket.queue_at < now),
        View.WAITING: and_(Ticket.status == Status.WAITING, Ticket.quarantined_at.is_(None)),
        View.ENDED: and_(Ticket.closed_at.is_not(None), Ticket.status != Status.SPAM),
        View.SPAM: Ticket.status == Status.SPAM,
        View.QUARANTINE: and_(Ticket.quarantined_at.is_not(None), Ticket.closed_at.is_(None)),
    }
    return conditions[view]


def _newest_events(ticket_id: int) -> Select[Event]:
    return (
        select(Event)
        .where(Event.subject == subject_of("ticket", ticket_id))
        .order_by(Event.seq.desc())
        .limit(TIMELINE)
    )
