"""The verbs of the outbox: queue, claim, settle, find what was lost, send again, hold.

None of them sends, and none commits: `deliver` joins them with the network in between.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Update, and_, not_, select, text, update
from sqlalchemy.orm import Session

from trustops.channels.models import Delivery
from trustops.channels.rules import (
    CLAIM_TTL,
    UNDECIDED,
    Claimed,
    DeliveryState,
    Outcome,
    Target,
    settlement,
)
from trustops.db import Actor, insert_new, record, subject_of
from trustops.errors import ConflictError, NotFoundError

SENDER = Actor("system", "deliveries", "Deliveries")
"""Who the history names for what became of a delivery."""

LOST = "The process that was sending this ended before it knew the outcome."

_IS_QUEUED = text("delivery.state = 'queued'")
_IS_SENDING = text("delivery.state = 'sending'")
# Literals, not parameters: SQLite uses a partial index only where it can see its condition.


class NewDelivery(TypedDict):
    """What a delivery begins with. `subject` is the thing it tells of, such as `alert:7`."""

    dedupe_key: str
    channel: str
    target: str
    kind: str
    subject: str
    payload: Mapping[str, Any]


def queue(session: Session, now: datetime, **new: Unpack[NewDelivery]) -> bool:
    """Write a delivery into the transaction of the change it tells of; due at once.

    Gives False when one with this key stood already: the same thing is never queued twice for
    the same target.
    """
    row = {
        **new,
        "payload": dict(new["payload"]),
        "state": DeliveryState.QUEUED,
        "attempts": 0,
        "next_try_at": now,
        "created_at": now,
    }
    return insert_new(session, Delivery, row, unique=["dedupe_key"]) is not None


def claim(session: Session, now: datetime, *, skip: Collection[Target] = ()) -> Claimed | None:
    """Take the delivery that has been due longest; None when nothing is due.

    One conditional update, so that a row is taken by one process whatever else runs. The caller
    commits before it sends. Targets in `skip` are passed over.
    """
    due = (
        select(Delivery.id)
        .where(
            _IS_QUEUED,
            Delivery.next_try_at <= now,
            *[
                not_(and_(Delivery.channel == item.channel, Delivery.target == item.target))
                for item in skip
            ],
        )
        .order_by(Delivery.next_try_at, Delivery.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.execute(
        update(Delivery)
        .where(Delivery.id == due.scalar_subquery(), _IS_QUEUED)
        .values(
            state=DeliveryState.SENDING,
            attempts=Delivery.attempts + 1,
            claim_token=secrets.token_hex(16),
            claimed_at=now,
            settled_at=None,
        )
        .returning(
            Delivery.id,
            Delivery.claim_token,
            Delivery.dedupe_key,
            Delivery.channel,
            Delivery.target,
            Delivery.kind,
            Delivery.subject,
            Delivery.payload,
            Delivery.attempts,
            Delivery.created_at,
        )
        .execution_options(synchronize_session=False)
    ).first()
    return None if row is None else Claimed(*row)


def settle(session: Session, now: datetime, claimed: Claimed, outcome: Outcome) -> bool:
    """Write what became of a claimed delivery; False when it is no longer in our hands.

    A row that was given up as lost meanwhile takes the outcome all the same, because knowing is
    better than not knowing. A row that a person has sent again, or that was restored from a
    backup, has no claim and is left alone.
    """
    decided = settlement(outcome, attempts=claimed.attempts, now=now)
    written = session.execute(
        update(Delivery)
        .where(
            Delivery.id == claimed.id,
            Delivery.claim_token == claimed.token,
            Delivery.state.in_([DeliveryState.SENDING, DeliveryState.UNKNOWN]),
        )
        .values(
            state=decided.state,
            next_try_at=decided.next_try_at,
            claim_token=None,
            claimed_at=None,
            settled_at=now if decided.final else None,
            last_error=decided.note,
            permalink=outcome.permalink or None,
        )
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    ).first()
    if written is None:
        return False
    _record(
        session,
        now,
        f"delivery.{outcome.state}",
        claimed.id,
        data={
            "about": claimed.subject,
            "channel": claimed.channel,
            "attempt": claimed.attempts,
            **({"reason": outcome.reason} if outcome.reason else {}),
            **({"remote_id": outcome.remote_id} if outcome.remote_id else {}),
            **({} if decided.final else {"next_try_at": decided.next_try_at.isoformat()}),
        },
    )
    return True


def find_lost(session: Session, now: datetime) -> int:
    """Mark deliveries as unknown whose process ended between claim and outcome; gives how many.

    They are never sent again by themselves, because the network may have accepted them.
    """
    rows = session.execute(
        _to_unknown(now, LOST)
        .where(_IS_SENDING, Delivery.claimed_at < now - CLAIM_TTL)
        .returning(Delivery.id, Delivery.subject, Delivery.channel, Delivery.attempts)
    ).all()
    for key, about, channel, attempts in rows:
        data = {"about": about, "channel": channel, "attempt": attempts, "reason": LOST}
        _record(session, now, f"delivery.{DeliveryState.UNKNOWN}", key, data=data)
    return len(rows)


def send_again(session: Session, now: datetime, *, delivery_id: int, actor: Actor) -> None:
    """Queue a delivery again because a person decided so, with all its attempts ahead of it.

    One that is already on its way is left as it is, so that two clicks send once.

    Raises:
        NotFoundError: there is no such delivery.
        ConflictError: it was sent.
    """
    row = session.scalars(
        select(Delivery).where(Delivery.id == delivery_id).with_for_update()
    ).first()
    if row is None:
        raise NotFoundError("There is no such delivery.")
    if row.state == DeliveryState.SENT:
        raise ConflictError("This was sent. Sending it again would reach people twice.")
    if row.state not in UNDECIDED:
        return
    _record(
        session,
        now,
        "delivery.send_again",
        row.id,
        data={"about": row.subject, "channel": row.channel, "from": row.state},
        actor=actor,
    )
    row.state = DeliveryState.QUEUED
    row.attempts = 0
    row.next_try_at = now
    row.claim_token = None
    row.claimed_at = None
    row.settled_at = None


def hold_all(session: Session, now: datetime, *, note: str = "Restored from a backup.") -> int:
    """Mark everything that waits or is being sent as unknown; gives how many.

    For a restore: after the backup was made these may have been sent, so a person decides.
    """
    rows = session.execute(
        _to_unknown(now, note)
        .where(Delivery.state.in_([DeliveryState.QUEUED, DeliveryState.SENDING]))
        .values(claim_token=None, claimed_at=None)
        .returning(Delivery.id)
    ).all()
    if rows:
        record(
            session,
            now,
            "delivery.held",
            subject="deliveries",
            actor=SENDER,
            data={"count": len(rows), "reason": note},
        )
    return len(rows)


def _to_unknown(now: datetime, note: str) -> Update:
    return (
        update(Delivery)
        .values(state=DeliveryState.UNKNOWN, settled_at=now, last_error=note)
        .execution_options(synchronize_session=False)
    )


def _record(
    session: Session,
    now: datetime,
    kind: str,
    delivery_id: int,
    *,
    data: Mapping[str, object],
    actor: Actor = SENDER,
) -> None:
    record(session, now, kind, subject=subject_of("delivery", delivery_id), actor=actor, data=data)
