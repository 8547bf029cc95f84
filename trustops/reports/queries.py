"""Adherence by due date, and what is overdue beside it (docs/sla.md).

A clock belongs to the day on which it fell due: by date of opening the newest would be missing,
by date of answer the overdue ones would hide. A clock that is past due and not yet swept counts
as breached, so the figure does not depend on when a job last ran.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, literal, select
from sqlalchemy.orm import Session

from trustops.reports.elapsed import ElapsedSeconds
from trustops.reports.rules import OPEN_CAP, counted
from trustops.sla.rules import FIRST_RESPONSE, Adherence, CancelReason, ClockState
from trustops.tickets.clock_conditions import (
    awaiting,
    is_breached,
    is_met,
    is_not_withdrawn,
    is_overdue,
)
from trustops.tickets.models import SlaClock, Ticket
from trustops.tickets.rules import WITHDRAWN as WITHDRAWN_TICKETS

OVERDUE_SHOWN = 50

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DayFigure:
    """The clocks that fell due on one day, in UTC."""

    day: date
    adherence: Adherence


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """A ticket whose first response is late right now."""

    reference: str
    subject: str
    due_at: datetime
    assignee_id: int | None


@dataclass(frozen=True, slots=True)
class SlaReport:
    """Adherence of a window of due times, and the state of things as of an instant.

    `overdue` counts the clocks that await a reply beyond its due time, and `due_next_day` those to
    come, both up to `OPEN_CAP`; `overdue_rows` shows the longest waiting. `closed_unanswered` fell
    due in the window and were closed without a reply: they are in no share, and are shown so that
    closing cannot improve a figure unseen.
    """

    start: datetime
    end: datetime
    as_of: datetime
    days: Sequence[DayFigure]
    total: Adherence
    overdue: int
    overdue_rows: Sequence[OverdueRow]
    due_next_day: int
    closed_unanswered: int

    @property
    def overdue_words(self) -> str:
        """How many are overdue, as people read it."""
        return counted(self.overdue)

    @property
    def due_next_day_words(self) -> str:
        """How many come due in the next day, as people read it."""
        return counted(self.due_next_day)

    @property
    def worst_case(self) -> Adherence:
        """What the window would show if every clock due in the next 24 h breached."""
        return Adherence(self.total.met, self.total.breached + self.due_next_day)


def sla_report(session: Session, *, start: datetime, end: datetime, now: datetime) -> SlaReport:
    """The report of first responses due from start (included) to end (not included)."""
    days = _by_day(session, start, min(end, now), now)
    return SlaReport(
        start=start,
        end=end,
        as_of=now,
        days=days,
        total=Adherence(
            met=sum(figure.adherence.met for figure in days),
            breached=sum(figure.adherence.breached for figure in days),
        ),
        overdue=_open(session, SlaClock.due_at < now),
        overdue_rows=_overdue(session, now),
        due_next_day=_open(
            session, SlaClock.due_at >= now, SlaClock.due_at < now + timedelta(days=1)
        ),
        closed_unanswered=_count(
            session,
            and_(
                SlaClock.cancel_reason == CancelReason.CLOSED_BY_AGENT,
                SlaClock.state == ClockState.CANCELLED,
                SlaClock.due_at >= start,
                SlaClock.due_at < end,
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class SupportWeek:
    """How support did in the seven days before `as_of`.

    `topics` counts the tickets opened by topic id, the most frequent first. Spam, duplicates and
    what is set aside in quarantine are in neither count: no holder waited on them, and a flood
    would drown the figure. `median_seconds` is of the first responses given in the window, early
    or late; None without one. `waiting` tickets await a first response now, counted up to
    `OPEN_CAP`.
    """

    as_of: datetime
    opened: int
    closed: int
    median_seconds: int | None
    waiting: int
    topics: Sequence[tuple[str, int]]


def support_week(session: Session, now: datetime) -> SupportWeek:
    """What the last seven days brought, up to an aware instant, in five queries at most."""
    start = now - WEEK
    topics = _topics(session, start, now)
    return SupportWeek(
        as_of=now,
        opened=sum(count for _, count in topics),
        closed=_closed(session, start, now),
        median_seconds=_median_seconds(session, start, now),
        waiting=_open(session),
        topics=topics,
    )


def _counted() -> ColumnElement[bool]:
    return and_(Ticket.quarantined_at.is_(None), Ticket.status.not_in(sorted(WITHDRAWN_TICKETS)))


def _topics(session: Session, start: datetime, now: datetime) -> list[tuple[str, int]]:
    count = func.count().label("count")
    rows = session.execute(
        select(Ticket.topic, count)
        .where(Ticket.created_at > start, Ticket.created_at <= now, _counted())
        .group_by(Ticket.topic)
        .order_by(count.desc(), Ticket.topic)
    )
    return [(topic, found) for topic, found in rows]


def _closed(session: Session, start: datetime, now: datetime) -> int:
    statement = select(func.count()).select_from(Ticket)
    within = and_(Ticket.closed_at > start, Ticket.closed_at <= now)
    return session.scalar(statement.where(within, _counted())) or 0


def _median_seconds(session: Session, start: datetime, now: datetime) -> int | None:
    given = and_(
        SlaClock.metric == FIRST_RESPONSE,
        SlaClock.met_at > start,
        SlaClock.met_at <= now,
        is_not_withdrawn(),
    )
    count = session.scalar(select(func.count()).select_from(SlaClock).where(given)) or 0
    if not count:
        return None
    seconds = ElapsedSeconds(SlaClock.started_at, SlaClock.met_at)
    middle = session.scalars(
        select(seconds).where(given).order_by(seconds).offset((count - 1) // 2).limit(2 - count % 2)
    ).all()
    return round(sum(middle) / len(middle))


def _by_day(session: Session, start: datetime, end: datetime, now: datetime) -> list[DayFigure]:
    day = func.date(SlaClock.due_at).label("day")
    rows = session.execute(
        select(
            day,
            func.sum(case((is_met(), 1), else_=0)),
            func.sum(case((is_breached(now), 1), else_=0)),
        )
        .where(
            SlaClock.metric == FIRST_RESPONSE,
            SlaClock.due_at >= start,
            SlaClock.due_at < end,
            is_not_withdrawn(),
        )
        .group_by(day)
        .order_by(day)
    ).all()
    found = {date.fromisoformat(str(row[0])): Adherence(int(row[1]), int(row[2])) for row in rows}
    length = (end.date() - start.date()).days
    all_days = (start.date() + timedelta(days=n) for n in range(length + 1))
    return [DayFigure(one, found.get(one, Adherence(0, 0))) for one in all_days]


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    statement = select(func.count()).select_from(SlaClock)
    return session.scalar(statement.where(SlaClock.metric == FIRST_RESPONSE, condition)) or 0


def _open(session: Session, *conditions: ColumnElement[bool]) -> int:
    """Clocks that await an answer, counted up to the cap: a backlog may be of any size."""
    found = (
        select(literal(1))
        .where(SlaClock.metric == FIRST_RESPONSE, awaiting(), *conditions)
        .order_by(SlaClock.due_at)  # so that the index is read no further than the cap
        .limit(OPEN_CAP)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(found)) or 0


def _overdue(session: Session, now: datetime) -> list[OverdueRow]:
    rows = session.execute(
        select(Ticket.reference, Ticket.subject, SlaClock.due_at, Ticket.assignee_id)
        .join(Ticket, Ticket.id == SlaClock.ticket_id)
        .where(SlaClock.metric == FIRST_RESPONSE, is_overdue(now))
        .order_by(SlaClock.due_at)
        .limit(OVERDUE_SHOWN)
    )
    return [OverdueRow(*row) for row in rows]
