"""The circumstances of a change: when, by whom, and where alerts about it go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trustops.channels.rules import Target
from trustops.db import Actor
from trustops.sla.rules import Policy


@dataclass(frozen=True, slots=True)
class AlertRoute:
    """The configured alert targets, and the address that links in alerts begin with."""

    targets: Sequence[Target]
    base_url: str


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a ticket: the moment (aware, UTC), who acts, and what the desk is set to do.

    `policy` is the first-response promise as configured now; a running clock keeps its own.
    """

    now: datetime
    actor: Actor
    route: AlertRoute
    policy: Policy
