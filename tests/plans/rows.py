"""Rows of the tickets room: three years of tickets, their messages, clocks, links and history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from tests.conftest import NOON
from tests.factories import CONTENT
from trustops.sla.rules import FIRST_RESPONSE
from trustops.tickets.clocks import policy_to_json
from trustops.tickets.search import words_of

Row = Mapping[str, object]

PEOPLE = 8
OPEN_EVERY = 5
OVERDUE_EVERY = 500
WAITING_EVERY = 50
QUARANTINED_EVERY = 20
SPAM_EVERY = 100
TICKET_MINUTES = 16
"""Between two tickets; so 100,000 of them came in three years."""

LONG_TICKET_ROWS = 1_500
"""Messages, and events, of the one ticket about which most was written."""

RARE_EVERY = 500
POLICY = json.dumps(policy_to_json(CONTENT.policy(FIRST_RESPONSE)))
CLIENTS_KEPT = timedelta(days=30)


def at(seconds: float) -> str:
    """A moment so many seconds after noon, as both databases read it."""
    moment = (NOON + timedelta(seconds=seconds)).replace(tzinfo=None)
    return moment.isoformat(sep=" ", timespec="microseconds")


def reference(number: int) -> str:
    """The reference of a ticket."""
    return f"MIG-{number:07}"


def wallet(number: int) -> str:
    """A wallet; each pays in about twice."""
    return f"0x{number:040x}"


def long_ticket(size: int) -> int:
    """The key of the ticket about which most was written."""
    return size // 2 + 1


def is_open(number: int) -> bool:
    """Whether staff have to act on a ticket."""
    return number % OPEN_EVERY == 0


def created(number: int, size: int) -> float:
    """When a ticket came, in seconds from noon."""
    return -60.0 * TICKET_MINUTES * (size - number) - 600


def due(number: int, size: int) -> float:
    """When a ticket is due, in seconds from noon; the open ones come due within two days."""
    if not is_open(number):
        return created(number, size) + 48 * 3600
    if number % OVERDUE_EVERY == 0:
        return -60.0 * (1 + number % 3000)
    return 60.0 * (30 + number % 2800)


def tables(size: int) -> Iterator[tuple[str, Iterable[Row]]]:
    """The tables of the room with their rows; parents before children."""
    yield "staff", map(_person, range(1, PEOPLE + 1))
    numbers = range(1, size + 1)
    yield "ticket", (_ticket(number, size) for number in numbers)
    yield "message", _messages(size)
    yield "sla_clock", (_clock(number, size) for number in numbers)
    yield "ticket_link", (_link(number, size) for number in numbers)
    yield "event", _events(size)


def search_words(size: int) -> Iterator[tuple[int, list[str]]]:
    """The words under which each ticket is found."""
    for number in range(1, size + 1):
        rare = " rareword" if number % RARE_EVERY == 0 else ""
        yield number, words_of(f"{reference(number)} question {number} wallet{rare}")


def _person(number: int) -> Row:
    return {
        "id": number,
        "email": f"person{number}@example.org",
        "name": f"Person {number}",
        "role": "admin" if number == 1 else "agent",
        "demo": 0,
        "created_at": at(-9e7),
    }


def _status(number: int) -> str:
    if is_open(number):
        return "open"
    if number % WAITING_EVERY == 1:
        return "waiting"
    return "spam" if number % SPAM_EVERY == 3 else "closed"


def _ticket(number: int, size: int) -> Row:
    status, came = _status(number), created(number, size)
    queued = at(due(number, size)) if status == "open" else None
    ended = at(came + 86400) if status not in {"open", "waiting"} else None
    aside = number % QUARANTINED_EVERY == 7
    recent = came > -CLIENTS_KEPT.total_seconds()
    return {
        "id": number,
        "reference": reference(number),
        "topic": f"topic-{number % 10}",
        "subject": f"Question {number}",
        "status": status,
        "priority": "normal",
        "locale": "en",
        "wallet": wallet(number % 60_000) if number % 3 else None,
        "chain": "plans" if number % 3 else None,
        "tx_hash": f"0x{number:064x}" if number % 3 == 1 else None,
        "email": f"holder{number % 40_000}@example.org" if number % 2 else None,
        "opened_by": "requester",
        "source": "form",
        "assignee_id": 1 + number % PEOPLE if number % 3 else None,
        "client_key": f"{number % 900:064}" if recent or number % 1000 == 9 else None,
        "quarantined_at": at(came) if aside else None,
        "quarantine_reason": "flood" if aside else None,
        "created_at": at(came),
        "updated_at": ended or at(came),
        "last_words_at": at(came),
        "closed_at": ended,
        "due_at": queued,
        "queue_at": queued,
        "message_count": 1,
        "version": 1,
    }


def _messages(size: int) -> Iterator[Row]:
    keys = [*range(1, size + 1), *[long_ticket(size)] * LONG_TICKET_ROWS]
    for number, key in enumerate(keys, 1):
        yield {
            "id": number,
            "ticket_id": key,
            "author_kind": "requester",
            "author_name": "",
            "visibility": "public" if number % 3 else "internal",
            "body": "I moved everything to a new wallet and the portal shows zero.",
            "created_at": at(created(min(number, size), size)),
        }


def _clock(number: int, size: int) -> Row:
    ends = at(due(number, size))
    waits = is_open(number)
    late = number % OVERDUE_EVERY == 0 if waits else number % 17 == 0
    state = "running" if waits else "met"
    cancelled = not waits and number % SPAM_EVERY == 3
    return {
        "id": number,
        "ticket_id": number,
        "metric": FIRST_RESPONSE,
        "cycle": 1,
        "policy": POLICY,
        "state": "cancelled" if cancelled else "breached" if late else state,
        "mark": 0,
        "started_at": at(created(number, size)),
        "due_at": ends,
        "met_at": None if waits or cancelled else at(created(number, size) + 7200),
        "breached_at": ends if late else None,
        "cancelled_at": ends if cancelled else None,
        "cancel_reason": "spam" if cancelled else None,
        "next_change_at": at(due(number, size) - 60 * (number % 2)) if waits and not late else None,
    }


def _link(number: int, size: int) -> Row:
    """Links of the last seven months: what expired longer ago was tidied, but for today's."""
    made = -3.0 * 60 * (size - number)
    old = number % 400 == 1
    return {
        "id": number,
        "token_hash": f"{number:064x}",
        "ticket_id": number,
        "purpose": "view",
        "created_at": at(made),
        "expires_at": at(-86400 * 31 if old else made + 86400 * 180),
        "revoked_at": at(-86400 * 31) if number % 400 == 2 else None,
    }


def _events(size: int) -> Iterator[Row]:
    keys = [*range(1, size + 1), *[long_ticket(size)] * LONG_TICKET_ROWS]
    for number, key in enumerate(keys, 1):
        yield {
            "seq": number,
            "at": at(created(min(number, size), size)),
            "kind": "ticket.opened",
            "subject": f"ticket:{key}",
            "actor": "requester",
            "actor_name": "",
            "data": json.dumps({"version": number}),
        }
