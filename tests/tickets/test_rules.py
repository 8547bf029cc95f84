"""Pure rules of a ticket, and what its requester reads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustops.sla.rules import CancelReason
from trustops.tickets import rules
from trustops.tickets.rules import Author, Status, Visibility
from trustops.tickets.wording import state_for_requester

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TARGET = timedelta(hours=48)


@pytest.mark.parametrize(
    ("topic", "priority"), [("scam", "high"), ("late", "normal"), ("other", "normal")]
)
def test_who_may_be_losing_tokens_right_now_begins_with_high_priority(
    topic: str, priority: str
) -> None:
    """Every other topic begins as usual."""
    assert rules.first_priority(topic) == priority


def test_a_reference_can_be_read_aloud_and_tells_no_count() -> None:
    """No character that looks like another one, and nothing sequential."""
    made = {rules.new_reference("MIG") for _ in range(500)}
    assert len(made) == 500
    for reference in made:
        prefix, _, code = reference.partition("-")
        assert prefix == "MIG"
        assert len(code) == rules.REFERENCE_LENGTH
        assert not set(code) & set("01ILOU")


@pytest.mark.parametrize(
    ("author", "visibility", "ends"),
    [
        (Author.AGENT, Visibility.PUBLIC, True),
        (Author.AGENT, Visibility.INTERNAL, False),
        (Author.SYSTEM, Visibility.PUBLIC, False),
        (Author.SYSTEM, Visibility.INTERNAL, False),
        (Author.REQUESTER, Visibility.PUBLIC, False),
    ],
)
def test_only_public_words_of_a_human_agent_end_the_first_response_clock(
    author: Author, visibility: Visibility, ends: bool
) -> None:
    """A note and an automatic message do not."""
    assert rules.answers_first(author, visibility) is ends


@pytest.mark.parametrize(
    ("status", "by_requester", "reason"),
    [
        (Status.OPEN, False, None),
        (Status.WAITING, False, None),
        (Status.SOLVED, False, CancelReason.CLOSED_BY_AGENT),
        (Status.CLOSED, False, CancelReason.CLOSED_BY_AGENT),
        (Status.CLOSED, True, CancelReason.CLOSED_BY_REQUESTER),
        (Status.SPAM, False, CancelReason.SPAM),
        (Status.DUPLICATE, False, CancelReason.DUPLICATE),
    ],
)
def test_parking_leaves_the_clock_running_and_ending_cancels_it(
    status: Status, by_requester: bool, reason: CancelReason | None
) -> None:
    """Waiting is no way out of the promise."""
    assert rules.closing_reason(status, by_requester=by_requester) is reason


TAKEN_BACK = {
    (before, status)
    for before, becomes in {
        Status.SOLVED: (Status.OPEN, Status.WAITING),
        Status.CLOSED: (Status.OPEN, Status.WAITING),
        Status.SPAM: (Status.OPEN, Status.WAITING, Status.SOLVED, Status.CLOSED),
        Status.DUPLICATE: (Status.OPEN, Status.WAITING, Status.SOLVED, Status.CLOSED),
    }.items()
    for status in becomes
}
"""From which status to which an ending is taken back; no other pair does."""


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("status", Status)
def test_opening_again_takes_an_ending_back_and_so_does_no_spam_after_all(
    before: Status, status: Status
) -> None:
    """From one ending to another nothing is taken back, unless the first one was withdrawn."""
    assert rules.takes_back(before, status) is ((before, status) in TAKEN_BACK)


def test_an_unanswered_ticket_stands_in_the_queue_by_its_due_time_even_when_parked() -> None:
    """Parking does not hide it."""
    due = NOW + timedelta(hours=3)
    assert rules.queue_at(Status.OPEN, due, NOW, TARGET) == due
    assert rules.queue_at(Status.WAITING, due, NOW, TARGET) == due


def test_an_open_ticket_without_a_clock_stands_by_its_last_words() -> None:
    """The same promise, counted from them."""
    assert rules.queue_at(Status.OPEN, None, NOW, TARGET) == NOW + TARGET


@pytest.mark.parametrize("status", [Status.WAITING, *sorted(rules.ENDED)])
def test_a_ticket_that_waits_for_nobody_at_the_desk_is_not_in_the_queue(status: Status) -> None:
    """Waiting for its requester, or ended."""
    assert rules.queue_at(status, None, NOW, TARGET) is None


def test_an_ended_ticket_is_not_in_the_queue_whatever_its_clock_says() -> None:
    """Ending cancels the clock; should the two ever disagree, ended wins."""
    assert rules.queue_at(Status.CLOSED, NOW, NOW, TARGET) is None


def test_a_requester_may_reopen_for_thirty_days() -> None:
    """To the second; afterwards a new ticket is asked for."""
    closed = NOW - rules.REOPEN_WINDOW
    assert rules.reopens(Status.CLOSED, closed, NOW)
    assert not rules.reopens(Status.CLOSED, closed - timedelta(seconds=1), NOW)
    assert rules.reopens(Status.OPEN, None, NOW)


def test_words_of_a_requester_open_a_ticket_again_but_spam_stays_spam() -> None:
    """Staff called it so; they see the words all the same."""
    assert rules.status_after_requester(Status.SOLVED) is Status.OPEN
    assert rules.status_after_requester(Status.WAITING) is Status.OPEN
    assert rules.status_after_requester(Status.SPAM) is Status.SPAM


def test_a_flood_begins_with_the_ticket_after_the_sixtieth() -> None:
    """Fifty-nine earlier ones are a busy office on its worst day, sixty are a flood."""
    assert not rules.is_flood(rules.FLOOD_TICKETS - 1)
    assert rules.is_flood(rules.FLOOD_TICKETS)


@given(
    status=st.sampled_from(Status),
    due=st.none() | st.integers(-100, 100),
    answered=st.booleans(),
)
def test_a_requester_always_reads_where_the_ticket_stands(
    status: Status, due: int | None, answered: bool
) -> None:
    """Every state has a heading and says what happens next, without blame or exclamation."""
    due_at = None if due is None else NOW + timedelta(hours=due)
    state = state_for_requester(status, due_at=due_at, answered=answered, now=NOW)
    assert state.heading
    assert state.sentence
    assert "!" not in state.heading + state.sentence


def test_a_broken_promise_is_admitted_from_the_first_moment() -> None:
    """At the due time it is still kept; right after it the page says that we are late."""
    on_time = state_for_requester(Status.OPEN, due_at=NOW, answered=False, now=NOW)
    assert on_time.chip == "running"
    late = state_for_requester(
        Status.OPEN, due_at=NOW - timedelta(seconds=1), answered=False, now=NOW
    )
    assert late.chip == "breached"
    assert "late" in late.heading


def test_a_parked_ticket_that_was_never_answered_does_not_claim_an_answer() -> None:
    """Its clock runs, so it says that we owe the answer."""
    state = state_for_requester(
        Status.WAITING, due_at=NOW + timedelta(hours=1), answered=False, now=NOW
    )
    assert state.heading == "We have your message. A person will answer it."
