"""Which versions of the manifest were accepted: the mark below which none is trusted again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trustops.db import Base, BigId


class OfficialVersion(Base):
    """One accepted manifest. Kept by key, so that a stolen key cannot lock out the next one."""

    __tablename__ = "official_version"
    __table_args__ = (UniqueConstraint("key_id", "version"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    key_id: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(BigId)
    sha256: Mapped[str] = mapped_column(String(64))
    accepted_at: Mapped[datetime]
