"""The verbs of a run's row: begin under a slot, settle with an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from jobs.models import JobRun, RunState
from trustops.db import insert_new


def begin(session: Session, now: datetime, *, name: str, slot: datetime | None) -> int | None:
    """Write the row of a run and give its key; None where another process has the slot.

    A run without a slot, such as one that a person asked for, never meets another.
    """
    row: dict[str, object] = {
        "name": name,
        "slot": slot,
        "started_at": now,
        "outcome": RunState.RUNNING,
        "data": {},
    }
    run = insert_new(session, JobRun, row, unique=["name", "slot"])
    return None if run is None else run.id


def settle(
    session: Session,
    now: datetime,
    *,
    run_id: int,
    data: Mapping[str, int],
    error: str | None = None,
) -> None:
    """Write how a run ended: well, with what it counted, or with an error."""
    session.execute(
        update(JobRun)
        .where(JobRun.id == run_id)
        .values(
            finished_at=now,
            outcome=RunState.OK if error is None else RunState.FAILED,
            error=error,
            data=dict(data),
        )
        .execution_options(synchronize_session=False)
    )
