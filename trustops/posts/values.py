"""What the posts room works with: the schedule, a slot of a week, what a network can take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from trustops.channels.networks.network import Network
from trustops.channels.rules import PostLimits, Target
from trustops.guard.outgoing import Allowed

WEEKLY = "weekly"
"""The name of the one schedule, as rows and keys have it."""

ARCHIVE = "archive"
"""The text of the archive page, among the texts of the networks."""


class Approval(StrEnum):
    """Who lets a heartbeat go out: a person, or the rule when all is well."""

    LEAD = "lead"
    RULE = "rule"


class State(StrEnum):
    """Where the heartbeat of a week stands.

    `sent` means that it was handed to the outbox, with a delivery for each target; what became
    of each is told by the deliveries.
    """

    PLANNED = "planned"
    DRAFT = "draft"
    APPROVED = "approved"
    SENT = "sent"
    MISSED = "missed"


OPEN = (State.PLANNED, State.DRAFT, State.APPROVED)
"""States out of which a heartbeat can still go out."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The sources of the two texts. One that never was good is empty."""

    full: str
    short: str

    @property
    def complete(self) -> bool:
        """Whether a text can be written."""
        return bool(self.full and self.short)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When heartbeats are due, and how they go out.

    `weekday` is that of ISO 8601: 1 is Monday. `at` is the time of day in `zone`.
    """

    weekday: int
    at: time
    zone: ZoneInfo
    approval: Approval
    catch_up: timedelta
    networks: tuple[Network, ...]
    templates: Templates
    name: str = WEEKLY


@dataclass(frozen=True, slots=True)
class Slot:
    """The heartbeat of one week: the ISO week in the schedule's zone, and when it is due (UTC)."""

    week: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the schedule says is to come.

    `next` is the first slot after now. `open` was due and has not gone out, although it still can.
    Both are None where no heartbeat is planned.
    """

    next: Slot | None = None
    open: Slot | None = None

    @property
    def next_at(self) -> datetime | None:
        """When the next one is due, in UTC."""
        return self.next.due_at if self.next else None

    @property
    def due_since(self) -> datetime | None:
        """Since when one is due that has not gone out, in UTC."""
        return self.open.due_at if self.open else None


Limits = Mapping[str, PostLimits]
"""How long a text may be, by the name of the network; one that is not named has usual limits."""


def _nothing_known(_session: object, _now: datetime) -> Allowed:
    return Allowed()


@dataclass(frozen=True, slots=True)
class Setup:
    """Where things go on this instance: heartbeats, and alerts about them.

    `targets` are those of the schedule's networks that are set up here. `allowed_at` gives
    what texts may name and promise, of a session and a moment: by the signed list, the migration
    and this desk.
    """

    schedule: Schedule
    base_url: str
    targets: tuple[Target, ...]
    alert_targets: tuple[Target, ...]
    allowed_at: Callable[..., Allowed] = _nothing_known

    def url_of(self, week: str) -> str:
        """The permalink of a week's heartbeat."""
        return f"{self.base_url}/heartbeats/{week}"


@dataclass(frozen=True, slots=True)
class Past:
    """What the next heartbeat has to know of the ones before it.

    `week` and `figures` are those of the last one that went out; `missed` are the weeks after it
    for which none did.
    """

    week: str = ""
    figures: Mapping[str, object] | None = None
    missed: tuple[str, ...] = ()
