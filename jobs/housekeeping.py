"""The daily tidying: what nobody can use any more is deleted, in short transactions.

History (`event`), tickets, messages and alerts stay. Each period is counted from the moment at
which a row stopped being of use.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import (
    CursorResult,
    Executable,
    Select,
    delete,
    exists,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from jobs.models import JobRun, RunState
from jobs.queries import went_well
from jobs.runner import JobContext
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
    """Forget idempotency keys."""
    return forget_old(session, now - KEEP_KEYS, most=BATCH)


def forget_runs(session: Session, now: datetime) -> int:
    """Forget old runs, but for the last and the last good one of each job."""
    later, later_good = aliased(JobRun), aliased(JobRun)
    old = (
        select(JobRun.id)
        .where(
            JobRun.started_at < now - KEEP_RUNS,
            exists().where(later.name == JobRun.name, later.started_at > JobRun.started_at),
            or_(
                JobRun.outcome != RunState.OK,
                exists().where(
                    later_good.name == JobRun.name,
                    later_good.started_at > JobRun.started_at,
                    went_well(later_good),
                ),
            ),
        )
        .order_by(JobRun.started_at)
        .limit(BATCH)
    )
    return _delete(session, JobRun, old)


def forget_links(session: Session, now: datetime) -> int:
    """Forget private links of tickets that expired or were revoked."""
    over = (TicketLink.expires_at, TicketLink.revoked_at)
    return _delete(session, TicketLink, _ended(TicketLink, now, *over))


def forget_sessions(session: Session, now: datetime) -> int:
    """Forget sessions of staff that expired or ended."""
    over = (StaffSession.expires_at, StaffSession.ended_at)
    return _delete(session, StaffSession, _ended(StaffSession, now, *over))


def forget_invites(session: Session, now: datetime) -> int:
    """Forget invitations that expired or were used."""
    over = (StaffInvite.expires_at, StaffInvite.used_at)
    return _delete(session, StaffInvite, _ended(StaffInvite, now, *over))


def forget_clients(session: Session, now: datetime) -> int:
    """Take the hash of the client off old tickets; reads only tickets that still have one."""
    found = (
        select(Ticket.id)
        .where(Ticket.client_key.is_not(None), Ticket.created_at < now - KEEP_CLIENTS)
        .order_by(Ticket.created_at)
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


def _ended(
    table: type[TicketLink | StaffSession | StaffInvite],
    now: datetime,
    *moments: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
) -> Select[int]:
    """Keys of rows of which one of these moments lies so far back; each is read by its index."""
    probes = [
        select(table.id.label("key"))
        .where(moment < now - KEEP_LINKS)
        .order_by(moment)
        .limit(BATCH)
        .subquery()
        for moment in moments
    ]
    both = union(*[select(probe.c.key) for probe in probes]).subquery()
    return select(both.c.key).limit(BATCH)


def _delete(
    session: Session,
    table: type[JobRun | TicketLink | StaffSession | StaffInvite],
    found: Select[int],
) -> int:
    return _count(
        session,
        delete(table).where(table.id.in_(found)).execution_options(synchronize_session=False),
    )


def _count(session: Session, statement: Executable) -> int:
    done = session.execute(statement)
    return done.rowcount if isinstance(done, CursorResult) else 0
