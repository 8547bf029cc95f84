"""The number beside a word of the navigation, on every page of the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from trustops.alerts.queries import waiting_rows_count
from trustops.tickets.queries import held_count
from trustops.web import context

COUNTED: Mapping[str, tuple[str, Callable[[Session], int]]] = {
    "held": ("answers.release", held_count),
    "alerts": ("alerts.read", waiting_rows_count),
}
"""What can wait for a reader: the permission that they need for it, and how it is counted."""


class WaitingCounts:
    """What the desk's layout asks for the number of a view. It is counted when it is asked for.

    So a part of a page that has no navigation, such as a live list, costs no count.
    """

    def get(self, view: str) -> int:
        """How many of a view wait for the reader; 0 where there is nothing to count."""
        person = context.person()
        if view not in COUNTED or person is None:
            return 0
        permission, count = COUNTED[view]
        return count(context.session()) if person.can(permission) else 0


def counts() -> dict[str, WaitingCounts]:
    """What the templates get."""
    return {"nav_counts": WaitingCounts()}
