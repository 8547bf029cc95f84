"""When a job is due, as values: the ticker asks every minute, and the moment due is the slot.

All moments are aware and in UTC, so no border of daylight saving counts. A slot that nobody took
stays due for the job's grace, so what was missed while the machine was off is caught up once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Trigger(Protocol):
    """What a job's line in the schedule says of time."""

    @property
    def words(self) -> str:
        """How the documentation says it."""
        ...

    def last_due(self, now: datetime) -> datetime:
        """The latest moment at which the job was due, at or before `now`; both in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class EachMinute:
    """Due at every full minute."""

    @property
    def words(self) -> str:
        """How the documentation says it."""
        return "every minute"

    def last_due(self, now: datetime) -> datetime:
        """The full minute at or before `now`."""
        minutes = (now.astimezone(UTC) - _EPOCH) // timedelta(minutes=1)
        return _EPOCH + timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Daily:
    """Due once a day, at a time of day in UTC."""

    at: time

    @property
    def words(self) -> str:
        """How the documentation says it."""
        return f"daily at {self.at:%H:%M} UTC"

    def last_due(self, now: datetime) -> datetime:
        """That time of today, or of yesterday while today's has not come."""
        today = datetime.combine(now.astimezone(UTC), self.at, tzinfo=UTC)
        return today if today <= now else today - timedelta(days=1)
