"""Opening a ticket: the first half of the path in docs/tour.md.

Ticket, first message, clock, search words, private link and events are written in one
transaction, so that a ticket that was accepted is kept and its promise runs (docs/design.md, 8).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import String, cast, func, literal, select
from sqlalchemy.orm import Session

from trustops.addresses import TRANSACTIONS, read, spelled
from trustops.alerts.rules import Kind, NewAlert, Severity
from trustops.alerts.services import raise_alert
from trustops.chain.requests import request_check
from trustops.channels.models import Delivery
from trustops.channels.services import queue
from trustops.content import Content
from trustops.db import record, subject_of
from trustops.errors import FieldError, InvalidInputError
from trustops.tickets import clocks
from trustops.tickets.act import Act
from trustops.tickets.editing import locked
from trustops.tickets.forms import NewTicket
from trustops.tickets.links import make_link
from trustops.tickets.models import Ticket
from trustops.tickets.rules import (
    CONFIRM_MAILS_PER_DAY,
    FLOOD_WINDOW,
    Author,
    Purpose,
    Quarantine,
    Status,
    first_priority,
    is_flood,
    new_reference,
)
from trustops.tickets.search import index_words
from trustops.tickets.services import REQUESTER, Writer, add_message
from trustops.tickets.wallets import as_written

CONFIRM_MAIL = "ticket.confirm_email"
"""Kind of the delivery that asks an address whether it belongs to the requester."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a ticket comes from: `form`, `api` or `desk`, and a keyed hash of the client.

    `agent` is set when a member of staff opens it for somebody: no clock runs until the
    requester speaks. `trapped` says that the form's hidden field was filled in.
    """

    source: str
    client_key: str | None = None
    agent: Writer | None = None
    trapped: bool = False
    mail_works: bool = False

    @property
    def writer(self) -> Writer:
        """Who wrote the first message."""
        return self.agent or REQUESTER


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket that was accepted, and the token of its private link, which is stored nowhere."""

    ticket: Ticket
    token: str


def open_ticket(
    session: Session, act: Act, new: NewTicket, *, content: Content, origin: Origin
) -> Opened:
    """Accept a ticket.

    Raises:
        InvalidInputError: the topic is not one that is offered.
    """
    if content.topic(new.topic) is None:
        offered = ", ".join(topic.id for topic in content.topics)
        raise InvalidInputError(errors=[FieldError("topic", f"has to be one of {offered}")])
    ticket = _new_row(session, act, new, content=content, origin=origin)
    session.add(ticket)
    session.flush()  # clock, message and events name the ticket by its key
    record(
        session,
        act.now,
        "ticket.opened",
        subject=subject_of("ticket", ticket.id),
        actor=act.actor,
        data={"topic": ticket.topic, "source": ticket.source, "version": ticket.version},
    )
    index_words(session, ticket.id, f"{ticket.reference} {ticket.subject}")
    add_message(session, act, ticket, body=new.message, writer=origin.writer)
    if origin.agent is None:
        clocks.begin(session, act, ticket)
    ticket.queue_at = ticket.due_at
    if ticket.wallet is not None and ticket.quarantined_at is None:
        # A wrong checksum shows in what was typed alone, and such a wallet is not read.
        typed = ticket.wallet_as_written or ticket.wallet
        request_check(session, act.now, chain=ticket.chain or "", address=typed)
    token = make_link(session, act.now, ticket, Purpose.VIEW)
    if origin.mail_works and ticket.quarantined_at is None:
        ask_to_confirm(session, act, ticket)
    return Opened(ticket, token)


def opened_before(session: Session, act: Act, reference: str) -> Opened:
    """What a replay of an opening gives: the same ticket with a fresh link (0016).

    Raises:
        NotFoundError: there is no such ticket.
    """
    ticket = locked(session, reference)
    return Opened(ticket, make_link(session, act.now, ticket, Purpose.VIEW))


def ask_to_confirm(session: Session, act: Act, ticket: Ticket) -> bool:
    """Queue a mail that asks the given address to confirm itself; False where that is refused.

    The mail holds no word of the requester, and one address gets no more than three a day,
    whatever it is that somebody types into the form.
    """
    if ticket.email is None or ticket.email_confirmed_at is not None:
        return False
    mails = session.scalar(
        select(func.count())
        .select_from(Ticket)
        .join(
            Delivery,
            Delivery.subject == literal(subject_of("ticket", "")) + cast(Ticket.id, String),
        )
        .where(
            Ticket.email == ticket.email,
            Delivery.kind == CONFIRM_MAIL,
            Delivery.created_at > act.now - timedelta(days=1),
        )
    )
    if (mails or 0) >= CONFIRM_MAILS_PER_DAY:
        return False
    return queue(
        session,
        act.now,
        dedupe_key=f"{CONFIRM_MAIL}:{ticket.id}:{act.now.date().isoformat()}",
        channel="email",
        target="requester",
        kind=CONFIRM_MAIL,
        subject=subject_of("ticket", ticket.id),
        payload={"ticket_id": ticket.id},
    )


def _new_row(
    session: Session, act: Act, new: NewTicket, *, content: Content, origin: Origin
) -> Ticket:
    reason = _quarantine(session, act, origin)
    wallet, tx_hash = _spellings(new)
    return Ticket(
        reference=_free_reference(session, content.reference_prefix),
        topic=new.topic,
        subject=new.subject,
        status=Status.OPEN if origin.agent is None else Status.WAITING,
        priority=first_priority(new.topic),
        locale=new.locale or "en",
        wallet=wallet,
        wallet_as_written=as_written(new.wallet, wallet),
        chain=new.chain,
        tx_hash=tx_hash,
        tx_as_written=as_written(new.tx_hash, tx_hash),
        email=new.email,
        opened_by=Author.REQUESTER if origin.agent is None else Author.AGENT,
        source=origin.source,
        client_key=origin.client_key,
        quarantined_at=act.now if reason else None,
        quarantine_reason=reason,
        created_at=act.now,
        updated_at=act.now,
        last_words_at=act.now,
        last_requester_at=act.now if origin.agent is None else None,
        assignee_id=origin.agent.staff_id if origin.agent else None,
        message_count=0,
        version=1,
    )


def _spellings(new: NewTicket) -> tuple[str | None, str | None]:
    """Wallet and transaction as they are searched by; a transaction given as a wallet is both."""
    wallet = spelled(new.wallet) if new.wallet else None
    if new.tx_hash:
        return wallet, spelled(new.tx_hash, transaction=True)
    if new.wallet and read(new.wallet).shape in TRANSACTIONS:
        return wallet, wallet
    return wallet, None


def _free_reference(session: Session, prefix: str) -> str:
    """A reference nobody has; the unique column decides should two meet all the same."""
    while True:
        reference = new_reference(prefix)
        if session.scalar(select(Ticket.id).where(Ticket.reference == reference)) is None:
            return reference


def _quarantine(session: Session, act: Act, origin: Origin) -> Quarantine | None:
    """Why a ticket is set aside, or None; the first one of a flood raises an alert."""
    if origin.agent is not None:
        return None
    if origin.trapped:
        return Quarantine.HONEYPOT
    if origin.client_key is None:
        return None
    recent = session.scalar(
        select(func.count())
        .select_from(Ticket)
        .where(
            Ticket.client_key == origin.client_key,
            Ticket.created_at > act.now - FLOOD_WINDOW,
        )
    )
    if not is_flood(recent or 0):
        return None
    raise_alert(
        session,
        act.now,
        NewAlert(
            kind=Kind.FLOOD,
            severity=Severity.WARNING,
            dedupe_key=f"tickets.flood:{origin.client_key[:16]}:{act.now:%Y-%m-%dT%H}",
            subject="tickets",
            summary="Many tickets from one client; further ones are set aside in quarantine.",
            at=act.now,
            path="/desk/queue/quarantine",
        ),
        targets=act.route.targets,
        base_url=act.route.base_url,
    )
    return Quarantine.FLOOD
