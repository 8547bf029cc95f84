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

from tests.cli.processes import a_desk_that_serves
from tests.cli.slow import MANY, connections, drip, exchange, read_to_end

pytestmark = pytest.mark.processes

FORM = (
    b"POST /api/v1/tickets HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Content-Length: 5000\r\n\r\n"
)
QUICK_SECONDS = 8.0
"""Far above what a page takes beside other tests, and below how long a crowd holds on."""

LET_GO_SECONDS = 20.0


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A desk that serves."""
    with a_desk_that_serves(tmp_path_factory.mktemp("slow")) as port:
        yield port


TICKET = {"topic": "other", "subject": "Is it over?", "message": "I was away."}

EVERYTHING = ("/", "/migration-safety", "/healthz", "/readyz", "/static/css/tokens.css", "/support")
"""Built pages, both probes, a style and a page of the application."""

ALL_WELL = dict.fromkeys(EVERYTHING, 200)

OPENAPI = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
HALF_SENT = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
PAGE_WITH_BODY = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\n"


def everything(port: int) -> dict[str, int]:
    """What each address answers in time, by status."""
    base = f"http://127.0.0.1:{port}"
    return {
        path: requests.get(f"{base}{path}", timeout=QUICK_SECONDS).status_code
        for path in EVERYTHING
    }


def new_ticket(port: int) -> int:
    """The status that a ticket is answered with."""
    url = f"http://127.0.0.1:{port}/api/v1/tickets"
    return requests.post(url, json=TICKET, timeout=QUICK_SECONDS).status_code


def first_line(connection: socket.socket) -> bytes:
    """The first line of what comes until the other side closes."""
    return read_to_end(connection, seconds=LET_GO_SECONDS).partition(b"\r\n")[0]


def dripped_until_answered(crowd: list[socket.socket]) -> bool:
    """Whether each of a crowd that goes on sending gets an answer in the end."""
    until = time.monotonic() + LET_GO_SECONDS
    while time.monotonic() < until:
        if all(_has_answer(each) for each in crowd):
            return True
        drip(crowd)
        time.sleep(0.5)
    return False


@pytest.mark.parametrize("opening", [FORM, PAGE_WITH_BODY], ids=["a form", "a page"])
def test_a_crowd_that_sends_a_byte_now_and_then_stops_nobody_and_is_let_go(
    port: int, opening: bytes
) -> None:
    """Each is told so by an answer, and none of them opened a ticket or got a page."""
    with connections(port, opening) as crowd:
        for _ in range(3):
            drip(crowd)
            assert everything(port) == ALL_WELL
        assert new_ticket(port) == 201
        assert dripped_until_answered(crowd)
        assert {first_line(each) for each in crowd} == {b"HTTP/1.1 408 Request Timeout"}


def test_a_crowd_with_half_sent_headers_stops_nobody_and_is_let_go(port: int) -> None:
    """A header that never ends is no request; the connection is closed."""
    with connections(port, HALF_SENT) as crowd:
        drip(crowd)
        assert everything(port) == ALL_WELL
        assert new_ticket(port) == 201
        assert not any(b" 200 " in first_line(each) for each in crowd)


def test_a_crowd_that_does_not_read_its_answers_stops_nobody(port: int) -> None:
    """Each has asked for more than a network holds on its way."""
    with connections(port, b"", count=MANY) as crowd:
        for each in crowd:
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            each.sendall(OPENAPI * 40)
        assert everything(port) == ALL_WELL
        assert new_ticket(port) == 201


def test_a_crowd_that_says_nothing_at_all_stops_nobody(port: int) -> None:
    """More connections than a system gives open files by itself."""
    with connections(port, b"", count=1200):
        assert everything(port) == ALL_WELL
        assert new_ticket(port) == 201


def test_a_crowd_of_every_kind_at_once_stops_nobody(port: int) -> None:
    """Slow writers, half-sent headers, slow readers, and connections that were of use once."""
    page = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with (
        connections(port, FORM) as writers,
        connections(port, HALF_SENT) as halves,
        connections(port, OPENAPI * 40),
        connections(port, page, count=300),
    ):
        for _ in range(3):
            drip([*writers, *halves])
            assert everything(port) == ALL_WELL
        assert new_ticket(port) == 201


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
        assert first_line(sender) == b"HTTP/1.1 400 Bad Request"


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
