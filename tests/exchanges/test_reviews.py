"""Which rows somebody has to look at again: the stale ones and those of the next seven days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.status.things import a_claim, an_exchange
from trustops.exchanges.rules import reviews
from trustops.exchanges.values import Exchange
from trustops.exchanges.wording import due_words

TODAY = date(2026, 11, 22)


def resting(days: int, name: str = "One", **changes: object) -> Exchange:
    """An exchange whose last look counts for so many days from today, today being none."""
    last = TODAY + timedelta(days=days)
    verified = min(TODAY, last)
    claim = a_claim(said_on=verified, verified=verified, verify_by=last)
    return an_exchange(claim, id=name.lower(), name=name, **changes)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-30, "Stale for 29 days"),
        (-2, "Stale for 1 day"),
        (-1, "Stale since today"),
        (0, "In 1 day"),
        (1, "In 2 days"),
        (6, "In 7 days"),
    ],
)
def test_a_row_is_due_when_it_is_stale_within_seven_days(days: int, words: str) -> None:
    """With the first day on which its last look counts no longer."""
    (review,) = reviews((resting(days),), TODAY)
    assert review.stale_on == TODAY + timedelta(days=days + 1)
    assert due_words(review, TODAY) == words


def test_a_row_that_rests_for_longer_is_not_due() -> None:
    """On the eighth day, nobody needs to know yet."""
    assert reviews((resting(7),), TODAY) == ()


def test_a_row_without_evidence_never_goes_stale() -> None:
    """Where nothing was said, nothing grows old."""
    assert reviews((an_exchange(),), TODAY) == ()


def test_a_look_that_lies_ahead_is_due_at_once() -> None:
    """It is a slip, and counts as stale although its day is far away."""
    ahead = a_claim(verified=TODAY + timedelta(days=300), verify_by=TODAY + timedelta(days=310))
    (review,) = reviews((an_exchange(ahead),), TODAY)
    assert due_words(review, TODAY) == "The day of the last check is wrong"


def test_the_most_urgent_stands_first_with_whom_to_ask() -> None:
    """What is stale the longest, then what goes stale the soonest; of one day by name."""
    some = (
        resting(5, "Epsilon"),
        resting(2, "delta"),
        resting(2, "Beta", ask="The listing desk."),
        resting(-1, "Gamma"),
        resting(-9, "Alpha"),
    )
    found = reviews(some, TODAY)
    assert [item.row.name for item in found] == ["Alpha", "Gamma", "Beta", "delta", "Epsilon"]
    assert [item.ask for item in found] == ["", "", "The listing desk.", "", ""]


def test_the_newest_claim_says_when_a_row_goes_stale() -> None:
    """An older one that is long past makes no row due."""
    old = a_claim(said_on=date(2026, 1, 1), verified=date(2026, 1, 1), verify_by=date(2026, 1, 8))
    assert reviews((an_exchange(old, a_claim()),), TODAY) == ()
