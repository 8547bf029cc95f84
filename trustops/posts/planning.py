"""Which weeks have a heartbeat, and what becomes of those that nobody lets out: plan, miss, remind.

Any number of processes may do this at once: a week has one row under a unique key.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trustops.alerts.services import raise_again, raise_alert
from trustops.db import insert_new
from trustops.posts import rules
from trustops.posts.models import Heartbeat
from trustops.posts.rows import note, open_rows, settle_reminders, slot_of
from trustops.posts.values import Schedule, Setup, Slot, State


def materialise(
    session: Session, now: datetime, schedule: Schedule, *, first_due: datetime | None = None
) -> int:
    """Write the rows of all weeks up to the next one that is due; gives how many were new.

    Weeks that passed while nothing ran get their rows as well, so that a missed one is known. A
    week that only becomes known after its moment is held for a person: the desk was off for a
    week, or was restored from a backup that old, and then it may have gone out.
    The first heartbeat of an instance is the next one of the schedule.

    Args:
        session: a writing session.
        now: an aware instant.
        schedule: when heartbeats are due.
        first_due: when the first of an instance is due instead, in the week of `now`.
    """
    last = session.scalars(
        select(Heartbeat)
        .where(Heartbeat.schedule == schedule.name)
        .order_by(Heartbeat.iso_week.desc())
        .limit(1)
    ).first()
    if last is not None:
        _follow(session, now, schedule)
        slots = rules.slots_after(schedule, last.iso_week, now) if last.due_at <= now else ()
        return sum(_insert(session, now, schedule, slot, held=slot.due_at <= now) for slot in slots)
    if first_due is not None:
        slot = Slot(rules.week_of(schedule, now), first_due)
    else:
        slot = rules.next_slot(schedule, now)
    return int(_insert(session, now, schedule, slot, held=False))


def miss(session: Session, now: datetime, setup: Setup) -> int:
    """Give up the heartbeats that are too late to send, with an alert for each; gives how many."""
    rows = {slot_of(row): row for row in open_rows(session, setup.schedule)}
    gone = rules.too_late(setup.schedule, list(rows), now)
    for slot in gone:
        row = rows[slot]
        row.state = State.MISSED
        row.missed_at = now
        note(session, now, "heartbeat.miss", row)
        settle_reminders(session, now, row)
        raise_alert(
            session,
            now,
            rules.missed_alert(slot, now),
            targets=setup.alert_targets,
            base_url=setup.base_url,
        )
    return len(gone)


def remind(session: Session, now: datetime, setup: Setup) -> int:
    """Raise an alert for a heartbeat that comes near its moment and would not go out."""
    raised = 0
    for row in open_rows(session, setup.schedule):
        reasons = rules.waits_for(
            State(row.state), row.waits_for, late=rules.is_late(row.due_at, now)
        )
        alert = rules.reminder(slot_of(row), reasons, now) if reasons else None
        if alert is not None:
            found = raise_again(
                session, now, alert, targets=setup.alert_targets, base_url=setup.base_url
            )
            raised += found is not None
    return raised


def _follow(session: Session, now: datetime, schedule: Schedule) -> None:
    """Move weeks that are still to come to the schedule as it is now, but never into the past."""
    for row in open_rows(session, schedule):
        row.due_at = rules.moved(schedule, slot_of(row), now).due_at


def _insert(session: Session, now: datetime, schedule: Schedule, slot: Slot, *, held: bool) -> bool:
    """Write the row of a slot unless another process did."""
    row = {
        "schedule": schedule.name,
        "iso_week": slot.week,
        "due_at": slot.due_at,
        "state": State.PLANNED,
        "held": held,
        "created_at": now,
    }
    return insert_new(session, Heartbeat, row, unique=["schedule", "iso_week"]) is not None
