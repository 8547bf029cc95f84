"""Takes the Snapshot: reads support and deliveries, judges components, adds what it is handed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, func, not_, or_, select
from sqlalchemy.orm import Session

from trustops.channels.models import Delivery
from trustops.channels.queries import LOOKED_AT, delivery_health
from trustops.channels.rules import UNDECIDED, DeliveryState
from trustops.reports.queries import WEEK, sla_report, support_week
from trustops.status.inputs import Inputs
from trustops.status.rules import Figures, Sending, components
from trustops.status.snapshot import Snapshot, Support

MOST_TOPICS = 5
DAY = timedelta(days=1)


def take_snapshot(session: Session, now: datetime, inputs: Inputs) -> Snapshot:
    """Everything that is told in public, as of an aware instant.

    The number of queries is fixed, and none reads more than a week, a day's deliveries, or what
    is open now.
    """
    support = read_support(session, now, inputs)
    figures = Figures(
        as_of=now,
        support=support,
        chains=inputs.chains,
        addresses=inputs.addresses,
        sending=read_sending(session, now),
    )
    return Snapshot(
        as_of=now,
        project=inputs.project,
        migration_state=inputs.migration_state,
        chains=tuple(inputs.chains),
        support=support,
        exchanges=tuple(inputs.exchanges),
        open_issues=tuple(inputs.open_issues),
        components=components(inputs.components, figures, inputs.previous),
        addresses=inputs.addresses,
        last_heartbeat=inputs.last_heartbeat,
        next_heartbeat_at=inputs.next_heartbeat_at,
        heartbeat_due_since=inputs.heartbeat_due_since,
        corrections=tuple(inputs.corrections),
        demo=inputs.demo,
    )


def read_support(session: Session, now: datetime, inputs: Inputs) -> Support:
    """How support did over the last seven days, with the most frequent topics by their titles."""
    week = support_week(session, now)
    report = sla_report(session, start=now - WEEK, end=now, now=now)
    return Support(
        as_of=now,
        opened=week.opened,
        closed=week.closed,
        met=report.total.met,
        breached=report.total.breached,
        median_seconds=week.median_seconds,
        waiting=week.waiting,
        overdue=report.overdue,
        promise_hours=inputs.promise_hours,
        topics=tuple(
            (inputs.topics.get(topic, topic), count) for topic, count in week.topics[:MOST_TOPICS]
        ),
    )


def read_sending(session: Session, now: datetime) -> Sending:
    """How messages of the last day went, among the newest ones.

    Mail to a requester that was refused is left out: anybody may type an address that does not
    exist, and that says nothing of us.
    """
    newest = (
        select(Delivery.state, Delivery.kind, Delivery.created_at, Delivery.settled_at)
        .order_by(Delivery.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    refused_mail = and_(
        newest.c.kind.like("ticket.%"), newest.c.state == DeliveryState.REJECTED.value
    )
    rows = session.execute(
        select(newest.c.state, func.count())
        .where(
            or_(newest.c.created_at > now - DAY, newest.c.settled_at > now - DAY),
            not_(refused_mail),
        )
        .group_by(newest.c.state)
    )
    counts: dict[str, int] = dict(rows.all())
    return Sending(
        sent=counts.get(DeliveryState.SENT, 0),
        failed=sum(counts.get(state, 0) for state in UNDECIDED),
        held_up_since=delivery_health(session, now).waiting_since,
    )
