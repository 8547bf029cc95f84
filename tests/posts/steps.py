"""Steps on the way of a heartbeat: a draft, its approval, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.posts.things import (
    LEAD,
    WEEK,
    a_schedule,
    a_setup,
    before_noon,
)
from tests.status.things import a_snapshot
from trustops.channels.models import Delivery
from trustops.db import Event
from trustops.posts.filling import Source
from trustops.posts.planning import materialise
from trustops.posts.services import (
    approve,
    compose,
    queue_due,
)
from trustops.posts.values import Approval, Setup
from trustops.status.snapshot import Snapshot

BY_LEAD = a_setup(a_schedule(approval=Approval.LEAD))
SETUP = a_setup()


def drafted(session: Session, setup: Setup = BY_LEAD) -> str:
    """Plan the week and write its text a day before it is due; gives the hash of the text."""
    now = before_noon(hours=24)
    materialise(session, now, setup.schedule)
    row = compose(session, now, a_snapshot(as_of=now), setup=setup)
    assert row is not None
    return row.sha256


def approved(session: Session, setup: Setup = BY_LEAD) -> str:
    """The same, approved by a lead."""
    sha256 = drafted(session, setup)
    approve(
        session,
        before_noon(hours=20),
        week=WEEK,
        actor=LEAD,
        sha256=sha256,
        schedule=setup.schedule,
    )
    return sha256


def sent_out(
    session: Session,
    now: datetime,
    setup: Setup = BY_LEAD,
    *,
    early: str | None = None,
    snapshot: Snapshot | None = None,
) -> int:
    """Let what is approved and due go out with the figures of the moment; gives how many went."""
    source = Source(snapshot or a_snapshot(as_of=now), {})
    return queue_due(session, now, setup, source=source, early=early)


def deliveries(session: Session) -> Mapping[str, Delivery]:
    """All deliveries of heartbeats, by their keys."""
    session.flush()  # what the act left pending is read by query
    found = session.scalars(select(Delivery).where(Delivery.kind == "heartbeat"))
    return {row.dedupe_key: row for row in found}


def kinds(session: Session) -> list[str]:
    """What the history says of heartbeats, the oldest first."""
    session.flush()  # what the act left pending is read by query
    found = select(Event.kind).where(Event.kind.startswith("heartbeat.")).order_by(Event.seq)
    return list(session.scalars(found))
