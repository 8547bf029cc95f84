"""Pure rules of a ticket: its states, its reference, its place in the queue, floods.

What stops or cancels the clock is decided in `sla.rules`; which act of a person has which effect
on it is decided here, by `answers_first` and `closing_reason`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from trustops.sla.rules import CancelReason

REOPEN_WINDOW = timedelta(days=30)
"""How long after closing a requester's words reopen a ticket; later ones ask for a new one."""

LINK_LIFETIME = timedelta(days=180)
"""How long a private link opens its ticket."""

CONFIRM_LIFETIME = timedelta(hours=24)
"""How long the link in a confirmation mail works."""

FLOOD_WINDOW = timedelta(minutes=10)
"""The window in which tickets of one client are counted."""

FLOOD_TICKETS = 60
"""Tickets of one client in the window from which on further ones are quarantined."""

CONFIRM_MAILS_PER_DAY = 3
"""Confirmation mails to one address in a day: more would make the form a weapon."""

REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that cannot be mistaken for one another; no vowel but A and E."""

REFERENCE_LENGTH = 7
"""30^7 references, 2e10: enough to say nothing of how many tickets there are."""


class Status(StrEnum):
    """Where a ticket stands. Only a reply ends its clock; no status pauses it."""

    OPEN = "open"
    WAITING = "waiting"
    SOLVED = "solved"
    CLOSED = "closed"
    SPAM = "spam"
    DUPLICATE = "duplicate"


ENDED = frozenset({Status.SOLVED, Status.CLOSED, Status.SPAM, Status.DUPLICATE})
"""States in which nobody works on a ticket."""

WITHDRAWN = frozenset({Status.SPAM, Status.DUPLICATE})
"""States that say that no holder waited on this ticket."""


class Priority(StrEnum):
    """How urgent staff find it; the promise is the same for all."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Author(StrEnum):
    """Who wrote a message."""

    REQUESTER = "requester"
    AGENT = "agent"
    SYSTEM = "system"


class Visibility(StrEnum):
    """Who may read a message."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Purpose(StrEnum):
    """What a link is for; one never serves the other."""

    VIEW = "view"
    CONFIRM = "confirm_email"


class Quarantine(StrEnum):
    """Why a ticket was set aside. It is kept, its clock runs, it sends no mail."""

    FLOOD = "flood"
    HONEYPOT = "honeypot"


HURRIED_TOPICS = frozenset({"scam"})
"""Ids of topics of `intake.toml` in which somebody may be losing tokens while they write."""


def first_priority(topic: str) -> Priority:
    """The priority with which a ticket begins, by the id of its topic; staff may change it."""
    return Priority.HIGH if topic in HURRIED_TOPICS else Priority.NORMAL


def new_reference(prefix: str, choose: Callable[[str], str] = secrets.choice) -> str:
    """A reference such as `MIG-7K3Q9FX`, which tells nothing of order or count."""
    return prefix + "-" + "".join(choose(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))


def answers_first(author: Author, visibility: Visibility) -> bool:
    """Whether a message ends the first-response clock: public words of a human agent, only."""
    return author is Author.AGENT and visibility is Visibility.PUBLIC


def closing_reason(status: Status, *, by_requester: bool) -> CancelReason | None:
    """Why a clock that still awaits an answer ends when a ticket takes a status."""
    match status:
        case Status.OPEN | Status.WAITING:
            return None
        case Status.SPAM:
            return CancelReason.SPAM
        case Status.DUPLICATE:
            return CancelReason.DUPLICATE
        case Status.SOLVED | Status.CLOSED:
            by_agent = CancelReason.CLOSED_BY_AGENT
            return CancelReason.CLOSED_BY_REQUESTER if by_requester else by_agent
        case _:
            assert_never(status)


def takes_back(before: Status, status: Status) -> bool:
    """Whether staff take an ending back: by opening again, or by calling spam no spam after all.

    A ticket that was withdrawn and then merely closed is one that a holder waited on.
    """
    if status in ENDED:
        return before in WITHDRAWN and status not in WITHDRAWN
    return before in ENDED


def queue_at(
    status: Status, due_at: datetime | None, last_words_at: datetime, target: timedelta
) -> datetime | None:
    """When staff should act next, or None when nobody waits on staff.

    An unanswered clock decides by its due time, whatever the status: parking a ticket does not
    take it from the queue. An open ticket without such a clock stands where the same promise,
    counted from its last words, would put it; a waiting one waits for its requester.
    """
    match status:
        case Status.SOLVED | Status.CLOSED | Status.SPAM | Status.DUPLICATE:
            return None
        case Status.WAITING:
            return due_at
        case Status.OPEN:
            return last_words_at + target if due_at is None else due_at
        case _:
            assert_never(status)


def reopens(status: Status, closed_at: datetime | None, now: datetime) -> bool:
    """Whether a requester may still write on a ticket, reopening it where it had ended."""
    if status not in ENDED or closed_at is None:
        return True
    return now - closed_at <= REOPEN_WINDOW


def status_after_requester(status: Status) -> Status:
    """The status after a requester wrote: open again, but spam stays what staff called it."""
    return status if status in WITHDRAWN else Status.OPEN


def is_flood(earlier_in_window: int) -> bool:
    """Whether one more ticket of a client is set aside, given how many came in the window."""
    return earlier_in_window >= FLOOD_TICKETS
