"""`trustops doctor` asks the storage of the rate limits, and says what became of it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.channels.mail import silent_port
from tests.channels.receiver import closed_port
from trustops.cli.health.finding import Level
from trustops.cli.health.limits import MEANWHILE, limits
from trustops.settings import Credential, Settings

PASSWORD = "hidden-word"


def _about(settings: Settings, port: int) -> tuple[Level, str]:
    finding = limits(
        replace(settings, limits_url=Credential(f"redis://:{PASSWORD}@127.0.0.1:{port}/0"))
    )
    assert PASSWORD not in f"{finding}"
    assert "redis://" not in f"{finding}"
    return finding.level, finding.sentence


@contextmanager
def _answering(reply: bytes) -> Iterator[int]:
    """A server that gives one reply to whatever it is asked; one that says OK has no count yet."""

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                while asked := connection.recv(4096):
                    counts = b"\r\nGET\r\n" in asked and reply == b"+OK\r\n"
                    answers = reply * max(asked.count(b"*"), 1)
                    connection.sendall(b"$-1\r\n" if counts else answers)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1]


def test_a_dead_redis_is_no_good_news(settings: Settings) -> None:
    """Nobody listens there; the sentence says what the desk does meanwhile."""
    level, sentence = _about(settings, closed_port())
    assert level is Level.FAIL
    assert "refuses the connection" in sentence
    assert MEANWHILE in sentence


def test_a_redis_that_is_silent_is_waited_for_two_seconds(settings: Settings) -> None:
    """It takes the connection and says nothing."""
    with silent_port() as port:
        assert _about(settings, port)[0] is Level.FAIL
        assert "did not answer in 2 seconds" in _about(settings, port)[1]


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (b"-NOAUTH Authentication required.\r\n", "refuses the user or password"),
        (b"-WRONGPASS invalid username-password pair\r\n", "refuses the user or password"),
        (b"-NOPERM this user has no permissions\r\n", "does not let this user read"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "not as Redis does"),
    ],
)
def test_what_a_redis_says_is_told_apart(settings: Settings, reply: bytes, says: str) -> None:
    """A wrong password, a user without rights, and a server that is no Redis."""
    with _answering(reply) as port:
        level, sentence = _about(settings, port)
    assert level is Level.FAIL
    assert says in sentence


def test_a_redis_that_answers_is_one_place(settings: Settings) -> None:
    """It is asked for a count, as the desk asks."""
    with _answering(b"+OK\r\n") as port:
        level, sentence = _about(settings, port)
    assert (level, "one Redis" in sentence) == (Level.OK, True)
