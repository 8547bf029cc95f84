"""Which ticket is answered in the place of a duplicate: named when one is marked, never a chain."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from trustops.errors import FieldError, InvalidInputError
from trustops.tickets.models import Ticket
from trustops.tickets.rules import Status

MOST_NAMED = 50
"""Duplicates that the page of their original names."""


def name_original(
    session: Session, ticket: Ticket, status: Status | None, reference: str | None = None
) -> None:
    """Write which ticket stands for a duplicate; its own duplicates then name that one too.

    Args:
        session: a writing session.
        ticket: the ticket that is a duplicate, or becomes one.
        status: the status that it takes; None where that stays.
        reference: the original; empty where it stays.

    Raises:
        InvalidInputError: a ticket becomes a duplicate of none, or of one that cannot stand for it.
    """
    becomes = status is Status.DUPLICATE and not ticket.duplicate_of
    stays = status is None and ticket.status == Status.DUPLICATE
    named = (reference or "").strip().upper()
    if not becomes and not (named and (stays or status is Status.DUPLICATE)):
        return
    fault = _fault(session, ticket, named)
    if fault:
        raise InvalidInputError(errors=[FieldError("original", fault)])
    ticket.duplicate_of = named
    session.execute(
        update(Ticket).where(Ticket.duplicate_of == ticket.reference).values(duplicate_of=named)
    )


def _fault(session: Session, ticket: Ticket, reference: str) -> str:
    """Why a reference cannot be that of the original; empty where it can."""
    if not reference:
        return "is needed: the reference of the ticket that is answered in place of this one"
    if reference == ticket.reference:
        return "is this ticket itself; name the other one"
    found = session.execute(
        select(Ticket.status, Ticket.duplicate_of).where(Ticket.reference == reference)
    ).first()
    if found is None:
        return "is the reference of no ticket here"
    status, of = found
    if status == Status.DUPLICATE:
        return f"is a duplicate itself; name {of}" if of else "is a duplicate itself; name another"
    return ""


def duplicates_of(session: Session, reference: str) -> Sequence[str]:
    """References of the tickets for which one stands, the newest first."""
    return session.scalars(
        select(Ticket.reference)
        .where(Ticket.duplicate_of == reference)
        .order_by(Ticket.id.desc())
        .limit(MOST_NAMED)
    ).all()
