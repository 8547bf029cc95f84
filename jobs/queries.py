"""Reads of the runs: the last beat of a job, whether a slot is taken, how the table stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, func, literal_column, select, text
from sqlalchemy.orm import Session

from jobs.models import JobRun, RunState
from trustops.channels.models import Delivery


@dataclass(frozen=True, slots=True)
class Beat:
    """The signs of life of a job; instants are aware, in UTC.

    `last_good` is when a run last ended well. `waiting_since` is what its silence is counted
    from: that run, or the first try after it, for a desk that was switched off is not silent
    in its first minute. None where nothing ever ran on this instance.
    """

    last_good: datetime | None
    waiting_since: datetime | None


def went_well(run: type[JobRun]) -> ColumnElement[bool]:
    """The condition of the partial index on good runs; a literal, for both databases to see."""
    return run.outcome == literal_column(f"'{RunState.OK}'", String)


def beat_of(session: Session, name: str) -> Beat:
    """The signs of life of one job, from its runs."""
    last_good = session.execute(
        select(JobRun.started_at, JobRun.finished_at)
        .where(JobRun.name == name, went_well(JobRun))
        .order_by(JobRun.started_at.desc(), JobRun.id.desc())
        .limit(1)
    ).first()
    tries = select(func.min(JobRun.started_at)).where(JobRun.name == name)
    if last_good is not None:
        tries = tries.where(JobRun.started_at > last_good.started_at)
    first_try = session.scalar(tries)
    ended = last_good.finished_at if last_good else first_run(session)
    return Beat(
        last_good=last_good.finished_at if last_good else None,
        waiting_since=max((at for at in (ended, first_try) if at is not None), default=None),
    )


def first_run(session: Session) -> datetime | None:
    """When any job first ran on this instance, as far back as runs are kept."""
    return session.scalar(select(JobRun.started_at).order_by(JobRun.id).limit(1))


def last_run(session: Session, name: str) -> JobRun | None:
    """The run of a job that began last."""
    return session.scalars(
        select(JobRun)
        .where(JobRun.name == name)
        .order_by(JobRun.started_at.desc(), JobRun.id.desc())
        .limit(1)
    ).first()


def is_taken(session: Session, name: str, slot: datetime) -> bool:
    """Whether some process began the run of a slot."""
    row = select(JobRun.id).where(JobRun.name == name, JobRun.slot == slot)
    return session.scalar(row) is not None


def deliveries_wait(session: Session, now: datetime) -> bool:
    """Whether a delivery is due; reads one row of the partial index on what is queued."""
    due = (
        select(Delivery.id)
        .where(text("delivery.state = 'queued'"), Delivery.next_try_at <= now)
        .limit(1)
    )
    return session.scalar(due) is not None
