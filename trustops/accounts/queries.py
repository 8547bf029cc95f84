"""What other rooms and pages ask about staff, links and tokens. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from trustops.accounts.models import ApiToken, Staff, StaffInvite, StaffSession
from trustops.accounts.rules import ROLES, SESSION_IDLE, normalise_email
from trustops.db import Session
from trustops.errors import NotFoundError
from trustops.keys import token_hash


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person to whom a ticket can be given."""

    id: int
    name: str


def colleagues(session: Session, *, permission: str = "tickets.answer") -> list[Colleague]:
    """Everybody who may sign in and whose role includes a permission, by name."""
    roles = [role for role, granted in ROLES.items() if permission in granted]
    rows = session.execute(
        select(Staff.id, Staff.name)
        .where(Staff.disabled_at.is_(None), Staff.role.in_(roles))
        .order_by(Staff.name, Staff.id)
    )
    return [Colleague(row.id, row.name) for row in rows]


def keys_of_those_who_left(session: Session) -> Sequence[int]:
    """Keys of people who were locked out, or whose role answers no ticket any more."""
    roles = [role for role, granted in ROLES.items() if "tickets.answer" in granted]
    return session.scalars(
        select(Staff.id)
        .where(or_(Staff.disabled_at.is_not(None), Staff.role.not_in(roles)))
        .order_by(Staff.id)
    ).all()


def names_of(session: Session, staff_ids: Collection[int]) -> dict[int, str]:
    """Names by key, also of people who were disabled since."""
    if not staff_ids:
        return {}
    rows = session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(staff_ids)))
    return {row.id: row.name for row in rows}


def everybody(session: Session) -> Sequence[Staff]:
    """All people who ever worked at the desk, by address."""
    return session.scalars(select(Staff).order_by(Staff.email)).all()


def person_by_email(session: Session, email: str) -> Staff:
    """The person with an address, however it is spelt.

    Raises:
        NotFoundError: nobody has it.
    """
    found = session.scalar(select(Staff).where(Staff.email == normalise_email(email)))
    if found is None:
        raise NotFoundError("Nobody on the staff has this e-mail address.")
    return found


def usable_invite(session: Session, now: datetime, token: str) -> StaffInvite | None:
    """The invitation of a link that can still be used, or None; asking does not use it up."""
    return session.scalar(
        select(StaffInvite)
        .join(StaffInvite.staff)
        .where(
            StaffInvite.token_hash == token_hash(token),
            StaffInvite.used_at.is_(None),
            StaffInvite.expires_at > now,
            Staff.disabled_at.is_(None),
        )
    )


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What a person sees of their own account; `open_sessions` counts this one too."""

    name: str
    email: str
    role: str
    password_changed_at: datetime | None
    open_sessions: int


def own_account(session: Session, now: datetime, staff_id: int) -> OwnAccount:
    """The account of the person who asks.

    Raises:
        NotFoundError: there is no such person.
    """
    staff = session.get(Staff, staff_id)
    if staff is None:
        raise NotFoundError
    alive = (
        StaffSession.staff_id == staff_id,
        StaffSession.ended_at.is_(None),
        StaffSession.expires_at > now,
        StaffSession.last_seen_at > now - SESSION_IDLE,
    )
    count = session.scalar(select(func.count()).select_from(StaffSession).where(*alive))
    return OwnAccount(staff.name, staff.email, staff.role, staff.password_changed_at, count or 0)


def api_tokens(session: Session) -> Sequence[ApiToken]:
    """All API tokens, the newest first; ended ones too."""
    return session.scalars(select(ApiToken).order_by(ApiToken.created_at.desc())).all()
