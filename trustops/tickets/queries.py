"""Reads of the tickets room: the queue, its counters, one ticket, search.

The queue reads partial indexes over open work and pages by key, so its cost does not grow with
history; counts stop at a cap. `tests/tickets/test_queries.py` gates plans and query counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, select, tuple_
from sqlalchemy.orm import Session

from trustops.accounts.models import Staff
from trustops.accounts.queries import keys_of_those_who_left
from trustops.db import Event
from trustops.errors import NotFoundError
from trustops.tickets.conversation import Part, part_of
from trustops.tickets.held import HeldAnswer, HeldState
from trustops.tickets.history import events_beside, newest_event
from trustops.tickets.models import SlaClock, Ticket
from trustops.tickets.rules import Status
from trustops.tickets.search import find_tickets, newest_of

PAGE = 50
COUNT_CAP = 1000
"""Counters stop here and show "1000+"; nobody acts on the difference."""
DUE_SOON = timedelta(hours=4)


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
    """A page of a view, in the view's own order. Each of its conditions reads its own index."""
    column, rising = _order(view)
    order = (column, Ticket.id) if rising else (column.desc(), Ticket.id.desc())
    place = tuple_(column, Ticket.id)
    beyond = [] if after is None else [place > after if rising else place < after]
    left = keys_of_those_who_left(session) if view is View.UNASSIGNED else ()
    pages = [
        session.execute(
            select(Ticket, Staff.name)
            .outerjoin(Staff, Staff.id == Ticket.assignee_id)
            .where(condition, *beyond)
            .order_by(*order)
            .limit(PAGE + 1)
        ).all()
        for condition in _conditions(view, staff_id, now, left)
    ]
    rows = sorted(chain(*pages), key=lambda row: (_moment(row[0], view), row[0].id))
    if not rising:
        rows.reverse()
    found = [
        QueueRow(ticket, f"{name} (left)" if ticket.assignee_id in left else name)
        for ticket, name in rows[: PAGE + 1]
    ]
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
    left = keys_of_those_who_left(session)
    columns = [
        (view, select(func.count()).select_from(_capped(view, condition)).scalar_subquery())
        for view in counted
        for condition in _conditions(view, staff_id, now, left)
    ]
    row = session.execute(select(*(column for _, column in columns))).one()
    counts = dict.fromkeys(counted, 0)
    for (view, _), number in zip(columns, row, strict=True):
        counts[view] = min(COUNT_CAP, counts[view] + number)
    return counts


def held_count(session: Session) -> int:
    """How many answers wait to be released, counted up to the cap."""
    held = select(HeldAnswer.id).where(HeldAnswer.state == HeldState.HELD).limit(COUNT_CAP)
    return session.scalar(select(func.count()).select_from(held.subquery())) or 0


def _capped(view: View, condition: ColumnElement[bool]) -> Subquery:
    ordered = select(Ticket.id).where(condition).order_by(_order(view)[0])
    return ordered.limit(COUNT_CAP).subquery()


def _conditions(
    view: View, staff_id: int, now: datetime, left: Sequence[int]
) -> Iterator[ColumnElement[bool]]:
    """What belongs to a view; a ticket of somebody who left waits for whoever takes it."""
    yield _belongs(view, staff_id, now)
    if view is View.UNASSIGNED and left:
        yield and_(_belongs(View.ALL, staff_id, now), Ticket.assignee_id.in_(left))


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Everything that the page of a ticket shows, oldest first.

    `seen` is the sequence number of the newest event, whichever part of the history is shown.
    """

    ticket: Ticket
    assignee: str | None
    part: Part
    events: Sequence[Event]
    clocks: Sequence[SlaClock]
    seen: int


def ticket_page(session: Session, reference: str, *, until: int | None = None) -> TicketPage:
    """One ticket with its newest words and history, or those up to a place, in four queries.

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
    part = part_of(session, ticket.id, public_only=False, until=until)
    events = events_beside(session, ticket.id, part)
    is_newest = bool(events) and not part.after
    return TicketPage(
        ticket=ticket,
        assignee=assignee,
        part=part,
        events=events,
        seen=events[-1].seq if is_newest else newest_event(session, ticket.id),
        clocks=session.scalars(
            select(SlaClock).where(SlaClock.ticket_id == ticket.id).order_by(SlaClock.id)
        ).all(),
    )


def key_of(session: Session, reference: str) -> int:
    """The key of the ticket with a reference, and nothing else of it.

    Raises:
        NotFoundError: there is none.
    """
    key = session.scalar(select(Ticket.id).where(Ticket.reference == reference))
    if key is None:
        raise NotFoundError("There is no ticket with this reference.")
    return key


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
