"""Rate limits: who asks too often waits, and nobody else does."""

from __future__ import annotations

import io
import time

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Made
from tests.web_fixtures import csrf
from trustops.web import limits
from trustops.web.limits import NamedLimit
from trustops.web.openapi import Application

SLOWEST_SECONDS = 3
"""No test here takes longer, but for the one that counts to 1200."""

FIGURES = [
    (limits.SIGN_IN, "10/minute;100/hour"),
    (limits.SIGN_IN_ACCOUNT, "5/minute;20/hour"),
    (limits.CHANGE_PASSWORD, "10/minute"),
    (limits.OPEN_TICKET, "600/minute"),
    (limits.LOOK_UP, "60/minute"),
    (limits.NEW_LINK, "5/hour"),
    (limits.API, "1200/minute"),
    (limits.API_CLIENT, "6000/minute"),
]


@pytest.fixture(autouse=True)
def not_at_the_end_of_a_minute() -> None:
    """Limits count by the machine's clock; a test that began in its last seconds would see two."""
    left = 60 - time.time() % 60
    if left < SLOWEST_SECONDS:
        time.sleep(left)


@pytest.mark.parametrize(("limit", "rate"), FIGURES)
def test_the_figures_are_those_of_the_design(limit: NamedLimit, rate: str) -> None:
    """Changing one is a decision, so it is written twice."""
    assert limit.rate == rate
    assert {limit for limit, _ in FIGURES} == set(limits.ALL)


def test_the_sixth_request_of_an_hour_is_refused(client: FlaskClient, form: dict[str, str]) -> None:
    """429, with the seconds after which a new try can succeed."""
    answers = [client.post("/probe/limited", data=form).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    refused = client.post("/probe/limited", data=form)
    assert refused.headers["Retry-After"] == "3600"
    assert "too fast" in refused.get_data(as_text=True)


def test_a_limit_is_counted_for_each_client(app: Application, form: dict[str, str]) -> None:
    """One client that waits makes no other one wait."""
    browser = app.test_client()
    for _ in range(6):
        browser.post("/probe/limited")
    token = csrf(browser, "/probe/form")
    other = browser.post(
        "/probe/limited", data={"csrf_token": token}, environ_base={"REMOTE_ADDR": "192.0.2.1"}
    )
    assert other.status_code == 200


def test_an_ipv6_client_cannot_escape_by_changing_its_address(client: FlaskClient) -> None:
    """All addresses of a /64 count as one."""
    for number in range(5):
        client.post("/probe/limited", environ_base={"REMOTE_ADDR": f"2001:db8::{number}"})
    last = client.post("/probe/limited", environ_base={"REMOTE_ADDR": "2001:db8::ffff"})
    assert last.status_code == 429


def test_a_forged_forwarded_address_escapes_nothing(client: FlaskClient) -> None:
    """Without a trusted proxy the header is any client's own invention."""
    for number in range(5):
        client.post("/probe/limited", headers={"X-Forwarded-For": f"192.0.2.{number}"})
    last = client.post("/probe/limited", headers={"X-Forwarded-For": "192.0.2.99"})
    assert last.status_code == 429


SPELLINGS = [
    "agent@desk.example",
    " Agent@Desk.example",
    "AGENT @desk.example\t",
    "agent＠desk.example",
]


def guess(client: FlaskClient, email: str, address: str) -> int:
    """Name an account from a network address; gives the status of the answer."""
    answer = client.post(
        "/probe/sign-in", data={"email": email}, environ_base={"REMOTE_ADDR": address}
    )
    return answer.status_code


def test_guesses_are_counted_by_client_and_account_together(client: FlaskClient) -> None:
    """The spelling of the address does not matter, nor which of a household's addresses it is."""
    for number in range(5):
        guess(client, SPELLINGS[number % 4], f"2001:db8::{number}")
    assert guess(client, SPELLINGS[1], "2001:db8::99") == 429
    assert guess(client, "lead@desk.example", "2001:db8::99") == 400
    assert guess(client, SPELLINGS[0], "2001:db8:0:1::1") == 400


@pytest.mark.long
def test_strangers_leave_an_account_open_to_everybody_else(client: FlaskClient) -> None:
    """However many they are: twenty, two hundred."""
    for number in range(200):
        assert guess(client, "agent@desk.example", f"198.51.100.{number}") == 400
    assert guess(client, "agent@desk.example", "192.0.2.99") == 400


def test_a_body_too_large_to_read_is_counted_for_the_client(client: FlaskClient) -> None:
    """The account cannot be read then; the request is still refused for its size."""
    answer = client.post("/probe/sign-in", data={"email": "x" * 300_000})
    assert answer.status_code == 413


def test_look_ups_are_counted_whatever_they_look_for(client: FlaskClient) -> None:
    """Sixty guesses a minute."""
    answers = [client.get(f"/probe/looked-up/{number}").status_code for number in range(61)]
    assert answers == [200] * 60 + [429]


@pytest.mark.long
def test_the_api_refuses_a_loop_gone_wild(client: FlaskClient) -> None:
    """As problem+json, with the time to wait; what is older than a minute weighs no more."""
    served = 0
    while (answer := client.get("/api/v1/probe")).status_code == 401:
        served += 1
    assert 1200 <= served < 2400
    assert answer.status_code == 429
    assert answer.get_json()["type"] == "/problems/too-many-requests"
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_a_redis_that_is_away_takes_down_no_page(make: Made, log: io.StringIO) -> None:
    """The process counts for itself meanwhile, and the log says so once."""
    client = make(LIMITS_URL="redis://127.0.0.1:1/0").test_client()
    answers = [client.post("/probe/limited").status_code for _ in range(7)]
    assert answers == [400] * 5 + [429] * 2
    assert log.getvalue().count("falling back to in-memory storage") == 1


def test_a_limit_names_no_client_in_the_log(client: FlaskClient, log: io.StringIO) -> None:
    """Not even for the one that is refused."""
    for _ in range(7):
        client.post("/probe/limited")
    assert "127.0.0.1" not in log.getvalue()


def test_a_test_can_forget_what_was_counted(app: Application, client: FlaskClient) -> None:
    """A long journey through the product meets its own limits otherwise."""
    for _ in range(6):
        client.post("/probe/limited")
    limits.reset(app)
    assert client.post("/probe/limited").status_code == 400
