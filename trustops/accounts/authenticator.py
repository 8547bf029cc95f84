"""Who is behind a cookie or a bearer token: looked up anew on every request.

So a logout, another role, another password or a closed account counts from the next request on.
The web room asks this module through its own protocol and knows nothing of accounts.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, literal, or_, select, update

from trustops.accounts.models import ApiToken, Staff, StaffSession
from trustops.accounts.rules import (
    needs_touch,
    parse_token,
    role_permits,
    session_is_alive,
)
from trustops.db import Session, is_writing, start_writing
from trustops.errors import NotAuthenticatedError
from trustops.keys import token_hash

_REFUSAL = "This token is not valid: it is unknown, expired or revoked."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person of a session, as they stood when the request came in."""

    id: int
    name: str
    role: str

    def can(self, permission: str) -> bool:
        """Whether the role includes a permission such as `tickets.answer`."""
        return role_permits(self.role, permission)


@dataclass(frozen=True, slots=True)
class TokenBearer:
    """The program behind an API token."""

    public_id: str
    name: str
    scopes: frozenset[str]

    def has(self, scope: str) -> bool:
        """Whether the token was given a scope such as `tickets:read`."""
        return scope in self.scopes


@dataclass(frozen=True, slots=True)
class StaffAuthenticator:
    """Looks up people and tokens. `demo` tells whether demo people may be signed in here."""

    demo: bool

    def person(
        self, session: Session, now: datetime, *, cookie: str, background: bool
    ) -> SignedIn | None:
        """The person whose session a cookie names, or None where it counts no longer.

        A background request leaves the session as old as it was: an open page is no activity.
        """
        row = session.execute(
            select(
                StaffSession.id.label("session_id"),
                StaffSession.last_seen_at,
                StaffSession.expires_at,
                Staff.id,
                Staff.name,
                Staff.role,
            )
            .join(StaffSession.staff)
            .where(
                StaffSession.token_hash == token_hash(cookie),
                StaffSession.ended_at.is_(None),
                Staff.disabled_at.is_(None),
                or_(Staff.demo.is_(False), literal(self.demo)),
            )
        ).one_or_none()
        if row is None or not session_is_alive(
            now, last_seen_at=row.last_seen_at, expires_at=row.expires_at
        ):
            return None
        if not background and needs_touch(now, row.last_seen_at):
            _touch(
                session,
                update(StaffSession)
                .where(StaffSession.id == row.session_id, StaffSession.last_seen_at < now)
                .values(last_seen_at=now),
            )
        return SignedIn(row.id, row.name, row.role)

    def bearer(self, session: Session, now: datetime, *, header: str) -> TokenBearer:
        """The program that an `Authorization` header names.

        Raises:
            NotAuthenticatedError: it is no bearer token, or one that is unknown, expired or
                revoked; the three look alike.
        """
        scheme, _, text = header.strip().partition(" ")
        parts = parse_token(text.strip()) if scheme.lower() == "bearer" else None
        if parts is None:
            raise NotAuthenticatedError(_REFUSAL)
        row = session.execute(
            select(ApiToken.id, ApiToken.secret_hash, ApiToken.name, ApiToken.scopes)
            .add_columns(ApiToken.expires_at, ApiToken.revoked_at, ApiToken.last_used_at)
            .where(ApiToken.public_id == parts.public_id)
        ).one_or_none()
        if (
            row is None
            or not hmac.compare_digest(row.secret_hash, token_hash(parts.secret))
            or row.revoked_at is not None
            or row.expires_at <= now
        ):
            raise NotAuthenticatedError(_REFUSAL)
        if needs_touch(now, row.last_used_at):
            _touch(session, update(ApiToken).where(ApiToken.id == row.id).values(last_used_at=now))
        return TokenBearer(parts.public_id, row.name, frozenset(row.scopes))


def _touch(session: Session, statement: Update) -> None:
    """Write the moment of last use.

    What a reading request writes is rolled back, so this goes into a short transaction of its
    own; a writing request already holds the one write lock of SQLite, so it goes along there.
    """
    if is_writing(session):
        session.execute(statement)
        return
    with Session(session.connection().engine) as own:
        start_writing(own)
        own.execute(statement)
        own.commit()
