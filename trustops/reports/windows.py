"""The windows that a report can be asked for: whole days in UTC, up to now. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta

WINDOWS_DAYS = (7, 30, 90)
DEFAULT_DAYS = 30


def window(now: datetime, days: int) -> tuple[datetime, datetime]:
    """The last so many days, today included: from midnight UTC of the first to now."""
    first = now.date() - timedelta(days=days - 1)
    return datetime.combine(first, time(0), tzinfo=now.tzinfo), now
