"""What tests of alerts begin with: an alert to raise, targets, a way to raise it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from tests.conftest import NOON
from trustops.accounts.models import Staff
from trustops.alerts.models import Alert
from trustops.alerts.rules import Kind, NewAlert, Severity
from trustops.alerts.services import raise_alert
from trustops.channels.rules import Target

BASE_URL = "https://desk.example.org"
HOOK = Target("webhook", "webhook")
MAIL = Target("email", "ops@example.org")


def breach(number: int = 1, *, percent: int = 100, at: datetime = NOON) -> NewAlert:
    """A breach of ticket number so and so, or a warning before it."""
    return NewAlert(
        kind=Kind.BREACHED if percent == 100 else Kind.AT_RISK,
        severity=Severity.CRITICAL if percent == 100 else Severity.WARNING,
        dedupe_key=f"sla:MIG-{number}:first_response:1:{percent}",
        subject=f"ticket:{number}",
        summary=f"MIG-{number} had no first response within 48 h.",
        at=at,
        ticket=f"MIG-{number}",
        path=f"/desk/tickets/MIG-{number}",
        data={"percent": percent},
    )


def raised(session: Session, now: datetime, new: NewAlert) -> Alert:
    """Raise an alert to webhook and mail; it has to be new."""
    alert = raise_alert(session, now, new, targets=[HOOK, MAIL], base_url=BASE_URL)
    assert alert is not None
    return alert


def lead(session: Session) -> Staff:
    """A lead, who may acknowledge and decide."""
    staff = Staff(email="lead@example.org", name="Lead", role="lead", created_at=NOON)
    session.add(staff)
    session.flush()  # alerts name the person by key
    return staff
