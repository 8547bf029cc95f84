"""Two agents in two browsers on one ticket: nothing of either is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.conftest import Server, sign_in, watched
from trustops.db import Event
from trustops.tickets.models import Message, Ticket

pytestmark = pytest.mark.e2e

PRIORITIES = ("low", "normal", "high", "urgent")
ROUNDS = 25


def the_ticket(server: Server) -> tuple[int, str]:
    """Key and reference of an open ticket that nobody has answered."""
    with Session(server.engine) as session:
        row = session.execute(
            select(Ticket.id, Ticket.reference)
            .where(Ticket.due_at.is_not(None), Ticket.quarantined_at.is_(None))
            .order_by(Ticket.id)
        ).first()
    assert row is not None
    return row.id, row.reference


def set_priority(page: Page, priority: str) -> bool:
    """Change the priority from a page as it stands; True when it was taken."""
    page.get_by_label("Priority").select_option(priority)
    with page.expect_response(lambda answer: answer.url.endswith("/change")) as answered:
        page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    return answered.value.status == 303


def note(page: Page, words: str) -> bool:
    """Write an internal note from a page as it stands; True when it was taken."""
    page.get_by_label("Internal note").check()
    page.get_by_label("Message").fill(words)
    with page.expect_response(lambda answer: answer.url.endswith("/reply")) as answered:
        page.get_by_role("button", name="Save note").click()
    page.wait_for_load_state()
    return answered.value.status == 303


def test_fifty_actions_of_two_agents_lose_no_update(browser: Browser, server: Server) -> None:
    """Every accepted change is in the history in its order; every stale one was refused."""
    ticket_id, reference = the_ticket(server)
    contexts = [browser.new_context(), browser.new_context()]
    pages = [watched(context) for context in contexts]
    for page, role in zip(pages, ("agent", "lead"), strict=True):
        sign_in(page, server, role)
    accepted: list[str] = []
    notes: list[str] = []
    refused = 0
    for number in range(ROUNDS):
        first, second = pages if number % 2 else pages[::-1]
        for page in pages:
            page.goto(f"{server.url}/desk/tickets/{reference}")
        wanted = PRIORITIES[number % 4]
        if set_priority(first, wanted):
            accepted.append(wanted)
        if number % 5 == 0:
            words = f"note {number}"
            assert note(second, words), "a note never collides"
            notes.append(words)
        elif not set_priority(second, PRIORITIES[(number + 2) % 4]):
            refused += 1
            expect(second.get_by_text("Somebody changed this ticket")).to_be_visible()
    for context in contexts:
        context.close()
    with Session(server.engine) as session:
        changes = session.scalars(
            select(Event)
            .where(Event.subject == f"ticket:{ticket_id}", Event.kind == "ticket.priority")
            .order_by(Event.seq)
        ).all()
        bodies = session.scalars(select(Message.body).where(Message.ticket_id == ticket_id)).all()
        ticket = session.get_one(Ticket, ticket_id)
    # Choosing what already is so is accepted and leaves no event.
    told = [change.data["to"] for change in changes][-len(accepted) :]
    assert refused == ROUNDS - len(notes)
    assert ticket.priority == accepted[-1] == told[-1]
    assert all(before.data["to"] == after.data["from"] for before, after in pairwise(changes))
    assert set(notes) <= set(bodies)


def test_a_stale_answer_is_refused_and_its_words_come_back(
    browser: Browser, server: Server
) -> None:
    """The agent sees what changed, reads it, and sends the same words with a second press."""
    ticket_id, reference = the_ticket(server)
    contexts = [browser.new_context(), browser.new_context()]
    one, two = (watched(context) for context in contexts)
    sign_in(one, server, "agent")
    sign_in(two, server, "lead")
    for page in (one, two):
        page.goto(f"{server.url}/desk/tickets/{reference}")
    note(two, "I have called the exchange.")
    one.get_by_label("Public reply").check()
    one.get_by_label("Message").fill("Please wait for the exchange.")
    one.get_by_role("button", name="Send reply").click()
    expect(one.get_by_text("wrote an internal note").first).to_be_visible()
    expect(one.get_by_label("Message")).to_have_value("Please wait for the exchange.")
    one.get_by_role("button", name="Send reply").click()
    expect(one.get_by_text("Please wait for the exchange.").first).to_be_visible()
    for context in contexts:
        context.close()
    with Session(server.engine) as session:
        assert session.get_one(Ticket, ticket_id).first_replied_at is not None


def test_an_agent_notices_a_new_reply_without_reloading(browser: Browser, server: Server) -> None:
    """The page says so by itself within a few seconds."""
    _, reference = the_ticket(server)
    contexts = [browser.new_context(), browser.new_context()]
    one, two = (watched(context) for context in contexts)
    sign_in(one, server, "agent")
    sign_in(two, server, "lead")
    for page in (one, two):
        page.goto(f"{server.url}/desk/tickets/{reference}")
    note(two, "Something new.")
    expect(one.get_by_text("News on this ticket").first).to_be_visible(timeout=20_000)
    for context in contexts:
        context.close()
