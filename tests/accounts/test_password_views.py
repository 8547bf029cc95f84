"""Setting and changing a password, as a browser meets it: links work once, sessions end."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tests.accounts.browsing import EMAIL, Books, Browser
from tests.accounts.people import BETTER, GOOD, OPERATOR, invited
from tests.fakes import FakeClock
from trustops.accounts.models import Staff, StaffInvite
from trustops.accounts.services import new_link


def test_a_link_sets_the_password_and_leads_to_the_sign_in_page(
    browser: Browser, link: str
) -> None:
    """Opening it, as a mail scanner does, uses nothing up."""
    assert browser.get(link).status_code == 200
    response = browser.send(link, password=GOOD, repeat=GOOD)
    assert (response.status_code, response.location) == (303, "/desk/sign-in")
    assert "Your password is set." in browser.get("/desk/sign-in").get_data(as_text=True)
    assert browser.sign_in().status_code == 303


@pytest.mark.parametrize(
    ("password", "repeat", "words"),
    [
        ("short", "short", "at least 12 characters"),
        (EMAIL, EMAIL, "other than your name"),
        (GOOD, BETTER, "not the same"),
    ],
)
def test_a_refused_password_can_be_tried_again(
    browser: Browser, link: str, password: str, repeat: str, words: str
) -> None:
    """The reason stands at the field, and the password is not repeated on the page."""
    response = browser.send(link, password=password, repeat=repeat)
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert words in page
    assert f'type="password" value="{password}"' not in page
    assert browser.send(link, password=GOOD, repeat=GOOD).status_code == 303


def test_unknown_used_and_expired_links_look_alike(
    browser: Browser, books: Books, link: str, clock: FakeClock
) -> None:
    """For looking and for sending, the page is the same."""
    expired = "/desk/invite/" + books.write(
        lambda session: invited(session, clock.now(), who="expired")
    )
    books.write(
        lambda session: setattr(
            session.scalars(select(StaffInvite).join(Staff).where(Staff.name == "Expired")).one(),
            "expires_at",
            clock.now(),
        )
    )
    browser.send(link, password=GOOD)
    pages = set()
    for path in ("/desk/invite/unknown", link, expired):
        for response in (
            browser.get(path),
            browser.send(path, form="/desk/sign-in", password=BETTER),
        ):
            assert response.status_code == 404
            pages.add(response.get_data(as_text=True))
    assert len(pages) == 1


def test_a_reset_ends_other_sessions_once_the_password_is_set(
    browser: Browser, other: Browser, books: Books, agent: Staff, clock: FakeClock
) -> None:
    """Making the link changes nothing for a working colleague."""
    other.sign_in()
    token = books.write(lambda s: new_link(s, clock.now(), staff_id=agent.id, actor=OPERATOR))
    assert other.get("/desk/account").status_code == 200
    assert browser.send(f"/desk/invite/{token}", password=BETTER).status_code == 303
    assert other.get("/desk/account").status_code == 303


@pytest.mark.usefixtures("agent")
def test_changing_the_password_keeps_this_browser_and_ends_the_others(
    browser: Browser, other: Browser
) -> None:
    """The cookie is a fresh one, so that a copy of the old one is dead too."""
    browser.sign_in()
    other.sign_in()
    before = browser.cookie()
    response = browser.send(
        "/desk/account/password",
        form="/desk/account",
        password=GOOD,
        new_password=BETTER,
        repeat=BETTER,
    )
    assert (response.status_code, response.location) == (303, "/desk/account")
    assert browser.cookie() != before
    assert "Your password is changed." in browser.get("/desk/account").get_data(as_text=True)
    assert other.get("/desk/account").status_code == 303


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    ("old", "new", "repeat", "words"),
    [
        (BETTER, BETTER, BETTER, "not your present password"),
        (GOOD, "short", "short", "at least 12 characters"),
        (GOOD, BETTER, GOOD, "not the same"),
    ],
)
def test_a_refused_change_says_why_and_keeps_the_session(
    browser: Browser, *, old: str, new: str, repeat: str, words: str
) -> None:
    """Nothing changes, and no password stands on the page."""
    browser.sign_in()
    response = browser.send(
        "/desk/account/password",
        form="/desk/account",
        password=old,
        new_password=new,
        repeat=repeat,
    )
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert words in page
    assert BETTER not in page
    assert browser.get("/desk/account").status_code == 200


@pytest.mark.usefixtures("agent")
def test_signing_out_everywhere_ends_every_session(browser: Browser, other: Browser) -> None:
    """On this device and on the one that was lost."""
    browser.sign_in()
    other.sign_in()
    response = browser.send("/desk/account/sign-out-everywhere", form="/desk/account")
    assert (response.status_code, response.location) == (303, "/desk/sign-in")
    assert browser.get("/desk/account").status_code == 303
    assert other.get("/desk/account").status_code == 303


@pytest.mark.usefixtures("agent")
def test_the_account_page_shows_the_person_and_their_sessions(
    browser: Browser, other: Browser
) -> None:
    """Whoever sees one session too many signs out everywhere."""
    browser.sign_in()
    other.sign_in()
    page = browser.get("/desk/account").get_data(as_text=True)
    assert EMAIL in page
    assert re.search(r"Open sessions</dt>\s*<dd>\s*2\s*</dd>", page)
