"""Which ticket is answered in the place of a duplicate: named when one is marked, never a chain."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trustops.errors import ConflictError, FieldError, InvalidInputError
from trustops.tickets.act import Act
from trustops.tickets.changes import changed
from trustops.tickets.models import Ticket
from trustops.tickets.rules import Status

MOST_NAMED = 50
"""Duplicates that the page of their original names."""

MOVED = "ticket.original"
"""The event of a duplicate that another ticket stands for from now on."""

_NO_DUPLICATE = "is for duplicates alone; choose that status, or leave this empty"
_CHANGING = "Somebody is changing one of these tickets at this moment. Try again."


def name_original(
    session: Session,
    act: Act,
    ticket: Ticket,
    *,
    status: Status | None,
    reference: str | None = None,
) -> None:
    """Write which ticket stands for a duplicate; its own duplicates then name that one too.

    Args:
        session: a writing session.
        act: who does it, and when.
        ticket: the ticket that is a duplicate, or becomes one.
        status: the status that it takes; None where that stays.
        reference: the original; empty where it stays.

    Raises:
        InvalidInputError: a ticket becomes a duplicate of none, or of one that cannot stand for it,
            or an original is named for a ticket that is no duplicate.
        ConflictError: one of them is being changed at this moment.
    """
    becomes = status is Status.DUPLICATE and ticket.status != Status.DUPLICATE
    named = (reference or "").strip().upper()
    is_one = ticket.status == Status.DUPLICATE
    leaves = is_one and status not in {None, Status.DUPLICATE}
    if leaves or (not becomes and not named):
        return
    fault = _fault(session, ticket, named) if becomes or is_one else _NO_DUPLICATE
    if fault:
        raise InvalidInputError(errors=[FieldError("original", fault)])
    if not becomes and ticket.duplicate_of != named:
        changed(session, act, ticket, MOVED, data={"from": ticket.duplicate_of, "to": named})
    ticket.duplicate_of = named
    for duplicate in _taken_along(session, ticket):
        duplicate.duplicate_of = named
        changed(session, act, duplicate, MOVED, data={"from": ticket.reference, "to": named})


def _fault(session: Session, ticket: Ticket, reference: str) -> str:
    """Why a reference cannot be that of the original; empty where it can."""
    if not reference:
        return "is needed: the reference of the ticket that is answered in place of this one"
    if reference == ticket.reference:
        return "is this ticket itself; name the other one"
    if session.scalar(select(Ticket.id).where(Ticket.reference == reference)) is None:
        return "is the reference of no ticket here"
    # Both at once and without waiting: two that name each other would wait for ever.
    locked = session.execute(
        select(Ticket.reference, Ticket.status, Ticket.duplicate_of)
        .where(Ticket.reference.in_([ticket.reference, reference]))
        .with_for_update(skip_locked=True)
    ).all()
    if len(locked) < len({ticket.reference, reference}):
        raise ConflictError(_CHANGING)
    _, status, of = next(row for row in locked if row.reference == reference)
    if status == Status.DUPLICATE:
        return f"is a duplicate itself; name {of}" if of else "is a duplicate itself; name another"
    return ""


def _taken_along(session: Session, ticket: Ticket) -> Sequence[Ticket]:
    """The duplicates of a ticket that becomes one itself, held until all is written."""
    mine = Ticket.duplicate_of == ticket.reference
    duplicates = session.scalars(
        select(Ticket).where(mine).order_by(Ticket.id).with_for_update(skip_locked=True)
    ).all()
    if len(duplicates) < (session.scalar(select(func.count()).where(mine)) or 0):
        raise ConflictError(_CHANGING)
    return duplicates


def duplicates_of(session: Session, reference: str) -> Sequence[str]:
    """References of the tickets for which one stands, the newest first."""
    return session.scalars(
        select(Ticket.reference)
        .where(Ticket.duplicate_of == reference)
        .order_by(Ticket.id.desc())
        .limit(MOST_NAMED)
    ).all()
