"""What tests of heartbeats begin with: a schedule, where it goes, its templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.status.things import changed
from trustops.alerts.models import Alert
from trustops.channels.networks import EMAIL, NETWORKS
from trustops.channels.rules import Target
from trustops.db import Actor
from trustops.posts.models import Heartbeat
from trustops.posts.values import Approval, Schedule, Setup, Templates
from trustops.settings import PROJECT_ROOT

BASE_URL = "https://desk.example.org"
LEAD = Actor("staff", "7", "First Lead")
OPS = Target("console", "console")
WEEK, NEXT_WEEK = "2026-W47", "2026-W48"
"""The week of noon, a Sunday, and the one after it."""

CONTENT = PROJECT_ROOT / "content"
TARGETS = (
    *(Target(item.channel, item.channel) for item in NETWORKS if item is not EMAIL),
    Target(EMAIL.channel, "list@example.org"),
)


def templates() -> Templates:
    """The templates that are shipped."""
    folder = CONTENT / "heartbeat"
    return Templates(
        (folder / "full.md.j2").read_text("utf-8"), (folder / "short.md.j2").read_text("utf-8")
    )


def a_schedule(**changes: object) -> Schedule:
    """Sundays at noon in UTC, approved by the rule, with two days to catch up."""
    schedule = Schedule(
        weekday=7,
        at=time(12),
        zone=ZoneInfo("UTC"),
        approval=Approval.RULE,
        catch_up=timedelta(hours=48),
        networks=NETWORKS,
        templates=templates(),
    )
    return changed(schedule, changes)


def a_setup(schedule: Schedule | None = None, **changes: object) -> Setup:
    """That schedule, to one target on each network."""
    return changed(Setup(schedule or a_schedule(), BASE_URL, TARGETS, (OPS,)), changes)


def rows(session: Session) -> Mapping[str, Heartbeat]:
    """All heartbeats as the database has them, by their weeks."""
    session.flush()  # what the act left pending is read by query
    found = session.scalars(
        select(Heartbeat).order_by(Heartbeat.due_at).execution_options(populate_existing=True)
    )
    return {row.iso_week: row for row in found}


def states(session: Session) -> Mapping[str, str]:
    """The state of each week."""
    return {week: row.state for week, row in rows(session).items()}


def alert_keys(session: Session) -> list[str]:
    """The keys of all alerts, the oldest first."""
    session.flush()  # what the act left pending is read by query
    return list(session.scalars(select(Alert.dedupe_key).order_by(Alert.id)))


def before_noon(**duration: float) -> datetime:
    """Noon less a duration."""
    return NOON - timedelta(**duration)
