"""What a session of ours does beside sending: it waits as asked, and reads no more than agreed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.conftest import NOON
from trustops.net import TooLongError, plain_session, retry_after_of

MOST = 10_000


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("Sun, 22 Nov 2026 12:01:00 GMT", timedelta(seconds=60)),
        ("Sun, 22 Nov 2026 12:01:00 -0000", timedelta(seconds=60)),
        ("Sun, 22 Nov 2026 11:00:00 GMT", timedelta(0)),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
        ("9" * 30, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, wait: timedelta | None) -> None:
    """A moment in the past asks for no wait, and nonsense for nothing (RFC 9110, 10.2.3)."""
    assert retry_after_of(header, NOON) == wait


@pytest.fixture
def server() -> Iterator[str]:
    """A machine of somebody else: `/size` answers so many bytes, `/packed/size` packed ones."""

    class Handler(BaseHTTPRequestHandler):
        """One connection."""

        def do_GET(self) -> None:
            """Answer with as many bytes as the path says, or lead elsewhere."""
            *kind, size = self.path.strip("/").split("/")
            body = b"a" * int(size)
            self.send_response(302 if kind == ["elsewhere"] else 200)
            self.send_header("Location", "/5")
            if kind == ["packed"]:
                body = gzip.compress(body)
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    thread = Thread(target=running.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join(5)


@pytest.mark.parametrize("path", [f"/{MOST}", f"/packed/{MOST}"])
def test_an_answer_of_the_agreed_length_is_read(server: str, path: str) -> None:
    """To its end."""
    with plain_session(most_bytes=MOST) as session:
        assert session.get(server + path, timeout=5).content == b"a" * MOST


@pytest.mark.parametrize("path", [f"/{MOST + 1}", f"/packed/{MOST + 1}", "/packed/100000000"])
def test_a_longer_answer_is_left_where_it_is(server: str, path: str) -> None:
    """Also one that is short on the wire; and the next request is answered."""
    with plain_session(most_bytes=MOST) as session:
        with pytest.raises(TooLongError):
            session.get(server + path, timeout=5)
        with session.get(server + path, timeout=5, stream=True) as answer:
            assert answer.status_code == 200
            with pytest.raises(TooLongError):
                answer.json()
        assert session.get(f"{server}/5", timeout=5).text == "aaaaa"


def test_nothing_of_the_machine_decides_where_a_request_goes(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No proxy of the environment, and no redirect."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with plain_session(most_bytes=MOST) as session:
        assert session.get(f"{server}/5", timeout=5).text == "aaaaa"
        assert session.get(f"{server}/elsewhere/5", timeout=5).status_code == 302
