"""Which manifests and which keys were accepted: what is older or other is not trusted again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trustops.db import Base, BigId, one_of
from trustops.official.values import AcceptedBy


class OfficialVersion(Base):
    """One accepted manifest. Kept by key, so that a stolen key cannot lock out the next one.

    `next_keys` are the keys that it announced, as base64 lines with a space between them; they
    count until `expires_at`.
    """

    __tablename__ = "official_version"
    __table_args__ = (UniqueConstraint("key_id", "version"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    key_id: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(BigId)
    sha256: Mapped[str] = mapped_column(String(64))
    accepted_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    next_keys: Mapped[str] = mapped_column(String(255), default="", server_default="")


class OfficialKey(Base):
    """One change of the key that counts, the first use included. The newest row is the one.

    Rows are only ever added: the database refuses everything else. `previous_id` is the row
    before, 0 for the first; it is unique, so that of several processes one writes a change.
    """

    __tablename__ = "official_key"
    __table_args__ = (UniqueConstraint("previous_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    previous_id: Mapped[int] = mapped_column(BigId)
    key_id: Mapped[str] = mapped_column(String(16))
    line: Mapped[str] = mapped_column(String(80))
    accepted_by: Mapped[AcceptedBy] = mapped_column(one_of(AcceptedBy, 16))
    host: Mapped[str] = mapped_column(String(64))
    accepted_at: Mapped[datetime]
