"""The verbs of an alert: raise, acknowledge, resolve. Nothing here sends: deliveries are rows."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from trustops.alerts.models import Alert
from trustops.alerts.queries import openings
from trustops.alerts.rules import DELIVERY_KIND, NewAlert, body_of, message_of, reopening_key
from trustops.channels.rules import Claimed, Message, Target
from trustops.channels.services import queue
from trustops.db import Actor, insert_new, record, subject_of
from trustops.errors import NotFoundError

WATCH = Actor("system", "alerts", "Alerts")
"""Who the history names for what happened to an alert by itself."""

LONGEST_DELIVERY_KEY = 200


def raise_alert(
    session: Session,
    now: datetime,
    new: NewAlert,
    *,
    targets: Sequence[Target],
    base_url: str,
) -> Alert | None:
    """Open an alert with one delivery for each target, in the transaction that found it.

    Its dedupe key is unique in the database, so any number of processes may find the same thing
    and one of them opens the alert; the others get None.

    Args:
        session: the session of the change that the alert tells of.
        now: when it is opened, an aware instant; `new.at` is when it happened.
        new: the alert.
        targets: where it goes, by `channels.targets.alert_targets`.
        base_url: what the link in it begins with.
    """
    alert = _insert(session, now, new)
    if alert is None:
        return None
    subject = subject_of("alert", alert.id)
    record(
        session,
        now,
        "alert.open",
        subject=subject,
        actor=WATCH,
        data={"kind": alert.kind, "severity": alert.severity, "about": alert.subject},
    )
    body = body_of(alert.public_id, new, base_url)
    for target in targets:
        queue(
            session,
            now,
            dedupe_key=_delivery_key(alert, target),
            channel=target.channel,
            target=target.target,
            kind=DELIVERY_KIND,
            subject=subject,
            payload=body,
        )
    return alert


def raise_again(
    session: Session,
    now: datetime,
    new: NewAlert,
    *,
    targets: Sequence[Target],
    base_url: str,
) -> Alert | None:
    """Open an alert that may have been open and over before; None while it is open.

    Each opening has a key of its own, so its deliveries go out again. For what is so again after
    somebody took back what had ended it; the arguments are those of `raise_alert`.
    """
    before = openings(session, new.dedupe_key, subject=new.subject)
    if None in before:
        return None
    key = reopening_key(new.dedupe_key, len(before))
    return raise_alert(
        session, now, replace(new, dedupe_key=key), targets=targets, base_url=base_url
    )


def acknowledge(
    session: Session, now: datetime, *, public_id: str, staff_id: int, name: str
) -> Alert:
    """Note that a person has taken an alert on. The first one stands; later ones change nothing.

    Raises:
        NotFoundError: there is no such alert.
    """
    alert = session.scalars(
        select(Alert).where(Alert.public_id == public_id).with_for_update()
    ).first()
    if alert is None:
        raise NotFoundError("There is no such alert.")
    if alert.acknowledged_at is None:
        alert.acknowledged_at = now
        alert.acknowledged_by_id = staff_id
        alert.acknowledged_by_name = name
        record(
            session,
            now,
            "alert.acknowledge",
            subject=subject_of("alert", alert.id),
            actor=Actor("staff", str(staff_id), name),
            data={"kind": alert.kind, "about": alert.subject},
        )
    return alert


def resolve(session: Session, now: datetime, *, subject: str, dedupe_prefix: str = "") -> int:
    """Note that what the alerts about a thing told of is over; gives how many that were.

    `dedupe_prefix` keeps to those whose key begins with it. Deliveries still go out: that it
    happened remains true.
    """
    rows = session.execute(
        update(Alert)
        .where(
            Alert.subject == subject,
            Alert.resolved_at.is_(None),
            Alert.dedupe_key.startswith(dedupe_prefix, autoescape=True),
        )
        .values(resolved_at=now)
        .returning(Alert.id, Alert.kind, Alert.subject)
        .execution_options(synchronize_session="fetch")
    ).all()
    for key, kind, about in rows:
        record(
            session,
            now,
            "alert.resolve",
            subject=subject_of("alert", key),
            actor=WATCH,
            data={"kind": kind, "about": about},
        )
    return len(rows)


def compose(session: Session, claimed: Claimed) -> Message:
    """Write the message of a delivery of kind `alert`; all of it stands in the row."""
    del session
    return message_of(claimed.payload)


def _insert(session: Session, now: datetime, new: NewAlert) -> Alert | None:
    """Write the alert unless its key stands; waits for a transaction that is writing it."""
    row = {
        "public_id": secrets.token_hex(12),
        "kind": new.kind,
        "severity": new.severity,
        "dedupe_key": new.dedupe_key,
        "subject": new.subject,
        "summary": new.summary,
        "ticket": new.ticket,
        "path": new.path,
        "data": dict(new.data),
        "at": new.at,
        "opened_at": now,
    }
    return insert_new(session, Alert, row, unique=["dedupe_key"])


def _delivery_key(alert: Alert, target: Target) -> str:
    """The key of an alert's delivery to a target; a long address is replaced by its hash."""
    key = f"alert:{alert.public_id}:{target.label}"
    if len(key) <= LONGEST_DELIVERY_KEY:
        return key
    digest = hashlib.sha256(target.label.encode()).hexdigest()
    return f"alert:{alert.public_id}:{digest}"
