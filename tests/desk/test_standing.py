"""Where a ticket stands for staff: one state, one word, one moment, decided by the clock first."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.conftest import NOON, later
from tests.factories import CONTENT
from trustops.desk.standing import age, standing
from trustops.sla.rules import FIRST_RESPONSE, Policy
from trustops.tickets.models import Ticket

POLICY = CONTENT.policy(FIRST_RESPONSE)


def ticket(
    status: str = "open", due_at: datetime | None = None, queue_at: datetime | None = None
) -> Ticket:
    """A ticket as far as its standing goes by it."""
    return Ticket(status=status, due_at=due_at, queue_at=queue_at or due_at)


@pytest.mark.parametrize(
    ("hours_left", "state"),
    [(48, "running"), (12.1, "running"), (12, "at_risk"), (0, "at_risk"), (-0.01, "breached")],
)
def test_an_unanswered_clock_decides_by_the_time_that_is_left(
    hours_left: float, state: str
) -> None:
    """From the first warning on it is at risk; exactly at its due time it is not yet breached."""
    for status in ("open", "waiting"):
        found = standing(ticket(status, due_at=later(hours=hours_left)), NOON, POLICY)
        assert (found.state, found.until) == (state, later(hours=hours_left))


def test_a_promise_without_warnings_has_no_risk() -> None:
    """It runs until it is breached."""
    bare = Policy("bare", FIRST_RESPONSE, timedelta(hours=48), ())
    assert standing(ticket(due_at=later(hours=1)), NOON, bare).state == "running"


@pytest.mark.parametrize(
    ("hours_left", "state", "word"),
    [(3, "running", "Follow-up"), (-3, "at_risk", "Follow-up, late")],
)
def test_a_follow_up_is_never_a_breach(hours_left: float, state: str, word: str) -> None:
    """The first answer was given; the same promise only orders what comes after it."""
    found = standing(ticket(queue_at=later(hours=hours_left)), NOON, POLICY)
    assert (found.state, found.word) == (state, word)


@pytest.mark.parametrize(
    ("status", "state", "word"),
    [
        ("waiting", "paused", "Waiting for requester"),
        ("solved", "met", "Solved"),
        ("closed", "cancelled", "Closed"),
        ("spam", "cancelled", "Spam"),
        ("duplicate", "cancelled", "Duplicate"),
    ],
)
def test_a_ticket_that_waits_for_no_staff_shows_its_status(
    status: str, state: str, word: str
) -> None:
    """And counts down to nothing."""
    found = standing(ticket(status), NOON, POLICY)
    assert (found.state, found.word, found.until) == (state, word, None)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=-5), "0 min"),
        (timedelta(minutes=119), "119 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=71.9), "71 h"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_that_still_tells(span: timedelta, words: str) -> None:
    """Hours up to three days: the promise is counted in hours."""
    assert age(span) == words
