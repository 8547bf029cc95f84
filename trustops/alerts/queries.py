"""Reads of the alerts room: the list with its deliveries, and the counter beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from trustops.alerts.models import Alert
from trustops.alerts.rules import Severity, precedence
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
    """One alert and its deliveries, oldest first.

    On a list it stands for its ticket: `others` are the other alerts of that ticket, the newest
    first. Among these none has others.
    """

    alert: Alert
    deliveries: Sequence[Delivery]
    others: Sequence[AlertRow] = ()

    @property
    def waiting(self) -> Sequence[Alert]:
        """Which of the alerts of the row wait for somebody, the one that stands for all first."""
        alerts = [self.alert, *(row.alert for row in self.others)]
        return [alert for alert in alerts if alert.waits]


@dataclass(frozen=True, slots=True)
class AlertList:
    """A page of alerts, one row a ticket; `after` continues it and is None on the last page.

    The place of a row is that of the newest alert in it, the newest first.
    """

    rows: Sequence[AlertRow]
    after: Place | None


def alert_list(session: Session, *, waiting: bool, after: Place | None = None) -> AlertList:
    """A page of alerts in three queries: all, or those that wait for somebody."""
    statement = (
        select(Alert)
        .where(_begins_a_row(waiting=waiting))
        .order_by(Alert.opened_at.desc(), Alert.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        statement = statement.where(tuple_(Alert.opened_at, Alert.id) < after)
    newest = list(session.scalars(statement))
    following = None
    if len(newest) > PAGE:
        newest = newest[:PAGE]
        following = (newest[-1].opened_at, newest[-1].id)
    older = _older_of_tickets(session, newest, waiting=waiting)
    alerts = [*newest, *(alert for of_ticket in older.values() for alert in of_ticket)]
    deliveries = deliveries_of(session, [subject_of("alert", alert.id) for alert in alerts])
    return AlertList(
        [_row([alert, *older.get(alert.ticket, ())], deliveries) for alert in newest], following
    )


def waiting_count(session: Session) -> int:
    """How many alerts wait for somebody, counted up to the cap."""
    return _count(session, _waits(Alert))


def waiting_rows_count(session: Session) -> int:
    """How many rows the list of those has, in which a ticket has one; counted up to the cap."""
    return _count(session, _begins_a_row(waiting=True))


def urgent_since(session: Session) -> datetime | None:
    """When the oldest urgent alert that waits for somebody was opened; None where none does."""
    return session.scalar(
        select(func.min(Alert.opened_at)).where(
            _waits(Alert), Alert.severity.in_([Severity.HIGH, Severity.CRITICAL])
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


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    counted = select(Alert.id).where(condition).limit(COUNT_CAP).subquery()
    return session.scalar(select(func.count()).select_from(counted)) or 0


def _row(alerts: Sequence[Alert], deliveries: Mapping[str, Sequence[Delivery]]) -> AlertRow:
    """The row of the alerts of one ticket, or of one alert without a ticket; the newest first."""
    leading = max(alerts, key=lambda one: precedence(one.severity, one.opened_at, waits=one.waits))
    own = {alert.id: deliveries.get(subject_of("alert", alert.id), ()) for alert in alerts}
    others = [AlertRow(alert, own[alert.id]) for alert in alerts if alert is not leading]
    return AlertRow(leading, own[leading.id], others)


def _older_of_tickets(
    session: Session, newest: Sequence[Alert], *, waiting: bool
) -> Mapping[str | None, Sequence[Alert]]:
    """The other alerts of the tickets of some, by reference, the newest first.

    A ticket has few: one for each mark of its clocks, each answer held and a secret taken out.
    """
    tickets = [alert.ticket for alert in newest if alert.ticket is not None]
    if not tickets:
        return {}
    statement = select(Alert).where(
        Alert.ticket.in_(tickets), Alert.id.not_in([alert.id for alert in newest])
    )
    if waiting:
        statement = statement.where(_waits(Alert))
    found: dict[str | None, list[Alert]] = {}
    for alert in session.scalars(statement.order_by(Alert.opened_at.desc(), Alert.id.desc())):
        found.setdefault(alert.ticket, []).append(alert)
    return found


def _begins_a_row(*, waiting: bool) -> ColumnElement[bool]:
    """Of no ticket, or the newest of its ticket: the one by which the place of a row goes."""
    same = aliased(Alert)
    newest = (
        select(same.id)
        .where(same.ticket == Alert.ticket)
        .order_by(same.opened_at.desc(), same.id.desc())
        .limit(1)
    )
    if waiting:
        newest = newest.where(_waits(same))
    begins = or_(Alert.ticket.is_(None), Alert.id == newest.correlate(Alert).scalar_subquery())
    return and_(_waits(Alert), begins) if waiting else begins


def _waits(alert: type[Alert]) -> ColumnElement[bool]:
    """Neither acknowledged nor over: the condition of the partial index."""
    return and_(alert.acknowledged_at.is_(None), alert.resolved_at.is_(None))
