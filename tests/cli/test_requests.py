"""What a request may look like: a real server, and requests that no browser would send.

Pages from memory, probes, static files and pages of the application answer alike to each of them.
Where the HTTP library of the server refuses by itself, the test states that it does.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest

from tests.cli.processes import a_desk_that_serves
from tests.cli.slow import exchange, read_to_end

pytestmark = pytest.mark.processes

PROBES = ("/healthz", "/readyz")
BUILT = ("/", "/faq", "/api/v2/summary.json")
STYLE = "/static/css/tokens.css"
BEHIND = (STYLE, "/support", "/api/v1/openapi.json", "/nowhere")
PATHS = (*BUILT, *PROBES, *BEHIND)

HOST = b"Host: 127.0.0.1\r\n"
AFTER = b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
"""A second request on the same connection, the last one there."""

_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3}) ")
_CLOSES = re.compile(rb"\r\nconnection: close\r\n", re.IGNORECASE)
_ALLOWED = re.compile(rb"\r\nallow: ([A-Z, ]+)\r\n", re.IGNORECASE)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A desk that serves."""
    with a_desk_that_serves(tmp_path_factory.mktemp("requests")) as port:
        yield port


def asked(path: str, *fields: bytes, method: str = "GET", version: str = "1.1") -> bytes:
    """The head of a request, with these lines and no others."""
    first = f"{method} {path} HTTP/{version}\r\n".encode()
    return first + b"".join(field + b"\r\n" for field in fields) + b"\r\n"


def statuses(answer: bytes) -> list[int]:
    """The statuses of all answers on a connection, in their order."""
    return [int(status) for status in _STATUS.findall(answer)]


def closes(answer: bytes) -> bool:
    """Whether an answer says that the connection ends with it."""
    return _CLOSES.search(answer) is not None


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "fields",
    [
        (b"Host: 127.0.0.1", b"Host: 127.0.0.1"),
        (b"Host: 127.0.0.1", b"Host: evil.example"),
        (b"Host: evil.example", b"Host: 127.0.0.1"),
        (b"Host: 127.0.0.1", b"Host:"),
        (b"Host: 127.0.0.1, evil.example",),
        (b"Host: 127.0.0.1 evil.example",),
        (b"Host: reader@127.0.0.1",),
        (b"Host: 127.0.0.1:x",),
        (b"Host: 127.0.0.1:0",),
        (b"Host: 127.0.0.1:99999",),
        (b"Host: 127.0.0.1/..",),
        (b"Host: [",),
        (b"Host: [::1",),
        (b"Host: [127.0.0.1]",),
        (b"Host: http://127.0.0.1",),
        (b"Host: \xff",),
        (b"Host: 127.0.0.1\xff",),
    ],
)
def test_a_request_that_does_not_name_one_host_is_refused_wherever_it_goes(
    port: int, path: str, fields: tuple[bytes, ...]
) -> None:
    """RFC 9112, section 3.2: for a proxy may have looked at another host than we would."""
    answer = exchange(port, asked(path, *fields))
    assert statuses(answer) == [400]
    assert closes(answer)
    kind = b"application/problem+json" if path.startswith("/api/") else b"text/html; charset=utf-8"
    assert b"\r\ncontent-type: " + kind + b"\r\n" in answer.lower()
    assert b"content-security-policy" in answer.lower()
    assert b"evil" not in answer


@pytest.mark.parametrize("path", PATHS)
def test_a_host_with_a_control_character_is_refused_by_the_server_itself(
    port: int, path: str
) -> None:
    """Before anything of ours sees it."""
    assert statuses(exchange(port, asked(path, b"Host: 127.0.0.1\x0b"))) == [400]


@pytest.mark.parametrize("path", [*BUILT, *BEHIND])
@pytest.mark.parametrize("fields", [(), (b"Host:",), (b"Host: evil.example",)])
def test_a_request_for_no_host_or_a_strange_one_is_refused(
    port: int, path: str, fields: tuple[bytes, ...]
) -> None:
    """A page under another name is what a scam is made of."""
    answer = exchange(port, asked(path, *fields))
    assert statuses(answer) == [400]
    assert closes(answer)


@pytest.mark.parametrize("path", PROBES)
@pytest.mark.parametrize("fields", [(), (b"Host:",), (b"Host: 10.42.0.7:8000",), (b"Host: web_1",)])
def test_a_probe_may_ask_by_any_name_and_by_none(
    port: int, path: str, fields: tuple[bytes, ...]
) -> None:
    """A load balancer asks by the machine's address, and some of them name no host at all."""
    answer = exchange(port, asked(path, *fields, b"Connection: close"))
    assert statuses(answer) == [200]


@pytest.mark.parametrize("path", [*BUILT, *PROBES, "/support"])
def test_an_old_client_that_names_no_host_counts_by_where_it_came_to(port: int, path: str) -> None:
    """HTTP/1.0 knows no Host header."""
    assert statuses(exchange(port, asked(path, version="1.0"))) == [200]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("authority", "fields"),
    [
        ("evil.example", (b"Host: 127.0.0.1",)),
        ("127.0.0.1", (b"Host: evil.example",)),
        ("127.0.0.1:81", (b"Host: 127.0.0.1:82",)),
        ("reader@127.0.0.1", (b"Host: reader@127.0.0.1",)),
        ("reader@127.0.0.1", (b"Host: 127.0.0.1",)),
        ("127.0.0.1", ()),
        ("127.0.0.1", (b"Host:",)),
    ],
)
def test_an_absolute_target_names_the_same_host_as_the_header(
    port: int, path: str, authority: str, fields: tuple[bytes, ...]
) -> None:
    """RFC 9112, section 3.2.2; of two that differ, neither is believed."""
    answer = exchange(port, asked(f"http://{authority}{path}", *fields))
    assert statuses(answer) == [400]
    assert closes(answer)


@pytest.mark.parametrize("path", [*BUILT, *PROBES, "/support"])
@pytest.mark.parametrize("named", ["127.0.0.1", "localhost:81"])
def test_an_absolute_target_for_us_is_answered(port: int, path: str, named: str) -> None:
    """In any letter case of its host."""
    fields = (f"Host: {named.upper()}".encode(), b"Connection: close")
    assert statuses(exchange(port, asked(f"http://{named}{path}", *fields))) == [200]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", [*BUILT, *PROBES])
@pytest.mark.parametrize(
    ("field", "body"),
    [
        (b"Content-Length: 0", b""),
        (b"Content-Length: 5", b"GET /"),
        (b"Content-Length: 005", b"GET /"),
        (b"Content-Length: 5\r\nContent-Length: 5", b"GET /"),
        (b"Transfer-Encoding: chunked", b"5\r\nGET /\r\n0\r\n\r\n"),
        (b"Transfer-Encoding: Chunked", b"5;a=b\r\nGET /\r\n0\r\n\r\n"),
    ],
)
def test_a_body_that_nobody_needs_is_read_before_the_next_request(
    port: int, method: str, path: str, field: bytes, body: bytes
) -> None:
    """It is never taken for a request of its own, and the connection stays of use."""
    first = asked(path, b"Host: 127.0.0.1", field, method=method)
    assert statuses(exchange(port, first + body + AFTER)) == [200, 200]
    assert statuses(exchange(port, first, body, AFTER, pause_seconds=0.05)) == [200, 200]


@pytest.mark.parametrize("path", [*BUILT, *PROBES, "/support"])
@pytest.mark.parametrize(
    ("field", "begin"),
    [(b"Content-Length: 5", b"h"), (b"Transfer-Encoding: chunked", b"5\r\nh")],
)
def test_no_page_is_sent_before_its_request_has_ended(
    port: int, path: str, field: bytes, begin: bytes
) -> None:
    """And one whose body breaks off is told so, and the connection closed."""
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(asked(path, b"Host: 127.0.0.1", field) + begin)
        connection.settimeout(0.3)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        connection.shutdown(socket.SHUT_WR)
        answer = read_to_end(connection)
    assert statuses(answer) == [400]
    assert closes(answer)


@pytest.mark.parametrize("path", [*BUILT, *PROBES, "/support"])
def test_who_is_asked_for_a_body_may_send_it(port: int, path: str) -> None:
    """`Expect: 100-continue` gets its word before the page."""
    head = asked(path, b"Host: 127.0.0.1", b"Content-Length: 0", b"Expect: 100-continue")
    assert statuses(exchange(port, head + AFTER)) == [200, 200]
    head = asked(
        path,
        *(b"Host: 127.0.0.1", b"Content-Length: 3", b"Expect: 100-continue"),
        b"Content-Type: application/x-www-form-urlencoded",
    )
    assert statuses(exchange(port, head, b"a=b", AFTER, pause_seconds=0.2)) == [100, 200, 200]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_body_that_is_too_large_is_refused_unread(port: int, method: str, path: str) -> None:
    """Of a page from memory as of any other one; the connection ends with the answer."""
    head = asked(path, b"Host: 127.0.0.1", b"Content-Length: 999999999", method=method)
    answer = exchange(port, head + b"x" * 1000 + AFTER)
    assert statuses(answer) == [413]
    assert closes(answer)


@pytest.mark.parametrize("path", ["/", "/healthz", "/support"])
@pytest.mark.parametrize(
    "fields",
    [
        (b"Content-Length: 5", b"Content-Length: 6"),
        (b"Content-Length: 5, 5",),
        (b"Content-Length: -1",),
        (b"Content-Length: +5",),
        (b"Content-Length: 0x5",),
        (b"Content-Length: 5 5",),
        (b"Content-Length: five",),
        (b"Content-Length:",),
        (b"Content-Length: 99999999999999999999999999",),
        (b"Transfer-Encoding: identity",),
        (b"Transfer-Encoding: gzip",),
        (b"Transfer-Encoding: xchunked",),
        (b"Transfer-Encoding: \x0bchunked",),
        (b"Transfer-Encoding: gzip, chunked",),
        (b"Transfer-Encoding: chunked, chunked",),
        (b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"),
        (b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"),
        (b"Transfer-Encoding : chunked",),
        (b"X-Folded: a\r\n b",),
    ],
)
def test_a_length_or_coding_that_two_could_read_differently_is_refused(
    port: int, path: str, fields: tuple[bytes, ...]
) -> None:
    """Nothing after it is read as a request: that is how requests are smuggled."""
    head = asked(path, b"Host: 127.0.0.1", *fields)
    answer = exchange(port, head + b"5\r\nhello\r\n0\r\n\r\n" + AFTER)
    assert statuses(answer) == [400]
    assert closes(answer)


@pytest.mark.parametrize("path", ["/", "/healthz", "/support"])
@pytest.mark.parametrize(
    "fields",
    [
        (b"Content-Length: 5", b"Transfer-Encoding: chunked"),
        (b"Transfer-Encoding: chunked", b"Content-Length: 5"),
    ],
)
def test_a_length_and_a_coding_at_once_end_the_connection(
    port: int, path: str, fields: tuple[bytes, ...]
) -> None:
    """RFC 9112, section 6.1: the coding counts, and nothing after that request is answered."""
    head = asked(path, b"Host: 127.0.0.1", *fields)
    answer = exchange(port, head + b"0\r\n\r\n" + AFTER)
    assert statuses(answer) == [200]
    assert closes(answer)


@pytest.mark.parametrize("path", ["/", "/healthz", "/support"])
@pytest.mark.parametrize(
    "body",
    [
        b"zz\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhelloX\r\n0\r\n\r\n",
        b"5\r\nhello\r\n0\r\nX-A: b\r\n\r\n",
    ],
    ids=["no number", "longer than it says", "fields at the end"],
)
def test_chunks_that_are_not_well_formed_are_refused(port: int, path: str, body: bytes) -> None:
    """Nothing of ours reads fields after the last chunk, so they are none either."""
    head = asked(path, b"Host: 127.0.0.1", b"Transfer-Encoding: chunked")
    answer = exchange(port, head + body + AFTER)
    assert statuses(answer) == [400]
    assert closes(answer)


@pytest.mark.parametrize("end", [b"", b"0\r\n", b"zz\r\n"])
def test_a_ticket_in_chunks_that_break_off_is_none(port: int, end: bytes) -> None:
    """What had come was a whole ticket by its words; its sender had not said that it ends."""
    body = b'{"topic": "other", "subject": "Half", "message": "A word."}'
    head = asked(
        "/api/v1/tickets",
        *(b"Host: 127.0.0.1", b"Content-Type: application/json", b"Transfer-Encoding: chunked"),
        method="POST",
    )
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(head + f"{len(body):x}\r\n".encode() + body + b"\r\n" + end)
        connection.shutdown(socket.SHUT_WR)
        answer = read_to_end(connection)
    assert statuses(answer) == [400]
    assert b"application/problem+json" in answer


@pytest.mark.parametrize("path", [*BUILT, *PROBES, "/faq/", "/sitemap.txt", STYLE])
@pytest.mark.parametrize(
    "method", ["OPTIONS", "TRACE", "CONNECT", "BREW", "POST", "PUT", "PATCH", "DELETE"]
)
def test_whoever_asks_otherwise_learns_which_methods_there_are(
    port: int, method: str, path: str
) -> None:
    """OPTIONS by an answer, every other one by a refusal; nothing that was sent comes back."""
    head = asked(path, b"Host: 127.0.0.1", b"Content-Length: 0", b"X-Echo: parakeet", method=method)
    answer = exchange(port, head + AFTER)
    assert statuses(answer) == [200 if method == "OPTIONS" else 405, 200]
    allowed = _ALLOWED.search(answer)
    assert allowed is not None
    assert set(allowed[1].decode().split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert b"parakeet" not in answer


@pytest.mark.parametrize("method", ["get", "Get", "head"])
@pytest.mark.parametrize("path", PATHS)
def test_methods_are_told_apart_by_case(port: int, method: str, path: str) -> None:
    """RFC 9110, section 9.1: `get` is no method, wherever it is sent."""
    answer = exchange(port, asked(path, b"Host: 127.0.0.1", method=method))
    assert statuses(answer) == [400]
    assert closes(answer)


def test_many_requests_at_once_are_answered_in_their_order(port: int) -> None:
    """A thousand on one connection, from memory and through the application by turns."""
    one = asked("/", b"Host: 127.0.0.1") + asked("/nowhere", b"Host: 127.0.0.1", method="HEAD")
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(asked("/", b"Host: 127.0.0.1") * 980 + one * 10 + AFTER)
        got = statuses(read_to_end(connection))
    assert got == [200] * 980 + [200, 404] * 10 + [200]


@pytest.mark.parametrize(
    ("fields", "path", "status"),
    [
        ((b"X-Large: " + b"a" * 100_000,), "/", 200),
        ((b"X-Large: " + b"a" * 1_000_000,), "/", 431),
        (tuple(b"X-%d: a" % number for number in range(90)), "/", 200),
        (tuple(b"X-%d: a" % number for number in range(200)), "/", 431),
        ((), "/" + "a" * 70_000, 414),
    ],
    ids=["large", "too large", "many", "too many", "long path"],
)
def test_large_heads_are_bounded(
    port: int, fields: tuple[bytes, ...], path: str, status: int
) -> None:
    """By the server itself."""
    answer = exchange(port, asked(path, b"Host: 127.0.0.1", b"Connection: close", *fields))
    assert statuses(answer) == [status]
