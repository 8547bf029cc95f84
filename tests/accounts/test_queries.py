"""What other rooms learn about people."""

from __future__ import annotations

import pytest

from tests.accounts.people import OPERATOR, person
from tests.fakes import FakeClock
from trustops.accounts.queries import colleagues, everybody, names_of, person_by_email
from trustops.accounts.services import disable
from trustops.db import Session
from trustops.errors import NotFoundError


def test_tickets_can_be_given_to_whoever_may_answer_them(
    session: Session, clock: FakeClock
) -> None:
    """Agents, leads and admins who are not disabled, by name."""
    for role in ("viewer", "agent", "lead", "ops", "publisher", "admin", "auditor"):
        person(session, clock.now(), role=role, who=role)
    gone = person(session, clock.now(), who="gone")
    disable(session, clock.now(), staff_id=gone.id, actor=OPERATOR)
    assert [item.name for item in colleagues(session)] == ["Admin", "Agent", "Lead"]


def test_names_are_known_of_disabled_people_too(session: Session, clock: FakeClock) -> None:
    """Old answers keep their author."""
    gone = person(session, clock.now(), who="gone")
    disable(session, clock.now(), staff_id=gone.id, actor=OPERATOR)
    assert names_of(session, [gone.id, 404]) == {gone.id: "Gone"}
    assert names_of(session, []) == {}


def test_a_person_is_found_under_any_spelling_of_the_address(
    session: Session, clock: FakeClock
) -> None:
    """And the list of everybody is by address."""
    staff = person(session, clock.now())
    person(session, clock.now(), who="a.first")
    assert person_by_email(session, "AGENT@Example.org").id == staff.id
    assert [row.email for row in everybody(session)] == ["a.first@example.org", staff.email]


@pytest.mark.parametrize("email", ["nobody@example.org", "no address"])
def test_an_address_that_nobody_has_is_told(session: Session, email: str) -> None:
    """The command line turns it into a sentence."""
    with pytest.raises(NotFoundError):
        person_by_email(session, email)
