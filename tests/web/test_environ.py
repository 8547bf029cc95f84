"""What Flask reads of a request is what the network sent, and nothing that was smuggled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from trustops.web.environ import peer_address, together, wsgi_environ


@dataclass
class Headers:
    """Headers as Granian gives them: names in lower case, each pair as it came."""

    pairs: list[tuple[str, str]] = field(default_factory=list)

    def items(self) -> list[tuple[str, str]]:
        """All pairs."""
        return self.pairs


@dataclass
class Scope:
    """A request as Granian gives it."""

    headers: Headers = field(default_factory=Headers)
    method: str = "GET"
    path: str = "/"
    query_string: str = ""
    server: str = "127.0.0.1:8000"
    client: str = "127.0.0.1:50000"
    scheme: str = "http"
    http_version: str = "1.1"
    authority: str | None = None


def environ(*pairs: tuple[str, str], **more: str) -> dict[str, object]:
    """The environment of a request with these headers."""
    scope = Scope(Headers(list(pairs)), **more)
    return wsgi_environ(cast("Any", scope), b"", None)


def test_a_path_keeps_its_letters() -> None:
    """PEP 3333 has each byte of it as one character."""
    assert environ(path="/faq/é")["PATH_INFO"] == "/faq/é".encode().decode("latin-1")


def test_a_body_and_its_length_belong_together() -> None:
    """A body that came in chunks has a length now; what was announced counts no longer."""
    scope = Scope(Headers([("transfer-encoding", "chunked"), ("content-type", "text/plain")]))
    made = wsgi_environ(cast("Any", scope), b"abc", 3)
    assert (made["CONTENT_LENGTH"], made["CONTENT_TYPE"]) == ("3", "text/plain")
    assert made["wsgi.input"].read() == b"abc"
    assert "HTTP_TRANSFER_ENCODING" not in made


def test_without_a_body_there_is_no_length() -> None:
    """Nothing waits for one."""
    assert "CONTENT_LENGTH" not in environ()


def test_a_header_with_an_underscore_takes_the_place_of_no_other() -> None:
    """`X_Forwarded_For` would be read as the header that our proxy sets."""
    made = environ(("x_forwarded_for", "203.0.113.9"), ("content_length", "9"))
    assert not {name for name in made if "FORWARDED" in name or name == "CONTENT_LENGTH"}


def test_what_came_twice_is_joined() -> None:
    """With the sign that its kind asks for (RFC 9110, section 5.3; RFC 6265, section 5.4)."""
    made = environ(("accept", "a"), ("accept", "b"), ("cookie", "a=1"), ("cookie", "b=2"))
    assert (made["HTTP_ACCEPT"], made["HTTP_COOKIE"]) == ("a,b", "a=1; b=2")


def test_headers_that_came_once_and_twice_stand_together() -> None:
    """So that two hosts are one that cannot be."""
    assert together([("host", "a"), ("accept", "b")]) == {"host": "a", "accept": "b"}
    assert together([("host", "a"), ("host", "b"), ("accept", "c")]) == {
        "host": "a,b",
        "accept": "c",
    }


@pytest.mark.parametrize(("version", "name"), [("1", "HTTP/1.0"), ("1.1", "HTTP/1.1")])
def test_the_version_is_named_as_wsgi_does(version: str, name: str) -> None:
    """The server writes `1` for HTTP/1.0, which knows no Host header."""
    assert environ(http_version=version)["SERVER_PROTOCOL"] == name


def test_the_host_of_an_absolute_target_stands_before_the_header() -> None:
    """RFC 9112, section 3.2.2."""
    made = environ(("host", "ours.example"), authority="other.example:80")
    assert made["HTTP_HOST"] == "other.example:80"


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        ("203.0.113.9:50000", "203.0.113.9"),
        ("[2001:db8::1]:50000", "2001:db8::1"),
        ("2001:db8::1:50000", "2001:db8::1"),
        ("", ""),
    ],
)
def test_the_client_is_known_by_its_address(peer: str, address: str) -> None:
    """IPv4 and IPv6; a Unix socket has none."""
    assert peer_address(peer) == address
