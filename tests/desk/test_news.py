"""News: a page that is open learns what others do on its ticket, once, and nothing else."""

from __future__ import annotations

import html
import re

import pytest

from tests.desk.browser import Browser, Desk
from trustops.tickets.models import Ticket
from trustops.tickets.rules import Priority
from trustops.tickets.services import Change

_ASKS = re.compile(r'hx-get="([^"]+)"')


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket that came just now."""
    return desk.ticket()


def asks(page: str) -> str:
    """The address from which a page, or its notice, asks for news."""
    [path] = _ASKS.findall(page)
    return html.unescape(path)


def test_no_news_is_an_empty_answer(ticket: Ticket, agent: Browser) -> None:
    """204 changes nothing on the page."""
    path = asks(agent.text(f"/desk/tickets/{ticket.reference}"))
    answer = agent.get(path)
    assert (answer.status_code, answer.data) == (204, b"")


def test_news_say_who_did_what(desk: Desk, ticket: Ticket, agent: Browser) -> None:
    """With a way to see it; the words of a requester are not in it."""
    path = asks(agent.text(f"/desk/tickets/{ticket.reference}"))
    desk.requester_writes(ticket, "the very words")
    news = agent.text(path)
    assert "News on this ticket: Requester wrote again" in news
    assert f'href="/desk/tickets/{ticket.reference}#newest"' in news
    assert "the very words" not in news
    assert "<html" not in news


def test_the_same_news_are_told_once(desk: Desk, ticket: Ticket, agent: Browser) -> None:
    """What was told is not told again; what comes later is told beside what came before."""
    colleague = desk.signed_in("agent", "<b>Two</b>")
    path = asks(agent.text(f"/desk/tickets/{ticket.reference}"))
    desk.requester_writes(ticket)
    path = asks(agent.text(path))
    assert agent.get(path).status_code == 204
    desk.change(ticket, colleague.staff, Change(priority=Priority.URGENT))
    news = agent.text(path)
    assert "News on this ticket: &lt;b&gt;Two&lt;/b&gt; changed the priority" in news
    assert "Requester wrote again" in news
    assert agent.get(asks(news)).status_code == 204


def test_waiting_for_news_is_no_activity(desk: Desk, ticket: Ticket, agent: Browser) -> None:
    """A page that is left open does not keep anybody signed in."""
    path = asks(agent.text(f"/desk/tickets/{ticket.reference}"))
    for _ in range(3):
        desk.clock.advance(minutes=9)
        assert agent.get(path).status_code == 204
    desk.clock.advance(minutes=9)
    assert agent.client.get(path, headers={"HX-Request": "true"}).status_code == 401


def test_waiting_for_news_costs_two_statements(desk: Desk, ticket: Ticket, agent: Browser) -> None:
    """Many pages wait, most of the time for nothing."""
    path = asks(agent.text(f"/desk/tickets/{ticket.reference}"))
    with desk.statements() as ran:
        agent.get(path)
    assert len(ran) <= 2


def test_there_are_no_news_of_what_is_not_there(ticket: Ticket, agent: Browser) -> None:
    """An unknown ticket, and a place that is no number."""
    assert agent.get("/desk/tickets/MIG-ZZZZZZZ").status_code == 404
    assert agent.get("/desk/tickets/MIG-ZZZZZZZ/news?after=1").status_code == 404
    assert agent.get(f"/desk/tickets/{ticket.reference}/news?after=x").status_code == 422
