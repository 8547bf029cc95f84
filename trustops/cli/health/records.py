"""Checks of what the database knows: whether jobs run, deliveries go out, clocks are judged."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobs.queries import beat_of, first_run
from jobs.schedule import TABLE
from trustops.accounts.models import Staff
from trustops.channels.queries import delivery_health
from trustops.channels.rules import DeliveryState
from trustops.cli.health.finding import Finding, counted, fail, ok, warn
from trustops.settings import Settings
from trustops.tickets.models import SlaClock

LATE_DELIVERY = timedelta(minutes=5)
LATE_SWEEP = timedelta(minutes=5)

RUN_ONE = "Start `trustops serve` or `trustops worker`, and look at `trustops job list`."


def jobs(session: Session, now: datetime, settings: Settings) -> Finding:
    """Jobs run, and none of them is silent."""
    del settings
    if first_run(session) is None:
        return warn("jobs", "No job has run on this instance yet.", RUN_ONE)
    silent = []
    for job in TABLE:
        since = beat_of(session, job.name).waiting_since
        if since is not None and now - since > job.expected_beat:
            silent.append(job.name)
    if silent:
        return fail("jobs", f"No sign of life in time from {', '.join(silent)}.", RUN_ONE)
    return ok("jobs", "Every job gave a sign of life in time.")


def deliveries(session: Session, now: datetime, settings: Settings) -> Finding:
    """Deliveries go out when they are due."""
    del settings
    health = delivery_health(session, now)
    if health.waiting_since is not None and now - health.waiting_since > LATE_DELIVERY:
        minutes = (now - health.waiting_since) // timedelta(minutes=1)
        return fail(
            "deliveries", f"A delivery has been due for {counted(minutes, 'minute')}.", RUN_ONE
        )
    if health.undecided:
        counts = ", ".join(
            f"{health.counts[state]} {state.replace('_', ' ')}"
            for state in (DeliveryState.REJECTED, DeliveryState.NOT_SENT, DeliveryState.UNKNOWN)
            if health.counts.get(state)
        )
        return warn(
            "deliveries",
            f"Deliveries wait for a person: {counts}.",
            "Look at each on /desk/alerts and decide whether it is sent again.",
        )
    return ok("deliveries", "No delivery is late or waits for a person.")


def clocks(session: Session, now: datetime, settings: Settings) -> Finding:
    """Running clocks are judged within minutes of their next change."""
    del settings
    late = session.scalar(
        select(func.count()).select_from(
            select(SlaClock.id)
            .where(SlaClock.next_change_at < now - LATE_SWEEP)
            .order_by(SlaClock.next_change_at)
            .limit(1000)
            .subquery()
        )
    )
    if late:
        return fail(
            "SLA clocks",
            f"{counted(late, 'clock')} should have been judged more than five minutes ago.",
            f"{RUN_ONE} `trustops job run sla_sweep` judges them now.",
        )
    return ok("SLA clocks", "Every clock is judged up to now.")


def people(session: Session, now: datetime, settings: Settings) -> Finding:
    """Somebody can sign in, and nobody with a password that everybody knows."""
    del now
    demo = session.scalar(select(Staff.id).where(Staff.demo).limit(1)) is not None
    if demo and not settings.demo:
        return warn(
            "people",
            "The database holds accounts and tickets of the demo. Nobody can sign in as one.",
            "Begin with an empty instance folder before real people use it.",
        )
    if session.scalar(select(Staff.id).where(Staff.disabled_at.is_(None)).limit(1)) is None:
        return warn(
            "people",
            "Nobody works at this desk yet.",
            "trustops user add you@example.org --role admin --name 'Your Name'",
        )
    return ok("people", "Somebody works at this desk.")


CHECKS = (people, jobs, clocks, deliveries)
"""In the order of the report."""
