"""Staff open a ticket for somebody: no clock runs until they speak; their link is shown once."""

from __future__ import annotations

import re

from tests.desk.browser import Browser, Desk
from tests.web_fixtures import BASE_URL, csrf
from trustops.tickets.models import Ticket

_LINK = re.compile(rf"{BASE_URL}(/support/t/[\w-]+)")
_REFERENCE = re.compile(r"MIG-[A-Z0-9]{7}")

FORM = {"topic": "exchange", "subject": "Asked at the meetup", "message": "How long?"}


def opened(agent: Browser, **more: str) -> tuple[str, str, str]:
    """Open a ticket by the form; gives the page, the reference and the path of the link."""
    answer = agent.send("/desk/new", **FORM, **more)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200, page
    reference, link = _REFERENCE.search(page), _LINK.search(page)
    assert reference is not None
    assert link is not None
    return page, reference.group(), link.group(1)


def test_the_private_link_is_shown_once_and_opens_the_ticket(desk: Desk, agent: Browser) -> None:
    """To whoever holds it, without an account; the desk's own page of the ticket has it not."""
    page, reference, link = opened(agent)
    assert "It is shown on this page only" in page
    assert "How long?" in desk.app.test_client().get(link).get_data(as_text=True)
    assert link not in agent.text(f"/desk/tickets/{reference}")


def test_no_clock_runs_until_the_requester_speaks(desk: Desk, agent: Browser) -> None:
    """Both pages say so; the requester's first words start it."""
    assert "No clock runs yet" in agent.text("/desk/new")
    _, reference, link = opened(agent)
    assert "No clock runs." in agent.text(f"/desk/tickets/{reference}")
    assert desk.read(reference).due_at is None
    requester = desk.app.test_client()
    form = {"csrf_token": csrf(requester, link), "message": "It is about my deposit."}
    assert requester.post(f"{link}/messages", data=form).status_code == 303
    assert desk.read(reference).due_at is not None


def test_what_the_agent_filled_in_stands_on_the_ticket(desk: Desk, agent: Browser) -> None:
    """And the ticket is theirs."""
    _, reference, _ = opened(agent, locale="ko", email="Holder@Example.org", chain="base")
    ticket: Ticket = desk.read(reference)
    assert (ticket.locale, ticket.email, ticket.chain) == ("ko", "holder@example.org", "base")
    assert (ticket.assignee_id, ticket.opened_by) == (agent.staff.id, "agent")


def test_a_form_that_is_refused_comes_back_as_it_was(agent: Browser) -> None:
    """With a sentence at the field; a topic that is not offered is named too."""
    answer = agent.send("/desk/new", **FORM, email="nobody@nowhere")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#email"' in page
    assert 'value="Asked at the meetup"' in page
    assert 'value="nobody@nowhere"' in page
    other = agent.send("/desk/new", **{**FORM, "topic": "weather"})
    assert other.status_code == 422
    assert 'href="#topic"' in other.get_data(as_text=True)


def test_who_may_not_answer_opens_nothing(viewer: Browser) -> None:
    """Neither the form nor what it sends."""
    assert viewer.get("/desk/new").status_code == 403
    assert viewer.send("/desk/new", **FORM).status_code == 403
