"""Real processes on one database: a slot is run once, and a killed run is seen and not repeated."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from jobs.models import JobRun
from tests.conftest import NOON
from trustops.db import Event
from trustops.settings import PROJECT_ROOT

pytestmark = pytest.mark.processes

Process = subprocess.Popen[str]


@contextmanager
def racer(url: str, work: str) -> Iterator[Process]:
    """A process that has opened the database and waits for the word."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.racer", url, work],
        cwd=PROJECT_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def says(process: Process) -> str:
    """The next line of a process."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def go(process: Process) -> None:
    """Give the word."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_of_four_processes_one_runs_a_slot(database: str, engine: Engine) -> None:
    """The others find it taken and write nothing."""
    with ExitStack() as stack:
        racers = [stack.enter_context(racer(database, "quick")) for _ in range(4)]
        assert [says(process) for process in racers] == ["ready"] * 4
        for process in racers:
            go(process)
        results = Counter(says(process) for process in racers)
    assert results == {"ok": 1, "taken": 3}
    with Session(engine) as session:
        assert session.scalars(select(JobRun.outcome)).all() == ["ok"]
        counted = select(func.count()).select_from(Event).where(Event.kind == "thing.counted")
        assert session.scalar(counted) == 1


def test_a_killed_run_stays_visible_and_its_slot_is_not_run_again(
    database: str, engine: Engine
) -> None:
    """Nobody knows how far it came; the next slot does what is left."""
    with racer(database, "hang") as first, racer(database, "quick") as second:
        assert [says(first), says(second)] == ["ready", "ready"]
        go(first)
        assert says(first) == "begun"
        first.kill()
        first.wait()
        go(second)
        assert says(second) == "taken"
    with Session(engine) as session:
        row = session.scalars(select(JobRun)).one()
        assert (row.outcome, row.slot, row.finished_at) == ("running", NOON, None)
