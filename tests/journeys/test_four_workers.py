"""200 breaches, four `trustops worker` processes on one database, one of them killed.

The receiver gets `sla.breached` once for each ticket, never twice, with a valid signature. What
was in the hands of the killed process is the one thing whose outcome nobody knows: it is not sent
again by itself.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from tests.factories import a_ticket
from trustops.alerts.models import Alert
from trustops.channels.models import Delivery
from trustops.clock import SystemClock
from trustops.db import engine_options, start_writing
from trustops.settings import PROJECT_ROOT

pytestmark = pytest.mark.processes

TICKETS = 200
WORKERS = 4
SECRET = "a secret that signs"
PATIENCE_SECONDS = 90
OFFSET_SECONDS = 48 * 3600 + 60


class Hook(ThreadingHTTPServer):
    """A receiver that keeps what it got and takes a moment to answer."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free port of loopback."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[str, bytes]] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/hook"

    def breaches(self) -> Counter[str]:
        """How often each ticket was told of as breached."""
        bodies = [json.loads(body) for _, body in list(self.got)]
        return Counter(body["ticket"] for body in bodies if body["kind"] == "sla.breached")


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Keep the signature and the body, then answer after a moment."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert isinstance(self.server, Hook)
        self.server.got.append((self.headers["TrustOps-Signature"], body))
        time.sleep(0.05)
        self.send_response(204)
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A running receiver."""
    server = Hook()
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def workers(database: str, hook: Hook, tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Four workers whose clock stands a minute behind the due time of everything."""
    environment = {
        **os.environ,
        "TRUSTOPS_INSTANCE_DIR": str(tmp_path),
        "TRUSTOPS_DATABASE_URL": database,
        "TRUSTOPS_SECRET_KEY": "a key for four workers, long enough for anybody",
        "TRUSTOPS_DEMO": "1",
        "TRUSTOPS_CLOCK_OFFSET": str(OFFSET_SECONDS),
        "TRUSTOPS_ALERT_WEBHOOK_URL": hook.url,
        "TRUSTOPS_ALERT_WEBHOOK_SECRET": SECRET,
    }
    command = [str(Path(sys.executable).parent / "trustops"), "worker"]
    started = [
        subprocess.Popen(
            command,
            cwd=PROJECT_ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(WORKERS)
    ]
    yield started
    for process in started:
        process.terminate()
    for process in started:
        process.wait(30)


def open_tickets(engine: Engine) -> set[str]:
    """200 tickets that were accepted just now."""
    with Session(engine) as session:
        start_writing(session)
        now = SystemClock().now()
        references = {a_ticket(session, now).reference for _ in range(TICKETS)}
        session.commit()
    return references


def wait_until(done: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Until something is so, or patience ends."""
    until = time.monotonic() + seconds
    while not done() and time.monotonic() < until:
        time.sleep(0.05)


def breach_alerts(engine: Engine) -> int:
    """How many alerts of a breach were opened."""
    with Session(engine) as session:
        statement = select(func.count()).select_from(Alert).where(Alert.kind == "sla.breached")
        return session.scalar(statement) or 0


def signed(signature: str, body: bytes) -> bool:
    """Whether the header is the HMAC-SHA256 of its timestamp and the body."""
    fields = dict(part.split("=", 1) for part in signature.split(","))
    expected = hmac.new(SECRET.encode(), f"{fields['t']}.".encode() + body, hashlib.sha256)
    return hmac.compare_digest(fields["v1"], expected.hexdigest())


def test_every_breach_is_told_once_though_a_worker_is_killed(
    database: str, hook: Hook, request: pytest.FixtureRequest
) -> None:
    """Exactly once each; at most the one in the killed hands is left to a person."""
    engine = create_engine(database, **engine_options(database))
    references = open_tickets(engine)
    processes: list[subprocess.Popen[bytes]] = request.getfixturevalue("workers")
    wait_until(lambda: breach_alerts(engine) == TICKETS and len(hook.breaches()) >= 20)
    os.kill(processes[0].pid, signal.SIGKILL)
    processes[0].wait(10)
    wait_until(lambda: len(hook.breaches()) >= TICKETS - 1)
    wait_until(lambda: len(hook.breaches()) == TICKETS, seconds=2)
    for process in processes[1:]:
        process.terminate()
    for process in processes[1:]:
        process.wait(40)
    with Session(engine) as session:
        held = session.scalars(
            select(Delivery.payload).where(Delivery.state.in_(["sending", "unknown"]))
        ).all()
    alerts = breach_alerts(engine)
    engine.dispose()
    told = hook.breaches()
    assert alerts == TICKETS
    assert set(told.values()) == {1}, "nobody is told twice"
    assert set(told) | {payload["ticket"] for payload in held} == references
    assert len(held) <= 1
    assert all(signed(signature, body) for signature, body in hook.got)
