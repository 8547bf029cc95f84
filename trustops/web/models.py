"""Tables of the HTTP plumbing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trustops.db import Base, BigId


class IdempotentRequest(Base):
    """A write that a client may repeat: the key it sent, and what to answer to a replay.

    `client` and `body_hash` are keyed hashes; `result` names what was made, never a link.
    """

    __tablename__ = "idempotent_request"
    __table_args__ = (UniqueConstraint("client", "key_hash"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    client: Mapped[str] = mapped_column(String(64))
    key_hash: Mapped[str] = mapped_column(String(64))
    body_hash: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(index=True)
