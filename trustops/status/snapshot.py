"""The one read model: what the site, the JSON files and the heartbeat say comes from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trustops.chain.values import Standing
from trustops.exchanges.values import Row
from trustops.reports.rules import counted


class ComponentStatus(StrEnum):
    """The five words of the Statuspage vocabulary."""

    OPERATIONAL = "operational"
    DEGRADED = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"
    MAINTENANCE = "under_maintenance"


@dataclass(frozen=True, slots=True)
class Component:
    """A thing that works or does not, with the reason where it does not.

    `heading` says in a sentence what does not work; it is empty while all is well.
    """

    id: str
    name: str
    description: str
    status: ComponentStatus
    reason: str
    since: datetime
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """How support does, over the seven days before `as_of`.

    `met` and `breached` are first responses by due date; `median_seconds` is of those given in
    the window, None without one. `waiting` tickets await a first response now, `overdue` of them
    for too long, both counted up to a cap. `late_since` is when the oldest of these fell due, None
    where none is late. `topics` holds the most frequent topics as (title,
    count).
    """

    as_of: datetime
    opened: int
    closed: int
    met: int
    breached: int
    median_seconds: int | None
    waiting: int
    overdue: int
    promise_hours: int
    topics: Sequence[tuple[str, int]]
    late_since: datetime | None = None

    @property
    def waiting_words(self) -> str:
        """How many wait, as people read it."""
        return counted(self.waiting)

    @property
    def overdue_words(self) -> str:
        """How many of them wait for too long, as people read it."""
        return counted(self.overdue)


@dataclass(frozen=True, slots=True)
class Correction:
    """A document that is being corrected, because its newest version has a fault.

    `path` is where readers find it, None for what is no page. `accepted_at` dates the version that
    they see meanwhile (aware, UTC); None while they see none.
    """

    title: str
    path: str | None
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that is told in public, as of one moment (aware, UTC).

    `addresses` is a sentence on the manifest of official addresses; it is empty while all is
    well. `last_heartbeat` is an ISO week such as `2026-W47`, None before the first.
    `next_heartbeat_at` comes from the schedule, None where there is none; `heartbeat_due_since`
    is the moment of one that has not gone out although it was due, and still can. `corrections`
    are documents that readers see in an older version, or not at all.
    `demo` says that nobody may take this for a desk that somebody runs.
    """

    as_of: datetime
    project: str
    migration_state: str
    chains: Sequence[Standing]
    support: Support
    exchanges: Sequence[Row]
    open_issues: Sequence[tuple[str, str]]
    components: Sequence[Component]
    addresses: str
    last_heartbeat: str | None
    next_heartbeat_at: datetime | None
    heartbeat_due_since: datetime | None = None
    corrections: Sequence[Correction] = ()
    demo: bool = False
