"""The table of heartbeats: one row for each schedule and ISO week, so that none goes out twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trustops.db import Base, BigId, one_of
from trustops.posts.values import State


class Heartbeat(Base):
    """The heartbeat of one week. `state` is a `posts.values.State`.

    `texts` holds the text for each network, and `archive`; `sha256` is of all of them.
    `approved_sha256` is of those that were read by whoever approved, and `cover` is what the
    approval covers (`posts.cover`): within it the texts are filled anew until they go out. Without
    a cover, of an earlier version, exactly the approved text goes out. `figures` is what was told,
    as of `as_of`. `waits_for` says why nobody approved it yet, or why an approved one would not go
    out now; `departed` why the approval of a person ended; `held` keeps it from the rule until a
    person has looked.
    """

    __tablename__ = "heartbeat"
    __table_args__ = (
        UniqueConstraint("schedule", "iso_week"),
        Index("ix_heartbeat_due", "due_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    schedule: Mapped[str] = mapped_column(String(48))
    iso_week: Mapped[str] = mapped_column(String(8))
    due_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(one_of(State, 16))
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    as_of: Mapped[datetime | None]
    composed_at: Mapped[datetime | None]
    waits_for: Mapped[str] = mapped_column(Text, default="")
    held: Mapped[bool] = mapped_column(default=False)
    cover: Mapped[dict[str, Any]] = mapped_column(default=dict)
    departed: Mapped[str] = mapped_column(Text, default="")
    approved_sha256: Mapped[str] = mapped_column(String(64), default="")
    approved_by: Mapped[str] = mapped_column(String(120), default="")
    approved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    late: Mapped[bool] = mapped_column(default=False)
    missed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
