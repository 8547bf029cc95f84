"""A heartbeat's way into the outbox: one delivery for each target, and the message of each.

The text is frozen in the row of the delivery, so every attempt sends the same, and the same
thing never goes to the same target twice.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from trustops.channels.networks import BY_CHANNEL, Network
from trustops.channels.rules import Claimed, Message, Target
from trustops.channels.services import queue
from trustops.posts.models import Heartbeat
from trustops.posts.queries import subject_of_week
from trustops.posts.values import Setup

DELIVERY_KIND = "heartbeat"
"""The kind of every delivery that carries a heartbeat; `compose_message` writes its message."""

LONGEST_KEY = 200


def hand_over(session: Session, now: datetime, row: Heartbeat, setup: Setup) -> int:
    """Queue a heartbeat for every target in the transaction that sends it; gives how many."""
    queued = 0
    for target in setup.targets:
        network = BY_CHANNEL[target.channel]
        if network.name in row.texts:
            queued += queue(
                session,
                now,
                dedupe_key=delivery_key(row, target),
                channel=target.channel,
                target=target.target,
                kind=DELIVERY_KIND,
                subject=subject_of_week(row.iso_week),
                payload=_payload(row, network, setup),
            )
    return queued


def delivery_key(row: Heartbeat, target: Target) -> str:
    """The key of a heartbeat's delivery to a target; a long address is replaced by its hash."""
    key = f"heartbeat:{row.schedule}:{row.iso_week}:{target.label}"
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(target.label.encode()).hexdigest()
    return f"heartbeat:{row.schedule}:{row.iso_week}:{digest}"


def compose_message(session: Session, claimed: Claimed) -> Message:
    """Write the message of a delivery of kind `heartbeat`; all of it stands in the row.

    Its id is the same on every attempt, and of this instance alone.
    """
    del session
    body = dict(claimed.payload)
    raw = f"{body['url']}|{claimed.dedupe_key}"
    body["id"] = hashlib.sha256(raw.encode()).hexdigest()[:32]
    return Message(id=body["id"], subject=body["subject"], text=body["text"], fields=body)


def _payload(row: Heartbeat, network: Network, setup: Setup) -> dict[str, Any]:
    """What goes out: the body of the webhook, and all that the other channels know."""
    text = str(row.texts[network.name])
    return {
        "kind": DELIVERY_KIND,
        "week": row.iso_week,
        "due_at": _iso(row.due_at),
        "at": _iso(row.sent_at or row.due_at),
        "as_of": _iso(row.as_of or row.due_at),
        "late": row.late,
        "url": setup.url_of(row.iso_week),
        "subject": text.partition("\n")[0].lstrip("# "),
        "text": text,
        "figures": row.figures,
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
