"""The verb of the exchanges room: tell ops of rows that went stale, and when they are renewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trustops.alerts.models import Alert
from trustops.alerts.services import raise_again, resolve
from trustops.channels.rules import Target
from trustops.exchanges.alerting import SUBJECT, looks_of, stale_alert
from trustops.exchanges.values import Row

OTHER_HOSTS_WAIT = timedelta(minutes=15)
"""How long only the host that raised the alert may resolve it.

While a new version of the content is rolled out hosts have different files, and would take turns.
"""


def is_up_to_date(session: Session, now: datetime, stale: Sequence[Row], *, host: str) -> bool:
    """Whether there is nothing to raise and nothing to resolve; only reads."""
    alert = _open_alert(session)
    if alert is None:
        return not stale
    if stale:
        known: Mapping[str, str] = alert.data["looks"]
        return looks_of(stale).items() <= known.items()
    return alert.data["host"] != host and now - alert.opened_at < OTHER_HOSTS_WAIT


def tell(
    session: Session,
    now: datetime,
    stale: Sequence[Row],
    *,
    targets: Sequence[Target],
    base_url: str,
    host: str,
) -> bool:
    """Raise an alert where a row went stale that none tells of; resolve it when all are renewed.

    One alert is open at a time. It names every row that is stale; one that is renewed meanwhile
    changes nothing, and a further one opens the next alert in its place.

    Args:
        session: a writing session.
        now: an aware instant, in UTC.
        stale: every row that is stale.
        targets: where an alert goes, by `channels.targets.alert_targets`.
        base_url: what the link in it begins with.
        host: this machine.
    """
    if is_up_to_date(session, now, stale, host=host):
        return False
    resolve(session, now, subject=SUBJECT)
    if not stale:
        return False
    new = stale_alert(stale, at=now, host=host)
    return raise_again(session, now, new, targets=targets, base_url=base_url) is not None


def _open_alert(session: Session) -> Alert | None:
    # One is open at most. Without an order the small index of what is unresolved answers.
    return session.scalars(
        select(Alert).where(Alert.subject == SUBJECT, Alert.resolved_at.is_(None))
    ).first()
