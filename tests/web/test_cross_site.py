"""A form counts only if it was sent from a page of ours, by the browser that opened it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Made, kinds
from tests.web_fixtures import csrf
from trustops.web.openapi import Application


def test_a_form_without_its_token_is_refused(app: Application, client: FlaskClient) -> None:
    """400, and nothing is written."""
    assert client.post("/probe/write").status_code == 400
    assert kinds(app) == []


def test_a_token_of_another_browser_is_refused(app: Application, form: dict[str, str]) -> None:
    """The token belongs to the cookie of the browser that got it."""
    stranger = app.test_client()
    csrf(stranger, "/probe/form")
    assert stranger.post("/probe/write", data=form).status_code == 400
    assert kinds(app) == []


def test_a_token_in_a_header_counts_too(client: FlaskClient, form: dict[str, str]) -> None:
    """The desk's scripts send it there."""
    answer = client.post("/probe/write", headers={"X-CSRFToken": form["csrf_token"]})
    assert answer.status_code == 303


def test_an_expired_form_gives_back_what_was_typed(client: FlaskClient) -> None:
    """Cookies were cleared while the page was open: the words are still there."""
    answer = client.post(
        "/probe/write", data={"message": "My words"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 400
    assert "My words" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://[::"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_form_from_another_site_is_refused_even_with_a_token(
    app: Application, client: FlaskClient, form: dict[str, str], headers: dict[str, str]
) -> None:
    """The browser says where a form comes from, and no page can forge that."""
    assert client.post("/probe/write", data=form, headers=headers).status_code == 403
    assert kinds(app) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_form_from_a_page_of_ours_is_taken(
    client: FlaskClient, form: dict[str, str], headers: dict[str, str]
) -> None:
    """Also from a browser that says nothing: then the token alone decides."""
    assert client.post("/probe/write", data=form, headers=headers).status_code == 303


def test_behind_a_proxy_that_drops_the_port_the_own_origin_is_known(make: Made) -> None:
    """The address of the settings is ours, whatever host name the proxy hands on."""
    client = make(BASE_URL="http://desk.example:8080").test_client()
    host = "http://desk.example"
    page = client.get("/probe/form", base_url=host).get_data(as_text=True)
    token = page.split('value="')[1].split('"')[0]
    answer = client.post(
        "/probe/write",
        data={"csrf_token": token},
        base_url=host,
        headers={"Origin": "http://desk.example:8080"},
    )
    assert answer.status_code == 303


def test_over_tls_a_form_without_a_referrer_is_refused(make: Made) -> None:
    """Flask-WTF asks for it over TLS; our pages send it, as `Referrer-Policy` says."""
    client = make(BASE_URL="https://desk.example").test_client()
    tls = "https://desk.example"
    page = client.get("/probe/form", base_url=tls).get_data(as_text=True)
    form = {"csrf_token": page.split('value="')[1].split('"')[0]}
    assert client.post("/probe/write", data=form, base_url=tls).status_code == 400
    answer = client.post(
        "/probe/write", data=form, base_url=tls, headers={"Referer": f"{tls}/probe/form"}
    )
    assert answer.status_code == 303
