"""The minute sweep: finds what time alone did to running clocks, the safety net of every write.

It reads one partial index, on the moment of the next change, in short transactions of its own.
Any number of processes may sweep: a clock is locked while it is judged, and an alert opens under
a unique key.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from trustops.clock import Clock
from trustops.db import Actor
from trustops.sla import rules as sla
from trustops.tickets import clocks
from trustops.tickets.act import Act
from trustops.tickets.models import SlaClock, Ticket

BATCH = 100
"""Clocks judged in one transaction: short enough that nobody waits long for the lock."""

PUT_OFF = timedelta(hours=1)
"""How long a clock that could not be judged is left alone, so that one bad row stops no other."""

log = structlog.get_logger()


def sweep(
    open_session: Callable[[], AbstractContextManager[Session]], clock: Clock, act: Act
) -> dict[str, int]:
    """Judge every clock whose next change has come; give how many changed and how many failed."""
    done = {"judged": 0, "breached": 0, "failed": 0}
    while True:
        with open_session() as session:
            found = _batch(session, replace(act, now=clock.now()), done)
        if found < BATCH:
            return done


def _batch(session: Session, act: Act, done: dict[str, int]) -> int:
    rows = session.execute(
        select(SlaClock, Ticket)
        .join(Ticket, Ticket.id == SlaClock.ticket_id)
        .where(SlaClock.next_change_at < act.now)
        .order_by(SlaClock.next_change_at, SlaClock.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for row, ticket in rows:
        try:
            with session.begin_nested():
                judged = sla.judge(clocks.value_of(row), act.now)
                clocks.apply(session, act, ticket, row, judged=judged)
            done["judged"] += 1
            done["breached"] += int(judged.clock.state is sla.ClockState.BREACHED)
        except (ValueError, KeyError, SQLAlchemyError):
            done["failed"] += 1
            log.exception("clock could not be judged", clock_id=row.id)
            session.execute(
                update(SlaClock)
                .where(SlaClock.id == row.id)
                .values(next_change_at=act.now + PUT_OFF)
                .execution_options(synchronize_session=False)
            )
    return len(rows)


SWEEPER = Actor("system", "sla_sweep", "SLA sweep")
"""Who the history names for what the sweep found."""
