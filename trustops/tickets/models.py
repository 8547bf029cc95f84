"""Tables of the tickets room."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trustops.accounts.models import Staff
from trustops.addresses import LONGEST
from trustops.db import Base, BigId, Spelled, one_of
from trustops.sla.rules import CancelReason, ClockState
from trustops.tickets.rules import Author, Priority, Purpose, Quarantine, Status, Visibility

QUEUED = "queue_at IS NOT NULL AND quarantined_at IS NULL"
"""Tickets that wait for staff: the condition of the queue's partial indexes."""


WRITTEN_LENGTH = 300
"""Characters that a wallet or a transaction may take as somebody writes it, such as a link."""


class Ticket(Base):
    """One case of one requester. `status` and `priority` are values of `tickets.rules`.

    `queue_at` is the moment by which staff should have answered: the due time of an unanswered
    clock, else the requester's last words plus the same target; None when nobody waits on staff.
    `due_at` is the due time of the unanswered first-response clock alone. `version` rises with
    every change and is what a stale edit is refused by. `wallet` and `tx_hash` hold the one
    spelling that is searched by; what was typed stands beside it where it was another.
    `duplicate_of` is the reference of the ticket that is answered in place of a duplicate.
    `pieces_out_at` is when pieces of a secret were last taken out of its words, `pieces_since`
    since when the first of them had stood there.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        Index(
            "ix_ticket_queue",
            "queue_at",
            "id",
            sqlite_where=text(QUEUED),
            postgresql_where=text(QUEUED),
        ),
        Index(
            "ix_ticket_queue_assignee",
            "assignee_id",
            "queue_at",
            "id",
            sqlite_where=text(QUEUED),
            postgresql_where=text(QUEUED),
        ),
        Index("ix_ticket_status_changed", "status", "updated_at", "id"),
        Index("ix_ticket_created", "created_at", "id"),
        Index("ix_ticket_status_created", "status", "created_at", "id"),
        Index(
            "ix_ticket_closed",
            "closed_at",
            "id",
            sqlite_where=text("closed_at IS NOT NULL"),
            postgresql_where=text("closed_at IS NOT NULL"),
        ),
        Index(
            "ix_ticket_quarantine",
            "created_at",
            "id",
            sqlite_where=text("quarantined_at IS NOT NULL AND closed_at IS NULL"),
            postgresql_where=text("quarantined_at IS NOT NULL AND closed_at IS NULL"),
        ),
        Index("ix_ticket_client", "client_key", "created_at"),
        Index(
            "ix_ticket_client_since",
            "created_at",
            sqlite_where=text("client_key IS NOT NULL"),
            postgresql_where=text("client_key IS NOT NULL"),
        ),
        Index("ix_ticket_wallet", "wallet", "id"),
        Index("ix_ticket_tx_hash", "tx_hash", "id"),
        Index("ix_ticket_email", "email", "id"),
        Index(
            "ix_ticket_duplicate_of",
            "duplicate_of",
            "id",
            sqlite_where=text("duplicate_of IS NOT NULL"),
            postgresql_where=text("duplicate_of IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    topic: Mapped[str] = mapped_column(String(48))
    subject: Mapped[str] = mapped_column(String(200))
    status: Mapped[Status] = mapped_column(one_of(Status, 16))
    priority: Mapped[Priority] = mapped_column(one_of(Priority, 16))
    duplicate_of: Mapped[str | None] = mapped_column(String(24))
    locale: Mapped[str] = mapped_column(String(16))
    wallet: Mapped[str | None] = mapped_column(Spelled(LONGEST))
    wallet_as_written: Mapped[str | None] = mapped_column(String(WRITTEN_LENGTH))
    chain: Mapped[str | None] = mapped_column(String(48))
    tx_hash: Mapped[str | None] = mapped_column(Spelled(LONGEST, transaction=True))
    tx_as_written: Mapped[str | None] = mapped_column(String(WRITTEN_LENGTH))
    email: Mapped[str | None] = mapped_column(String(254))
    email_confirmed_at: Mapped[datetime | None]
    opened_by: Mapped[Author] = mapped_column(one_of(Author, 16))
    source: Mapped[str] = mapped_column(String(16))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    client_key: Mapped[str | None] = mapped_column(String(64))
    quarantined_at: Mapped[datetime | None]
    quarantine_reason: Mapped[Quarantine | None] = mapped_column(one_of(Quarantine, 32))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    last_words_at: Mapped[datetime]
    last_requester_at: Mapped[datetime | None]
    first_replied_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    queue_at: Mapped[datetime | None]
    pieces_since: Mapped[datetime | None]
    pieces_out_at: Mapped[datetime | None]
    message_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    assignee: Mapped[Staff | None] = relationship(lazy="raise")

    __mapper_args__ = MappingProxyType({"version_id_col": version, "version_id_generator": False})


class Message(Base):
    """Words on a ticket: public or internal, by requester, agent or the system."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_ticket", "ticket_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    author_kind: Mapped[Author] = mapped_column(one_of(Author, 16))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    author_name: Mapped[str] = mapped_column(String(120))
    visibility: Mapped[Visibility] = mapped_column(one_of(Visibility, 16))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class SlaClock(Base):
    """One clock: a metric of a ticket in a cycle, with the policy as it was when it began.

    The columns are those of `sla.rules.ClockValue`; `next_change_at` is what the sweep reads.
    """

    __tablename__ = "sla_clock"
    __table_args__ = (
        UniqueConstraint("ticket_id", "metric", "cycle"),
        Index(
            "ix_sla_clock_next_change",
            "next_change_at",
            "id",
            sqlite_where=text("next_change_at IS NOT NULL"),
            postgresql_where=text("next_change_at IS NOT NULL"),
        ),
        Index("ix_sla_clock_due", "metric", "due_at"),
        Index(
            "ix_sla_clock_met",
            "metric",
            "met_at",
            sqlite_where=text("met_at IS NOT NULL"),
            postgresql_where=text("met_at IS NOT NULL"),
        ),
        Index(
            "ix_sla_clock_overdue",
            "metric",
            "due_at",
            sqlite_where=text("met_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=text("met_at IS NULL AND cancelled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    metric: Mapped[str] = mapped_column(String(32))
    cycle: Mapped[int]
    policy: Mapped[dict[str, Any]]
    state: Mapped[ClockState] = mapped_column(one_of(ClockState, 16))
    mark: Mapped[int]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    met_at: Mapped[datetime | None]
    breached_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[CancelReason | None] = mapped_column(one_of(CancelReason, 32))
    next_change_at: Mapped[datetime | None]


class TicketLink(Base):
    """A private link to a ticket, or to the confirmation of its address. Only a hash is kept."""

    __tablename__ = "ticket_link"
    __table_args__ = (
        Index("ix_ticket_link_expires", "expires_at"),
        Index(
            "ix_ticket_link_revoked",
            "revoked_at",
            sqlite_where=text("revoked_at IS NOT NULL"),
            postgresql_where=text("revoked_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(one_of(Purpose, 16))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
