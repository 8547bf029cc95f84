"""Who can sign in on a demo instance, and only there.

The rows are marked as demo, and sign-in refuses them unless `DEMO=1`; the addresses lie under a
top-level domain that can never exist (RFC 2606).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trustops.accounts.models import Staff
from trustops.accounts.passwords import Passwords
from trustops.db import Actor, record, subject_of

DEMO = Actor("system", "demo", "Demo")

SIGN_INS: tuple[tuple[str, str, str], ...] = (
    ("agent", "agent@demo.invalid", "demo-agent-passphrase"),
    ("lead", "lead@demo.invalid", "demo-lead-passphrase"),
    ("ops", "ops@demo.invalid", "demo-ops-passphrase"),
    ("admin", "admin@demo.invalid", "demo-admin-passphrase"),
)
"""Role, address and password of each demo account."""


def add_people(session: Session, now: datetime, passwords: Passwords) -> dict[str, Staff]:
    """Add the demo accounts, by role."""
    people: dict[str, Staff] = {}
    for role, email, password in SIGN_INS:
        staff = Staff(
            email=email,
            name=f"Demo {role}",
            role=role,
            password_hash=passwords.hash(password),
            demo=True,
            created_at=now,
            password_changed_at=now,
        )
        session.add(staff)
        session.flush()  # tickets and events name people by key
        record(
            session,
            now,
            "staff.invited",
            subject=subject_of("staff", staff.id),
            actor=DEMO,
            data={"role": role},
        )
        people[role] = staff
    return people
