"""Stand-ins with a few methods each, in place of patches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class FakeClock:
    """A clock that moves only when a test moves it."""

    moment: datetime

    def now(self) -> datetime:
        """The moment a test chose."""
        return self.moment

    def wall(self) -> datetime:
        """The same moment: in tests the two do not differ."""
        return self.moment

    def advance(self, **duration: float) -> datetime:
        """Move on by a duration, such as `advance(hours=36)`, and give the new moment."""
        self.moment += timedelta(**duration)
        return self.moment
