"""The outbox: one row for each thing and target, taken by one, never sent twice by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from tests.channels.things import events, put, rows
from tests.conftest import NOON, later
from tests.fakes import FakeClock
from trustops.channels.rules import CLAIM_TTL, Claimed, DeliveryState, Outcome, Target
from trustops.channels.services import claim, find_lost, hold_all, send_again, settle
from trustops.db import Actor, start_writing
from trustops.errors import ConflictError, NotFoundError

LEAD = Actor("staff", "7", "Lead")


def taken(session: Session, clock: FakeClock) -> Claimed:
    """Queue one delivery and claim it."""
    put(session, clock.now(), "one")
    found = claim(session, clock.now())
    assert found is not None
    return found


def test_the_same_thing_is_queued_once_for_a_target(session: Session, clock: FakeClock) -> None:
    """The key decides, in the database."""
    assert put(session, clock.now(), "one") is True
    assert put(session, clock.now(), "one") is False
    assert put(session, clock.now(), "two") is True
    assert set(rows(session)) == {"one", "two"}


def test_what_is_queued_is_due_at_once_and_the_longest_due_goes_first(
    session: Session, clock: FakeClock
) -> None:
    """A claim counts as an attempt and leaves the row in one pair of hands."""
    put(session, later(seconds=2), "third")
    put(session, later(seconds=1), "first")
    put(session, later(seconds=1), "second")
    assert claim(session, NOON) is None
    clock.advance(seconds=3)
    order = [claim(session, clock.now()) for _ in range(4)]
    assert [item.dedupe_key if item else None for item in order] == [
        "first",
        "second",
        "third",
        None,
    ]
    row = rows(session)["first"]
    assert (row.state, row.attempts, row.claimed_at) == ("sending", 1, clock.now())
    assert order[0] is not None
    assert row.claim_token == order[0].token
    assert order[0].payload == {"id": "first"}


def test_a_target_that_is_to_be_left_alone_is_passed_over(
    session: Session, clock: FakeClock
) -> None:
    """The others behind it still go out."""
    slow, quick = Target("email", "slow@example.org"), Target("email", "quick@example.org")
    put(session, clock.now(), "slow", target=slow)
    put(session, clock.now(), "quick", target=quick)
    found = claim(session, clock.now(), skip=[slow])
    assert found is not None
    assert found.dedupe_key == "quick"
    assert claim(session, clock.now(), skip=[slow]) is None


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.sent("<id@example.org>"), "sent"),
        (Outcome.rejected("The receiver answered 404."), "rejected"),
        (Outcome.unknown("No answer."), "unknown"),
    ],
)
def test_a_final_outcome_is_kept_with_its_reason(
    session: Session, clock: FakeClock, outcome: Outcome, state: str
) -> None:
    """The row says how it ended, the history says so for ever, and nothing is due any more."""
    held = taken(session, clock)
    assert settle(session, clock.advance(seconds=2), held, outcome) is True
    row = rows(session)["one"]
    assert (row.state, row.settled_at, row.claim_token) == (state, later(seconds=2), None)
    assert row.last_error == (outcome.reason or None)
    [event] = events(session, f"delivery.{state}")
    assert event.subject == f"delivery:{row.id}"
    assert event.data["about"] == "alert:1"
    assert event.data.get("remote_id") == (outcome.remote_id or None)
    assert claim(session, clock.advance(days=30)) is None


def test_what_was_not_sent_is_due_again_later(session: Session, clock: FakeClock) -> None:
    """First after 15 seconds; the reason stands in the row meanwhile."""
    held = taken(session, clock)
    settle(session, clock.now(), held, Outcome.not_sent("The receiver answered 503."))
    assert claim(session, later(seconds=14)) is None
    row = rows(session)["one"]
    assert (row.state, row.last_error) == ("queued", "The receiver answered 503.")
    assert row.settled_at is None
    again = claim(session, later(seconds=15))
    assert again is not None
    assert again.attempts == 2
    assert again.token != held.token


def test_after_the_last_attempt_it_is_left_to_a_person(session: Session, clock: FakeClock) -> None:
    """About a day of trying, then the state says that it was not sent."""
    put(session, clock.now(), "one")
    tries = 0
    while (held := claim(session, clock.now())) is not None:
        tries += 1
        settle(session, clock.now(), held, Outcome.not_sent("The receiver answered 503."))
        clock.advance(hours=9)
    assert tries == 10
    row = rows(session)["one"]
    assert row.state == DeliveryState.NOT_SENT
    assert row.settled_at is not None


def test_a_row_that_is_no_longer_in_our_hands_is_not_settled(
    session: Session, clock: FakeClock
) -> None:
    """A late outcome says nothing about a message that a person has sent again since."""
    held = taken(session, clock)
    find_lost(session, clock.advance(hours=1))
    send_again(session, clock.now(), delivery_id=held.id, actor=LEAD)
    assert settle(session, clock.now(), held, Outcome.sent()) is False
    assert rows(session)["one"].state == DeliveryState.QUEUED
    assert events(session, "delivery.sent") == []


def test_what_was_lost_with_its_process_is_unknown_and_never_sent_by_itself(
    session: Session, clock: FakeClock
) -> None:
    """The network may have accepted it, so only a person may send it again."""
    taken(session, clock)
    assert find_lost(session, NOON + CLAIM_TTL) == 0
    assert find_lost(session, NOON + CLAIM_TTL + timedelta(seconds=1)) == 1
    assert find_lost(session, NOON + CLAIM_TTL + timedelta(hours=1)) == 0
    row = rows(session)["one"]
    assert row.state == DeliveryState.UNKNOWN
    assert row.last_error is not None
    assert "ended before" in row.last_error
    assert len(events(session, "delivery.unknown")) == 1
    assert claim(session, later(days=30)) is None


def test_a_late_outcome_replaces_not_knowing(session: Session, clock: FakeClock) -> None:
    """A machine that slept through its claim still knows what the receiver answered."""
    held = taken(session, clock)
    find_lost(session, clock.advance(hours=1))
    assert settle(session, clock.now(), held, Outcome.sent()) is True
    assert rows(session)["one"].state == DeliveryState.SENT


@pytest.mark.parametrize("outcome", [Outcome.rejected("no"), Outcome.unknown("?")])
def test_a_person_may_send_again_what_ended_unsent(
    session: Session, clock: FakeClock, outcome: Outcome
) -> None:
    """It begins anew with all attempts, the history names the person, and two clicks count once."""
    held = taken(session, clock)
    settle(session, clock.now(), held, outcome)
    send_again(session, clock.advance(hours=1), delivery_id=held.id, actor=LEAD)
    send_again(session, clock.now(), delivery_id=held.id, actor=LEAD)
    [event] = events(session, "delivery.send_again")
    assert (event.actor, event.actor_name) == ("staff:7", "Lead")
    assert event.data["from"] == outcome.state
    again = claim(session, clock.now())
    assert again is not None
    assert again.attempts == 1
    send_again(session, clock.now(), delivery_id=held.id, actor=LEAD)
    session.flush()  # the row is read by query
    assert rows(session)["one"].state == DeliveryState.SENDING


def test_what_was_sent_is_not_sent_again(session: Session, clock: FakeClock) -> None:
    """Not even when a person asks: it would reach people twice."""
    held = taken(session, clock)
    settle(session, clock.now(), held, Outcome.sent())
    with pytest.raises(ConflictError):
        send_again(session, clock.now(), delivery_id=held.id, actor=LEAD)
    with pytest.raises(NotFoundError):
        send_again(session, clock.now(), delivery_id=held.id + 1, actor=LEAD)


def test_after_a_restore_nothing_that_waited_goes_out_by_itself(
    session: Session, clock: FakeClock
) -> None:
    """After the backup it may have been sent; a person decides on each."""
    assert hold_all(session, clock.now()) == 0
    held = taken(session, clock)
    put(session, clock.now(), "two")
    put(session, clock.now(), "three")
    done = claim(session, clock.now())
    assert done is not None
    settle(session, clock.now(), done, Outcome.sent())
    assert hold_all(session, clock.now()) == 2
    found = rows(session)
    assert found[done.dedupe_key].state == DeliveryState.SENT
    waiting = [row for row in found.values() if row.id != done.id]
    assert {row.state for row in waiting} == {"unknown"}
    assert {row.last_error for row in waiting} == {"Restored from a backup."}
    assert claim(session, later(days=1)) is None
    assert settle(session, clock.now(), held, Outcome.sent()) is False
    [event] = events(session, "delivery.held")
    assert event.data == {"count": 2, "reason": "Restored from a backup."}


def test_a_claim_reads_the_partial_index_of_what_is_due(engine: Engine, clock: FakeClock) -> None:
    """So that its cost does not grow with everything that was ever sent."""
    seen: list[tuple[object, Any]] = []

    def note(*given: object) -> None:
        seen.append((given[2], given[3]))

    with Session(engine) as session:
        start_writing(session)
        if engine.dialect.name == "postgresql":
            session.execute(text("SET LOCAL enable_seqscan = off"))
        event.listen(engine, "before_cursor_execute", note)
        claim(session, clock.now(), skip=[Target("email", "slow@example.org")])
        event.remove(engine, "before_cursor_execute", note)
        statement, values = seen[-1]
        explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
        plan = session.connection().exec_driver_sql(f"{explain} {statement}", values).all()
    assert "ix_delivery_due" in str(plan)
    assert "SCAN delivery" not in str(plan).replace("SCAN delivery USING INDEX ix_delivery_due", "")
