"""One limit for the whole of an act, whatever the timeouts within it are."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest

from trustops.errors import SettingsError
from trustops.net import DeadlineError, within


def test_a_deadline_gives_back_what_the_act_gave_or_raised() -> None:
    """A result, an error, or the news that there is neither yet."""
    assert within(timedelta(seconds=5), lambda: 41 + 1) == 42

    def fail() -> int:
        raise SettingsError("no")

    with pytest.raises(SettingsError):
        within(timedelta(seconds=5), fail)
    held = Event()
    with pytest.raises(DeadlineError):
        within(timedelta(milliseconds=10), lambda: held.wait(10))
    held.set()
