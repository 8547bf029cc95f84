"""Tokens of programs: made by an operator, shown once, always with an end."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select

from trustops.accounts.models import ApiToken
from trustops.accounts.rules import (
    ALPHABET,
    LONGEST_NAME,
    LONGEST_TOKEN_LIFETIME,
    PUBLIC_ID_LENGTH,
    SCOPES,
    SECRET_LENGTH,
    assemble_token,
    normalise_name,
)
from trustops.db import Actor, Session, record, subject_of
from trustops.errors import FieldError, InvalidInputError, NotFoundError
from trustops.keys import token_hash


def add_token(
    session: Session,
    now: datetime,
    *,
    name: str,
    scopes: Collection[str],
    lifetime: timedelta,
    actor: Actor,
) -> tuple[ApiToken, str]:
    """Make an API token with a name, scopes and an end, at most 366 days away.

    Returns:
        The row, and the token itself: the only time that it can be seen.

    Raises:
        InvalidInputError: the name, a scope or the lifetime cannot be used; each says why.
    """
    called = normalise_name(name)
    faults = _faults(scopes, lifetime)
    if called is None:
        faults.append(FieldError("name", f"Write a name of 1 to {LONGEST_NAME} characters."))
    if called is None or faults:
        raise InvalidInputError("This token cannot be made.", errors=faults)
    secret = _random(SECRET_LENGTH)
    row = ApiToken(
        public_id=_random(PUBLIC_ID_LENGTH),
        secret_hash=token_hash(secret),
        name=called,
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=now + lifetime,
    )
    session.add(row)
    _note(session, now, "token.added", row, actor=actor)
    return row, assemble_token(row.public_id, secret)


def revoke_token(session: Session, now: datetime, *, public_id: str, actor: Actor) -> ApiToken:
    """End a token at once, found by its public id. A second call changes nothing.

    Raises:
        NotFoundError: there is no such token.
    """
    row = session.scalar(select(ApiToken).where(ApiToken.public_id == public_id).with_for_update())
    if row is None:
        raise NotFoundError("There is no token with this id.")
    if row.revoked_at is None:
        row.revoked_at = now
        _note(session, now, "token.revoked", row, actor=actor)
    return row


def _faults(scopes: Collection[str], lifetime: timedelta) -> list[FieldError]:
    known = ", ".join(sorted(SCOPES))
    faults = [
        FieldError("scope", f"{scope} is not a scope. Choose from {known}.")
        for scope in sorted(set(scopes) - SCOPES)
    ]
    if not scopes:
        faults.append(FieldError("scope", f"Give at least one scope: {known}."))
    if not timedelta(0) < lifetime <= LONGEST_TOKEN_LIFETIME:
        days = LONGEST_TOKEN_LIFETIME.days
        faults.append(FieldError("days", f"Choose a lifetime of 1 to {days} days."))
    return faults


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _note(session: Session, now: datetime, kind: str, row: ApiToken, *, actor: Actor) -> None:
    record(
        session,
        now,
        kind,
        subject=subject_of("token", row.public_id),
        actor=actor,
        data={"name": row.name, "scopes": row.scopes},
    )
