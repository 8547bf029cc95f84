"""Rows that a change of an account holds on to, and the sessions that it ends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update

from trustops.accounts.models import Staff, StaffSession
from trustops.db import Session
from trustops.errors import NotFoundError


def locked_person(session: Session, staff_id: int) -> Staff:
    """The row of a person as it stands now, held until the transaction ends.

    Raises:
        NotFoundError: there is no such person.
    """
    found = session.scalar(
        select(Staff)
        .where(Staff.id == staff_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFoundError("There is no such person.")
    return found


def forget_devices(staff: Staff) -> None:
    """Make every browser of a person whose row is locked a stranger until it signs in again."""
    staff.device_generation += 1


def end_all_sessions(session: Session, now: datetime, staff: Staff, reason: str) -> int:
    """End every session of a person whose row is locked; gives how many there were."""
    going_on = (StaffSession.staff_id == staff.id, StaffSession.ended_at.is_(None))
    count = session.scalar(select(func.count()).select_from(StaffSession).where(*going_on))
    session.execute(update(StaffSession).where(*going_on).values(ended_at=now, end_reason=reason))
    return count or 0
