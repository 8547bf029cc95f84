"""Nobody who is slow holds up anybody else: a real server, and crowds that hold on to it.

A pace of ten seconds is the shipped one, so a crowd is met while it holds on and after it was let
go. One worker, so that there is no other one to be saved by.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
import requests

from tests.cli.processes import answers, environment, free_port, started, stop, wait_until
from tests.cli.slow import MANY, connections, drip, exchange, read_to_end

pytestmark = pytest.mark.processes

FORM = (
    b"POST /api/v1/tickets HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Content-Length: 5000\r\n\r\n"
)
QUICK_SECONDS = 5.0
"""Far above what a page takes, far below how long a crowd holds on."""

LET_GO_SECONDS = 20.0


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A desk that serves."""
    folder = tmp_path_factory.mktemp("slow")
    port = free_port()
    env = environment(folder, SCHEDULER="off", PORT=str(port), LOG_LEVEL="error")
    with started("serve", log=folder / "serve.log", env=env) as process:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz"), "the desk is ready")
        yield port
        assert stop(process) == 0, (folder / "serve.log").read_text()


def everything_answers(port: int) -> None:
    """Built pages, both probes, a style, a page of the application and a new ticket."""
    base = f"http://127.0.0.1:{port}"
    for path in ("/", "/migration-safety", "/healthz", "/readyz", "/static/css/tokens.css"):
        assert requests.get(f"{base}{path}", timeout=QUICK_SECONDS).status_code == 200, path
    assert requests.get(f"{base}/support", timeout=QUICK_SECONDS).status_code == 200
    ticket = {"topic": "other", "subject": "Is it over?", "message": "I was away."}
    opened = requests.post(f"{base}/api/v1/tickets", json=ticket, timeout=QUICK_SECONDS)
    assert opened.status_code == 201


def test_a_crowd_that_sends_a_byte_now_and_then_stops_nobody_and_is_let_go(port: int) -> None:
    """Each is told so by an answer, and none of them opened a ticket."""
    with connections(port, FORM) as crowd:
        for _ in range(3):
            drip(crowd)
            everything_answers(port)
        until = time.monotonic() + LET_GO_SECONDS
        while time.monotonic() < until and not all(_has_answer(each) for each in crowd):
            drip(crowd)
            time.sleep(0.5)
        for each in crowd:
            assert b" 408 " in read_to_end(each).partition(b"\r\n")[0]


def test_a_crowd_with_half_sent_headers_stops_nobody_and_is_let_go(port: int) -> None:
    """A header that never ends is no request; the connection is closed."""
    with connections(port, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ") as crowd:
        drip(crowd)
        everything_answers(port)
        for each in crowd:
            read_to_end(each, seconds=LET_GO_SECONDS)


def test_a_crowd_that_does_not_read_its_answers_stops_nobody(port: int) -> None:
    """Each has asked for more than a network holds on its way."""
    ask = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 40
    with connections(port, b"", count=MANY) as crowd:
        for each in crowd:
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            each.sendall(ask)
        everything_answers(port)


def test_a_crowd_that_says_nothing_at_all_stops_nobody(port: int) -> None:
    """More connections than a system gives open files by itself."""
    with connections(port, b"", count=1200):
        everything_answers(port)


def test_who_is_slow_and_steady_is_heard(port: int) -> None:
    """A small form in eight pieces within four seconds is a bad network, and no attack."""
    body = b'{"topic": "other", "subject": "Slow", "message": "On a train."}'
    head = FORM.replace(b"5000", str(len(body)).encode()).replace(
        b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"
    )
    pieces = [body[start : start + 8] for start in range(0, len(body), 8)]
    assert b" 201 " in exchange(port, head, *pieces, pause_seconds=0.5).partition(b"\r\n")[0]


def test_a_sender_that_goes_away_half_way_leaves_nothing(port: int) -> None:
    """What had come looked like a whole ticket, and was not all of it."""
    body = b'{"topic": "other", "subject": "Half", "message": "A word."}'
    with connections(port, FORM + body, count=1) as (sender,):
        sender.shutdown(socket.SHUT_WR)
        assert b" 201 " not in read_to_end(sender)


@pytest.mark.parametrize(
    "opening",
    [
        FORM.replace(b"5000", b"999999999"),
        FORM.replace(b"Content-Length: 5000", b"Transfer-Encoding: chunked")
        + b"".join(b"8000\r\n" + b"x" * 0x8000 + b"\r\n" for _ in range(9)),
    ],
    ids=["announced", "in chunks"],
)
def test_what_is_too_large_is_refused_without_being_read(port: int, opening: bytes) -> None:
    """By its announced length, or as soon as more has come than is taken."""
    answer = exchange(port, opening)
    assert b" 413 " in answer.partition(b"\r\n")[0]
    assert b"application/problem+json" in answer


def test_a_request_with_two_hosts_is_refused(port: int) -> None:
    """A proxy may have looked at the other one."""
    hosts = b"Host: 127.0.0.1\r\nHost: evil.example\r\n"
    asked = b"GET /support HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n"
    assert b" 400 " in exchange(port, asked).partition(b"\r\n")[0]


def test_cookies_come_one_by_one(port: int) -> None:
    """A browser reads `Set-Cookie` a line each; and a name asked for by HEAD has no body."""
    session = requests.Session()
    answer = session.get(f"http://127.0.0.1:{port}/support", timeout=10)
    assert "trustops_browser" in answer.cookies
    head = session.head(f"http://127.0.0.1:{port}/support", timeout=10)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) > 1000
    assert session.get(f"http://127.0.0.1:{port}/support", timeout=10).status_code == 200


def _has_answer(connection: socket.socket) -> bool:
    """Whether something can be read, without waiting and without taking it."""
    connection.setblocking(False)
    try:
        return bool(connection.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        connection.settimeout(10)
