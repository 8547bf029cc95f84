"""Tables of the accounts room. No secret is stored: only hashes, and Argon2id for passwords."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trustops.db import Base, BigId, JsonValue


class Staff(Base):
    """A person who works at the desk. `email` is stored in lower case.

    `device_generation` rises when browsers that signed in before are to be strangers again.
    """

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    device_generation: Mapped[int] = mapped_column(default=0, server_default="0")


class SignInRun(Base):
    """Failed sign-ins of one hour: on an account, or the accounts on which they began.

    `subject` is `staff:7`, `staff:unknown:3f` or `sign_in` for the whole desk. The row is written
    over: `began_at` is the start of the hour, `last_at` the last failure. `alerted` stands until
    an hour passes without one.
    """

    __tablename__ = "sign_in_run"

    subject: Mapped[str] = mapped_column(String(96), primary_key=True)
    failures: Mapped[int]
    began_at: Mapped[datetime]
    last_at: Mapped[datetime]
    alerted: Mapped[bool]


class StaffSession(Base):
    """One signed-in browser. Ended the moment `ended_at` is set; every request looks it up."""

    __tablename__ = "staff_session"
    __table_args__ = (
        Index(
            "ix_staff_session_open",
            "staff_id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_staff_session_expires", "expires_at"),
        Index(
            "ix_staff_session_ended",
            "ended_at",
            sqlite_where=text("ended_at IS NOT NULL"),
            postgresql_where=text("ended_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None] = mapped_column(String(32))

    staff: Mapped[Staff] = relationship(lazy="joined", innerjoin=True)


class StaffInvite(Base):
    """A one-time link to set a password: an invitation or a reset."""

    __tablename__ = "staff_invite"
    __table_args__ = (
        Index("ix_staff_invite_expires", "expires_at"),
        Index(
            "ix_staff_invite_used",
            "used_at",
            sqlite_where=text("used_at IS NOT NULL"),
            postgresql_where=text("used_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    staff: Mapped[Staff] = relationship(lazy="joined", innerjoin=True)


class ApiToken(Base):
    """A bearer token of a program: `tod_<public_id>_<secret>`; only a SHA-256 of it is kept."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(120))
    scopes: Mapped[list[str]] = mapped_column(JsonValue)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
