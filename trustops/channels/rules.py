"""What the channels room decides: states, outcomes, retries, classification. Pure.

An adapter tells what happened as an `Outcome`; `settlement` says what becomes of the row.
Reasons are sentences of our own: no address, credential or answer of the other side is in them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from types import MappingProxyType
from typing import Any


class DeliveryState(StrEnum):
    """Where a delivery stands, as its row keeps it."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REJECTED = "rejected"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


UNDECIDED = frozenset({DeliveryState.REJECTED, DeliveryState.NOT_SENT, DeliveryState.UNKNOWN})
"""Final states in which a person may decide to send once more."""

STATE_WORDS: Mapping[DeliveryState, str] = MappingProxyType(
    {
        DeliveryState.QUEUED: "Waiting to be sent",
        DeliveryState.SENDING: "Being sent",
        DeliveryState.SENT: "Sent",
        DeliveryState.REJECTED: "Refused",
        DeliveryState.NOT_SENT: "Not sent",
        DeliveryState.UNKNOWN: "Unknown: it may have arrived",
    }
)
"""How a page names each state."""

BACKOFF = (
    timedelta(seconds=15),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=8),
)
"""Waits after the first, second, ... attempt that reached nobody; together about a day."""

MOST_ATTEMPTS = len(BACKOFF) + 1
"""After this many attempts a delivery that could not be sent is left to a person."""

LONGEST_RETRY_AFTER = timedelta(hours=1)
"""How much of a receiver's `Retry-After` is honoured."""

SEND_DEADLINE = timedelta(seconds=30)
"""No send takes longer, whatever the other side does; the outcome is unknown after it."""

CLAIM_TTL = timedelta(minutes=5)
"""A row claimed longer ago than this was lost with its process. Far above the deadline."""

TARGET_STRAIN = 2
"""A target with this much strain in a run is left alone until the next run."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: the channel, and the target's name within it (never a credential)."""

    channel: str
    target: str

    @property
    def label(self) -> str:
        """How the target is named in keys and on pages."""
        return self.channel if self.target == self.channel else f"{self.channel}:{self.target}"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery in the hands of this process. `token` proves it when the row is settled."""

    id: int
    token: str
    dedupe_key: str
    channel: str
    target: str
    kind: str
    subject: str
    payload: Mapping[str, Any]
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out. `id` lets receivers tell a repeat; `fields` are the body of a webhook.

    `recipient` is an address that may not be stored in the row; empty means the row's target.
    """

    id: str
    subject: str
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an adapter knows after a send. Made by the four class methods below."""

    state: DeliveryState
    reason: str = ""
    remote_id: str = ""
    retry_after: timedelta | None = None
    timed_out: bool = False
    permalink: str = ""

    @classmethod
    def sent(cls, remote_id: str = "", *, permalink: str = "") -> Outcome:
        """The other side accepted it; `permalink` is where it stands, on networks that tell."""
        return cls(DeliveryState.SENT, remote_id=remote_id, permalink=permalink)

    @classmethod
    def rejected(cls, reason: str) -> Outcome:
        """The other side refused it, and would refuse it again."""
        return cls(DeliveryState.REJECTED, reason)

    @classmethod
    def not_sent(
        cls, reason: str, *, retry_after: timedelta | None = None, timed_out: bool = False
    ) -> Outcome:
        """The other side certainly did not accept it: it may be sent again by itself."""
        return cls(DeliveryState.NOT_SENT, reason, retry_after=retry_after, timed_out=timed_out)

    @classmethod
    def unknown(cls, reason: str, *, timed_out: bool = False) -> Outcome:
        """The other side may have accepted it: only a person may send it again."""
        return cls(DeliveryState.UNKNOWN, reason, timed_out=timed_out)

    @property
    def strain(self) -> int:
        """How much this speaks for leaving the target alone; being asked to wait is enough."""
        if self.retry_after is not None:
            return TARGET_STRAIN
        return int(self.timed_out)


@dataclass(frozen=True, slots=True)
class PostLimits:
    """What a network takes: characters in a post, and how many of them a link counts."""

    characters: int = 500
    link: int = 23


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a row: its state, when it is tried next, and what a page says about it."""

    state: DeliveryState
    next_try_at: datetime
    note: str | None

    @property
    def final(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state is not DeliveryState.QUEUED


def settlement(outcome: Outcome, *, attempts: int, now: datetime) -> Settlement:
    """Decide what an outcome means for a row after so many attempts, at an aware instant.

    Only what certainly was not accepted is queued again, later each time, until the attempts
    are used up. Everything else is final.
    """
    note = outcome.reason or None
    if outcome.state is not DeliveryState.NOT_SENT or attempts >= MOST_ATTEMPTS:
        return Settlement(outcome.state, now, note)
    wait = BACKOFF[max(attempts, 1) - 1]
    if outcome.retry_after is not None:
        wait = max(wait, min(outcome.retry_after, LONGEST_RETRY_AFTER))
    return Settlement(DeliveryState.QUEUED, now + wait, note)


RETRIED_ANSWERS = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers by which a receiver itself says that it did not take the message (RFC 9110, 6585)."""


def outcome_of_answer(status: int, *, retry_after: timedelta | None = None) -> Outcome:
    """What an HTTP status means for a message that was written completely."""
    reason = f"The receiver answered {status}."
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome.sent()
    if status in RETRIED_ANSWERS:
        return Outcome.not_sent(reason, retry_after=retry_after)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome.rejected(reason)
    return Outcome.unknown(reason)


ACCEPTED_REPLIES = range(200, 300)
PUT_OFF_REPLIES = range(400, 500)
REFUSED_REPLIES = range(500, 600)
"""Classes of SMTP replies: done, not now, never (RFC 5321, 4.2.1)."""


def outcome_of_reply(code: int, step: str) -> Outcome:
    """What an SMTP reply that did not accept means, at a step such as `DATA`."""
    reason = f"The mail server answered {code} to {step}."
    if code in REFUSED_REPLIES:
        return Outcome.rejected(reason)
    if code in PUT_OFF_REPLIES:
        return Outcome.not_sent(reason)
    return Outcome.unknown(reason)


def split_urls(text: str) -> tuple[str, ...]:
    """The Apprise URLs in a setting: parted by new lines, spaces or commas, without repeats.

    Such a URL may hold commas and spaces itself, so these part two URLs only where the next
    thing begins like one (`name://`).
    """
    parts = re.split(r"[\s,]+(?=[A-Za-z][A-Za-z0-9+.-]*://)", text.strip())
    return tuple(dict.fromkeys(part.strip(" \t\r\n,") for part in parts if part.strip(" \t\r\n,")))


def apprise_target(url: str, key: str) -> str:
    """The name of an Apprise URL in rows and on pages: its kind of service and a keyed hash.

    It stays the same when the setting is put in another order, and tells nothing of the URL.
    """
    mac = hmac.new(key.encode(), url.encode(), hashlib.sha256).hexdigest()
    return f"{url.partition(':')[0].lower()}-{mac[:8]}"
