"""Names in the words of a ticket, on the requester's page and on the desk: a verdict, no link."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import later
from tests.desk.browser import Desk
from tests.fakes import FakeClock
from tests.official.things import NEW, PUBLIC, a_folder, signed
from tests.tickets.holder import Books, Holder, words_of
from trustops.official.store import OfficialStore
from trustops.web.context import register

WALLET = "0x" + "ab" * 20
SUBJECT = "Is https://evil-claim.com yours?"
TOLD = (
    "They sent me https://evil-claim.com/heliotrope.org and "
    "[https://heliotrope.org](https://evil.com), then @heliotrope wrote. See https://portal.heliotrope.org/a."
)
_LINKS = re.compile(r'<a [^>]*href="(https?://[^"]*)"')


@pytest.fixture
def content(app: Flask, tmp_path: Path) -> None:
    """A signed list, in the place of the application's own."""
    folder = a_folder(tmp_path / "signed")
    signed(folder)
    register(app, OfficialStore(folder, PUBLIC.line))


@pytest.fixture
def holder(client: FlaskClient) -> Holder:
    """A holder who opens a ticket."""
    return Holder(client)


def main_of(page: str) -> str:
    """What stands on a page for its reader, beside what stands on all of them."""
    return page.partition("<main")[2].partition("</main>")[0]


def check(page: str, own: str) -> None:
    """What both pages have to show of the same ticket."""
    page = main_of(page)
    words = words_of(page)
    assert "https://evil" not in page
    assert "hxxps://evil-claim[.]com/heliotrope[.]org" in words
    assert "[hxxps://heliotrope[.]org](hxxps://evil[.]com)" in words
    assert "leads to hxxps://evil[.]com: not in our list: do not use it" in words
    assert "@heliotrope in our list" in words
    assert "https://portal.heliotrope.org/a ours, in our list" in words
    assert "Is hxxps://evil-claim[.]com" in words
    assert f"{WALLET} {own}" in words
    assert f"{NEW} the new token" in words
    assert "https://portal.heliotrope.org/a" in _LINKS.findall(page)
    assert not [link for link in _LINKS.findall(page) if "heliotrope.org" not in link]


@pytest.mark.usefixtures("content")
def test_requester_and_staff_read_a_verdict_beside_each_name(
    app: Flask, holder: Holder, clock: FakeClock
) -> None:
    """What is stored stays as it was typed; an answer names the reader's own wallet."""
    path = holder.open(subject=SUBJECT, message=TOLD, wallet=WALLET, chain="ethereum")
    books = Books(app)
    agent = Desk(app, clock).signed_in(name="Agent Two")
    lists = (agent.text("/desk"), agent.text("/desk/search?q=evil-claim"))
    books.answer(f"Your wallet is {WALLET}, and the new token {NEW}.", later(hours=1))
    assert books.messages()[0] == TOLD
    check(holder.read(path), "your own wallet, as you gave it")
    (ticket,) = books.tickets()
    check(agent.text(f"/desk/tickets/{ticket.reference}"), "the requester's own wallet")
    assert ticket.subject == SUBJECT
    for page in lists:
        assert "hxxps://evil-claim[.]com" in main_of(page)
        assert "https://evil" not in main_of(page).replace("q=evil-claim", "")


def test_without_a_list_that_can_be_trusted_nothing_is_a_link(holder: Holder) -> None:
    """Nobody vouches for any name then."""
    page = main_of(holder.read(holder.open(message=TOLD)))
    assert "could not be checked now: do not use it" in page
    assert "https://portal.heliotrope.org" not in _LINKS.findall(page)


@pytest.mark.usefixtures("content")
def test_held_words_show_their_names_to_whoever_decides(
    app: Flask, holder: Holder, clock: FakeClock
) -> None:
    """In the list of all and on the ticket; the browser finds what is stored encoded beside it."""
    holder.open()
    desk = Desk(app, clock)
    agent, lead = desk.signed_in(), desk.signed_in("lead", "Lead One")
    (ticket,) = Books(app).tickets()
    words = "Please look at https://evil.com/a for more."
    sent = agent.send(
        f"/desk/tickets/{ticket.reference}/reply",
        body=words,
        visibility="public",
        version=str(ticket.version),
        then="waiting",
        form_key="k" * 24,
    )
    assert sent.status_code == 303, sent.text
    for path in ("/desk/held", f"/desk/tickets/{ticket.reference}"):
        page = main_of(lead.text(path))
        assert "hxxps://evil[.]com/a" in page
        assert "not in our list: do not use it" in page
        assert "https://evil" not in page
        assert "https%3A//evil.com/a" in page
