"""`trustops demo`: the whole product with invented data, and never on an instance with real one."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from flask import Flask
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from tests.cli.processes import (
    COMMAND,
    PATIENCE_SECONDS,
    Process,
    answers,
    environment,
    free_port,
    started,
    wait_until,
)
from tests.conftest import later
from tests.factories import a_ticket
from trustops.accounts.models import Staff
from trustops.accounts.services import add_token, invite
from trustops.chain.models import MigrationEvent
from trustops.cli.demo import fill
from trustops.cli.people import OPERATOR
from trustops.db import db, start_writing
from trustops.demo.people import SIGN_INS
from trustops.errors import ConflictError
from trustops.official.models import OfficialKey
from trustops.settings import PROJECT_ROOT, Settings
from trustops.tickets.held import HeldAnswer, HeldState
from trustops.tickets.models import Ticket

MOST_SECONDS_TO_STOP = 20
"""A busy machine takes some; a worker that hangs is killed after 30."""


def children_of(pid: int) -> list[int]:
    """The processes that a process started."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(word) for word in text.split()]


def is_alive(pid: int) -> bool:
    """Whether a process is there, and not only waits to be forgotten."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def count(folder: Path) -> int:
    """How many tickets there are."""
    engine = create_engine(f"sqlite:///{folder / 'trustops.sqlite3'}")
    with Session(engine) as session:
        found = len(session.scalars(select(Ticket.id)).all())
    engine.dispose()
    return found


@pytest.mark.processes
def test_a_demo_shows_everything_and_tickets_keep_arriving(tmp_path: Path) -> None:
    """It prints where things are and who can sign in, and says on each page that it is a demo.

    What it logs, alerts above all, stands in a file, so that nothing scrolls over the addresses.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log, env = tmp_path / "log", environment(tmp_path / "instance", PORT=str(port))
    with started("demo", log=log, env=env) as process:
        wait_until(lambda: "Ready: http" in log.read_text(), "ready")
        assert answers(f"{url}/readyz")
        before = count(tmp_path / "instance")
        wait_until(lambda: count(tmp_path / "instance") > before, "another ticket")
        front = requests.get(f"{url}/", timeout=10)
        second = typed(env)
        assert seconds_to_stop(process, port) < MOST_SECONDS_TO_STOP
    printed = log.read_text()
    order = [f"{url}/desk ", SIGN_INS[0][2], "demo.log", "Starting: ", f"Ready: {url} answers."]
    assert sorted(order, key=printed.index) == order
    assert printed.endswith("answers.\n\nStopped.\n")
    assert all(email in printed and password in printed for _, email, password in SIGN_INS)
    logged = (tmp_path / "instance" / "demo.log").read_text()
    assert ("sla.breached" in logged, "sla.breached" in printed) == (True, False)
    assert "Traceback" not in printed + logged
    assert f"Not ready: A demo runs on this instance already, at {url}." in second.stderr
    assert (second.returncode, second.stdout) == (1, "")
    assert (front.status_code, 'data-kind="demo"' in front.text) == (200, True)
    assert before > len(SIGN_INS)


def typed(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What comes of `trustops demo` where it ends by itself."""
    return subprocess.run([COMMAND, "demo"], check=False, env=env, capture_output=True, text=True)


def seconds_to_stop(process: Process, port: int) -> float:
    """Press Ctrl-C as a terminal does, while a browser keeps its connection open.

    Every process ends, and the first with code 0.
    """
    with socket.socket() as waiting:
        waiting.connect(("127.0.0.1", port))
        waiting.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        assert waiting.recv(12) == b"HTTP/1.1 200"
        children = children_of(process.pid)
        asked_at = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(PATIENCE_SECONDS) == 0
    wait_until(lambda: not any(map(is_alive, children)), "an end of every process")
    return time.monotonic() - asked_at


@pytest.mark.processes
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("folder", "Not ready: "),
        ("content", "site.toml:1: file: is empty"),
        ("chain", "Not ready: The process of the demo's chain ended; see what it printed."),
    ],
)
def test_a_demo_that_cannot_start_says_why(tmp_path: Path, fault: str, reason: str) -> None:
    """One sentence on the error stream, no traceback, and an exit code of 1."""
    instance, more = tmp_path / "instance", {"PORT": str(free_port())}
    if fault == "folder":
        instance.write_text("a file where the folder should be")
    if fault == "content":
        shutil.copytree(PROJECT_ROOT / "content", tmp_path / "content")
        (tmp_path / "content" / "site.toml").write_text("")
        more["CONTENT_DIR"] = str(tmp_path / "content")
    env = environment(instance, **more)
    if fault == "chain":
        (tmp_path / "eth_tester.py").write_text("raise SystemExit(3)")
        env["PYTHONPATH"] = str(tmp_path)
    ran = typed(env)
    assert ran.returncode == 1
    assert ran.stderr.startswith("Not ready: ")
    assert reason in ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr


def invited(session: Session) -> None:
    """Somebody was invited, as `trustops user add` does."""
    invite(session, later(), email="a@example.org", name="Agent", role="admin", actor=OPERATOR)


def token_made(session: Session) -> None:
    """A program may come in."""
    scopes, lifetime = ["tickets:read"], timedelta(days=30)
    add_token(session, later(), name="robot", scopes=scopes, lifetime=lifetime, actor=OPERATOR)


def chain_read(session: Session) -> None:
    """The desk followed a chain, which a demo would begin anew."""
    places = {"pack": "ai16z-elizaos", "chain": "base", "direction": "forward"}
    hashes = {"block_hash": f"0x{1:064x}", "tx_hash": f"0x{2:064x}", "contract": f"0x{3:040x}"}
    parties = {"payer": f"0x{4:040x}", "beneficiary": f"0x{4:040x}"}
    sizes = {"block_number": 7, "log_index": 0, "old_amount": 1, "new_amount": 6, "final": True}
    session.add(MigrationEvent(block_time=later(), **places, **hashes, **parties, **sizes))


def key_accepted(session: Session) -> None:
    """The desk trusted a signed list."""
    key = {"key_id": "A" * 16, "line": "L", "accepted_by": "setting", "host": "h"}
    session.add(OfficialKey(previous_id=0, accepted_at=later(), **key))


@pytest.mark.parametrize("real", [a_ticket, invited, token_made, chain_read, key_accepted])
def test_an_instance_that_is_used_is_left_alone(
    app: Flask, settings: Settings, real: Callable[[Session], object]
) -> None:
    """Nothing is added to it, neither people nor tickets."""
    with app.app_context():
        with Session(db.engine) as session:
            start_writing(session)
            real(session)
            session.commit()
            people = len(session.scalars(select(Staff)).all())
            tickets = len(session.scalars(select(Ticket)).all())
        with pytest.raises(ConflictError, match="not of the demo"):
            fill(app, settings)
        with Session(db.engine) as session:
            assert len(session.scalars(select(Staff)).all()) == people
            assert len(session.scalars(select(Ticket)).all()) == tickets


@pytest.mark.long
def test_an_instance_is_filled_once(app: Flask, settings: Settings) -> None:
    """A second start goes on with what is there."""
    fill(app, settings)
    with app.app_context(), Session(db.engine) as session:
        before = len(session.scalars(select(Ticket.id)).all())
    fill(app, settings)
    with app.app_context(), Session(db.engine) as session:
        assert len(session.scalars(select(Ticket.id)).all()) == before > 0
        [held] = session.scalars(select(HeldAnswer))
        assert held.state is HeldState.HELD
