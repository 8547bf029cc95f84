"""Secrets told in pieces on a ticket: refuse what completes one, and take the pieces out.

A piece alone is harmless, so it was stored. Once a later text completes it, what is stored is
enough to guess the rest, so it is taken out wherever it stands (docs/decisions/0040).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trustops.addresses import ADDRESSES, TRANSACTIONS, read
from trustops.alerts.rules import Kind, NewAlert, Severity
from trustops.alerts.services import raise_alert
from trustops.db import Actor, subject_of
from trustops.guard import Finding, refusal, scan_messages, take_out
from trustops.tickets.act import Act
from trustops.tickets.changes import changed
from trustops.tickets.held import HeldAnswer
from trustops.tickets.models import Message, Ticket
from trustops.tickets.rules import Author
from trustops.tickets.search import forget_replaced_words, reindex_words

EARLIER_WORDS = 20
"""How many earlier messages are read together with a new one; what lies before is out of reach."""

MOST_MESSAGES = 200
"""Newest messages of a ticket in which quotes of the pieces are looked for."""

GUARD = Actor("system", "guard", "The guard")
"""Who the history names for what was taken out."""

MINUTE = "%b %Y, %H:%M UTC"


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text that was refused on a ticket, and by whom it was written."""

    reference: str
    words: str
    author: Author


def refuse_completion(session: Session, ticket: Ticket, body: str, author: Author) -> None:
    """Refuse words that complete what earlier ones began; ask the requester where in doubt.

    Staff are not asked: what they quote of a holder's words is public more often than not.

    Raises:
        SecretFoundError: together with earlier words this spells a recovery phrase or a key.
        SecretDoubtedError: it may be one.
    """
    statement = select(Message.body).where(Message.ticket_id == ticket.id)
    if author is Author.REQUESTER:
        statement = statement.where(Message.author_kind == author)
    newest = session.scalars(statement.order_by(Message.id.desc()).limit(EARLIER_WORDS)).all()
    findings: Sequence[Finding] = scan_messages([*_fields(ticket).values(), *newest[::-1]], body)
    if author is not Author.REQUESTER:
        findings = [finding for finding in findings if finding.is_certain]
    if findings:
        raise refusal([replace(finding, field="message") for finding in findings])


def take_pieces_out(session: Session, act: Act, ticket: Ticket, pieces: Pieces) -> bool:
    """Take out what the refused words complete, mark the ticket, and tell ops once.

    Gives whether anything was taken out. Only what is certain is; what was asked about stays.
    """
    messages = session.scalars(
        select(Message)
        .where(Message.ticket_id == ticket.id)
        .order_by(Message.id.desc())
        .limit(MOST_MESSAGES)
    ).all()[::-1]
    held = session.scalars(
        select(HeldAnswer).where(HeldAnswer.ticket_id == ticket.id, HeldAnswer.body != "")
    ).all()
    near = [each for each in messages if _counts(each, pieces.author)][-EARLIER_WORDS:]
    rest: list[Message | HeldAnswer] = [each for each in messages if each not in near]
    rest += held
    fields = _fields(ticket)
    cleaned = take_out(
        [*fields.values(), *(each.body for each in near)],
        pieces.words,
        [each.body for each in rest],
    )
    texts = dict(zip(fields, cleaned.earlier, strict=False))
    moments = _take_fields_out(session, ticket, texts)
    bodies = (*cleaned.earlier[len(fields) :], *cleaned.others)
    for row, body in zip((*near, *rest), bodies, strict=True):
        if body != row.body:
            if isinstance(row, Message):
                reindex_words(session, ticket.id, row.body, body)
            row.body = body
            moments.append(row.created_at)
    if moments:
        forget_replaced_words(session)
        _mark(session, act, ticket, since=min(moments), texts=len(moments))
    return bool(moments)


def _counts(message: Message, author: Author) -> bool:
    return author is not Author.REQUESTER or message.author_kind == author


def _fields(ticket: Ticket) -> Mapping[str, str]:
    """What the opening form holds beside the message, where words can stand in it."""
    wallet = ticket.wallet_as_written or ticket.wallet or ""
    tx_hash = ticket.tx_as_written or ticket.tx_hash or ""
    fields = {
        "subject": ticket.subject,
        "wallet": "" if read(wallet).shape in ADDRESSES | TRANSACTIONS else wallet,
        "tx_hash": ""
        if read(tx_hash, transaction=True).shape in ADDRESSES | TRANSACTIONS
        else tx_hash,
    }
    return {name: text for name, text in fields.items() if text}


def _take_fields_out(session: Session, ticket: Ticket, after: Mapping[str, str]) -> list[datetime]:
    """Write the fields anew; what stood in the field of a wallet or a transaction goes whole."""
    before = _fields(ticket)
    changes = {name for name, text in before.items() if after[name] != text}
    if "subject" in changes:
        reindex_words(
            session,
            ticket.id,
            f"{ticket.reference} {before['subject']}",
            f"{ticket.reference} {after['subject']}",
        )
        ticket.subject = after["subject"]
    if "wallet" in changes:
        ticket.wallet = ticket.wallet_as_written = None
    if "tx_hash" in changes:
        ticket.tx_hash = ticket.tx_as_written = None
    return [ticket.created_at for _ in changes]


def _mark(session: Session, act: Act, ticket: Ticket, *, since: datetime, texts: int) -> None:
    """Mark the ticket and tell of it: when and how much, and never a word of it."""
    ticket.pieces_since = min(since, ticket.pieces_since or since)
    ticket.pieces_out_at = act.now
    by_guard = replace(act, actor=GUARD)
    data: dict[str, object] = {"since": since.isoformat(), "texts": texts}
    changed(session, by_guard, ticket, "ticket.pieces_out", data=data)
    utc = (moment.astimezone(UTC) for moment in (since, act.now))
    began, ended = (f"{moment.day} {moment:{MINUTE}}" for moment in utc)
    alert = NewAlert(
        kind=Kind.PIECES_OUT,
        severity=Severity.HIGH,
        dedupe_key=f"{Kind.PIECES_OUT}:{ticket.id}",
        subject=subject_of("ticket", ticket.id),
        summary=(
            f"A secret told in pieces was taken out of {ticket.reference}. Backups made from "
            f"{began} to {ended} may hold the pieces. Its page tells if it happens again."
        ),
        at=act.now,
        ticket=ticket.reference,
        path=f"/desk/tickets/{ticket.reference}",
        data={"since": since.isoformat(), "until": act.now.isoformat()},
    )
    raise_alert(session, act.now, alert, targets=act.route.targets, base_url=act.route.base_url)
