"""The append-only history: one row for every change, in the transaction of the change.

Timelines, SLA history and the audit read it. The database refuses updates and deletes by trigger
(see the first migration), so what stands here was written once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from trustops.db.core import Base
from trustops.db.types import BigId


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something: kind (`staff`, `requester`, `token`, `system`), key and shown name."""

    kind: str
    key: str = ""
    name: str = ""

    @property
    def label(self) -> str:
        """How the event row names the actor, such as `staff:7` or `system:sla_sweep`."""
        return f"{self.kind}:{self.key}" if self.key else self.kind


class Event(Base):
    """One thing that happened. `data` holds no secret, no contact and no words of a requester."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject_seq", "subject", "seq"),)

    seq: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(96))
    actor: Mapped[str] = mapped_column(String(96))
    actor_name: Mapped[str] = mapped_column(String(120), default="")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


def record(
    session: Session,
    at: datetime,
    kind: str,
    *,
    subject: str,
    actor: Actor,
    data: Mapping[str, object] | None = None,
) -> Event:
    """Append one event to the transaction of the session; `at` is an aware instant."""
    row = Event(
        at=at,
        kind=kind,
        subject=subject,
        actor=actor.label,
        actor_name=actor.name,
        data=dict(data or {}),
    )
    session.add(row)
    return row


def subject_of(kind: str, key: str | int) -> str:
    """The subject under which events of a thing are found, such as `ticket:41`."""
    return f"{kind}:{key}"
