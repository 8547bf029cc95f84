"""What a database knew of who and what it lets in, read before a restore replaces it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from trustops.accounts.models import ApiToken, Staff, StaffInvite
from trustops.db import Session
from trustops.official.models import OfficialKey, OfficialVersion
from trustops.posts.models import Heartbeat
from trustops.tickets.models import Ticket, TicketLink


@dataclass(frozen=True, slots=True)
class Person:
    """What let somebody in: role, password as a hash, whether they were locked out.

    `devices` is the generation of browsers that are no strangers.
    """

    role: str
    password_hash: str | None
    disabled: bool
    devices: int


@dataclass(frozen=True, slots=True)
class AcceptedList:
    """A signed list that was accepted: a row of `official_version` without its place."""

    key_id: str
    version: int
    sha256: str
    accepted_at: datetime
    expires_at: datetime | None
    next_keys: str


@dataclass(frozen=True, slots=True)
class ChangeOfKey:
    """A change of the key that counts: a row of `official_key` without its place."""

    key_id: str
    line: str
    accepted_by: str
    host: str
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What a database knew of what lets people and programs in, and of what went out.

    Tokens by their public id and private links by their hash: True while they worked. Links to
    set a password by their hash: until when they work, None for a used one. People by address.
    `keys` in the order in which they were accepted.
    """

    tokens: Mapping[str, bool] = field(default_factory=dict)
    token_names: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    invites: Mapping[str, datetime | None] = field(default_factory=dict)
    links: Mapping[str, bool] = field(default_factory=dict)
    lists: tuple[AcceptedList, ...] = ()
    keys: tuple[ChangeOfKey, ...] = ()
    sent: frozenset[str] = frozenset()
    tickets: frozenset[str] = frozenset()


def known_to(engine: Engine) -> Known | None:
    """What the database of an engine knows; None where it is empty or cannot be read."""
    try:
        with Session(engine) as session:
            return _known(session)
    except SQLAlchemyError:
        return None


def _known(session: Session) -> Known | None:
    tokens = session.execute(
        select(ApiToken.public_id, ApiToken.revoked_at, ApiToken.name).order_by(ApiToken.id)
    ).all()
    invites = session.execute(
        select(StaffInvite.token_hash, StaffInvite.used_at, StaffInvite.expires_at)
    )
    links = session.execute(
        select(TicketLink.token_hash, TicketLink.revoked_at, TicketLink.used_at)
    )
    known = Known(
        people=_people(session),
        tokens={row.public_id: row.revoked_at is None for row in tokens},
        token_names={row.public_id: row.name for row in tokens},
        invites={name: None if used else expires for name, used, expires in invites},
        links={name: revoked is None and used is None for name, revoked, used in links},
        lists=lists_of(session),
        keys=keys_of(session),
        sent=frozenset(
            session.scalars(select(Heartbeat.iso_week).where(Heartbeat.sent_at.is_not(None)))
        ),
        tickets=frozenset(session.scalars(select(Ticket.reference))),
    )
    return None if known == Known() else known


def _people(session: Session) -> dict[str, Person]:
    rows = session.execute(
        select(
            Staff.email,
            Staff.role,
            Staff.password_hash,
            Staff.disabled_at,
            Staff.device_generation,
        )
    )
    return {
        email: Person(role, password, disabled is not None, devices)
        for email, role, password, disabled, devices in rows
    }


def lists_of(session: Session) -> tuple[AcceptedList, ...]:
    """Every signed list that was accepted, in the order of acceptance."""
    rows = session.execute(
        select(
            OfficialVersion.key_id,
            OfficialVersion.version,
            OfficialVersion.sha256,
            OfficialVersion.accepted_at,
            OfficialVersion.expires_at,
            OfficialVersion.next_keys,
        ).order_by(OfficialVersion.id)
    )
    return tuple(AcceptedList(*row) for row in rows)


def keys_of(session: Session) -> tuple[ChangeOfKey, ...]:
    """Every change of the key that counts, the newest last."""
    rows = session.execute(
        select(
            OfficialKey.key_id,
            OfficialKey.line,
            OfficialKey.accepted_by,
            OfficialKey.host,
            OfficialKey.accepted_at,
        ).order_by(OfficialKey.id)
    )
    return tuple(ChangeOfKey(*row) for row in rows)
