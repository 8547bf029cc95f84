"""What happened on a ticket, from the history. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from trustops.db import Event, subject_of
from trustops.tickets.conversation import Part

TIMELINE = 1000
"""Events beside one part of a conversation: each message has a few."""
NEWS = 200
"""What happened since that one notice tells."""


def events_beside(session: Session, ticket_id: int, part: Part) -> Sequence[Event]:
    """What happened while the messages of a part were written, and before it where it is first."""
    statement = _newest_events(ticket_id).limit(TIMELINE)
    if part.before:
        statement = statement.where(Event.at >= part.messages[0].created_at)
    if part.after:
        statement = statement.where(Event.at <= part.messages[-1].created_at)
    return session.scalars(statement).all()[::-1]


def newest_event(session: Session, ticket_id: int) -> int:
    """The sequence number of a ticket's newest event, for pages that watch for news."""
    return session.scalar(_newest_events(ticket_id).with_only_columns(Event.seq).limit(1)) or 0


def news_since(session: Session, ticket_id: int, seq: int) -> Sequence[Event]:
    """Events of a ticket after a sequence number, oldest first."""
    return session.scalars(
        select(Event)
        .where(Event.subject == subject_of("ticket", ticket_id), Event.seq > seq)
        .order_by(Event.seq)
        .limit(NEWS)
    ).all()


def _newest_events(ticket_id: int) -> Select[Event]:
    return (
        select(Event)
        .where(Event.subject == subject_of("ticket", ticket_id))
        .order_by(Event.seq.desc())
    )
