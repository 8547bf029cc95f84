"""What was said on a ticket, part by part: a long conversation loses nothing. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from trustops.tickets.models import Message
from trustops.tickets.rules import Author, Visibility

PART = 200
"""Messages of one part: a page that loads at once, and long enough for almost every ticket."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some messages of a ticket, oldest first, and how many stand before and after them.

    `until` is the place at which the part before it ends; places count the messages of this
    ticket alone, so that they tell nothing of others, and hold while new ones come.
    """

    messages: Sequence[Message]
    before: int
    after: int

    @property
    def until(self) -> int | None:
        """Where the earlier part ends; None where this is the first one."""
        return self.before or None


def part_of(
    session: Session, ticket_id: int, *, public_only: bool, until: int | None = None
) -> Part:
    """The newest messages of a ticket, or those that end at a place in it.

    Args:
        session: only read from.
        ticket_id: the key of the ticket.
        public_only: without internal notes, as a requester may read it.
        until: the place at which the part ends; None, or a larger one than there is, for the end.
    """
    belongs = _belongs(ticket_id, public_only=public_only)
    if until is not None and until < 1:
        until = None  # no part ends there: somebody typed it
    if until is None:
        newest = session.scalars(
            select(Message).where(*belongs).order_by(Message.id.desc()).limit(PART + 1)
        ).all()[::-1]
        if len(newest) <= PART:  # as for almost every ticket: nothing has to be counted
            return Part(newest, before=0, after=0)
    total = session.scalar(select(func.count(Message.id)).where(*belongs)) or 0
    end = total if until is None else min(until, total)
    begin = max(0, end - PART)
    messages = session.scalars(
        select(Message).where(*belongs).order_by(Message.id).offset(begin).limit(end - begin)
    ).all()
    return Part(messages, before=begin, after=total - end)


def newest_message(session: Session, ticket_id: int, author: Author) -> Message | None:
    """What an agent or the requester said last on a ticket; None where they have said nothing."""
    return session.scalars(
        select(Message)
        .where(
            *_belongs(ticket_id, public_only=True),
            Message.author_kind == author,
        )
        .order_by(Message.id.desc())
        .limit(1)
    ).first()


def messages_after(
    session: Session, ticket_id: int, *, after: int, limit: int
) -> tuple[Sequence[Message], int | None]:
    """Messages of a ticket for programs, oldest first, with the key after which more follow."""
    rows = session.scalars(
        select(Message)
        .where(Message.ticket_id == ticket_id, Message.id > after)
        .order_by(Message.id)
        .limit(limit + 1)
    ).all()
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None


def _belongs(ticket_id: int, *, public_only: bool) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Message.ticket_id == ticket_id]
    if public_only:
        conditions.append(Message.visibility == Visibility.PUBLIC)
    return conditions
