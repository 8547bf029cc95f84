"""Reads of the outbox: the deliveries about some things, and its health."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from trustops.channels.models import Delivery
from trustops.channels.rules import UNDECIDED, DeliveryState

LOOKED_AT = 10_000
"""How many of the newest deliveries the health reads, so that it costs the same for ever."""


@dataclass(frozen=True, slots=True)
class DeliveryHealth:
    """How the newest deliveries stand. `waiting_since` is when the longest due one was due."""

    counts: Mapping[DeliveryState, int]
    waiting_since: datetime | None

    @property
    def undecided(self) -> int:
        """How many ended without being sent, and wait for nobody but a person."""
        return sum(self.counts.get(state, 0) for state in UNDECIDED)


def deliveries_of(session: Session, subjects: Collection[str]) -> Mapping[str, Sequence[Delivery]]:
    """The deliveries about each of some subjects, oldest first, in one query."""
    found: dict[str, list[Delivery]] = defaultdict(list)
    if subjects:
        rows = session.scalars(
            select(Delivery).where(Delivery.subject.in_(subjects)).order_by(Delivery.id)
        )
        for row in rows:
            found[row.subject].append(row)
    return found


def delivery_health(session: Session, now: datetime) -> DeliveryHealth:
    """How deliveries stand at an instant, in two queries, for `doctor` and the operator's page."""
    newest = select(Delivery.state).order_by(Delivery.id.desc()).limit(LOOKED_AT).subquery()
    counts = session.execute(select(newest.c.state, func.count()).group_by(newest.c.state))
    oldest = session.scalar(
        select(Delivery.next_try_at)
        .where(text("delivery.state = 'queued'"), Delivery.next_try_at <= now)
        .order_by(Delivery.next_try_at)
        .limit(1)
    )
    return DeliveryHealth({DeliveryState(state): count for state, count in counts}, oldest)
