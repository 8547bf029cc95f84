"""Reads of the heartbeats: what went out, what comes next, what the desk's page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trustops.channels.models import Delivery
from trustops.channels.queries import deliveries_of
from trustops.channels.rules import DeliveryState
from trustops.db import subject_of
from trustops.posts import rules
from trustops.posts.markup import to_html
from trustops.posts.models import Heartbeat
from trustops.posts.values import ARCHIVE, OPEN, WEEKLY, Outlook, Past, Schedule, Slot, State

MOST_SHOWN = 520
"""Ten years of weeks; older ones are in the database and in the feeds of those days."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a heartbeat stands on a network."""

    network: str
    url: str


@dataclass(frozen=True, slots=True)
class Published:
    """A heartbeat that went out. Times are aware, in UTC.

    `week` is an ISO week such as `2026-W47`; `as_of` is the moment of its figures. `text` is the
    whole text and `html` the same as safe HTML, without a heading of the first level. `links`
    lead to the posts on networks that gave a permalink.
    """

    week: str
    title: str
    due_at: datetime
    sent_at: datetime
    as_of: datetime
    late: bool
    text: str
    html: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Missed:
    """A week for which no heartbeat went out."""

    week: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A heartbeat and its deliveries, the oldest first."""

    heartbeat: Heartbeat
    deliveries: Sequence[Delivery]


def subject_of_week(week: str) -> str:
    """What deliveries, events and alerts about a week's heartbeat are about."""
    return subject_of("heartbeat", week)


def published(session: Session) -> Sequence[Published]:
    """Every heartbeat that went out, the newest first."""
    found = session.scalars(
        select(Heartbeat)
        .where(Heartbeat.state == State.SENT)
        .order_by(Heartbeat.due_at.desc())
        .limit(MOST_SHOWN)
    ).all()
    return [_published(row) for row in _with_deliveries(session, found)]


def missed(session: Session) -> Sequence[Missed]:
    """Every week for which none went out, the newest first."""
    found = session.scalars(
        select(Heartbeat)
        .where(Heartbeat.state == State.MISSED)
        .order_by(Heartbeat.due_at.desc())
        .limit(MOST_SHOWN)
    )
    return [Missed(row.iso_week, row.due_at) for row in found]


def last_week(session: Session) -> str | None:
    """The ISO week of the last heartbeat that went out; None before the first."""
    return session.scalar(
        select(Heartbeat.iso_week)
        .where(Heartbeat.state == State.SENT)
        .order_by(Heartbeat.due_at.desc())
        .limit(1)
    )


def next_due(session: Session, now: datetime, schedule: Schedule | None) -> datetime | None:
    """When the next heartbeat is due by the schedule, in UTC; None where there is none."""
    return outlook(session, now, schedule).next_at


def outlook(session: Session, now: datetime, schedule: Schedule | None) -> Outlook:
    """What is to come by the schedule; nothing where there is none, or it is stopped.

    Rows only say which weeks are settled: a desk that was just set up has none, and its next
    heartbeat is due all the same.
    """
    if schedule is None:
        return Outlook()
    mine = Heartbeat.schedule == schedule.name
    planned = session.execute(
        select(Heartbeat.iso_week, Heartbeat.due_at).where(mine, Heartbeat.state.in_(OPEN))
    )
    return rules.outlook(
        schedule,
        now,
        planned=[Slot(week, due) for week, due in planned],
        last_week=session.scalar(
            select(Heartbeat.iso_week).where(mine).order_by(Heartbeat.iso_week.desc()).limit(1)
        ),
    )


def current(session: Session, *, schedule: str = WEEKLY) -> Heartbeat | None:
    """The next heartbeat that can go out: the one that a draft is written for."""
    return session.scalars(
        select(Heartbeat)
        .where(Heartbeat.schedule == schedule, Heartbeat.state.in_(OPEN))
        .order_by(Heartbeat.due_at)
        .limit(1)
    ).first()


def of_week(session: Session, week: str, *, schedule: str = WEEKLY) -> Heartbeat | None:
    """The heartbeat of a week."""
    return session.scalars(
        select(Heartbeat).where(Heartbeat.schedule == schedule, Heartbeat.iso_week == week)
    ).first()


def past_of(session: Session, row: Heartbeat) -> Past:
    """What a heartbeat has to know of the ones before it."""
    last = session.scalars(
        select(Heartbeat)
        .where(
            Heartbeat.schedule == row.schedule,
            Heartbeat.state == State.SENT,
            Heartbeat.due_at < row.due_at,
        )
        .order_by(Heartbeat.due_at.desc())
        .limit(1)
    ).first()
    lost = select(Heartbeat.iso_week).where(
        Heartbeat.schedule == row.schedule,
        Heartbeat.state == State.MISSED,
        Heartbeat.due_at < row.due_at,
    )
    if last is not None:
        lost = lost.where(Heartbeat.due_at > last.due_at)
    weeks = tuple(session.scalars(lost.order_by(Heartbeat.due_at)))
    if last is None:
        return Past(missed=weeks)
    return Past(week=last.iso_week, figures=last.figures, missed=weeks)


def newest(session: Session, *, most: int = 26) -> Sequence[Row]:
    """The newest heartbeats of any state with their deliveries, for the desk's page."""
    found = session.scalars(select(Heartbeat).order_by(Heartbeat.due_at.desc()).limit(most)).all()
    return _with_deliveries(session, found)


def _with_deliveries(session: Session, found: Sequence[Heartbeat]) -> Sequence[Row]:
    grouped = deliveries_of(session, [subject_of_week(row.iso_week) for row in found])
    return [Row(row, grouped.get(subject_of_week(row.iso_week), ())) for row in found]


def _published(row: Row) -> Published:
    beat = row.heartbeat
    text = str(beat.texts[ARCHIVE])
    return Published(
        week=beat.iso_week,
        title=f"Heartbeat {beat.iso_week}",
        due_at=beat.due_at,
        sent_at=beat.sent_at or beat.due_at,
        as_of=beat.as_of or beat.due_at,
        late=beat.late,
        text=text,
        html=to_html(text),
        links=[
            Link(item.channel, item.permalink)
            for item in row.deliveries
            if item.state == DeliveryState.SENT and item.permalink
        ],
    )
