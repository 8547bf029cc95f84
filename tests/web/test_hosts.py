"""Which names requests may use: those of ours in any letter case; a probe may use any."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Made
from trustops.web.hosts import is_ours

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
@pytest.mark.parametrize("host", ["10.42.0.7:8000", "[fd00::7]:8000", "evil.example", "a b", ""])
def test_a_probe_is_answered_under_any_name(client: FlaskClient, path: str, host: str) -> None:
    """It asks by the address of the machine; the answer says no more than how it stands."""
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 200
    assert answer.get_json() in ({"status": "alive"}, {"status": "ready"})
    head = client.head(path, headers={"Host": host})
    assert (head.status_code, head.data) == (200, b"")


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
