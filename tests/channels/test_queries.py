"""Reads of the outbox: what belongs to which thing, and how it stands."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tests.channels.things import put
from tests.conftest import NOON, later
from tests.fakes import FakeClock
from trustops.channels.queries import deliveries_of, delivery_health
from trustops.channels.rules import DeliveryState, Outcome
from trustops.channels.services import claim, settle


def test_health_counts_states_and_names_the_longest_wait(
    session: Session, clock: FakeClock
) -> None:
    """What ended unsent waits for a person; what is not due yet is no backlog."""
    empty = delivery_health(session, NOON)
    assert (empty.counts, empty.waiting_since, empty.undecided) == ({}, None, 0)
    for number, outcome in enumerate(
        [Outcome.sent(), Outcome.rejected("no"), Outcome.unknown("?"), Outcome.not_sent("later")]
    ):
        put(session, clock.now(), f"ended {number}")
        held = claim(session, clock.now())
        assert held is not None
        settle(session, clock.now(), held, outcome)
    put(session, later(seconds=1), "due")
    put(session, later(seconds=2), "due later")
    health = delivery_health(session, later(seconds=5))
    assert health.counts == {
        DeliveryState.SENT: 1,
        DeliveryState.REJECTED: 1,
        DeliveryState.UNKNOWN: 1,
        DeliveryState.QUEUED: 3,
    }
    assert health.undecided == 2
    assert health.waiting_since == later(seconds=1)


def test_deliveries_are_found_by_what_they_tell_of(session: Session, clock: FakeClock) -> None:
    """Oldest first; nothing asked for is nothing read."""
    put(session, clock.now(), "one")
    put(session, clock.now(), "two")
    found = deliveries_of(session, ["alert:1", "alert:2"])
    assert [row.dedupe_key for row in found["alert:1"]] == ["one", "two"]
    assert "alert:2" not in found
    assert deliveries_of(session, []) == {}
