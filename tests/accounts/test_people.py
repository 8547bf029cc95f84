"""Invitations, passwords, roles: links work once, and what is taken away is gone at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.accounts.people import (
    BETTER,
    GOOD,
    OPERATOR,
    cheap_passwords,
    events,
    invited,
    person,
    session_of,
)
from tests.fakes import FakeClock
from trustops.accounts.models import Staff, StaffInvite
from trustops.accounts.queries import usable_invite
from trustops.accounts.services import (
    change_role,
    disable,
    enable,
    invite,
    new_link,
    set_password,
    sign_in,
)
from trustops.db import Session
from trustops.errors import ConflictError, InvalidInputError, NotFoundError


def signed_in(session: Session, clock: FakeClock, password: str = GOOD) -> str:
    """Sign the agent in; gives the token of the session."""
    _begun, token = sign_in(
        session,
        clock.now(),
        email="agent@example.org",
        password=password,
        passwords=cheap_passwords(),
        demo=False,
    )
    return token


def test_an_invited_person_has_a_role_and_no_password(session: Session, clock: FakeClock) -> None:
    """There is no initial password that somebody could forget to change."""
    staff, _link = invite(
        session,
        clock.now(),
        email=" Agent@Example.org ",
        name="First Agent",
        role="agent",
        actor=OPERATOR,
    )
    assert (staff.email, staff.name, staff.role) == ("agent@example.org", "First Agent", "agent")
    assert staff.password_hash is None
    [event] = events(session, "staff.invited")
    assert (event.subject, event.actor) == (f"staff:{staff.id}", "system:cli")
    assert event.data == {"role": "agent"}


def test_every_fault_of_an_invitation_is_told_at_once(session: Session, clock: FakeClock) -> None:
    """Address, name and role are judged together."""
    with pytest.raises(InvalidInputError) as refused:
        invite(session, clock.now(), email="nobody", name=" ", role="owner", actor=OPERATOR)
    assert [item.field for item in refused.value.errors] == ["email", "name", "role"]


def test_an_address_is_invited_once(session: Session, clock: FakeClock) -> None:
    """The same address in other letters is the same person."""
    invited(session, clock.now())
    with pytest.raises(ConflictError):
        invited(session, clock.now(), who="AGENT")


def test_the_secret_of_a_link_is_not_stored(session: Session, clock: FakeClock) -> None:
    """Whoever reads the database cannot use an open invitation."""
    link = invited(session, clock.now())
    row = session.scalars(select(StaffInvite)).one()
    assert link not in (row.token_hash, repr(row.__dict__))
    assert len(row.token_hash) == 64


def test_looking_at_a_link_does_not_use_it_up(session: Session, clock: FakeClock) -> None:
    """Mail scanners and previews open links; only setting a password counts."""
    link = invited(session, clock.now())
    assert usable_invite(session, clock.now(), link) is not None
    assert usable_invite(session, clock.now(), link) is not None


def test_a_link_sets_a_password_that_signs_in(session: Session, clock: FakeClock) -> None:
    """The way from an invitation to the desk."""
    link = invited(session, clock.now())
    staff = set_password(
        session, clock.now(), token=link, password=GOOD, passwords=cheap_passwords()
    )
    assert staff.password_changed_at == clock.now()
    assert signed_in(session, clock)
    [event] = events(session, "staff.password_set")
    assert event.actor == f"staff:{staff.id}"


def test_a_link_works_once(session: Session, clock: FakeClock) -> None:
    """The second use is refused and changes no password."""
    link = invited(session, clock.now())
    set_password(session, clock.now(), token=link, password=GOOD, passwords=cheap_passwords())
    with pytest.raises(NotFoundError):
        set_password(session, clock.now(), token=link, password=BETTER, passwords=cheap_passwords())
    assert signed_in(session, clock, GOOD)


@pytest.mark.parametrize(("seconds", "works"), [(72 * 3600 - 1, True), (72 * 3600, False)])
def test_a_link_works_for_72_hours(
    session: Session, clock: FakeClock, seconds: int, *, works: bool
) -> None:
    """At the very instant it is over."""
    link = invited(session, clock.now())
    clock.advance(seconds=seconds)
    assert (usable_invite(session, clock.now(), link) is not None) is works


def test_an_unknown_a_used_an_expired_and_a_disabled_link_look_alike(
    session: Session, clock: FakeClock
) -> None:
    """The page tells nobody which links ever existed."""
    used, expired, disabled = (
        invited(session, clock.now(), who=name) for name in ("used", "expired", "disabled")
    )
    set_password(session, clock.now(), token=used, password=GOOD, passwords=cheap_passwords())
    found = usable_invite(session, clock.now(), disabled)
    assert found is not None
    disable(session, clock.now(), staff_id=found.staff_id, actor=OPERATOR)
    clock.advance(hours=73)
    texts = set()
    for link in ("unknown", used, expired, disabled):
        with pytest.raises(NotFoundError) as refused:
            set_password(
                session, clock.now(), token=link, password=GOOD, passwords=cheap_passwords()
            )
        texts.add(str(refused.value))
    assert len(texts) == 1


def test_a_refused_password_does_not_use_up_the_link(session: Session, clock: FakeClock) -> None:
    """The person simply tries another one."""
    link = invited(session, clock.now())
    with pytest.raises(InvalidInputError):
        set_password(
            session, clock.now(), token=link, password="short", passwords=cheap_passwords()
        )
    set_password(session, clock.now(), token=link, password=GOOD, passwords=cheap_passwords())


def test_a_new_link_replaces_the_earlier_one(session: Session, clock: FakeClock) -> None:
    """A link that went astray is dead as soon as another is made."""
    first = invited(session, clock.now())
    [staff_id] = session.scalars(select(Staff.id))
    second = new_link(session, clock.now(), staff_id=staff_id, actor=OPERATOR)
    assert usable_invite(session, clock.now(), first) is None
    assert usable_invite(session, clock.now(), second) is not None
    assert events(session, "staff.link_made")


def test_a_reset_ends_sessions_when_the_password_is_set_and_not_before(
    session: Session, clock: FakeClock
) -> None:
    """Asking for a reset does not throw a working colleague out."""
    staff = person(session, clock.now())
    cookie = signed_in(session, clock)
    link = new_link(session, clock.now(), staff_id=staff.id, actor=OPERATOR)
    assert session_of(session, cookie).ended_at is None
    set_password(session, clock.now(), token=link, password=BETTER, passwords=cheap_passwords())
    ended = session_of(session, cookie)
    assert (ended.ended_at, ended.end_reason) == (clock.now(), "password_set")


def test_disabling_ends_sessions_and_links_at_once(session: Session, clock: FakeClock) -> None:
    """Nothing that was handed out before lets the person in again."""
    staff = person(session, clock.now())
    cookie = signed_in(session, clock)
    link = new_link(session, clock.now(), staff_id=staff.id, actor=OPERATOR)
    disable(session, clock.now(), staff_id=staff.id, actor=OPERATOR)
    assert session_of(session, cookie).end_reason == "disabled"
    enable(session, clock.now(), staff_id=staff.id, actor=OPERATOR)
    assert session_of(session, cookie).ended_at is not None
    assert usable_invite(session, clock.now(), link) is None


def test_a_disabled_account_gets_no_link(session: Session, clock: FakeClock) -> None:
    """A reset is no way around it."""
    staff = person(session, clock.now())
    disable(session, clock.now(), staff_id=staff.id, actor=OPERATOR)
    with pytest.raises(ConflictError):
        new_link(session, clock.now(), staff_id=staff.id, actor=OPERATOR)


def test_disabling_and_enabling_twice_is_told_once(session: Session, clock: FakeClock) -> None:
    """The history holds changes, not clicks."""
    staff = person(session, clock.now())
    for act in (disable, disable, enable, enable):
        act(session, clock.now(), staff_id=staff.id, actor=OPERATOR)
    assert len(events(session, "staff.disabled")) == 1
    assert len(events(session, "staff.enabled")) == 1


def test_another_role_ends_sessions_at_once(session: Session, clock: FakeClock) -> None:
    """A browser that was signed in with the old role starts anew."""
    staff = person(session, clock.now(), role="lead")
    cookie = signed_in(session, clock)
    change_role(session, clock.now(), staff_id=staff.id, role="viewer", actor=OPERATOR)
    assert session_of(session, cookie).end_reason == "role_changed"
    [event] = events(session, "staff.role_changed")
    assert event.data == {"from": "lead", "to": "viewer", "sessions_ended": 1}


def test_the_same_role_again_changes_nothing(session: Session, clock: FakeClock) -> None:
    """Nobody is thrown out for it."""
    staff = person(session, clock.now())
    cookie = signed_in(session, clock)
    change_role(session, clock.now(), staff_id=staff.id, role="agent", actor=OPERATOR)
    assert session_of(session, cookie).ended_at is None


def test_an_unknown_role_is_refused(session: Session, clock: FakeClock) -> None:
    """The seven roles are the only ones."""
    staff = person(session, clock.now())
    with pytest.raises(InvalidInputError):
        change_role(session, clock.now(), staff_id=staff.id, role="owner", actor=OPERATOR)


def test_what_concerns_nobody_is_refused(session: Session, clock: FakeClock) -> None:
    """A key that no row has is an error, not a silent success."""
    with pytest.raises(NotFoundError):
        disable(session, clock.now(), staff_id=404, actor=OPERATOR)
