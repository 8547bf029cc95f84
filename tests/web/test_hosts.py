"""Which names requests may use: those of ours in any letter case; a probe may use any."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Made
from trustops.web.hosts import Hosts, asked_host, host_of, is_ours

HERE = "https://desk.example.org"


@pytest.mark.parametrize(
    ("allowed", "host"),
    [
        ("Desk.Example.org", "desk.example.org"),
        ("desk.example.org", "DESK.example.org"),
        ("DESK.EXAMPLE.ORG", "Desk.Example.Org:443"),
        (".Example.org", "desk.EXAMPLE.org"),
        ("::1", "[::1]:8149"),
        ("bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_a_host_name_means_the_same_in_any_letter_case(make: Made, allowed: str, host: str) -> None:
    """As domain names do (RFC 4343), in the settings and in a request."""
    client = make(ALLOWED_HOSTS=allowed, BASE_URL=HERE).test_client()
    assert client.get("/support", headers={"Host": host}).status_code == 200
    assert client.get("/support", headers={"Host": f"x{host}.evil"}).status_code == 400


def test_the_base_url_may_be_written_in_capitals(make: Made) -> None:
    """A form that a browser sends from there is taken for one of ours."""
    client = make(BASE_URL="https://Desk.Example.org").test_client()
    headers = {"Host": "desk.example.org", "Origin": HERE}
    body = {"topic": "other", "subject": "A question", "message": "Is it over?"}
    answer = client.post("/api/v1/tickets", json=body, headers=headers)
    assert answer.status_code == 201
    assert answer.get_json()["url"].startswith(f"{HERE}/support/")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["10.42.0.7:8000", "[fd00::7]:8000", "evil.example", "web_1", ""])
def test_a_probe_is_answered_under_any_name(client: FlaskClient, path: str, host: str) -> None:
    """It asks by the address of the machine, and some name none; the answer tells no secret."""
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 200
    assert answer.get_json() in ({"status": "alive"}, {"status": "ready"})
    head = client.head(path, headers={"Host": host})
    assert (head.status_code, head.data) == (200, b"")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/support", "/api/v1/openapi.json"])
@pytest.mark.parametrize("host", ["a b", "a,b", "reader@localhost", "localhost:x", "[", "\xff"])
def test_what_can_be_no_host_is_refused_everywhere(
    client: FlaskClient, path: str, host: str
) -> None:
    """Of a probe as of a page; two hosts are one with a comma in WSGI."""
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 400
    kind = "application/problem+json" if path.startswith("/api/") else "text/html; charset=utf-8"
    assert answer.content_type == kind
    assert "This host name is not served here" in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/support"),
        ("GET", "/healthz/"),
        ("GET", "/healthz/x"),
        ("GET", "/static/css/app.css"),
        ("GET", "/favicon.ico"),
        ("GET", "/desk"),
        ("GET", "/support/"),
        ("GET", "/nowhere"),
        ("GET", "/api/v1/openapi.json"),
        ("POST", "/api/v1/tickets"),
        ("OPTIONS", "/support"),
    ],
)
def test_nothing_else_is_answered_under_a_strange_name(
    client: FlaskClient, method: str, path: str
) -> None:
    """Neither a page nor a redirect, which would carry that name on."""
    answer = client.open(path, method=method, headers={"Host": "10.42.0.7:8000"})
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "10.42" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "ours"), [("127.0.0.1", True), ("::1", True), ("[::1]", True), ("10.0.0.7", False)]
)
def test_a_client_that_names_no_host_counts_by_the_address_it_came_to(
    name: str, ours: bool
) -> None:
    """HTTP/1.0 knows no Host header; an empty one is none of ours."""
    allowed = ("127.0.0.1", "[::1]")
    assert is_ours({"SERVER_NAME": name}, allowed) is ours
    assert not is_ours({"SERVER_NAME": name, "HTTP_HOST": ""}, allowed)


@pytest.mark.parametrize(
    ("named", "protocol", "authority", "asked"),
    [
        ("desk.example", "HTTP/1.1", None, "desk.example"),
        ("desk.example:81", "HTTP/1.1", "DESK.example:81", "desk.example:81"),
        ("desk.example", "HTTP/1.1", "other.example", None),
        ("desk.example", "HTTP/1.1", "desk.example:80", None),
        ("reader@desk.example", "HTTP/1.1", "reader@desk.example", None),
        ("desk.example,other.example", "HTTP/1.1", None, None),
        ("desk.example other.example", "HTTP/1.1", None, None),
        ("desk.example,", "HTTP/1.1", None, None),
        ("", "HTTP/1.1", None, ""),
        ("", "HTTP/1.0", None, ""),
        ("", "HTTP/1.1", "desk.example", None),
        (None, "HTTP/1.1", None, ""),
        (None, "HTTP/2", None, ""),
        (None, "HTTP/1.1", "desk.example", None),
        (None, "HTTP/1.0", None, "127.0.0.1:8000"),
        (None, "HTTP/1.0", "desk.example", "desk.example"),
        (None, "", None, "127.0.0.1:8000"),
    ],
)
def test_a_request_asks_for_one_host_or_nobody_can_tell(
    named: str | None, protocol: str, authority: str | None, asked: str | None
) -> None:
    """RFC 9112, section 3.2; an absolute target has to name the same one as the header."""
    own = "127.0.0.1:8000"
    assert asked_host(named, protocol=protocol, own=own, authority=authority) == asked


def test_a_client_of_today_names_a_host() -> None:
    """The address that it came to does not stand in for the header."""
    environ = {"SERVER_NAME": "::1", "SERVER_PROTOCOL": "HTTP/1.1"}
    assert host_of(environ) == ""
    assert not is_ours(environ, ("[::1]",))
    assert is_ours(environ | {"SERVER_PROTOCOL": "HTTP/1.0"}, ("[::1]",))


def test_names_of_ours_are_remembered_and_made_up_ones_are_not() -> None:
    """However many there are, under a whole domain that is ours, or anywhere."""
    hosts = Hosts((".desk.example",), most=2)
    for _ in range(2):
        assert all(hosts.has(f"h{number}.desk.example") for number in range(4))
        assert not any(hosts.has(f"h{number}.evil.example") for number in range(4))
        assert not hosts.has(None)
        assert not hosts.has("")


@pytest.mark.parametrize(
    "host",
    ["evil.example,a.desk.example", "<x>.desk.example", "a b.desk.example", "a@b.desk.example"],
)
def test_what_can_be_no_host_is_none_of_ours_under_a_whole_domain(host: str) -> None:
    """Two names in one header end like ours; a proxy may have looked at the first."""
    assert not Hosts((".desk.example",)).has(host)
