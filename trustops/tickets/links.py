"""Private links: 256 random bits, stored as a hash, with a purpose and an end."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from trustops.errors import NotFoundError
from trustops.keys import new_token, token_hash
from trustops.tickets.models import Ticket, TicketLink
from trustops.tickets.rules import CONFIRM_LIFETIME, LINK_LIFETIME, Purpose


class DeadLinkError(NotFoundError):
    """A link that opens nothing: unknown, ended or used; its own page says what to do then."""

    def __init__(self, purpose: Purpose) -> None:
        super().__init__("This link is not valid, or no longer valid.")
        self.purpose = purpose


_LIFETIME: dict[Purpose, timedelta] = {
    Purpose.VIEW: LINK_LIFETIME,
    Purpose.CONFIRM: CONFIRM_LIFETIME,
}


def make_link(session: Session, now: datetime, ticket: Ticket, purpose: Purpose) -> str:
    """Make a link for a ticket and give its token, which is stored nowhere."""
    token = new_token()
    session.add(
        TicketLink(
            token_hash=token_hash(token),
            ticket_id=ticket.id,
            purpose=purpose,
            created_at=now,
            expires_at=now + _LIFETIME[purpose],
        )
    )
    return token


def open_link(session: Session, now: datetime, token: str, purpose: Purpose) -> TicketLink:
    """The link behind a token.

    Raises:
        DeadLinkError: unknown, expired, revoked or made for another purpose; all look alike.
    """
    link = session.scalars(
        select(TicketLink).where(
            TicketLink.token_hash == token_hash(token),
            TicketLink.purpose == purpose,
            TicketLink.expires_at > now,
            TicketLink.revoked_at.is_(None),
        )
    ).first()
    if link is None:
        raise DeadLinkError(purpose)
    return link


def revoke_links(session: Session, now: datetime, ticket: Ticket) -> None:
    """End every private link of a ticket at once."""
    session.execute(
        update(TicketLink)
        .where(TicketLink.ticket_id == ticket.id, TicketLink.revoked_at.is_(None))
        .values(revoked_at=now)
    )
