"""The lines of the desk's lists: what the queue and the search say about each ticket."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trustops.desk.standing import QUARANTINE_WORDS, Standing, age, standing
from trustops.sla.rules import Policy
from trustops.tickets.models import Ticket
from trustops.tickets.ours import note_of
from trustops.tickets.queries import QueueRow
from trustops.tickets.rules import Priority, Status
from trustops.tickets.wallets import IN_A_LINE, Surroundings

PRIORITY_TONES: dict[Priority, str] = {
    Priority.LOW: "plain",
    Priority.HIGH: "warning",
    Priority.URGENT: "danger",
}
"""The tone of each priority's badge; the normal one has none."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Who reads a list, when, and by which words: the same for every line of it.

    `around` is what wallets are judged by.
    """

    reader_id: int
    now: datetime
    policy: Policy
    topics: Mapping[str, str]
    around: Surroundings

    def of(self, rows: Iterable[QueueRow]) -> list[Line]:
        """The lines of some rows, in their order."""
        return [self._line(row) for row in rows]

    def _line(self, row: QueueRow) -> Line:
        ticket = row.ticket
        return Line(
            reference=ticket.reference,
            subject=ticket.subject,
            locale=ticket.locale,
            version=ticket.version,
            standing=standing(ticket, self.now, self.policy),
            meta=self._meta(ticket),
            badges=_badges(ticket),
            owner=row.assignee,
            own=ticket.assignee_id == self.reader_id,
            unread=_requester_spoke_last(ticket),
        )

    def _meta(self, ticket: Ticket) -> tuple[str, ...]:
        count = ticket.message_count
        phrases = [
            self.topics.get(ticket.topic, ticket.topic),
            "1 message" if count == 1 else f"{count} messages",
            f"{age(self.now - ticket.created_at)} old",
        ]
        if ticket.closed_at is not None:
            phrases.append(f"ended {age(self.now - ticket.closed_at)} ago")
        elif ticket.status == Status.WAITING and ticket.due_at is not None:
            phrases.append("set to waiting, and not answered")
        if ticket.quarantined_at is not None and ticket.quarantine_reason is not None:
            phrases.append(f"set aside: {QUARANTINE_WORDS[ticket.quarantine_reason]}")
        note = note_of(ticket, self.around)
        if note is not None:
            phrases.append(IN_A_LINE[note])
        return tuple(phrases)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list. `unread`: the requester has the last word on an open ticket."""

    reference: str
    subject: str
    locale: str
    version: int
    standing: Standing
    meta: tuple[str, ...]
    badges: tuple[tuple[str, str], ...]
    owner: str | None
    own: bool
    unread: bool


def fingerprint(lines: Sequence[Line], *more: object) -> str:
    """A short text that changes when a list looks different, so that a page redraws only then.

    Countdowns move by themselves and are left out; ages, states and versions are in.
    """
    seen = hashlib.sha256(repr((lines, more)).encode())
    return seen.hexdigest()[:16]


def _badges(ticket: Ticket) -> tuple[tuple[str, str], ...]:
    priority = Priority(ticket.priority)
    tone = PRIORITY_TONES.get(priority)
    return ((priority.value, tone),) if tone else ()


def _requester_spoke_last(ticket: Ticket) -> bool:
    return (
        ticket.status == Status.OPEN
        and ticket.last_requester_at is not None
        and ticket.last_requester_at >= ticket.last_words_at
    )
