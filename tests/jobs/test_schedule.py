"""The table of what runs when: every line is complete, and APScheduler can tick it."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from jobs.runner import Job, JobContext
from jobs.schedule import DEMO, TABLE, job_named
from jobs.scheduler import Ticker
from tests.channels.receiver import Receiver, answers, listening
from tests.conftest import NOON
from tests.factories import a_ticket
from tests.fakes import FakeClock
from tests.jobs.things import runs
from tests.web_fixtures import settings_for
from trustops.app import create_app
from trustops.channels.models import Delivery
from trustops.db import db
from trustops.errors import NotFoundError

PATIENCE_SECONDS = 20


def wait_until(true: Callable[[], bool]) -> None:
    """Until something is so, or patience ends."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and not true():
        time.sleep(0.05)


def slowly(receiver: Receiver, connection: socket.socket) -> None:
    """Answer after a moment in which a stop can be asked for."""
    receiver.released.wait(1)
    answers(200)(receiver, connection)


def test_names_are_unique() -> None:
    """A row, an alert and a line of the documentation go by the name."""
    names = [job.name for job in (*TABLE, DEMO)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("job", [*TABLE, DEMO], ids=lambda job: job.name)
def test_every_line_is_complete(job: Job) -> None:
    """A sentence, a grace that ends with the next slot, and a beat that the trigger can keep."""
    assert job.does.endswith(".")
    due = job.trigger.last_due(NOON)
    period = due - job.trigger.last_due(due - timedelta(microseconds=1))
    assert job.grace <= period < job.expected_beat
    assert job.between is None or 60 % job.between.seconds == 0


def test_the_watch_over_silence_stands_last() -> None:
    """It finds what the others have begun at start."""
    assert TABLE[-1].name == "silence"


def test_a_job_is_found_by_name() -> None:
    """And a name that is none is answered with those that there are."""
    assert job_named("sla_sweep").name == "sla_sweep"
    with pytest.raises(NotFoundError, match="sla_sweep, deliveries"):
        job_named("sweep")


@pytest.mark.long
def test_each_job_runs_in_the_first_seconds(app: Flask, clock: FakeClock) -> None:
    """Nothing waits for the next full minute after a start, and a stop is clean."""
    with app.app_context():
        context = JobContext(db.engine, clock)
    ticker = Ticker(app, TABLE)
    ticker.start()
    wait_until(lambda: all(runs(context, job.name) for job in TABLE))
    ticker.stop()
    outcomes = {job.name: {row.outcome for row in runs(context, job.name)} for job in TABLE}
    assert outcomes == {job.name: {"ok"} for job in TABLE}


def test_a_stop_finishes_the_delivery_in_hand_and_begins_no_other(
    sqlite_url: str, tmp_path: Path, clock: FakeClock
) -> None:
    """Its outcome is known; what waits behind it stays in the queue."""
    with listening() as receiver:
        receiver.otherwise = lambda _: slowly
        settings = settings_for(
            sqlite_url, tmp_path, ALERT_WEBHOOK_URL=receiver.url, ALERT_WEBHOOK_SECRET="a secret"
        )
        app = create_app(settings, clock=clock)
        with app.app_context():
            context = JobContext(db.engine, clock)
            with context.open_session() as session:
                for _ in range(3):
                    a_ticket(session)
            clock.advance(hours=49)
            ticker = Ticker(app, TABLE)
            ticker.start()
            wait_until(lambda: bool(receiver.requests))
            ticker.stop()
            with context.reading() as session:
                states = Counter(session.scalars(select(Delivery.state)))
            db.engine.dispose()
    assert states == {"sent": 1, "queued": 2}
    assert len(receiver.requests) == 1
