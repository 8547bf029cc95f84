"""What tests of jobs begin with: a job of their own, runs in the past, reads of what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from jobs.models import JobRun
from jobs.runner import Between, Job, JobContext
from jobs.services import begin, settle
from jobs.triggers import EachMinute
from trustops.alerts.models import Alert

Work = Callable[[JobContext], Mapping[str, int]]


def nothing(context: JobContext) -> dict[str, int]:
    """A job that finds nothing to do."""
    del context
    return {}


def a_job(
    run: Work = nothing,
    *,
    name: str = "count_things",
    grace: timedelta = timedelta(minutes=1),
    between: Between | None = None,
) -> Job:
    """A job of a minute."""
    return Job(
        name=name,
        does="Counts.",
        trigger=EachMinute(),
        run=run,
        grace=grace,
        expected_beat=timedelta(minutes=5),
        between=between,
    )


def ran(context: JobContext, name: str, at: datetime, *, error: str | None = None) -> None:
    """Note a run that ended in the moment in which it began."""
    with context.open_session() as session:
        run_id = begin(session, at, name=name, slot=None)
        assert run_id is not None
        settle(session, at, run_id=run_id, data={}, error=error)


def began(context: JobContext, name: str, at: datetime) -> None:
    """Note a run that has not ended."""
    with context.open_session() as session:
        begin(session, at, name=name, slot=None)


def runs(context: JobContext, name: str = "count_things") -> list[JobRun]:
    """All runs of a job, the oldest first."""
    with context.reading() as session:
        found = select(JobRun).where(JobRun.name == name).order_by(JobRun.id)
        return list(session.scalars(found))


def alerts(context: JobContext) -> list[Alert]:
    """All alerts, the oldest first."""
    with context.reading() as session:
        return list(session.scalars(select(Alert).order_by(Alert.id)))
