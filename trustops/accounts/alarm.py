"""How the accounts room has somebody told of a run of failed sign-ins.

Alerts are a room above; the composition root registers what raises them inside an `Alarm`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from trustops.accounts.rules import Run
from trustops.db import Session


class Bell(Protocol):
    """What raises an alert, in the transaction in which the run was noted."""

    def ring(self, session: Session, now: datetime, run: Run) -> None:
        """Have somebody told of a run."""
        ...


@dataclass(frozen=True, slots=True)
class Alarm:
    """The part under which the composition root registers the bell."""

    bell: Bell
