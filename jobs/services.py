"""The verbs of a run's row: begin under a slot, settle with an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from jobs.models import JobRun, RunState


def begin(session: Session, now: datetime, *, name: str, slot: datetime | None) -> int | None:
    """Write the row of a run and give its key; None where another process has the slot.

    A run without a slot, such as one that a person asked for, never meets another.
    """
    insert = postgresql.insert if _is_postgresql(session) else sqlite.insert
    return session.scalars(
        insert(JobRun)
        .values(name=name, slot=slot, started_at=now, outcome=RunState.RUNNING, data={})
        .on_conflict_do_nothing(index_elements=["name", "slot"])
        .returning(JobRun.id)
    ).first()


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


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
