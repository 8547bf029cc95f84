"""Whether the weekly heartbeat goes out: where to, when next, and what became of the last ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from trustops.channels.rules import UNDECIDED
from trustops.cli.health.finding import Finding, fail, ok, warn
from trustops.posts.queries import Row, newest, outlook
from trustops.posts.rules import NEEDS_LEAD, is_late, waits_for
from trustops.posts.setup import not_set_up, setup_of
from trustops.posts.values import OPEN, Outlook, Setup, State
from trustops.settings import Settings

SOON = timedelta(hours=24)
LOOK = "Look at /desk/heartbeats"


def heartbeat(session: Session, now: datetime, settings: Settings) -> Finding:
    """The last one went out, and nothing stands in the way of the next one."""
    setup = setup_of(settings)
    if setup is None:
        return ok("heartbeat", "No heartbeat is planned: heartbeat.toml is missing, or stopped.")
    rows = newest(session)
    coming = outlook(session, now, setup.schedule)
    return (
        _missed(rows)
        or _overdue(rows, now)
        or _unplanned(rows, coming)
        or _undelivered(rows)
        or _waiting(rows, now)
        or _unreached(setup)
        or ok("heartbeat", _plan(rows, coming))
    )


def _missed(rows: Sequence[Row]) -> Finding | None:
    """Weeks that were missed since the last heartbeat that went out."""
    weeks = []
    for row in rows:
        if row.heartbeat.state == State.SENT:
            break
        if row.heartbeat.state == State.MISSED:
            weeks.append(row.heartbeat.iso_week)
    if not weeks:
        return None
    return fail(
        "heartbeat",
        f"No heartbeat went out for {', '.join(reversed(weeks))}.",
        f"{LOOK}, and approve the next one in time.",
    )


def _overdue(rows: Sequence[Row], now: datetime) -> Finding | None:
    late = [
        row.heartbeat for row in rows if row.heartbeat.state in OPEN and row.heartbeat.due_at <= now
    ]
    stuck = [beat for beat in late if beat.state != State.APPROVED or is_late(beat.due_at, now)]
    if not stuck:
        return None
    beat = stuck[-1]
    why = waits_for(State(beat.state), beat.waits_for, late=True) or NEEDS_LEAD
    return fail(
        "heartbeat",
        f"The heartbeat of {beat.iso_week} has been due since {_at(beat.due_at)}. {why}",
        f"{LOOK}, or run: trustops heartbeat approve {beat.iso_week}",
    )


def _unplanned(rows: Sequence[Row], coming: Outlook) -> Finding | None:
    """A week that is due by the schedule and of which no job has made a row."""
    planned = {row.heartbeat.iso_week for row in rows}
    if coming.open is None or coming.open.week in planned:
        return None
    return fail(
        "heartbeat",
        f"The heartbeat of {coming.open.week} has been due since {_at(coming.open.due_at)}. Its job"
        " has not run since.",
        "Start the worker, or run: trustops job run heartbeat",
    )


def _undelivered(rows: Sequence[Row]) -> Finding | None:
    """Deliveries of the last heartbeat that wait for a person."""
    last = next((row for row in rows if row.heartbeat.state == State.SENT), None)
    if last is None:
        return None
    bad = [item for item in last.deliveries if item.state in UNDECIDED]
    if not bad:
        return None
    states = ", ".join(f"{item.channel} {item.state.replace('_', ' ')}" for item in bad)
    return warn(
        "heartbeat",
        f"Of the heartbeat of {last.heartbeat.iso_week} not all is known to have arrived: "
        f"{states}.",
        f"{LOOK} and decide whether it is sent again.",
    )


def _waiting(rows: Sequence[Row], now: datetime) -> Finding | None:
    soon = [
        row.heartbeat
        for row in rows
        if row.heartbeat.state in OPEN and now < row.heartbeat.due_at <= now + SOON
    ]
    waiting = [beat for beat in soon if beat.state != State.APPROVED or beat.waits_for]
    if not waiting:
        return None
    beat = waiting[-1]
    approved = beat.state == State.APPROVED
    why = f"would not go out as it stands. {beat.waits_for}" if approved else "not approved yet."
    return warn(
        "heartbeat",
        f"The heartbeat of {beat.iso_week} is due at {_at(beat.due_at)} and {why}",
        f"{LOOK}, or run: trustops heartbeat approve {beat.iso_week}",
    )


def _unreached(setup: Setup) -> Finding | None:
    """Networks of the schedule that the settings do not reach."""
    networks = ", ".join(network.name for network in not_set_up(setup))
    if not networks:
        return None
    return warn(
        "heartbeat",
        f"The schedule names {networks}, which the settings do not reach.",
        "Set the channel (docs/heartbeat.md), or take the name out of heartbeat.toml.",
    )


def _plan(rows: Sequence[Row], coming: Outlook) -> str:
    sent = next((row.heartbeat for row in rows if row.heartbeat.state == State.SENT), None)
    last = f"The last one went out for {sent.iso_week}. " if sent else ""
    due = f"The next heartbeat is due at {_at(coming.next_at)}." if coming.next_at else ""
    return f"{last}{due}"


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
