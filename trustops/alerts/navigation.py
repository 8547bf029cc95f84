"""The number beside "Alerts" on every page of the desk."""

from __future__ import annotations

from trustops.alerts.queries import waiting_count
from trustops.web import context


class WaitingCounts:
    """What the desk's layout asks for the number of a view. It is counted when it is asked for.

    So a part of a page that has no navigation, such as a live list, costs no count.
    """

    def get(self, view: str) -> int:
        """How many of a view wait for the reader; 0 where there is nothing to count."""
        person = context.person()
        if view != "alerts" or person is None or not person.can("alerts.read"):
            return 0
        return waiting_count(context.session())


def counts() -> dict[str, WaitingCounts]:
    """What the templates get."""
    return {"nav_counts": WaitingCounts()}
