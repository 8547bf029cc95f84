"""The clock: the one place that reads the time, moved only where a demo asks for it."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from trustops.clock import SystemClock

HOUR = timedelta(hours=1)


def test_the_time_is_aware_and_in_utc() -> None:
    """Both readings carry a zone, and it is UTC."""
    clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert clock.wall().tzinfo is UTC


def test_without_an_offset_now_is_the_time_of_the_machine() -> None:
    """It lies between two looks at the wall."""
    clock = SystemClock()
    before, now, after = clock.wall(), clock.now(), clock.wall()
    assert before <= now <= after


@pytest.mark.parametrize("offset", [49 * HOUR, -3 * HOUR])
def test_an_offset_moves_now_and_never_the_wall(offset: timedelta) -> None:
    """A receiver compares a signature with its own time, so the wall stays where it is."""
    moved, plain = SystemClock(offset), SystemClock()
    before, now, wall, after = plain.now(), moved.now(), moved.wall(), plain.now()
    assert before <= now - offset <= after
    assert before <= wall <= after
