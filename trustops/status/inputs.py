"""What the other rooms hand to a Snapshot: the site room gathers it, this room judges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from trustops.chain.values import Standing
from trustops.exchanges.values import Row
from trustops.status.snapshot import Component, Correction


class Watches(StrEnum):
    """What decides about a component: the values of `watches` in `components.toml`."""

    DESK = "desk"
    SITE = "site"
    CHAIN = "chain"
    OFFICIAL = "official"
    DELIVERIES = "deliveries"


class Listed(Protocol):
    """A component as `components.toml` lists it. `watches` is a value of `Watches`."""

    @property
    def id(self) -> str:
        """Never changes; programs know the component by it."""
        ...

    @property
    def name(self) -> str:
        """What people read."""
        ...

    @property
    def description(self) -> str:
        """A sentence on what it stands for."""
        ...

    @property
    def watches(self) -> str:
        """What decides about it."""
        ...


@dataclass(frozen=True, slots=True)
class Watched:
    """A `Listed` component made by hand."""

    id: str
    name: str
    description: str
    watches: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that this room does not read itself.

    `topics` gives the title of each topic by its id. `migration_state` is a sentence. `addresses`
    is the sentence on official addresses that are withheld, empty while they are shown.
    `previous` holds the components of the Snapshot before, so that "since" outlives a build.
    `demo` says that nobody may take this for a desk that somebody runs.
    """

    project: str
    promise_hours: int
    topics: Mapping[str, str]
    migration_state: str
    chains: Sequence[Standing]
    exchanges: Sequence[Row]
    open_issues: Sequence[tuple[str, str]]
    components: Sequence[Listed]
    addresses: str
    last_heartbeat: str | None
    next_heartbeat_at: datetime | None
    heartbeat_due_since: datetime | None = None
    previous: Sequence[Component] = field(default=())
    corrections: Sequence[Correction] = field(default=())
    demo: bool = False
