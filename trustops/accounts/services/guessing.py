"""Failed sign-ins: their events, and the runs of them that somebody should know of.

Each failure writes over one row of its account and, when it is the first there within an hour, one
of the whole desk; so neither rows nor work grow with what an attacker does. Addresses that nobody
has are counted in 256 rows, by two digits of their keyed hash, in the same steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, literal, select, update

from trustops.accounts.models import SignInRun, Staff
from trustops.accounts.rules import (
    MANY_ACCOUNTS,
    RUN_FAILURES,
    RUN_WINDOW,
    SPRAYED_ACCOUNTS,
    Run,
)
from trustops.db import Actor, Instant, Session, insert_for, record, subject_of


@dataclass(frozen=True, slots=True)
class _Counted:
    """A row of `sign_in_run` after one more failure."""

    subject: str
    failures: int
    began_at: datetime
    alerted: bool


def note_refused_sign_in(
    session: Session, now: datetime, *, staff_id: int | None, named: str = ""
) -> list[Run]:
    """Count a refusal and write its event, in a transaction of its own: the request keeps nothing.

    What was typed is not kept: people type passwords into the wrong field. The history has the
    first failures of an hour on an account; after them the run has the number.

    Args:
        session: a writing session.
        now: the moment, aware, in UTC.
        staff_id: whose account it was, or None where nobody has the address.
        named: two hexadecimal digits of a keyed hash of the address that nobody has.

    Returns:
        The runs that somebody should now be told of, each once until it is over.
    """
    whom = subject_of("staff", "unknown" if staff_id is None else staff_id)
    account = _count(session, now, f"{whom}:{named}" if staff_id is None and named else whom)
    if account.failures <= RUN_FAILURES:
        record(
            session,
            now,
            "staff.sign_in_failed",
            subject=whom,
            actor=Actor("system", "sign_in"),
        )
    found = []
    if account.failures == 1:
        desk = _count(session, now, MANY_ACCOUNTS)
        if _is_news(desk, SPRAYED_ACCOUNTS):
            found.append(_noted(session, desk))
    if staff_id is not None and _is_news(account, RUN_FAILURES):
        name = session.scalar(select(Staff.name).where(Staff.id == staff_id)) or ""
        found.append(_noted(session, account, name))
    return found


def end_quiet_runs(session: Session, now: datetime) -> list[str]:
    """Forget runs without a failure for an hour; gives what those that were told of are about."""
    quiet = SignInRun.last_at <= now - RUN_WINDOW
    ended = session.scalars(
        select(SignInRun.subject).where(quiet, SignInRun.alerted.is_(True)).with_for_update()
    ).all()
    session.execute(delete(SignInRun).where(quiet).execution_options(synchronize_session=False))
    return list(ended)


def _count(session: Session, now: datetime, subject: str) -> _Counted:
    """Add one failure to a row; a new hour begins at one again, and silence ends a run."""
    hour_is_over = SignInRun.began_at <= now - RUN_WINDOW
    run_is_over = SignInRun.last_at <= now - RUN_WINDOW
    row = session.execute(
        insert_for(session, SignInRun)
        .values(subject=subject, failures=1, began_at=now, last_at=now, alerted=False)
        .on_conflict_do_update(
            index_elements=["subject"],
            set_={
                "failures": case((hour_is_over, 1), else_=SignInRun.failures + 1),
                "began_at": case((hour_is_over, literal(now, Instant())), else_=SignInRun.began_at),
                "alerted": case((run_is_over, literal(value=False)), else_=SignInRun.alerted),
                "last_at": now,
            },
        )
        .returning(SignInRun.failures, SignInRun.began_at, SignInRun.alerted)
    ).one()
    return _Counted(subject, row.failures, row.began_at, row.alerted)


def _is_news(counted: _Counted, threshold: int) -> bool:
    return counted.failures >= threshold and not counted.alerted


def _noted(session: Session, counted: _Counted, name: str = "") -> Run:
    """Note that somebody is told of a run, so that it is told once."""
    session.execute(
        update(SignInRun)
        .where(SignInRun.subject == counted.subject)
        .values(alerted=True)
        .execution_options(synchronize_session=False)
    )
    return Run(counted.subject, name, counted.began_at)
