"""The daily tidying: what nobody can use any more is deleted, in short transactions.

History (`event`), tickets, messages and alerts stay. Each period is counted from the moment at
which a row stopped being of use.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, Executable, delete, func, or_, select, update
from sqlalchemy.orm import Session

from jobs.models import JobRun
from jobs.runner import JobContext
from jobs.services import RunState
from trustops.accounts.models import StaffInvite, StaffSession
from trustops.tickets.models import Ticket, TicketLink
from trustops.web.idempotency import forget_old

KEEP_KEYS = timedelta(hours=48)
"""How long a client may repeat a write under the same `Idempotency-Key`."""

KEEP_RUNS = timedelta(days=14)
"""Runs of jobs; the last run and the last good run of each job stay whatever their age."""

KEEP_LINKS = timedelta(days=30)
"""Private links, sessions and invitations, after they expired or ended."""

KEEP_CLIENTS = timedelta(days=30)
"""The keyed hash of the address that a ticket came from; floods are judged by the hour."""

BATCH = 500
"""Rows deleted in one transaction: short enough that nobody waits long for the lock."""

Step = Callable[[Session, datetime], int]


def tidy(context: JobContext) -> dict[str, int]:
    """Do every step until it finds nothing more; gives how many rows each of them found."""
    now = context.clock.now()
    done: dict[str, int] = {}
    for name, step in STEPS.items():
        done[name] = 0
        found = BATCH
        while found >= BATCH:
            with context.open_session() as session:
                found = step(session, now)
            done[name] += found
    return done


def forget_keys(session: Session, now: datetime) -> int:
    """Forget idempotency keys, all at once: two days hold few of them."""
    return forget_old(session, now - KEEP_KEYS)


def forget_runs(session: Session, now: datetime) -> int:
    """Forget old runs, but for the last and the last good one of each job."""
    last = select(func.max(JobRun.id)).group_by(JobRun.name)
    last_good = last.where(JobRun.outcome == RunState.OK)
    return _delete(
        session,
        JobRun,
        JobRun.started_at < now - KEEP_RUNS,
        JobRun.id.not_in(last),
        JobRun.id.not_in(last_good),
    )


def forget_links(session: Session, now: datetime) -> int:
    """Forget private links of tickets that expired or were revoked."""
    before = now - KEEP_LINKS
    return _delete(
        session, TicketLink, or_(TicketLink.expires_at < before, TicketLink.revoked_at < before)
    )


def forget_sessions(session: Session, now: datetime) -> int:
    """Forget sessions of staff that expired or ended."""
    before = now - KEEP_LINKS
    return _delete(
        session, StaffSession, or_(StaffSession.expires_at < before, StaffSession.ended_at < before)
    )


def forget_invites(session: Session, now: datetime) -> int:
    """Forget invitations that expired or were used."""
    before = now - KEEP_LINKS
    return _delete(
        session, StaffInvite, or_(StaffInvite.expires_at < before, StaffInvite.used_at < before)
    )


def forget_clients(session: Session, now: datetime) -> int:
    """Take the hash of the client off old tickets; reads only tickets that still have one."""
    found = (
        select(Ticket.id)
        .where(Ticket.client_key > "", Ticket.created_at < now - KEEP_CLIENTS)
        .limit(BATCH)
    )
    return _count(
        session,
        update(Ticket)
        .where(Ticket.id.in_(found))
        .values(client_key=None)
        .execution_options(synchronize_session=False),
    )


STEPS: dict[str, Step] = {
    "idempotency_keys": forget_keys,
    "job_runs": forget_runs,
    "ticket_links": forget_links,
    "staff_sessions": forget_sessions,
    "staff_invites": forget_invites,
    "client_keys": forget_clients,
}
"""What is tidied, by the name under which the run counts it."""


def _delete(
    session: Session,
    table: type[JobRun | TicketLink | StaffSession | StaffInvite],
    *conditions: ColumnElement[bool],
) -> int:
    found = select(table.id).where(*conditions).order_by(table.id).limit(BATCH)
    return _count(
        session,
        delete(table).where(table.id.in_(found)).execution_options(synchronize_session=False),
    )


def _count(session: Session, statement: Executable) -> int:
    done = session.execute(statement)
    return done.rowcount if isinstance(done, CursorResult) else 0
