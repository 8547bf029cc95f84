"""Mail to requesters: only to prove or use an address, with texts of our own.

No word of a requester is in any of them, and nothing but the confirmation goes to an address
that has not been confirmed (docs/design.md, 7). A private link is made in the moment in which
a mail is sent, so that it stands in no row. Texts speak the requester's language in a later
release; today they are English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from sqlalchemy import update
from sqlalchemy.orm import Session

from trustops.channels.deliver import Composer
from trustops.channels.rules import Claimed, Message
from trustops.channels.services import queue
from trustops.clock import Clock
from trustops.content.operator import EXAMPLE
from trustops.db import record, subject_of
from trustops.errors import NotFoundError
from trustops.settings import Settings
from trustops.tickets.act import Act
from trustops.tickets.editing import locked
from trustops.tickets.forms import one_address
from trustops.tickets.links import DeadLinkError, make_link, open_link, revoke_links
from trustops.tickets.models import Ticket, TicketLink
from trustops.tickets.opening import CONFIRM_MAIL
from trustops.tickets.rules import Purpose

NEW_LINK_MAIL = "ticket.new_link"
ANSWER_MAIL = "ticket.answered"

Written = tuple[str, str]
"""Subject and text."""

Writing = Callable[[Session, Ticket], Written | None]

SAFETY = (
    "Nobody of us writes to you first, asks for your recovery phrase or a key, or asks you to "
    "send tokens. If a message does, it is not from us."
)


def confirm_address(session: Session, act: Act, token: str) -> None:
    """Confirm the address of a ticket by the link that was mailed to it; it works once.

    Raises:
        DeadLinkError: the link is unknown, expired or used.
    """
    link = open_link(session, act.now, token, Purpose.CONFIRM)
    used = session.scalar(
        update(TicketLink)
        .where(TicketLink.id == link.id, TicketLink.used_at.is_(None))
        .values(used_at=act.now)
        .returning(TicketLink.id)
        .execution_options(synchronize_session=False)
    )
    if used is None:
        raise DeadLinkError(Purpose.CONFIRM)
    ticket = session.get_one(Ticket, link.ticket_id, with_for_update=True)
    ticket.email_confirmed_at = ticket.email_confirmed_at or act.now
    _note(session, act, ticket, "ticket.email_confirmed")


def ask_for_new_link(session: Session, act: Act, *, reference: str, email: str) -> None:
    """Queue a mail with a new private link where the pair belongs together; else do nothing.

    In one hour of the clock there is one; asked for again, nothing is sent and nothing noted.
    """
    try:
        ticket = locked(session, reference.upper())
    except NotFoundError:
        return
    if ticket.email_confirmed_at is None or ticket.email != one_address(email):
        return
    is_new = queue(
        session,
        act.now,
        dedupe_key=f"{NEW_LINK_MAIL}:{ticket.id}:{act.now:%Y-%m-%dT%H}",
        channel="email",
        target="requester",
        kind=NEW_LINK_MAIL,
        subject=subject_of("ticket", ticket.id),
        payload={"ticket_id": ticket.id},
    )
    if is_new:
        _note(session, act, ticket, "ticket.link_sent")


def announce_answer(session: Session, act: Act, ticket: Ticket) -> None:
    """Queue a mail that says that an answer is there, where the address is confirmed."""
    if ticket.email_confirmed_at is None:
        return
    queue(
        session,
        act.now,
        dedupe_key=f"{ANSWER_MAIL}:{ticket.id}:{ticket.version}",
        channel="email",
        target="requester",
        kind=ANSWER_MAIL,
        subject=subject_of("ticket", ticket.id),
        payload={"ticket_id": ticket.id},
    )


class RequesterMail:
    """Writes each kind of mail to a requester, inside the transaction of its claim."""

    def __init__(self, settings: Settings, clock: Clock, desk_name: str, *, is_named: bool) -> None:
        """Take where the pages are, the time, and the name under which the desk signs.

        `is_named` is whether somebody answers for the site; every mail says so where nobody does.
        """
        self.base_url = settings.base_url
        self.clock = clock
        self.signature = desk_name if is_named else f"{desk_name}\n{EXAMPLE}"

    def composers(self) -> Mapping[str, Composer]:
        """The composer of each kind of delivery."""
        return {
            CONFIRM_MAIL: partial(self._compose, self._confirmation),
            NEW_LINK_MAIL: partial(self._compose, self._new_link),
            ANSWER_MAIL: partial(self._compose, self._answer),
        }

    def _compose(self, write: Writing, session: Session, claimed: Claimed) -> Message | None:
        ticket = session.get(Ticket, int(claimed.payload["ticket_id"]))
        written = write(session, ticket) if ticket and ticket.email else None
        if ticket is None or ticket.email is None or written is None:
            return None
        subject, text = written
        return Message(
            id=claimed.dedupe_key,
            subject=f"{subject} ({ticket.reference})",
            text=f"{text}\n\n{SAFETY}\n\n{self.signature}\n",
            recipient=ticket.email,
        )

    def _confirmation(self, session: Session, ticket: Ticket) -> Written | None:
        if ticket.email_confirmed_at is not None:
            return None
        token = make_link(session, self.clock.now(), ticket, Purpose.CONFIRM)
        text = (
            "Somebody gave this address when opening a ticket with us. If it was you, open this "
            f"page within 24 hours and press the button:\n\n{self.base_url}/support/confirm/"
            f"{token}\n\nIf it was not you, do nothing; we use the address for nothing else."
        )
        return "Please confirm your e-mail address", text

    def _new_link(self, session: Session, ticket: Ticket) -> Written | None:
        if ticket.email_confirmed_at is None:
            return None
        revoke_links(session, self.clock.now(), ticket)
        return "Your new private link", self._link(session, ticket) + "\n\nEarlier links ended."

    def _answer(self, session: Session, ticket: Ticket) -> Written | None:
        if ticket.email_confirmed_at is None:
            return None
        return "There is an answer on your ticket", self._link(session, ticket)

    def _link(self, session: Session, ticket: Ticket) -> str:
        token = make_link(session, self.clock.now(), ticket, Purpose.VIEW)
        return (
            "You can read and answer your ticket here. Whoever has this link can read it too, so "
            f"keep it to yourself.\n\n{self.base_url}/support/t/{token}"
        )


def _note(session: Session, act: Act, ticket: Ticket, kind: str) -> None:
    ticket.version += 1
    record(
        session,
        act.now,
        kind,
        subject=subject_of("ticket", ticket.id),
        actor=act.actor,
        data={"version": ticket.version},
    )
