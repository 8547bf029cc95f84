"""A desk with so many tickets: one in five open, the rest ended, each with a message."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from tests.factories import a_person, a_ticket
from trustops.tickets.models import Message, SlaClock, Ticket
from trustops.tickets.search import index_words

CHUNK = 5000
OPEN_EVERY = 5
RARE_EVERY = 500


def fill(session: Session, now: datetime, size: int) -> str:
    """Fill an empty desk; gives the reference of one ticket in the middle of it."""
    staff = a_person(session)
    base = a_ticket(session, now)
    session.flush()
    ticket_row = _row(Ticket, base)
    clock_row = _row(SlaClock, session.query(SlaClock).one())
    for start in range(0, size, CHUNK):
        numbers = range(start, min(start + CHUNK, size))
        session.execute(insert(Ticket), [_ticket(ticket_row, n, now, staff.id) for n in numbers])
        keys = session.execute(
            text("SELECT id FROM ticket ORDER BY id DESC LIMIT :n"), {"n": len(numbers)}
        ).scalars()
        for number, key in zip(reversed(numbers), keys, strict=True):
            rare = " rareword" if number % RARE_EVERY == 0 else ""
            index_words(session, key, f"question {number} wallet{rare}")
        first = session.execute(text("SELECT max(id) FROM ticket")).scalar_one() - len(numbers) + 1
        session.execute(
            insert(SlaClock), [_clock(clock_row, first + i, n, now) for i, n in enumerate(numbers)]
        )
        session.execute(insert(Message), [_message(first + i, now) for i in range(len(numbers))])
    session.commit()
    session.execute(text("ANALYZE"))
    session.commit()
    return f"MIG-{size // 2:07}"


def _row(model: type[Ticket | SlaClock], made: Ticket | SlaClock) -> dict[str, object]:
    names = [column.key for column in model.__table__.columns if column.key != "id"]
    return {name: getattr(made, name) for name in names}


def _ticket(row: dict[str, object], number: int, now: datetime, staff: int) -> dict[str, object]:
    waiting = number % OPEN_EVERY == 0
    moment = now + timedelta(seconds=number % 100_000)
    return row | {
        "reference": f"MIG-{number:07}",
        "status": "open" if waiting else "closed",
        "closed_at": None if waiting else now,
        "queue_at": moment if waiting else None,
        "due_at": moment if waiting else None,
        "assignee_id": staff if number % 3 else None,
    }


def _clock(row: dict[str, object], key: int, number: int, now: datetime) -> dict[str, object]:
    waiting = number % OPEN_EVERY == 0
    due = now + timedelta(hours=40, seconds=number % 100_000)
    return row | {
        "ticket_id": key,
        "state": "running" if waiting else "met",
        "met_at": None if waiting else now,
        "due_at": due,
        "next_change_at": due if waiting else None,
    }


def _message(key: int, now: datetime) -> dict[str, object]:
    return {
        "ticket_id": key,
        "author_kind": "requester",
        "author_name": "",
        "visibility": "public",
        "body": "I moved everything to a new wallet and the portal shows zero. " * 4,
        "created_at": now,
    }
