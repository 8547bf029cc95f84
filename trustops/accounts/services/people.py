"""Inviting people, letting them set a password, and changing what they may do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CursorResult, update
from sqlalchemy.exc import IntegrityError

from trustops.accounts.models import Staff, StaffInvite
from trustops.accounts.passwords import Passwords
from trustops.accounts.queries import usable_invite
from trustops.accounts.rules import (
    INVITE_LIFETIME,
    LONGEST_NAME,
    ROLES,
    normalise_email,
    normalise_name,
    password_fault,
)
from trustops.accounts.services.locks import end_all_sessions, forget_devices, locked_person
from trustops.db import Actor, Session, record, subject_of
from trustops.errors import ConflictError, FieldError, InvalidInputError, NotFoundError
from trustops.keys import new_token, token_hash

_DEAD_LINK = "This link cannot be used: it was used already, or it has expired."


def invite(
    session: Session, now: datetime, *, email: str, name: str, role: str, actor: Actor
) -> tuple[Staff, str]:
    """Add a person, and make the one-time link under which they set their password.

    Returns:
        The new row, and the secret of the link, which is stored only as a hash and is good for
        72 hours.

    Raises:
        InvalidInputError: the address, the name or the role cannot be used; each says why.
        ConflictError: somebody with this address is on the staff already.
    """
    address, called = _checked(email, name, role)
    staff = Staff(email=address, name=called, role=role, created_at=now)
    session.add(staff)
    try:
        session.flush()  # the invitation and the event need the key; a twin is refused here
    except IntegrityError as error:
        raise ConflictError("Somebody with this e-mail address is on the staff already.") from error
    token = _make_link(session, now, staff)
    _note(session, now, "staff.invited", staff, actor=actor, role=role)
    return staff, token


def _checked(email: str, name: str, role: str) -> tuple[str, str]:
    """The address and the name as they are stored; tells every fault at once."""
    address, called = normalise_email(email), normalise_name(name)
    faults = []
    if address is None:
        faults.append(FieldError("email", "Write an address such as name@example.org."))
    if called is None:
        faults.append(FieldError("name", f"Write a name of 1 to {LONGEST_NAME} characters."))
    if role not in ROLES:
        faults.append(_unknown_role())
    if address is None or called is None or faults:
        raise InvalidInputError("This person cannot be added.", errors=faults)
    return address, called


def _unknown_role() -> FieldError:
    return FieldError("role", f"Choose one of {', '.join(ROLES)}.")


def new_link(session: Session, now: datetime, *, staff_id: int, actor: Actor) -> str:
    """Make another link to set a password, for who lost the first or forgot the password.

    Links made earlier stop working; sessions go on until a new password is really set.

    Raises:
        NotFoundError: there is no such person.
        ConflictError: the account is disabled.
    """
    staff = locked_person(session, staff_id)
    if staff.disabled_at is not None:
        raise ConflictError("This account is disabled. Enable it before making a link.")
    _retire_links(session, now, staff)
    token = _make_link(session, now, staff)
    _note(session, now, "staff.link_made", staff, actor=actor)
    return token


def set_password(
    session: Session, now: datetime, *, token: str, password: str, passwords: Passwords
) -> Staff:
    """Use up a link and set the password; every session of the person ends.

    A password that is refused does not use up the link.

    Raises:
        NotFoundError: the link is unknown, used or expired, or its account is disabled; the four
            look alike.
        InvalidInputError: the password is too easy to guess; the message says why.
    """
    found = usable_invite(session, now, token)
    if found is None:
        raise NotFoundError(_DEAD_LINK)
    fault = password_fault(password, email=found.staff.email, name=found.staff.name)
    if fault is not None:
        raise InvalidInputError(fault, errors=[FieldError("password", fault)])
    hashed = passwords.hash(password)
    staff = locked_person(session, found.staff_id)
    used = session.execute(
        update(StaffInvite)
        .where(
            StaffInvite.id == found.id,
            StaffInvite.used_at.is_(None),
            StaffInvite.expires_at > now,
        )
        .values(used_at=now)
    )
    if not isinstance(used, CursorResult) or used.rowcount != 1 or staff.disabled_at is not None:
        raise NotFoundError(_DEAD_LINK)
    staff.password_hash = hashed
    staff.password_changed_at = now
    forget_devices(staff)
    _retire_links(session, now, staff)
    ended = end_all_sessions(session, now, staff, "password_set")
    _note(session, now, "staff.password_set", staff, actor=_self(staff), sessions_ended=ended)
    return staff


def disable(session: Session, now: datetime, *, staff_id: int, actor: Actor) -> Staff:
    """Lock a person out: sessions end at once and open links stop working.

    A second call changes nothing.

    Raises:
        NotFoundError: there is no such person.
    """
    staff = locked_person(session, staff_id)
    if staff.disabled_at is None:
        staff.disabled_at = now
        forget_devices(staff)
        _retire_links(session, now, staff)
        ended = end_all_sessions(session, now, staff, "disabled")
        _note(session, now, "staff.disabled", staff, actor=actor, sessions_ended=ended)
    return staff


def enable(session: Session, now: datetime, *, staff_id: int, actor: Actor) -> Staff:
    """Let a person in again, with the password they had. A second call changes nothing.

    Sessions do not come back.

    Raises:
        NotFoundError: there is no such person.
    """
    staff = locked_person(session, staff_id)
    if staff.disabled_at is not None:
        staff.disabled_at = None
        ended = end_all_sessions(session, now, staff, "enabled")
        _note(session, now, "staff.enabled", staff, actor=actor, sessions_ended=ended)
    return staff


def change_role(
    session: Session, now: datetime, *, staff_id: int, role: str, actor: Actor
) -> Staff:
    """Give a person another role; their sessions end at once. The same role changes nothing.

    Raises:
        InvalidInputError: there is no such role.
        NotFoundError: there is no such person.
    """
    if role not in ROLES:
        raise InvalidInputError("There is no such role.", errors=[_unknown_role()])
    staff = locked_person(session, staff_id)
    before = staff.role
    if before != role:
        staff.role = role
        ended = end_all_sessions(session, now, staff, "role_changed")
        changes = {"from": before, "to": role, "sessions_ended": ended}
        _note(session, now, "staff.role_changed", staff, actor=actor, **changes)
    return staff


def _make_link(session: Session, now: datetime, staff: Staff) -> str:
    token = new_token()
    session.add(
        StaffInvite(
            token_hash=token_hash(token),
            staff_id=staff.id,
            created_at=now,
            expires_at=now + INVITE_LIFETIME,
        )
    )
    return token


def _retire_links(session: Session, now: datetime, staff: Staff) -> None:
    """Let every open link of a person expire; the time of real use stays apart in `used_at`."""
    session.execute(
        update(StaffInvite)
        .where(
            StaffInvite.staff_id == staff.id,
            StaffInvite.used_at.is_(None),
            StaffInvite.expires_at > now,
        )
        .values(expires_at=now)
    )


def _self(staff: Staff) -> Actor:
    return Actor("staff", str(staff.id), staff.name)


def _note(
    session: Session, now: datetime, kind: str, staff: Staff, *, actor: Actor, **data: object
) -> None:
    record(session, now, kind, subject=subject_of("staff", staff.id), actor=actor, data=data)
