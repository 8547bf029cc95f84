"""Where a ticket stands for whoever answers it: one state, one word, one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from trustops.sla.rules import FULL, Policy
from trustops.tickets.models import Ticket
from trustops.tickets.rules import ENDED, Quarantine, Status

STATUS_WORDS: dict[Status, str] = {
    Status.OPEN: "Open",
    Status.WAITING: "Waiting for requester",
    Status.SOLVED: "Solved",
    Status.CLOSED: "Closed",
    Status.SPAM: "Spam",
    Status.DUPLICATE: "Duplicate",
}

QUARANTINE_WORDS: dict[Quarantine, str] = {
    Quarantine.FLOOD: "one of many tickets from one client",
    Quarantine.HONEYPOT: "filled in a field that no person sees",
}
"""Why a ticket was set aside."""

_TWO_HOURS = timedelta(hours=2)
_THREE_DAYS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Standing:
    """A state of the design language, its word (None: the state's own), and when staff act next."""

    state: str
    word: str | None = None
    until: datetime | None = None


def standing(ticket: Ticket, now: datetime, policy: Policy) -> Standing:
    """Where a ticket stands at an aware instant.

    An unanswered clock decides, whatever the status; a follow-up question stands by the same
    promise without being a breach. The row does not carry the clock's policy, so "at risk" goes by
    the promise as it is configured now; what a clock itself announced is on the ticket's page.
    """
    status = Status(ticket.status)
    if status in ENDED:
        return Standing("met" if status is Status.SOLVED else "cancelled", STATUS_WORDS[status])
    if ticket.due_at is not None:
        if now > ticket.due_at:
            return Standing("breached", None, ticket.due_at)
        return Standing(
            "at_risk" if _is_near(ticket.due_at, now, policy) else "running", None, ticket.due_at
        )
    if ticket.queue_at is not None:
        if now > ticket.queue_at:
            return Standing("at_risk", "Follow-up, late", ticket.queue_at)
        return Standing("running", "Follow-up", ticket.queue_at)
    return Standing("paused", STATUS_WORDS[status])


def age(span: timedelta) -> str:
    """How long something lasts, in the largest unit that still tells: 24 min, 50 h, 6 days."""
    if span < _TWO_HOURS:
        return f"{max(0, span // timedelta(minutes=1))} min"
    if span < _THREE_DAYS:
        return f"{span // timedelta(hours=1)} h"
    return f"{span // timedelta(days=1)} days"


def _is_near(due_at: datetime, now: datetime, policy: Policy) -> bool:
    """Whether the first warning of the promise has come."""
    first = min(policy.marks())
    return first < FULL and now >= due_at - policy.target * (FULL - first) / FULL
