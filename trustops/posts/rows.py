"""Rows of heartbeats under their lock, and what every verb writes about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from trustops.alerts.rules import Kind
from trustops.alerts.services import resolve
from trustops.db import Actor, record
from trustops.posts.models import Heartbeat
from trustops.posts.queries import subject_of_week
from trustops.posts.values import OPEN, Schedule, Slot, State

POSTER = Actor("system", "heartbeat", "Heartbeat")
"""Who the history names for what a heartbeat did by itself."""


def slot_of(row: Heartbeat) -> Slot:
    """The slot of a row."""
    return Slot(row.iso_week, row.due_at)


def open_rows(session: Session, schedule: Schedule) -> Sequence[Heartbeat]:
    """Every heartbeat that can still go out, under its lock, the one that is due first first."""
    return _locked(session, _of(schedule).where(Heartbeat.state.in_(OPEN)))


def approved_rows(session: Session, schedule: Schedule) -> Sequence[Heartbeat]:
    """Every heartbeat that goes out when it is due, under its lock."""
    return _locked(session, _of(schedule).where(Heartbeat.state == State.APPROVED))


def row_of(session: Session, schedule: Schedule, week: str) -> Heartbeat | None:
    """The heartbeat of a week, under its lock."""
    found = _locked(session, _of(schedule).where(Heartbeat.iso_week == week))
    return found[0] if found else None


def note(
    session: Session, now: datetime, kind: str, row: Heartbeat, *, actor: Actor = POSTER
) -> None:
    """Append what happened to a heartbeat to the history, with the text that it was about."""
    record(
        session,
        now,
        kind,
        subject=subject_of_week(row.iso_week),
        actor=actor,
        data={"sha256": row.sha256, "state": row.state, "late": row.late},
    )


def settle_reminders(session: Session, now: datetime, row: Heartbeat) -> None:
    """Note that nobody has to approve a heartbeat any more."""
    prefix = str(Kind.HEARTBEAT_WAITS)
    resolve(session, now, subject=subject_of_week(row.iso_week), dedupe_prefix=prefix)


def _of(schedule: Schedule) -> Select[Heartbeat]:
    return select(Heartbeat).where(Heartbeat.schedule == schedule.name)


def _locked(session: Session, found: Select[Heartbeat]) -> Sequence[Heartbeat]:
    """Rows as they are once every other writer has ended."""
    return session.scalars(
        found.order_by(Heartbeat.due_at).with_for_update().execution_options(populate_existing=True)
    ).all()
