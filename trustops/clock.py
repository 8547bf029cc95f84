"""The only place that reads the time.

Everything else is handed a `Clock`, so that a test, a demo or a replay can choose the moment.
All instants are timezone-aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the product knows of time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC, with whole microseconds."""
        ...

    def wall(self) -> datetime:
        """The machine's own time, for protocols whose other side compares it with theirs."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, moved by a fixed offset on a demo instance (`CLOCK_OFFSET`)."""

    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The machine's time plus the offset, in UTC."""
        return self.wall() + self.offset

    def wall(self) -> datetime:
        """The machine's time in UTC, never moved."""
        return datetime.now(UTC)
