"""The alerts of the official room: what is withheld, on which host, and what ends soon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from trustops.alerts.models import Alert
from trustops.alerts.rules import Kind, NewAlert, Severity
from trustops.alerts.services import resolve
from trustops.official.keys import SUBJECT, last_key
from trustops.official.models import OfficialVersion
from trustops.official.values import Manifest, Official, Problem

EXPIRY_SUBJECT = "official:expiry"

_NOT_SET_UP = frozenset({Problem.NO_KEY, Problem.NO_OPERATOR})
"""What is missing on an instance that nobody has set up yet; it alarms nobody at night."""

GONE_AFTER = timedelta(minutes=15)
"""A host that has not looked for so long is not there any more; others may close its alert."""


def _open_alerts(session: Session) -> Sequence[Alert]:
    """The alerts that nothing official can be shown, as far as they are not over."""
    return session.scalars(
        select(Alert).where(Alert.subject == SUBJECT, Alert.resolved_at.is_(None))
    ).all()


def note_again(session: Session, now: datetime, dedupe_key: str, host: str) -> None:
    """Note on an open alert that a host still meets its problem."""
    for alert in _open_alerts(session):
        if alert.dedupe_key == dedupe_key:
            data = {**alert.data, "host": host, "met_at": now.isoformat()}
            session.execute(update(Alert).where(Alert.id == alert.id).values(data=data))


def resolve_for(session: Session, now: datetime, host: str) -> None:
    """Close what this host, or one that has gone quiet, had met.

    Of several hosts one may withhold what the others show; those may not close its alert, or it
    would be raised anew every minute.
    """
    for alert in _open_alerts(session):
        met_at = alert.data.get("met_at")
        quiet = met_at is None or now - datetime.fromisoformat(met_at) > GONE_AFTER
        if quiet or alert.data.get("host") == host:
            resolve(session, now, subject=SUBJECT, dedupe_prefix=alert.dedupe_key)


def _summary(session: Session, official: Official, host: str) -> str:
    """What ops read: of a key that was changed, which keys and where."""
    if official.problem is not Problem.KEY_CHANGED:
        return f"{official.sentence} `trustops official verify` says more."
    last = last_key(session)
    where = "".join(letter for letter in host if letter.isprintable()) or "this host"
    return (
        f"On {where} the key of the signed list is {official.key_id}, which nobody announced; the "
        f"last accepted one is {last.id if last else 'unknown'}. Official addresses are withheld. "
        "Put the old key back, or set TRUSTOPS_OFFICIAL_KEY on the host."
    )


def withheld_alert(session: Session, now: datetime, official: Official, host: str) -> NewAlert:
    """The alert of a problem. A problem that comes back after a good time is another one."""
    problem = official.problem or Problem.MISSING
    prefix = f"{Kind.OFFICIAL_WITHHELD}:{problem}:{official.key_id}:{official.sha256[:16]}:"
    over = session.scalar(
        select(func.count())
        .select_from(Alert)
        .where(
            Alert.subject == SUBJECT,
            Alert.dedupe_key.startswith(prefix, autoescape=True),
            Alert.resolved_at.is_not(None),
        )
    )
    set_up = problem not in _NOT_SET_UP or session.scalar(select(OfficialVersion.id).limit(1))
    return NewAlert(
        kind=Kind.OFFICIAL_WITHHELD,
        severity=Severity.CRITICAL if set_up else Severity.WARNING,
        dedupe_key=f"{prefix}{over}",
        subject=SUBJECT,
        summary=_summary(session, official, host),
        at=now,
        data={
            "problem": str(problem),
            "sha256": official.sha256,
            "key": official.key_id,
            "host": host,
            "met_at": now.isoformat(),
        },
    )


def expiry_alert(now: datetime, official: Official, manifest: Manifest) -> NewAlert:
    """The alert that a list ends within days."""
    return NewAlert(
        kind=Kind.OFFICIAL_WITHHELD,
        severity=Severity.WARNING,
        dedupe_key=f"official.expires:{official.key_id}:{manifest.version}:{official.sha256[:16]}",
        subject=EXPIRY_SUBJECT,
        summary=(
            "The signed list of official addresses is valid until "
            f"{manifest.expires_at:%Y-%m-%d %H:%M} UTC. Sign the next one before that."
        ),
        at=now,
        data={"version": manifest.version},
    )
