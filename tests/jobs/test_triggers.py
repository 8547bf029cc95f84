"""A trigger names the moment at which a job was last due, whatever the machine's time zone is."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from jobs.triggers import Daily, EachMinute


def at(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-22T12:00:00", "2026-11-22T12:00:00"),
        ("2026-11-22T12:00:59.999999", "2026-11-22T12:00:00"),
        ("2026-11-22T12:01:00", "2026-11-22T12:01:00"),
        ("1969-12-31T23:59:30", "1969-12-31T23:59:00"),
    ],
)
def test_a_minute_job_was_due_at_the_full_minute(now: str, due: str) -> None:
    """The minute itself belongs to it."""
    assert EachMinute().last_due(at(now)) == at(due)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-22T03:10:00", "2026-11-22T03:10:00"),
        ("2026-11-22T03:09:59.999999", "2026-11-21T03:10:00"),
        ("2026-11-22T23:59:59", "2026-11-22T03:10:00"),
        ("2027-01-01T00:00:00", "2026-12-31T03:10:00"),
    ],
)
def test_a_daily_job_was_due_today_or_yesterday(now: str, due: str) -> None:
    """Today once its time has come, before that yesterday."""
    assert Daily(time(3, 10)).last_due(at(now)) == at(due)


def test_a_daily_job_has_one_moment_on_the_day_on_which_clocks_are_set_back() -> None:
    """The two half past ones of that night in New York lie on both sides of one moment in UTC."""
    first = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"))
    second = first.replace(fold=1)
    trigger = Daily(time(5, 45))
    assert trigger.last_due(first) == at("2026-10-31T05:45:00")
    assert trigger.last_due(second) == at("2026-11-01T05:45:00")


def test_triggers_say_in_words_when_they_are_due() -> None:
    """The documentation has the same words."""
    assert EachMinute().words == "every minute"
    assert Daily(time(3, 10)).words == "daily at 03:10 UTC"
