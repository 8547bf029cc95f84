"""The alert table. Its unique dedupe key is what makes an alert open once and no more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from trustops.alerts.rules import Kind, Severity
from trustops.db import Base, BigId, one_of


class Alert(Base):
    """One thing that needs a person. `kind` such as `sla.breached`; `severity` by `rules`."""

    __tablename__ = "alert"
    __table_args__ = (
        Index("ix_alert_opened", "opened_at", "id"),
        Index(
            "ix_alert_waiting",
            "opened_at",
            "id",
            sqlite_where=text("acknowledged_at IS NULL AND resolved_at IS NULL"),
            postgresql_where=text("acknowledged_at IS NULL AND resolved_at IS NULL"),
        ),
        Index("ix_alert_subject", "subject"),
        Index("ix_alert_ticket", "ticket", "opened_at", "id"),
        Index(
            "ix_alert_unresolved",
            "subject",
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[Kind] = mapped_column(one_of(Kind, 64))
    severity: Mapped[Severity] = mapped_column(one_of(Severity, 16))
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    subject: Mapped[str] = mapped_column(String(96))
    summary: Mapped[str] = mapped_column(String(300))
    ticket: Mapped[str | None] = mapped_column(String(24))
    path: Mapped[str] = mapped_column(String(200), default="/desk/alerts")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
    opened_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    acknowledged_by_name: Mapped[str | None] = mapped_column(String(120))
    resolved_at: Mapped[datetime | None]

    @property
    def waits(self) -> bool:
        """Whether it waits for somebody: neither acknowledged nor over."""
        return self.acknowledged_at is None and self.resolved_at is None
