"""Real processes on one database: the week's heartbeat goes out once to each network.

A process that is killed with a message in its hands leaves it to a person; nothing is doubled.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
import requests
from mastodon_mock.testing.server import MockServer
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.channels.receiver import Receiver, hangs, listening
from tests.channels.things import opener
from tests.conftest import NOON
from tests.posts.things import WEEK
from trustops.channels.models import Delivery
from trustops.channels.rules import CLAIM_TTL
from trustops.channels.services import find_lost
from trustops.posts.models import Heartbeat
from trustops.settings import PROJECT_ROOT

pytestmark = pytest.mark.processes

Process = subprocess.Popen[str]
WORKERS = 4
PATIENCE_SECONDS = 60


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Where the webhook goes."""
    with listening() as opened:
        yield opened


@pytest.fixture
def mock() -> Iterator[MockServer]:
    """A Mastodon server."""
    with MockServer() as server:
        yield server


@contextmanager
def racer(url: str, receiver: Receiver, mock: MockServer) -> Iterator[Process]:
    """A process that waits for the word."""
    command = [sys.executable, "-m", "tests.posts.racer", url, receiver.url, mock.base_url]
    with subprocess.Popen(
        command,
        cwd=PROJECT_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_ready(process: Process) -> None:
    """Until it waits for the word."""
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"


def go(process: Process) -> None:
    """Give the word."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def posts(mock: MockServer) -> int:
    """How many copies of the week's heartbeat the server holds."""
    found = requests.get(f"{mock.base_url}/api/v1/timelines/public", timeout=5).json()
    return sum(WEEK in status["content"] for status in found)


def test_of_four_processes_the_week_goes_out_once_to_each_network(
    database: str, engine: Engine, receiver: Receiver, mock: MockServer
) -> None:
    """One row for the week, one delivery for each target, one message at each."""
    with ExitStack() as stack:
        racers = [stack.enter_context(racer(database, receiver, mock)) for _ in range(WORKERS)]
        for process in racers:
            wait_ready(process)
        for process in racers:
            go(process)
        assert [process.wait(PATIENCE_SECONDS) for process in racers] == [0] * WORKERS
    assert len(receiver.requests) == 1
    assert posts(mock) == 1
    with Session(engine) as session:
        week = select(Heartbeat.state).where(Heartbeat.iso_week == WEEK)
        assert session.scalars(week).all() == ["sent"]
        states = session.execute(select(Delivery.channel, Delivery.state)).all()
        assert sorted(states) == [
            ("console", "sent"),
            ("heartbeat-webhook", "sent"),
            ("mastodon", "sent"),
        ]
        assert session.scalar(select(Delivery.permalink).where(Delivery.channel == "mastodon"))


def test_a_process_killed_before_it_knew_the_outcome_doubles_nothing(
    database: str, engine: Engine, receiver: Receiver, mock: MockServer
) -> None:
    """The message in its hands becomes unknown; the other ones go out once all the same."""
    receiver.will(hangs)
    with racer(database, receiver, mock) as first:
        wait_ready(first)
        go(first)
        for _ in range(PATIENCE_SECONDS * 20):
            if receiver.requests:
                break
            receiver.released.wait(0.05)
        first.kill()
        first.wait()
    with racer(database, receiver, mock) as second:
        wait_ready(second)
        go(second)
        assert second.wait(PATIENCE_SECONDS) == 0
    with opener(engine) as session:
        assert find_lost(session, NOON + CLAIM_TTL + timedelta(seconds=1)) == 1
    assert len(receiver.requests) == 1
    assert posts(mock) == 1
    with Session(engine) as session:
        found = session.execute(select(Delivery.channel, Delivery.state))
        states = {row.channel: row.state for row in found}
    assert states == {"console": "sent", "heartbeat-webhook": "unknown", "mastodon": "sent"}
