"""Headers and cookies of every answer, also of errors, files and redirects."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Made
from trustops.web.assets import asset
from trustops.web.headers import ALWAYS

PATHS = [
    "/healthz",
    "/no-such-page",
    "/probe/forgotten",
    "/probe/staff",
    "/static/css/app.css",
    "/static/no-such-file.css",
    "/api/v1/no-such-thing",
    "/api/v1/openapi.json",
    "/favicon.ico",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_protecting_headers(client: FlaskClient, path: str) -> None:
    """Whatever the status: 200, 204, 303, 404 and 500 are among them."""
    answer = client.get(path, buffered=True)
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "Server" not in answer.headers


def test_the_policy_allows_our_own_origin_alone(client: FlaskClient) -> None:
    """No inline script or style, no frame, nothing from elsewhere."""
    assert client.get("/healthz").headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "manifest-src 'self'"
    )


def test_an_answer_of_304_carries_them_too(client: FlaskClient) -> None:
    """A browser replaces the headers that it keeps."""
    tag = client.get("/static/css/app.css", buffered=True).headers["ETag"]
    answer = client.get("/static/css/app.css", headers={"If-None-Match": tag}, buffered=True)
    assert answer.status_code == 304
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_refused_host_gets_them_too(client: FlaskClient) -> None:
    """The first refusal of all is an answer like any other."""
    answer = client.get("/healthz", headers={"Host": "evil.example"})
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


@pytest.mark.parametrize("path", ["/healthz", "/no-such-page", "/probe/form", "/api/v1/probe"])
def test_nothing_that_is_made_for_somebody_is_kept_by_a_cache(
    client: FlaskClient, path: str
) -> None:
    """A page may say otherwise; without a word it is not stored."""
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_a_file_under_its_own_hash_is_kept_for_ever(client: FlaskClient) -> None:
    """Its address changes with its content."""
    answer = client.get(asset("css/app.css"), buffered=True)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=", "?v=000000000000"])
def test_a_file_under_another_hash_is_asked_for_again(client: FlaskClient, query: str) -> None:
    """A page of yesterday must not make a browser keep the file of today under its name."""
    answer = client.get(f"/static/css/app.css{query}", buffered=True)
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/../models.py", "/%2e%2e/models.py", "/css/../../models.py"])
def test_files_outside_the_folder_are_not_served(client: FlaskClient, path: str) -> None:
    """The room's code lies one folder up."""
    assert client.get(f"/static{path}").status_code == 404


def test_the_desk_and_private_links_are_not_for_search_engines(client: FlaskClient) -> None:
    """Also where there is nothing."""
    for path in ("/desk/none", "/support/t/none/none"):
        assert client.get(path).headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "X-Robots-Tag" not in client.get("/healthz").headers


def test_over_tls_browsers_are_told_to_stay_there(make: Made) -> None:
    """And over plain http on loopback they are not."""
    secure = make(BASE_URL="https://desk.example").test_client()
    answer = secure.get("/healthz", base_url="https://desk.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in make().test_client().get("/healthz").headers


def test_over_tls_cookies_are_tied_to_this_host(make: Made) -> None:
    """`__Host-`: Secure, path `/`, no domain."""
    client = make(BASE_URL="https://desk.example").test_client()
    cookie = client.get("/probe/form", base_url="https://desk.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-trustops_browser=")
    assert set(cookie.split("; ")[1:]) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_over_plain_http_cookies_still_reach_the_browser(client: FlaskClient) -> None:
    """A browser would drop a Secure cookie on loopback over http, and the prefix with it."""
    cookie = client.get("/probe/form").headers["Set-Cookie"]
    assert cookie.startswith("trustops_browser=")
    assert set(cookie.split("; ")[1:]) == {"HttpOnly", "Path=/", "SameSite=Lax"}
