"""What every change of a ticket leaves behind: a version, a moment, and an event."""

from __future__ import annotations

from sqlalchemy.orm import Session

from trustops.db import record, subject_of
from trustops.tickets.act import Act
from trustops.tickets.models import Ticket


def changed(
    session: Session, act: Act, ticket: Ticket, kind: str, *, data: dict[str, object]
) -> None:
    """Raise the version, set the time of change, and append the event that tells of it."""
    ticket.version += 1
    ticket.updated_at = act.now
    record(
        session,
        act.now,
        kind,
        subject=subject_of("ticket", ticket.id),
        actor=act.actor,
        data={**data, "version": ticket.version},
    )
