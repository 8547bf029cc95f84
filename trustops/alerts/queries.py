"""Reads of the alerts room: the list with its deliveries, and the counter beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from trustops.alerts.models import Alert
from trustops.alerts.rules import Severity
from trustops.channels.models import Delivery
from trustops.channels.queries import deliveries_of
from trustops.db import subject_of

PAGE = 50
COUNT_CAP = 1000
"""The counter stops here and shows "1000+"; nobody acts on the difference."""

Place = tuple[datetime, int]
"""When the last alert shown was opened, and its key: the next page begins after it."""


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert and its deliveries, oldest first."""

    alert: Alert
    deliveries: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class AlertList:
    """A page of alerts, the newest first; `after` continues it and is None on the last page."""

    rows: Sequence[AlertRow]
    after: Place | None


def alert_list(session: Session, *, waiting: bool, after: Place | None = None) -> AlertList:
    """A page of alerts in two queries: all, or those that wait for somebody."""
    statement = select(Alert).order_by(Alert.opened_at.desc(), Alert.id.desc()).limit(PAGE + 1)
    if waiting:
        statement = statement.where(_waits())
    if after is not None:
        statement = statement.where(tuple_(Alert.opened_at, Alert.id) < after)
    found = list(session.scalars(statement))
    following = None
    if len(found) > PAGE:
        found = found[:PAGE]
        following = (found[-1].opened_at, found[-1].id)
    deliveries = deliveries_of(session, [subject_of("alert", alert.id) for alert in found])
    return AlertList(
        [AlertRow(alert, deliveries.get(subject_of("alert", alert.id), ())) for alert in found],
        following,
    )


def waiting_count(session: Session) -> int:
    """How many alerts wait for somebody, counted up to the cap."""
    waiting = select(Alert.id).where(_waits()).limit(COUNT_CAP).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0


def urgent_since(session: Session) -> datetime | None:
    """When the oldest urgent alert that waits for somebody was opened; None where none does."""
    return session.scalar(
        select(func.min(Alert.opened_at)).where(
            _waits(), Alert.severity.in_([Severity.HIGH, Severity.CRITICAL])
        )
    )


def openings(session: Session, key: str, *, subject: str) -> Sequence[datetime | None]:
    """When each alert that was opened under a key, or again under it, was resolved.

    Reads the alerts of the subject alone; None stands for one that is not over.
    """
    return session.scalars(
        select(Alert.resolved_at).where(
            Alert.subject == subject,
            or_(Alert.dedupe_key == key, Alert.dedupe_key.startswith(f"{key}:", autoescape=True)),
        )
    ).all()


def _waits() -> ColumnElement[bool]:
    """Neither acknowledged nor over: the condition of the partial index."""
    return and_(Alert.acknowledged_at.is_(None), Alert.resolved_at.is_(None))
