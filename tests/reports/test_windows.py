"""Windows of whole days in UTC, up to now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import NOON
from trustops.reports.windows import DEFAULT_DAYS, WINDOWS_DAYS, window

MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "start"),
    [
        (1, MIDNIGHT),
        (7, datetime(2026, 11, 16, tzinfo=UTC)),
        (30, datetime(2026, 10, 24, tzinfo=UTC)),
        (366, datetime(2025, 11, 22, tzinfo=UTC)),
    ],
)
def test_a_window_begins_at_midnight_of_its_first_day_and_ends_now(
    days: int, start: datetime
) -> None:
    """Today is one of the days."""
    assert window(NOON, days) == (start, NOON)


def test_just_after_midnight_today_has_hardly_begun() -> None:
    """The window of one day is then a moment long, and not yesterday."""
    now = MIDNIGHT + timedelta(seconds=1)
    assert window(now, 1) == (MIDNIGHT, now)


def test_the_usual_window_is_one_that_the_page_offers() -> None:
    """A page that opens on it shows it as chosen."""
    assert DEFAULT_DAYS in WINDOWS_DAYS
