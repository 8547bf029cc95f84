"""The outbox: one row for each message to one target, written with the change it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from trustops.channels.rules import DeliveryState
from trustops.db import Base, BigId, one_of


class Delivery(Base):
    """One message for one target. `state` is a `channels.rules.DeliveryState`.

    `dedupe_key` is unique, so the same thing is never queued twice for the same target. The
    payload holds no secret and no words of a requester; what must not be stored (a private
    link) is made when the delivery is sent. `permalink` is where a public post stands afterwards.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index(
            "ix_delivery_due",
            "next_try_at",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index(
            "ix_delivery_sending",
            "claimed_at",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index("ix_delivery_subject", "subject"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    channel: Mapped[str] = mapped_column(String(32))
    target: Mapped[str] = mapped_column(String(254))
    kind: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(96))
    payload: Mapped[dict[str, Any]]
    state: Mapped[DeliveryState] = mapped_column(one_of(DeliveryState, 16))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    claim_token: Mapped[str | None] = mapped_column(String(32))
    claimed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    permalink: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
