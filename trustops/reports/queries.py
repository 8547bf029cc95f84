"""Adherence by due date, and what is overdue beside it (docs/sla.md).

A clock belongs to the day on which it fell due: by date of opening the newest would be missing,
by date of answer the overdue ones would hide. A clock that is past due and not yet swept counts
as breached, so the figure does not depend on when a job last ran.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from trustops.sla.rules import FIRST_RESPONSE, WITHDRAWN, Adherence, CancelReason, ClockState
from trustops.tickets.models import SlaClock, Ticket

OVERDUE_SHOWN = 50


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

    `overdue` counts every clock that awaits a reply beyond its due time; `overdue_rows` shows the
    longest waiting. `closed_unanswered` fell due in the window and were closed without a reply:
    they are in no share, and are shown so that closing cannot improve a figure unseen.
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
        overdue=_count(session, and_(_awaiting(), SlaClock.due_at < now)),
        overdue_rows=_overdue(session, now),
        due_next_day=_count(
            session,
            and_(_awaiting(), SlaClock.due_at >= now, SlaClock.due_at < now + timedelta(days=1)),
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


def _by_day(session: Session, start: datetime, end: datetime, now: datetime) -> list[DayFigure]:
    breached = or_(
        SlaClock.state == ClockState.BREACHED,
        and_(SlaClock.state == ClockState.RUNNING, SlaClock.due_at < now),
    )
    day = func.date(SlaClock.due_at).label("day")
    rows = session.execute(
        select(
            day,
            func.sum(case((SlaClock.state == ClockState.MET, 1), else_=0)),
            func.sum(case((breached, 1), else_=0)),
        )
        .where(
            SlaClock.metric == FIRST_RESPONSE,
            SlaClock.due_at >= start,
            SlaClock.due_at < end,
            or_(
                SlaClock.cancel_reason.is_(None),
                SlaClock.cancel_reason.not_in(sorted(WITHDRAWN)),
            ),
        )
        .group_by(day)
        .order_by(day)
    ).all()
    found = {date.fromisoformat(str(row[0])): Adherence(int(row[1]), int(row[2])) for row in rows}
    length = (end.date() - start.date()).days
    all_days = (start.date() + timedelta(days=n) for n in range(length + 1))
    return [DayFigure(one, found.get(one, Adherence(0, 0))) for one in all_days]


def _awaiting() -> ColumnElement[bool]:
    return and_(
        SlaClock.metric == FIRST_RESPONSE,
        SlaClock.met_at.is_(None),
        SlaClock.cancelled_at.is_(None),
    )


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    statement = select(func.count()).select_from(SlaClock)
    return session.scalar(statement.where(SlaClock.metric == FIRST_RESPONSE, condition)) or 0


def _overdue(session: Session, now: datetime) -> list[OverdueRow]:
    rows = session.execute(
        select(Ticket.reference, Ticket.subject, SlaClock.due_at, Ticket.assignee_id)
        .join(Ticket, Ticket.id == SlaClock.ticket_id)
        .where(_awaiting(), SlaClock.due_at < now)
        .order_by(SlaClock.due_at)
        .limit(OVERDUE_SHOWN)
    )
    return [OverdueRow(*row) for row in rows]
