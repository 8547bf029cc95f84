"""Signing in and out, as a browser meets it: no account is told, no session outlives its end."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tests.accounts.browsing import COOKIE, EMAIL, Books, Browser
from tests.accounts.people import GOOD, OPERATOR, events, invited, person
from tests.fakes import FakeClock
from trustops.accounts.models import Staff, StaffSession
from trustops.accounts.services import change_role, disable


@pytest.mark.usefixtures("agent")
def test_signing_in_leads_to_the_desk_with_a_guarded_cookie(browser: Browser) -> None:
    """Script cannot read it, and other sites cannot send it along with a form."""
    response = browser.sign_in()
    assert (response.status_code, response.location) == (303, "/desk")
    [header] = [line for line in response.headers.getlist("Set-Cookie") if COOKIE in line]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Path=/" in header
    assert browser.get("/desk/account").status_code == 200


@pytest.mark.usefixtures("agent")
def test_a_page_that_asked_for_signing_in_is_where_one_goes(browser: Browser) -> None:
    """The form hands the page on."""
    asked = browser.get("/desk/account")
    assert asked.status_code == 303
    form = browser.get(asked.location).get_data(as_text=True)
    assert 'name="next" value="/desk/account"' in form
    assert browser.sign_in(target="/desk/account").location == "/desk/account"


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("target", ["https://evil.example/desk", "//evil.example", "/support"])
def test_no_other_site_is_where_one_goes(browser: Browser, target: str) -> None:
    """A link to our own sign-in page is no way to lure people away."""
    assert browser.sign_in(target=target).location == "/desk"


@pytest.mark.usefixtures("agent")
def test_whoever_is_signed_in_is_not_asked_again(browser: Browser) -> None:
    """The form leads on to the desk."""
    browser.sign_in()
    assert browser.get("/desk/sign-in").location == "/desk"


def test_refusals_look_alike_and_give_back_the_address_but_no_password(
    browser: Browser, books: Books, agent: Staff, clock: FakeClock
) -> None:
    """Wrong password, unknown address, disabled account: one page, but for what was typed."""
    books.write(lambda session: person(session, clock.now(), who="disabled"))
    books.write(lambda session: invited(session, clock.now(), who="invited"))
    books.write(
        lambda session: disable(session, clock.now(), staff_id=agent.id + 1, actor=OPERATOR)
    )
    pages = set()
    for email, password in (
        (EMAIL, "wrong but long enough"),
        ("unknown@example.org", GOOD),
        ("disabled@example.org", GOOD),
        ("invited@example.org", GOOD),
    ):
        response = browser.sign_in(password=password, email=email)
        page = response.get_data(as_text=True)
        assert response.status_code == 422
        assert f'value="{email}"' in page
        assert password not in page
        assert browser.cookie() is None
        pages.add(re.sub(r'(csrf_token" value=")[^"]+', r"\1", page.replace(email, "")))
    assert len(pages) == 1


@pytest.mark.usefixtures("agent")
def test_a_refusal_is_kept_in_the_history(browser: Browser, books: Books) -> None:
    """The answer throws the request's work away, but not this event."""
    browser.sign_in(password="wrong but long enough")
    [event] = books.write(lambda session: events(session, "staff.sign_in_failed"))
    assert event.data == {}


@pytest.mark.usefixtures("agent")
def test_guessing_meets_a_limit(browser: Browser) -> None:
    """After five tries a minute the right password does not help either."""
    for _ in range(5):
        assert browser.sign_in(password="wrong but long enough").status_code == 422
    assert browser.sign_in().status_code == 429


@pytest.mark.usefixtures("agent")
def test_a_form_of_another_site_signs_nobody_in(browser: Browser) -> None:
    """Without the token of our own form nothing happens."""
    response = browser.client.post("/desk/sign-in", data={"email": EMAIL, "password": GOOD})
    assert response.status_code == 400
    assert browser.cookie() is None


@pytest.mark.usefixtures("agent")
def test_signing_in_again_ends_the_session_before(browser: Browser, books: Books) -> None:
    """A browser holds one session, and a token from before signing in is worth nothing."""
    browser.sign_in()
    first = browser.cookie()
    token = re.search(
        r'name="csrf_token" value="([^"]+)"', browser.get("/desk/account").get_data(as_text=True)
    )
    assert token is not None
    browser.client.post(
        "/desk/sign-in", data={"csrf_token": token[1], "email": EMAIL, "password": GOOD}
    )
    assert browser.cookie() != first
    reasons = books.write(
        lambda session: session.scalars(
            select(StaffSession.end_reason).order_by(StaffSession.id)
        ).all()
    )
    assert reasons == ["replaced", None]


@pytest.mark.usefixtures("agent")
def test_a_stolen_cookie_is_dead_after_signing_out(browser: Browser, other: Browser) -> None:
    """The server forgets the session; it is not only the browser that drops the cookie."""
    browser.sign_in()
    stolen = browser.cookie()
    assert stolen is not None
    other.client.set_cookie(COOKIE, stolen)
    assert other.get("/desk/account").status_code == 200
    response = browser.send("/desk/sign-out", form="/desk/account")
    assert (response.status_code, response.location) == (303, "/desk/sign-in")
    assert browser.cookie() is None
    assert "You are signed out." in browser.get("/desk/sign-in").get_data(as_text=True)
    assert other.get("/desk/account").status_code == 303


def test_signing_out_needs_no_session(browser: Browser) -> None:
    """Whoever comes back after the session ended is simply out."""
    assert browser.send("/desk/sign-out", form="/desk/sign-in").status_code == 303


def test_nothing_is_signed_out_by_opening_an_address(browser: Browser, agent: Staff) -> None:
    """A picture or a link cannot do it."""
    browser.sign_in()
    assert browser.get("/desk/sign-out").status_code == 405
    assert browser.get("/desk/account").status_code == 200


@pytest.mark.parametrize("act", ["disabled", "role"])
def test_a_change_by_the_operator_ends_the_session_at_once(
    browser: Browser, books: Books, agent: Staff, clock: FakeClock, act: str
) -> None:
    """The next request is no longer signed in."""
    browser.sign_in()
    if act == "disabled":
        books.write(lambda s: disable(s, clock.now(), staff_id=agent.id, actor=OPERATOR))
    else:
        books.write(
            lambda s: change_role(s, clock.now(), staff_id=agent.id, role="lead", actor=OPERATOR)
        )
    assert browser.get("/desk/account").status_code == 303


@pytest.mark.usefixtures("agent")
def test_a_session_ends_after_half_an_hour_alone(browser: Browser, clock: FakeClock) -> None:
    """Each page begins the half hour again, although reading commits nothing."""
    browser.sign_in()
    clock.advance(minutes=29)
    assert browser.get("/desk/account").status_code == 200
    clock.advance(minutes=29)
    assert browser.get("/desk/account").status_code == 200
    clock.advance(minutes=30)
    assert browser.get("/desk/account").status_code == 303
