"""Signing in tells nothing about accounts, and a session ends when it should."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.accounts.people import (
    BETTER,
    GOOD,
    OPERATOR,
    CountingHasher,
    cheap_passwords,
    events,
    invited,
    person,
    session_of,
)
from tests.fakes import FakeClock
from trustops.accounts.models import StaffSession
from trustops.accounts.passwords import Passwords
from trustops.accounts.services import (
    SignInRefusedError,
    change_password,
    disable,
    end_sessions,
    note_refused_sign_in,
    sign_in,
    sign_out,
)
from trustops.db import Session
from trustops.errors import InvalidInputError


def enter(
    session: Session,
    clock: FakeClock,
    *,
    email: str = "agent@example.org",
    password: str = GOOD,
    passwords: Passwords | None = None,
    demo: bool = False,
) -> str:
    """Sign in and give the token of the session."""
    _begun, token = sign_in(
        session,
        clock.now(),
        email=email,
        password=password,
        passwords=passwords or cheap_passwords(),
        demo=demo,
    )
    return token


def test_the_right_password_begins_a_session_of_twelve_hours(
    session: Session, clock: FakeClock
) -> None:
    """The address may be spelt in any case."""
    staff = person(session, clock.now())
    begun = session_of(session, enter(session, clock, email=" AGENT@example.org"))
    assert begun.staff_id == staff.id
    assert (begun.expires_at - clock.now()).total_seconds() == 12 * 3600
    [event] = events(session, "staff.signed_in")
    assert event.subject == f"staff:{staff.id}"


def test_the_token_of_a_session_is_stored_as_a_hash_only(
    session: Session, clock: FakeClock
) -> None:
    """Whoever reads the database cannot take over a session."""
    person(session, clock.now())
    token = enter(session, clock)
    session.flush()  # the row is read by query
    assert token not in session.scalars(select(StaffSession.token_hash))


def test_every_sign_in_gets_another_token(session: Session, clock: FakeClock) -> None:
    """A token known before signing in is worth nothing after it."""
    person(session, clock.now())
    assert enter(session, clock) != enter(session, clock)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("agent@example.org", BETTER),
        ("unknown@example.org", GOOD),
        ("not an address", GOOD),
        ("disabled@example.org", GOOD),
        ("invited@example.org", GOOD),
        ("demo@example.org", GOOD),
        ("agent@example.org", ""),
    ],
)
def test_a_refusal_does_not_tell_whether_there_is_an_account(
    session: Session, clock: FakeClock, email: str, password: str
) -> None:
    """Wrong, unknown, disabled, not yet set and demo: one text, and one hash computed for each."""
    person(session, clock.now())
    disabled = person(session, clock.now(), who="disabled")
    disable(session, clock.now(), staff_id=disabled.id, actor=OPERATOR)
    person(session, clock.now(), who="demo").demo = True
    invited(session, clock.now(), who="invited")
    hasher = CountingHasher()
    with pytest.raises(SignInRefusedError) as refused:
        enter(session, clock, email=email, password=password, passwords=Passwords(hasher))
    assert str(refused.value) == str(SignInRefusedError(None))
    assert hasher.checks == 1


def test_demo_people_sign_in_on_a_demo_instance(session: Session, clock: FakeClock) -> None:
    """Their passwords are printed on the terminal, so they open nothing elsewhere."""
    person(session, clock.now()).demo = True
    assert enter(session, clock, demo=True)


def test_a_refusal_is_kept_without_what_was_typed(session: Session, clock: FakeClock) -> None:
    """People type passwords into the field of the address."""
    staff = person(session, clock.now())
    for email in ("agent@example.org", "my secret password"):
        with pytest.raises(SignInRefusedError) as refused:
            enter(session, clock, email=email, password="wrong")
        note_refused_sign_in(session, clock.now(), staff_id=refused.value.staff_id)
    known, unknown = events(session, "staff.sign_in_failed")
    assert (known.subject, known.data) == (f"staff:{staff.id}", {})
    assert (unknown.subject, unknown.data) == ("staff:unknown", {})


def test_a_hash_of_older_parameters_is_renewed_at_sign_in(
    session: Session, clock: FakeClock
) -> None:
    """Nobody has to do anything when the cost is raised."""
    staff = person(session, clock.now())
    before = staff.password_hash
    stronger = Passwords(CountingHasher(rounds=2))
    enter(session, clock, passwords=stronger)
    assert staff.password_hash != before
    assert staff.password_hash is not None
    assert not stronger.is_outdated(staff.password_hash)
    assert enter(session, clock, passwords=stronger)


def test_signing_out_ends_this_session_alone(session: Session, clock: FakeClock) -> None:
    """Another browser of the same person goes on."""
    person(session, clock.now())
    here, there = enter(session, clock), enter(session, clock)
    sign_out(session, clock.now(), token=here)
    assert session_of(session, here).end_reason == "signed_out"
    assert session_of(session, there).ended_at is None


def test_signing_out_twice_or_with_an_unknown_cookie_is_no_error(
    session: Session, clock: FakeClock
) -> None:
    """The person wanted to be out, and is."""
    person(session, clock.now())
    token = enter(session, clock)
    for cookie in (token, token, "unknown"):
        sign_out(session, clock.now(), token=cookie)
    assert len(events(session, "staff.signed_out")) == 1


def test_signing_out_everywhere_ends_every_session_of_the_person(
    session: Session, clock: FakeClock
) -> None:
    """Other people's sessions are not touched."""
    staff = person(session, clock.now())
    person(session, clock.now(), who="colleague")
    mine = [enter(session, clock), enter(session, clock)]
    other = enter(session, clock, email="colleague@example.org")
    ended = end_sessions(
        session, clock.now(), staff_id=staff.id, reason="everywhere", actor=OPERATOR
    )
    assert ended == 2
    assert [session_of(session, token).end_reason for token in mine] == ["everywhere"] * 2
    assert session_of(session, other).ended_at is None
    [event] = events(session, "staff.sessions_ended")
    assert event.data == {"reason": "everywhere", "sessions_ended": 2}


def test_changing_the_password_ends_other_sessions_and_renews_this_one(
    session: Session, clock: FakeClock
) -> None:
    """Whoever had the old password or an old cookie is out; the person who changed it is in."""
    staff = person(session, clock.now())
    old = [enter(session, clock), enter(session, clock)]
    fresh = change_password(
        session,
        clock.now(),
        staff_id=staff.id,
        old=GOOD,
        new=BETTER,
        passwords=cheap_passwords(),
    )
    assert {session_of(session, token).end_reason for token in old} == {"password_changed"}
    assert session_of(session, fresh).ended_at is None
    with pytest.raises(SignInRefusedError):
        enter(session, clock, password=GOOD)
    assert enter(session, clock, password=BETTER)
    assert events(session, "staff.password_changed")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [(BETTER, BETTER, "password"), (GOOD, "short", "new_password"), (GOOD, GOOD, "new_password")],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_bad_one(
    session: Session, clock: FakeClock, *, old: str, new: str, field: str
) -> None:
    """An open screen is not enough to take an account over."""
    staff = person(session, clock.now())
    cookie = enter(session, clock)
    with pytest.raises(InvalidInputError) as refused:
        change_password(
            session,
            clock.now(),
            staff_id=staff.id,
            old=old,
            new=new,
            passwords=cheap_passwords(),
        )
    assert [item.field for item in refused.value.errors] == [field]
    assert session_of(session, cookie).ended_at is None
    assert enter(session, clock, password=GOOD)
