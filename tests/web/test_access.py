"""Who may use a route: people by their session, programs by their token, nobody by accident."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import kinds
from tests.web.probe import HEADER, WRITTEN
from tests.web_fixtures import csrf
from trustops.web.openapi import Application

OURS = {"Sec-Fetch-Site": "same-origin"}


def test_a_route_without_an_access_rule_answers_500_and_says_so_in_the_log(
    client: FlaskClient, log: io.StringIO
) -> None:
    """Forgetting a rule closes the route; it does not open it."""
    answer = client.get("/probe/forgotten")
    assert answer.status_code == 500
    assert "open to everybody" not in answer.get_data(as_text=True)
    assert "probe.forgotten states no access rule" in log.getvalue()


def test_a_stranger_is_led_to_sign_in_and_back(client: FlaskClient) -> None:
    """The way back is a path on this host."""
    answer = client.get("/probe/staff?view=mine")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/desk/sign-in?next=%2Fprobe%2Fstaff%3Fview%3Dmine"


def test_a_signed_in_person_with_the_permission_is_let_in(agent: FlaskClient) -> None:
    """The cookie names the session; the role includes the permission."""
    answer = agent.get("/probe/staff")
    assert (answer.status_code, answer.text) == (200, "hello Agent")


def test_a_signed_in_person_without_the_permission_gets_403(agent: FlaskClient) -> None:
    """To be known is not to be allowed."""
    assert agent.get("/probe/lead").status_code == 403


def test_an_unknown_session_is_nobody(client: FlaskClient) -> None:
    """A made-up cookie leads to sign-in, like none at all."""
    client.set_cookie("trustops_session", "B" * 43)
    assert client.get("/probe/staff").status_code == 303


def test_a_lost_session_gives_back_what_was_typed(
    app: Application, client: FlaskClient, form: dict[str, str]
) -> None:
    """Nothing is stored, and no words are lost; a password never comes back."""
    typed = form | {"body": "A long <b>answer</b>", "password": "hunter2hunter2", "madeup": "x1x2"}
    answer = client.post("/probe/staff", data=typed, headers=OURS)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert "A long &lt;b&gt;answer&lt;/b&gt;" in page
    assert "hunter2hunter2" not in page
    assert "x1x2" not in page
    assert "madeup" not in page
    assert kinds(app) == []


def test_words_are_not_given_back_to_a_form_of_unknown_origin(
    client: FlaskClient, form: dict[str, str]
) -> None:
    """Without the browser's word for it, somebody else may have chosen what the page shows."""
    answer = client.post("/probe/staff", data=form | {"body": "Call this number"})
    assert answer.status_code == 401
    assert "Call this number" not in answer.get_data(as_text=True)


def test_a_write_as_staff_is_committed(app: Application, agent: FlaskClient) -> None:
    """The whole way: session, permission, CSRF token, commit."""
    token = csrf(agent, "/probe/form")
    assert agent.post("/probe/staff", data={"csrf_token": token}).status_code == 303
    assert kinds(app) == [WRITTEN]


def test_a_poll_of_an_ended_session_navigates_nowhere(client: FlaskClient) -> None:
    """A page left open keeps the words that somebody is typing into it."""
    answer = client.get("/probe/poll", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers


def test_a_click_of_an_ended_session_leads_the_whole_page_to_sign_in(client: FlaskClient) -> None:
    """A redirect would put the sign-in page into a corner of the page."""
    answer = client.get("/probe/staff", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/desk/sign-in")


def test_the_api_asks_for_a_token(client: FlaskClient) -> None:
    """401 as problem+json, with the challenge that RFC 6750 asks for."""
    answer = client.get("/api/v1/probe")
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="trustops"'


def test_the_api_knows_no_cookie(agent: FlaskClient) -> None:
    """A browser's session is no token: so no other site can act through it."""
    assert agent.get("/api/v1/probe").status_code == 401


def test_a_token_with_the_scope_is_let_in(client: FlaskClient) -> None:
    """The view knows which program asks."""
    answer = client.get("/api/v1/probe", headers={"Authorization": HEADER})
    assert answer.get_json() == {"name": "Probe"}


def test_a_token_without_the_scope_gets_403(client: FlaskClient) -> None:
    """The challenge names the scope that is missing."""
    answer = client.get("/api/v1/probe/more", headers={"Authorization": HEADER})
    assert answer.status_code == 403
    assert 'error="insufficient_scope", scope="reports:read"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("sent", ["Bearer tod_other_token", "Basic YTpi", "", "nonsense"])
def test_where_a_token_is_optional_a_wrong_one_is_still_refused(
    client: FlaskClient, sent: str
) -> None:
    """Whoever sends a token means to be known by it."""
    answer = client.post(
        "/api/v1/probe", json={"message": "Hello"}, headers={"Authorization": sent}
    )
    assert answer.status_code == 401


def test_where_a_token_is_optional_none_is_needed(app: Application, client: FlaskClient) -> None:
    """And no CSRF token either: JSON cannot be sent from a form of another site."""
    answer = client.post("/api/v1/probe", json={"message": "Hello"})
    assert (answer.status_code, answer.get_json()) == (200, {"length": 5})
    assert kinds(app) == [WRITTEN]


def test_an_api_route_that_asks_for_a_person_is_a_defect(agent: FlaskClient) -> None:
    """It is closed, and not open to whoever brings a cookie."""
    assert agent.get("/api/v1/probe/people").status_code == 500
