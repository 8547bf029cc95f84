"""Takes the Snapshot: reads support and deliveries, judges components, adds what it is handed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from trustops.channels.models import Delivery
from trustops.channels.queries import LOOKED_AT
from trustops.channels.rules import UNDECIDED, DeliveryState
from trustops.reports.queries import WEEK, sla_report, support_week
from trustops.status.inputs import Inputs
from trustops.status.rules import Figures, Sending, components
from trustops.status.snapshot import Snapshot, Support

MOST_TOPICS = 5
DAY = timedelta(days=1)
MAIL = "ticket."
"""What the kinds of deliveries about a ticket begin with."""

HEARTBEAT = "heartbeat"
"""The kind of the deliveries of a heartbeat."""


def take_snapshot(session: Session, now: datetime, inputs: Inputs) -> Snapshot:
    """Everything that is told in public, as of an aware instant.

    The number of queries is fixed, and none reads more than a week, a day's deliveries, or what
    is open now.
    """
    support = read_support(session, now, inputs)
    mail, heartbeats = read_sending(session, now)
    figures = Figures(
        as_of=now,
        support=support,
        chains=inputs.chains,
        addresses=inputs.addresses,
        mail=mail,
        heartbeats=heartbeats,
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
        late_since=report.overdue_rows[0].due_at if report.overdue_rows else None,
        promise_hours=inputs.promise_hours,
        topics=tuple(
            (inputs.topics.get(topic, topic), count) for topic, count in week.topics[:MOST_TOPICS]
        ),
    )


def read_sending(session: Session, now: datetime) -> tuple[Sending, Sending]:
    """How mail about tickets and how heartbeats went in the last day, among the newest ones.

    Alerts are left out: they reach our own people, who see on the desk what became of them. So is
    mail to a requester that was refused: anybody may type an address that does not exist, and that
    says nothing of us.
    """
    newest = (
        select(Delivery.state, Delivery.kind, Delivery.created_at, Delivery.settled_at)
        .order_by(Delivery.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    rows = session.execute(
        select(newest.c.kind, newest.c.state, func.count())
        .where(or_(newest.c.created_at > now - DAY, newest.c.settled_at > now - DAY))
        .group_by(newest.c.kind, newest.c.state)
    ).all()
    waiting = session.execute(
        select(Delivery.kind, Delivery.next_try_at)
        .where(text("delivery.state = 'queued'"), Delivery.next_try_at <= now)
        .order_by(Delivery.next_try_at)
        .limit(LOOKED_AT)
    ).all()

    def of(is_meant: Callable[[str], bool], failures: Collection[str]) -> Sending:
        counts = Counter[str]()
        for kind, state, count in rows:
            counts[state] += count if is_meant(kind) else 0
        return Sending(
            sent=counts[DeliveryState.SENT],
            failed=sum(counts[state] for state in failures),
            held_up_since=next((at for kind, at in waiting if is_meant(kind)), None),
        )

    mail = of(lambda kind: kind.startswith(MAIL), set(UNDECIDED) - {DeliveryState.REJECTED})
    return mail, of(lambda kind: kind == HEARTBEAT, UNDECIDED)
