"""Alerts that nobody has answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from trustops.alerts.queries import urgent_since, waiting_count
from trustops.cli.health.finding import Finding, counted, fail, ok, warn
from trustops.settings import Settings

LOOK = "Look at each on /desk/alerts, and acknowledge what somebody works on."


def open_alerts(session: Session, now: datetime, settings: Settings) -> Finding:
    """An urgent alert that nobody acknowledged means that nobody knows."""
    del settings
    count = waiting_count(session)
    if not count:
        return ok("open alerts", "No alert waits for somebody.")
    since = urgent_since(session)
    if since is None:
        return warn("open alerts", f"{_alerts(count)} nobody, none of them urgent.", LOOK)
    minutes = max((now - since) // timedelta(minutes=1), 0)
    return fail(
        "open alerts",
        f"{_alerts(count)} nobody; the oldest urgent one has waited for "
        f"{counted(minutes, 'minute')}.",
        LOOK,
    )


def _alerts(count: int) -> str:
    return "1 alert is acknowledged by" if count == 1 else f"{count} alerts are acknowledged by"
