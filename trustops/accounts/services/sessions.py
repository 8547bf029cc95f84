"""Signing in and out. A refusal never tells whether the account exists."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from trustops.accounts.models import Staff, StaffSession
from trustops.accounts.passwords import Passwords
from trustops.accounts.rules import (
    SESSION_ABSOLUTE,
    normalise_email,
    normalise_password,
    password_fault,
)
from trustops.accounts.services.locks import end_all_sessions, forget_devices, locked_person
from trustops.db import Actor, Session, record, subject_of
from trustops.errors import FieldError, InvalidInputError, TrustOpsError
from trustops.keys import new_token, token_hash

_REFUSAL = "The e-mail address and the password do not belong together, or the account is closed."


class SignInRefusedError(TrustOpsError):
    """Signing in did not work, for whatever reason; one text for all of them.

    `staff_id` is for the event alone and is None where nobody has the address.
    """

    status = 422
    slug = "sign-in-refused"
    title = "Signing in did not work"

    def __init__(self, staff_id: int | None) -> None:
        """Take whose account it was, if anybody's."""
        super().__init__(_REFUSAL)
        self.staff_id = staff_id


def sign_in(
    session: Session,
    now: datetime,
    *,
    email: str,
    password: str,
    passwords: Passwords,
    demo: bool,
) -> tuple[StaffSession, str]:
    """Begin a session for whoever knows the password.

    The work is the same for a wrong password, an unknown address, a disabled account and one
    without a password: one hash is computed in each case.

    Args:
        session: the writing session.
        now: the moment, aware, in UTC.
        email: what was typed as the address.
        password: what was typed as the password.
        passwords: the hasher.
        demo: whether this is a demo instance; only there may demo people sign in.

    Returns:
        The new session, and its token for the cookie; only a hash of it is stored.

    Raises:
        SignInRefusedError: it did not work. `note_refused_sign_in` writes its event.
    """
    staff = _by_email(session, email)
    stored = staff.password_hash if staff is not None and _may_sign_in(staff, demo=demo) else None
    right = passwords.verify(stored, password)
    if staff is None or stored is None or not right:
        raise SignInRefusedError(staff.id if staff else None)
    staff = locked_person(session, staff.id)
    if staff.password_hash != stored or not _may_sign_in(staff, demo=demo):
        raise SignInRefusedError(staff.id)
    if passwords.is_outdated(stored):
        staff.password_hash = passwords.hash(password)
    begun, token = _begin(session, now, staff)
    _note(session, now, "staff.signed_in", staff)
    return begun, token


def sign_out(session: Session, now: datetime, *, token: str, reason: str = "signed_out") -> None:
    """End the session of a cookie; an unknown or ended one is no error."""
    found = session.scalar(
        select(StaffSession)
        .where(StaffSession.token_hash == token_hash(token), StaffSession.ended_at.is_(None))
        .with_for_update(of=StaffSession)
    )
    if found is not None:
        found.ended_at = now
        found.end_reason = reason
        _note(session, now, "staff.signed_out", found.staff, reason=reason)


def end_sessions(
    session: Session, now: datetime, *, staff_id: int, reason: str, actor: Actor
) -> int:
    """End every session of a person at once; gives how many there were.

    Browsers that signed in before are strangers again: one of them may have been lost.

    Raises:
        NotFoundError: there is no such person.
    """
    staff = locked_person(session, staff_id)
    forget_devices(staff)
    ended = end_all_sessions(session, now, staff, reason)
    record(
        session,
        now,
        "staff.sessions_ended",
        subject=subject_of("staff", staff.id),
        actor=actor,
        data={"reason": reason, "sessions_ended": ended},
    )
    return ended


def change_password(
    session: Session, now: datetime, *, staff_id: int, old: str, new: str, passwords: Passwords
) -> str:
    """Set another password, for who knows the present one.

    Every session ends; a new one begins for the browser that asked.

    Returns:
        The token of the new session, for the cookie.

    Raises:
        InvalidInputError: the present password is wrong, or the new one is easy to guess.
        NotFoundError: there is no such person.
    """
    staff = locked_person(session, staff_id)
    if not passwords.verify(staff.password_hash, old):
        fault = FieldError("password", "This is not your present password.")
        raise InvalidInputError(fault.message, errors=[fault])
    message = password_fault(new, email=staff.email, name=staff.name)
    if message is None and normalise_password(new) == normalise_password(old):
        message = "This is your present password. Choose another one."
    if message is not None:
        raise InvalidInputError(message, errors=[FieldError("new_password", message)])
    staff.password_hash = passwords.hash(new)
    staff.password_changed_at = now
    forget_devices(staff)
    ended = end_all_sessions(session, now, staff, "password_changed")
    _begun, token = _begin(session, now, staff)
    _note(session, now, "staff.password_changed", staff, sessions_ended=ended)
    return token


def _by_email(session: Session, email: str) -> Staff | None:
    address = normalise_email(email)
    if address is None:
        return None
    return session.scalar(select(Staff).where(Staff.email == address))


def _may_sign_in(staff: Staff, *, demo: bool) -> bool:
    return staff.disabled_at is None and (demo or not staff.demo)


def _begin(session: Session, now: datetime, staff: Staff) -> tuple[StaffSession, str]:
    token = new_token()
    begun = StaffSession(
        token_hash=token_hash(token),
        staff_id=staff.id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + SESSION_ABSOLUTE,
    )
    session.add(begun)
    return begun, token


def _note(session: Session, now: datetime, kind: str, staff: Staff, **data: object) -> None:
    """Write an event of what a person did to their own account."""
    actor = Actor("staff", str(staff.id), staff.name)
    record(session, now, kind, subject=subject_of("staff", staff.id), actor=actor, data=data)
