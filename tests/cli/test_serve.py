"""`trustops serve` and `trustops worker` as real processes on one SQLite database."""

from __future__ import annotations

import signal
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from jobs.models import JobRun
from jobs.schedule import TABLE
from tests.cli.conftest import Run
from tests.cli.processes import answers, environment, free_port, started, stop, wait_until
from trustops.cli.schema import require_head
from trustops.cli.serve import bring_up, listening_at
from trustops.db import migrate
from trustops.errors import ConflictError
from trustops.settings import Settings, load_settings
from trustops.tickets.models import Ticket

WORKERS = 4
TICKETS = 60
BODY = {"topic": "other", "subject": "A question", "message": "Is it over?"}


@pytest.mark.processes
def test_a_desk_with_four_workers_takes_tickets_and_stops_cleanly(tmp_path: Path) -> None:
    """Nobody meets a locked database, each slot runs once, and every process ends with code 0."""
    port = free_port()
    env = environment(tmp_path, PORT=str(port), WORKERS="2")
    logs = [tmp_path / f"log-{number}" for number in range(WORKERS + 1)]
    with ExitStack() as stack:
        desk = stack.enter_context(started("serve", log=logs[0], env=env))
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz"), "a desk that serves")
        workers = [stack.enter_context(started("worker", log=log, env=env)) for log in logs[1:]]
        wait_until(lambda: all(b"worker runs" in log.read_bytes() for log in logs[1:]), "workers")
        with ThreadPoolExecutor(8) as pool:
            opened = list(pool.map(lambda _: open_ticket(port), range(TICKETS)))
        wait_until(lambda: set(outcomes(tmp_path)) == {job.name for job in TABLE}, "all jobs")
        wait_until(lambda: b"Ready: " in logs[0].read_bytes(), "a desk that says so")
        codes = [stop(workers[0], signal.SIGINT), *map(stop, [*workers[1:], desk])]
    written = b"".join(log.read_bytes() for log in logs)
    assert opened == [201] * TICKETS
    assert codes == [0] * (WORKERS + 1)
    assert b"locked" not in written
    assert b"Traceback" not in written
    assert set(outcomes(tmp_path).values()) == {"ok"}
    assert count_tickets(tmp_path) == TICKETS


def open_ticket(port: int) -> int:
    """Open a ticket by the API; gives the status."""
    answer = requests.post(f"http://127.0.0.1:{port}/api/v1/tickets", json=BODY, timeout=30)
    return answer.status_code


def outcomes(folder: Path) -> dict[str, str]:
    """The outcome of each job's runs; fails where a slot was run twice."""
    engine = create_engine(f"sqlite:///{folder / 'trustops.sqlite3'}")
    with Session(engine) as session:
        rows = session.execute(select(JobRun.name, JobRun.slot, JobRun.outcome)).all()
    engine.dispose()
    slots = Counter((row.name, row.slot) for row in rows if row.slot is not None)
    assert set(slots.values()) <= {1}
    return {row.name: row.outcome for row in rows if row.outcome != "running"}


def count_tickets(folder: Path) -> int:
    """How many tickets were kept."""
    engine = create_engine(f"sqlite:///{folder / 'trustops.sqlite3'}")
    with Session(engine) as session:
        found = session.scalar(select(func.count()).select_from(Ticket)) or 0
    engine.dispose()
    return found


def test_a_taken_port_is_told_before_anything_starts(run: Run) -> None:
    """With the way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port))
    assert result.exit_code == 1
    assert result.stderr.startswith("Not ready: ")
    assert f"Port {port} of 127.0.0.1 cannot be used" in result.stderr
    assert "--port" in result.stderr


@pytest.mark.usefixtures("instance")
def test_another_port_moves_an_address_that_nobody_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that the operator set stays."""
    assert listening_at(load_settings(), None, 9000).base_url == "http://127.0.0.1:9000"
    monkeypatch.setenv("TRUSTOPS_BASE_URL", "https://desk.example.org")
    chosen = listening_at(load_settings(), "::1", 9000)
    assert (chosen.base_url, chosen.host, chosen.port) == (
        "https://desk.example.org",
        "::1",
        9000,
    )


def test_sqlite_is_brought_up_by_itself_and_postgresql_when_told(on_each: Settings) -> None:
    """On PostgreSQL others may be at work, and a backup may be due."""
    url = on_each.database_url.reveal()
    migrate.downgrade(url, "-1")
    if url.startswith("postgresql"):
        with pytest.raises(ConflictError, match="serve --migrate"):
            bring_up(on_each, migrate=False)
    bring_up(on_each, migrate=url.startswith("postgresql"))
    require_head(on_each)
    bring_up(on_each, migrate=False)
