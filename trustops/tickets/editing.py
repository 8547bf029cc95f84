"""Two people on one ticket: it is locked while it changes, and a stale edit is refused."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trustops.db import Event, subject_of
from trustops.errors import ConflictError, NotFoundError
from trustops.tickets.models import Ticket

CHANGES = 200
"""Newest events of a ticket in which is looked for what somebody else changed."""


def locked(session: Session, reference: str) -> Ticket:
    """The ticket with a reference, locked until the transaction ends.

    Raises:
        NotFoundError: there is none.
    """
    ticket = session.scalars(
        select(Ticket).where(Ticket.reference == reference).with_for_update()
    ).first()
    if ticket is None:
        raise NotFoundError("There is no ticket with this reference.")
    return ticket


def expect_version(session: Session, ticket: Ticket, version: int | None) -> None:
    """Refuse a change that rests on an older state of the ticket than the one it has now.

    Raises:
        ConflictError: somebody changed it since; `changes` lists the newest of it, oldest first.
    """
    if version is None or version == ticket.version:
        return
    rows = session.scalars(
        select(Event)
        .where(Event.subject == subject_of("ticket", ticket.id))
        .order_by(Event.seq.desc())
        .limit(CHANGES)
    ).all()
    changes = [
        {"kind": row.kind, "at": row.at.isoformat(), "by": row.actor_name or row.actor, **row.data}
        for row in reversed(rows)
        if int(row.data.get("version", 0)) > version
    ]
    raise ConflictError(
        "Somebody changed this ticket while you were working on it. Nothing of yours was lost.",
        changes=changes,
    )
