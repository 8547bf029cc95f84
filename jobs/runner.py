"""One run of a job: a clock, transactions that commit here, and a row that tells how it ended.

The row is committed before the work and settled after it, so a run that was killed is visible.
A failure is noted, logged and raised as an alert; it never stops the ticker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from jobs import queries, services
from jobs.triggers import Trigger
from trustops.alerts.rules import job_failed, job_subject
from trustops.alerts.services import raise_alert, resolve
from trustops.channels.targets import alert_targets
from trustops.clock import Clock
from trustops.db import db, start_writing
from trustops.guard import redact
from trustops.logs import first_line, get_logger
from trustops.settings import Settings
from trustops.web import context as web

T = TypeVar("T")

log = get_logger(__name__)


def never() -> bool:
    """The answer to `stopping` where nobody stops a run."""
    return False


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job works with. `stopping` turns true when the process is to end soon."""

    engine: Engine
    clock: Clock
    stopping: Callable[[], bool] = never

    @contextmanager
    def open_session(self) -> Iterator[Session]:
        """A writing session; committed when left without an error, rolled back else."""
        with Session(self.engine, expire_on_commit=False) as session:
            start_writing(session)
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads: it waits for no writer and commits nothing."""
        with Session(self.engine) as session:
            yield session

    def part(self, kind: type[T]) -> T:
        """The application's part of a class, such as `Settings` or `Content`."""
        return web.part(kind)

    def part_if_any(self, kind: type[T]) -> T | None:
        """As `part`, for one that only some ways to run the product have."""
        return web.part_if_any(kind)


@dataclass(frozen=True, slots=True)
class Between:
    """Work that cannot wait for the next slot: every process looks for it so often, and may do it.

    Only for jobs whose work is claimed row by row.
    """

    seconds: int
    has_work: Callable[[Session, datetime], bool]


@dataclass(frozen=True, slots=True)
class Job:
    """A line of the schedule.

    `does` says in one sentence what for. `grace` is how long after its moment a slot may still
    be run. After `expected_beat` without a good run the job counts as silent.
    """

    name: str
    does: str
    trigger: Trigger
    run: Callable[[JobContext], Mapping[str, int]]
    grace: timedelta
    expected_beat: timedelta
    between: Between | None = None


class Result(StrEnum):
    """What became of an attempt to run a job."""

    OK = "ok"
    FAILED = "failed"
    TAKEN = "taken"
    NOT_DUE = "not due"


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of an attempt; `data` is what the job counted, `error` the failure in short."""

    result: Result
    data: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None


def tick(app: Flask, job: Job, *, stopping: Callable[[], bool] = never) -> Ran:
    """Run a job if it is due and nobody has begun its slot; what the ticker calls."""
    with app.app_context():
        context = JobContext(db.engine, web.clock(), stopping)
        try:
            slot, due = _look(context, job)
        except SQLAlchemyError as error:
            log.exception("database could not be asked for a job", job=job.name)
            return Ran(Result.FAILED, error=describe(error))
    return run_job(app, job, slot=slot, stopping=stopping) if due else Ran(Result.NOT_DUE)


def run_job(
    app: Flask,
    job: Job,
    *,
    slot: datetime | None = None,
    stopping: Callable[[], bool] = never,
) -> Ran:
    """Run a job now, whatever its trigger says.

    Args:
        app: the application, which has the database, the clock and the parts.
        job: a line of the schedule.
        slot: the moment it was due; of several processes with the same slot one runs. None
            for a run that no other one takes the place of.
        stopping: asked by jobs that could end early.
    """
    with app.app_context():
        context = JobContext(db.engine, web.clock(), stopping)
        try:
            with context.open_session() as session:
                run_id = services.begin(session, context.clock.now(), name=job.name, slot=slot)
            return Ran(Result.TAKEN) if run_id is None else _work(context, job, run_id)
        except SQLAlchemyError as error:
            log.exception("job run could not be noted", job=job.name)
            return Ran(Result.FAILED, error=describe(error))


def describe(error: BaseException) -> str:
    """A failure in one line: its type and the first line of its message, without secrets."""
    kind = type(error)
    return redact(f"{kind.__module__}.{kind.__qualname__}: {first_line(error)}")


def _look(context: JobContext, job: Job) -> tuple[datetime | None, bool]:
    """The slot to run, if any, and whether to run at all."""
    now = context.clock.now()
    slot = job.trigger.last_due(now)
    with context.reading() as session:
        if now - slot <= job.grace and not queries.is_taken(session, job.name, slot):
            return slot, True
        return None, job.between is not None and job.between.has_work(session, now)


def _work(context: JobContext, job: Job, run_id: int) -> Ran:
    """Do the work of a run that was begun, and settle its row."""
    try:
        data = dict(job.run(context))
    except Exception as error:
        log.exception("job failed", job=job.name, run_id=run_id)
        return _fail(context, job, run_id, error)
    with context.open_session() as session:
        now = context.clock.now()
        services.settle(session, now, run_id=run_id, data=data)
        resolve(session, now, subject=job_subject(job.name))
    log.debug("job ran", job=job.name, run_id=run_id, **data)
    return Ran(Result.OK, data)


def _fail(context: JobContext, job: Job, run_id: int, error: Exception) -> Ran:
    """Note a failure on the row, and raise its alert in the same transaction."""
    said = describe(error)
    settings = context.part(Settings)
    with context.open_session() as session:
        now = context.clock.now()
        services.settle(session, now, run_id=run_id, data={}, error=said)
        raise_alert(
            session,
            now,
            job_failed(job.name, at=now),
            targets=alert_targets(settings),
            base_url=settings.base_url,
        )
    return Ran(Result.FAILED, error=said)
