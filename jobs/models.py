"""The record of job runs; its last successful row is a job's beat."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from trustops.db import Base, BigId, one_of


class RunState(StrEnum):
    """Where a run stands, as its row keeps it. A killed run stays `running` for ever."""

    RUNNING = "running"
    OK = "ok"
    FAILED = "failed"


class JobRun(Base):
    """One run of one job. `slot` is the moment it was due; one process runs a slot.

    `outcome` is `running`, `ok` or `failed`. A job that every process may run at once, such as
    the sending of deliveries, has no slot.
    """

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("name", "slot"),
        Index("ix_job_run_name_started", "name", "started_at"),
        Index("ix_job_run_started", "started_at"),
        Index(
            "ix_job_run_good",
            "name",
            "started_at",
            "id",
            sqlite_where=text("outcome = 'ok'"),
            postgresql_where=text("outcome = 'ok'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(48))
    slot: Mapped[datetime | None]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[RunState] = mapped_column(one_of(RunState, 16))
    error: Mapped[str | None] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
