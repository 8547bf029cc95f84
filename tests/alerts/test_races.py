"""Four processes find and send the same alerts; one of them is killed while its message is out.

Every alert opens once. The receiver gets each one once. The one in the killed process's hands ends
as unknown, and is not sent a second time.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from threading import Event

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from tests.channels.receiver import Behaviour, Receiver, Request, answers, hangs, listening
from tests.channels.things import events, opener, rows
from tests.conftest import later
from tests.fakes import FakeClock
from trustops.alerts.models import Alert
from trustops.alerts.rules import DELIVERY_KIND
from trustops.alerts.services import compose
from trustops.channels.deliver import deliver_due
from trustops.channels.rules import CLAIM_TTL, Claimed, DeliveryState, Message, Outcome
from trustops.channels.services import find_lost
from trustops.db import engine_options
from trustops.settings import PROJECT_ROOT

pytestmark = pytest.mark.processes

ALERTS = 24
PROCESSES = 4


def start(database: str, webhook: str) -> subprocess.Popen[str]:
    """One process, which waits to be let go."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.alerts.racer", database, webhook, str(ALERTS)],
        cwd=PROJECT_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def work_of(receiver: Receiver) -> list[tuple[str, str]]:
    """Which process sent which alert: pairs of path and id."""
    return [
        (request.line.split()[1], json.loads(request.body)["id"]) for request in receiver.requests
    ]


def test_each_alert_opens_and_arrives_once_although_a_process_is_killed(database: str) -> None:
    """Real processes, a real database of each kind, and a kill that nobody can catch."""
    in_hand = Event()

    def behave(request: Request) -> Behaviour:
        """Leave the first process without an answer; answer the others once it is in that state."""
        if request.line.startswith("POST /hook/0 "):
            in_hand.set()
            return hangs
        in_hand.wait(30)
        return answers(200)

    with listening() as receiver:
        receiver.otherwise = behave
        racers = [start(database, f"{receiver.url}/{number}") for number in range(PROCESSES)]
        run_and_kill_the_first(racers, in_hand)
        seen = work_of(receiver)
        [lost] = [key for path, key in seen if path == "/hook/0"]
        assert max(Counter(key for _, key in seen).values()) == 1
        assert len(seen) == ALERTS
        assert_history(database, lost)
        assert work_of(receiver) == seen


def run_and_kill_the_first(racers: list[subprocess.Popen[str]], in_hand: Event) -> None:
    """Let them go together; kill the first while its message is with the receiver."""
    try:
        for racer in racers:
            assert racer.stdout is not None
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            assert racer.stdin is not None
            racer.stdin.write("\n")
            racer.stdin.flush()
        assert in_hand.wait(30)
        racers[0].send_signal(signal.SIGKILL)
        assert racers[0].wait(30) == -signal.SIGKILL
        assert [racer.wait(60) for racer in racers[1:]] == [0] * (PROCESSES - 1)
    finally:
        for racer in racers:
            racer.kill()
            racer.communicate()


def assert_history(database: str, lost: str) -> None:
    """One alert, one event, one delivery each; the lost one ends unknown and stays where it is."""
    engine = create_engine(database, **engine_options(database))
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Alert)) == ALERTS
        assert len(events(session, "alert.open")) == ALERTS
        states = {key: row.state for key, row in rows(session).items()}
    mine = f"alert:{lost}:webhook"
    assert states.pop(mine) == DeliveryState.SENDING
    assert set(states.values()) == {DeliveryState.SENT}
    clock = FakeClock(later(seconds=1) + CLAIM_TTL)
    with opener(engine) as session:
        assert find_lost(session, clock.now()) == 1
    clock.advance(days=2)
    sent: list[str] = []

    def network(claimed: Claimed, message: Message) -> Outcome:
        sent.append(message.id + claimed.target)
        return Outcome.sent()

    counts = deliver_due(lambda: opener(engine), clock, network, composers={DELIVERY_KIND: compose})
    assert (counts, sent) == ({}, [])
    with Session(engine) as session:
        assert rows(session)[mine].state == DeliveryState.UNKNOWN
    engine.dispose()
