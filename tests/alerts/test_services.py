"""An alert opens once, goes to every target once, and is taken on by a person or by events."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.alerts.things import BASE_URL, HOOK, MAIL, breach, lead, raised
from tests.channels.things import claimed, events, rows
from tests.conftest import NOON, later
from tests.fakes import FakeClock
from trustops.alerts.models import Alert
from trustops.alerts.rules import body_of, message_of
from trustops.alerts.services import acknowledge, compose, raise_alert, resolve
from trustops.channels.rules import Target
from trustops.errors import NotFoundError


def test_an_alert_opens_with_one_delivery_for_each_target(
    session: Session, clock: FakeClock
) -> None:
    """Alert, event and deliveries stand in one transaction; each delivery holds the body."""
    new = breach(7)
    alert = raised(session, later(minutes=1), new)
    assert (alert.at, alert.opened_at) == (NOON, later(minutes=1))
    assert (alert.kind, alert.severity, alert.ticket) == ("sla.breached", "critical", "MIG-7")
    found = rows(session)
    assert set(found) == {
        f"alert:{alert.public_id}:webhook",
        f"alert:{alert.public_id}:email:ops@example.org",
    }
    for row in found.values():
        assert row.payload == body_of(alert.public_id, new, BASE_URL)
        assert (row.kind, row.subject, row.state) == ("alert", f"alert:{alert.id}", "queued")
    [event] = events(session, "alert.open")
    assert event.subject == f"alert:{alert.id}"
    assert event.data == {"kind": "sla.breached", "severity": "critical", "about": "ticket:7"}


def test_the_same_thing_found_again_opens_nothing(session: Session, clock: FakeClock) -> None:
    """Not even after the first alert is over."""
    raised(session, clock.now(), breach(7))
    resolve(session, clock.now(), subject="ticket:7")
    again = raise_alert(session, later(days=9), breach(7), targets=[HOOK], base_url=BASE_URL)
    assert again is None
    assert len(rows(session)) == 2
    assert len(events(session, "alert.open")) == 1


def test_ids_of_alerts_tell_no_count(session: Session, clock: FakeClock) -> None:
    """People see them."""
    ids = {raised(session, clock.now(), breach(number)).public_id for number in range(3)}
    assert len(ids) == 3
    assert all(len(key) == 24 for key in ids)


def test_a_target_with_a_long_address_has_a_key_that_fits(
    session: Session, clock: FakeClock
) -> None:
    """Addresses may have 254 characters, keys 200."""
    first, second = (Target("email", "a" * 60 + "@" + "b" * 180 + end) for end in (".org", ".net"))
    raise_alert(session, clock.now(), breach(), targets=[first, second], base_url=BASE_URL)
    assert {row.target for row in rows(session).values()} == {first.target, second.target}
    assert all(len(key) <= 200 for key in rows(session))


def test_the_first_person_to_acknowledge_is_the_one(session: Session, clock: FakeClock) -> None:
    """A second click, also a colleague's, changes nothing and is no error."""
    staff = lead(session)
    alert = raised(session, clock.now(), breach())
    for moment, name in ((later(minutes=1), "Lead"), (later(minutes=2), "Colleague")):
        acknowledge(session, moment, public_id=alert.public_id, staff_id=staff.id, name=name)
    assert alert.acknowledged_at == later(minutes=1)
    assert (alert.acknowledged_by_id, alert.acknowledged_by_name) == (staff.id, "Lead")
    [event] = events(session, "alert.acknowledge")
    assert (event.actor, event.actor_name) == (f"staff:{staff.id}", "Lead")


def test_an_alert_that_is_not_there_cannot_be_acknowledged(
    session: Session, clock: FakeClock
) -> None:
    """Its id was mistyped, or never given out."""
    with pytest.raises(NotFoundError):
        acknowledge(session, clock.now(), public_id="nothing", staff_id=1, name="Lead")


def test_what_is_over_resolves_its_own_alerts_alone(session: Session, clock: FakeClock) -> None:
    """An answer ends the alerts of its clock, not those of another ticket or cycle."""
    risk = raised(session, clock.now(), breach(7, percent=75))
    full = raised(session, clock.now(), breach(7))
    other = raised(session, clock.now(), breach(8))
    prefix = "sla:MIG-7:first_response:1:"
    assert (
        resolve(session, later(hours=1), subject="ticket:7", dedupe_prefix=prefix[:-2] + "2") == 0
    )
    assert resolve(session, later(hours=1), subject="ticket:7", dedupe_prefix=prefix) == 2
    assert resolve(session, later(hours=2), subject="ticket:7", dedupe_prefix=prefix) == 0
    session.expire_all()
    assert risk.resolved_at == full.resolved_at == later(hours=1)
    assert other.resolved_at is None
    assert len(events(session, "alert.resolve")) == 2
    assert {row.state for row in rows(session).values()} == {"queued"}


def test_a_prefix_is_taken_literally(session: Session, clock: FakeClock) -> None:
    """Signs with a meaning in LIKE have none here."""
    raised(session, clock.now(), breach(7))
    assert resolve(session, clock.now(), subject="ticket:7", dedupe_prefix="sla:MIG_7") == 0
    assert resolve(session, clock.now(), subject="ticket:7", dedupe_prefix="%") == 0
    assert resolve(session, clock.now(), subject="ticket:7") == 1


def test_nothing_of_an_alert_outlives_a_transaction_that_failed(
    session: Session, clock: FakeClock
) -> None:
    """No message about a change that never happened."""
    raised(session, clock.now(), breach())
    session.rollback()
    assert rows(session) == {}
    assert session.scalars(select(Alert)).all() == []


def test_a_delivery_s_message_is_written_from_its_row(session: Session) -> None:
    """Whatever became of the alert since."""
    delivery = claimed()
    assert compose(session, delivery) == message_of(delivery.payload)
    assert MAIL.label == "email:ops@example.org"
