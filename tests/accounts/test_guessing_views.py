"""Guessing passwords at the sign-in page: who guesses waits, and nobody else does.

A browser that signed in before is known by a signed cookie. The cookie opens nothing.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.browsing import COOKIE, DEVICE, EMAIL, Books, Browser
from tests.accounts.people import BETTER, GOOD, OPERATOR, events, person
from tests.fakes import FakeClock
from tests.web_fixtures import SECRET_KEY, settings_for
from trustops.accounts.devices import with_device
from trustops.accounts.models import Staff
from trustops.accounts.services import disable, enable, end_sessions
from trustops.alerts.models import Alert
from trustops.channels.models import Delivery
from trustops.settings import Settings
from trustops.web import limits

pytestmark = pytest.mark.long

WRONG = "wrong but long enough"
OFFICE = "203.0.113.5"
HOME = "192.0.2.99"

SLOWEST_SECONDS = 12


@pytest.fixture(autouse=True)
def not_at_the_end_of_a_minute() -> None:
    """Limits count by the machine's clock; a test that began in its last seconds would see two."""
    left = 60 - time.time() % 60
    if left < SLOWEST_SECONDS:
        time.sleep(left)


def guess(app: Flask, address: str, email: str = EMAIL, times: int = 1, cookie: str = "") -> int:
    """A stranger guesses from a network address; gives the status of the last answer."""
    stranger = Browser(app.test_client()).from_address(address)
    if cookie:
        stranger.client.set_cookie(DEVICE, cookie)
    return [stranger.sign_in(WRONG, email).status_code for _ in range(times)][-1]


def known(app: Flask, address: str = OFFICE) -> Browser:
    """A browser that signed in and out before."""
    browser = Browser(app.test_client()).from_address(address)
    assert browser.sign_in().status_code == 303
    browser.send("/desk/sign-out", form="/desk/account")
    return browser


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("guesses", [60])
def test_guesses_from_everywhere_keep_nobody_out(
    app: Flask, browser: Browser, guesses: int
) -> None:
    """The right password from a client that did not guess gets in."""
    for number in range(guesses):
        assert guess(app, f"198.51.100.{number}") == 422
    assert browser.from_address(HOME).sign_in().status_code == 303


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("email", [EMAIL, "unknown@example.org"])
def test_a_client_that_guesses_waits_whether_or_not_there_is_an_account(
    app: Flask, browser: Browser, email: str
) -> None:
    """Spelling it otherwise or taking another address of the same /64 does not help."""
    for number in range(5):
        assert guess(app, f"2001:db8::{number}", email) == 422
    page = browser.from_address("2001:db8::77")
    for spelt in (email, f" {email.upper()} ", email + " " * 300):
        assert page.sign_in(email=spelt).status_code == 429
    assert browser.from_address("2001:db8:0:1::1").sign_in().status_code == 303


@pytest.mark.usefixtures("agent")
def test_a_client_that_tries_many_accounts_waits(app: Flask) -> None:
    """Ten tries a minute, whoever they name."""
    for number in range(10):
        assert guess(app, OFFICE, f"person{number}@example.org") == 422
    assert guess(app, OFFICE, "person10@example.org") == 429
    assert guess(app, HOME, "person10@example.org") == 422


@pytest.mark.usefixtures("agent")
def test_a_known_browser_is_spared_what_others_do_behind_its_address(app: Flask) -> None:
    """A colleague's office, a shared network, with a stranger in it who never stops."""
    browser = known(app)
    assert guess(app, OFFICE, times=6) == 429
    assert browser.sign_in(WRONG).status_code == 422
    assert browser.sign_in().status_code == 303


@pytest.mark.usefixtures("agent")
def test_the_cookie_is_guarded_and_outlives_the_browser(browser: Browser) -> None:
    """Script cannot read it, no other site makes it go along, and signing out keeps it."""
    answer = browser.sign_in()
    [header] = [line for line in answer.headers.getlist("Set-Cookie") if DEVICE in line]
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=15552000"} <= set(header.split("; "))
    browser.send("/desk/sign-out", form="/desk/account")
    assert browser.device()
    assert browser.cookie() is None


@pytest.mark.usefixtures("agent")
def test_the_cookie_opens_nothing(app: Flask) -> None:
    """It is no session, and spares nobody the password."""
    browser = known(app)
    browser.client.set_cookie(COOKIE, browser.device())
    assert browser.get("/desk/account").status_code == 303
    assert browser.sign_in("").status_code == 422


@pytest.mark.usefixtures("agent")
def test_guesses_with_a_stolen_cookie_are_limited_and_do_not_keep_its_owner_out(
    app: Flask,
) -> None:
    """Ten an hour, then the thief is a stranger; so is the owner, who did not guess at home."""
    browser = known(app)
    stolen = browser.device()
    assert guess(app, "198.51.100.1", times=10, cookie=stolen) == 422
    assert guess(app, "198.51.100.1", times=5, cookie=stolen) == 422
    assert guess(app, "198.51.100.1", cookie=stolen) == 429
    assert browser.sign_in().status_code == 303


def test_the_cookie_of_one_account_is_none_of_another(
    app: Flask, books: Books, clock: FakeClock, agent: Staff
) -> None:
    """A member of staff is a stranger at a colleague's account."""
    books.write(lambda session: person(session, clock.now(), who="lead"))
    cookie = known(app).device()
    assert agent.email == EMAIL
    assert guess(app, HOME, "lead@example.org", times=5, cookie=cookie) == 422
    assert guess(app, HOME, "lead@example.org", cookie=cookie) == 429


def test_people_who_share_a_browser_are_all_known_in_it(
    app: Flask, books: Books, clock: FakeClock, agent: Staff
) -> None:
    """The second one to sign in does not make the first one a stranger."""
    books.write(lambda session: person(session, clock.now(), who="lead"))
    browser = known(app)
    browser.sign_in(email="lead@example.org")
    browser.send("/desk/sign-out", form="/desk/account")
    for email in (agent.email, "lead@example.org"):
        guess(app, OFFICE, email, times=5)
        assert guess(app, OFFICE, email) == 429
        assert browser.sign_in(email=email).status_code == 303
        browser.send("/desk/sign-out", form="/desk/account")


def counts_for_nothing(app: Flask, cookie: str) -> bool:
    """Whether a browser with a cookie waits like the strangers behind its address."""
    limits.reset(app)
    guess(app, OFFICE, times=5)
    browser = Browser(app.test_client()).from_address(OFFICE)
    browser.client.set_cookie(DEVICE, cookie)
    return browser.sign_in().status_code == 429


def test_a_cookie_that_is_not_ours_counts_for_nothing(
    app: Flask, tmp_path: Path, settings: Settings, clock: FakeClock, agent: Staff
) -> None:
    """Forged, bent, of another instance, or none at all."""
    good = known(app).device()
    assert not counts_for_nothing(app, good)
    elsewhere = settings_for(settings.database_url.reveal(), tmp_path, SECRET_KEY=SECRET_KEY[::-1])
    foreign = with_device(elsewhere, clock.now(), cookie="", staff=agent)
    staff_id, rest = good.split(".", 1)
    bent = good[:-1] + ("0" if good[-1] != "0" else "1")
    far = good.split(".")
    far[2] = "999999999999"
    forged = (foreign, f"{int(staff_id) + 1}.{rest}", bent, ".".join(far), "~~~", "x" * 4000)
    for cookie in forged:
        assert counts_for_nothing(app, cookie), cookie


def test_a_cookie_ends_with_age_password_account_and_every_session(
    app: Flask, books: Books, clock: FakeClock, agent: Staff
) -> None:
    """Whatever ends trust in a browser ends this; an account that is enabled again begins anew."""
    old = known(app).device()
    books.write(
        lambda s: end_sessions(
            s, clock.now(), staff_id=agent.id, reason="everywhere", actor=OPERATOR
        )
    )
    assert counts_for_nothing(app, old)
    limits.reset(app)
    old = known(app).device()
    books.write(lambda s: disable(s, clock.now(), staff_id=agent.id, actor=OPERATOR))
    books.write(lambda s: enable(s, clock.now(), staff_id=agent.id, actor=OPERATOR))
    assert counts_for_nothing(app, old)
    limits.reset(app)
    old = known(app).device()
    clock.advance(days=180)
    assert counts_for_nothing(app, old)


@pytest.mark.usefixtures("agent")
def test_another_password_makes_every_other_browser_a_stranger(app: Flask) -> None:
    """The browser in which it was changed stays known."""
    other, browser = known(app), Browser(app.test_client()).from_address(OFFICE)
    browser.sign_in()
    answer = browser.send(
        "/desk/account/password", form="/desk/account", password=GOOD, new_password=BETTER
    )
    assert answer.status_code == 303
    guess(app, OFFICE, times=5)
    assert other.sign_in(BETTER).status_code == 429
    browser.send("/desk/sign-out", form="/desk/account")
    assert browser.sign_in(BETTER).status_code == 303


def test_ops_are_told_of_a_run_once(app: Flask, books: Books, agent: Staff) -> None:
    """One alert for a run, however long; a known account is named by its person."""
    for number in range(25):
        guess(app, f"198.51.100.{number}")
    [alert] = books.write(lambda session: session.scalars(select(Alert)).all())
    assert (alert.kind, alert.subject) == ("sign_in.failed", f"staff:{agent.id}")
    assert agent.name in alert.summary
    assert len(books.write(lambda session: session.scalars(select(Delivery)).all())) == 1
    assert len(books.write(lambda session: events(session, "staff.sign_in_failed"))) == 10


@pytest.mark.usefixtures("agent")
def test_ops_are_told_of_passwords_tried_on_many_accounts(app: Flask, books: Books) -> None:
    """Without a word of what was typed."""
    for number in range(30):
        guess(app, f"198.51.100.{number}", f"typed{number}@example.org")
    [alert] = books.write(lambda session: session.scalars(select(Alert)).all())
    assert alert.kind == "sign_in.sprayed"
    assert "typed" not in f"{alert.summary} {alert.data} {alert.dedupe_key} {alert.subject}"


@pytest.mark.usefixtures("agent")
def test_guesses_at_an_open_browser_are_limited_and_at_another_one_are_not(
    app: Flask, browser: Browser, other: Browser
) -> None:
    """The present password is asked for; what a stranger at the address does is no matter."""
    for each in (browser, other):
        each.sign_in()
    form = {"form": "/desk/account", "password": WRONG, "new_password": BETTER}
    answers = [browser.send("/desk/account/password", **form).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert other.send("/desk/account/password", **form).status_code == 422
    assert app.testing
