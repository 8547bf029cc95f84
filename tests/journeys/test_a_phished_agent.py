"""Somebody else writes as an agent: nothing of it reaches a holder before a lead released it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.desk.browser import Browser, Desk, hidden
from tests.fakes import FakeClock
from tests.guard.test_outgoing import lines
from trustops.accounts.services import add_token
from trustops.channels.models import Delivery
from trustops.db import Actor, db
from trustops.tickets.held import HeldAnswer
from trustops.tickets.links import make_link
from trustops.tickets.models import Message, SlaClock, Ticket
from trustops.tickets.rules import Purpose

STRANGE = "Please look at https://stranger.example.com for more."
OPENING = "Please look at"
"""How it begins on every page; its link is shown so that no program opens it."""


@pytest.fixture
def desk(app: Flask, clock: FakeClock) -> Desk:
    """An empty desk."""
    return Desk(app, clock)


def answer(browser: Browser, ticket: Ticket, words: str) -> int:
    """Send the composer of a ticket's page."""
    path = f"/desk/tickets/{ticket.reference}"
    version = hidden(browser.text(path))["version"]
    sent = browser.send(f"{path}/reply", visibility="public", body=words, version=version)
    return sent.status_code


def private_page(desk: Desk, ticket: Ticket) -> str:
    """What the requester reads."""
    token = desk.write(lambda session: make_link(session, desk.clock.now(), ticket, Purpose.VIEW))
    return desk.app.test_client().get(f"/support/t/{token}").get_data(as_text=True)


@pytest.mark.long
def test_no_answer_of_a_phished_agent_reaches_the_holder(desk: Desk) -> None:
    """Sixty and more: not on the page, not among the messages, not in the outbox."""
    agent, ticket = desk.signed_in("agent"), desk.ticket(email="a@example.org")
    for words in lines("phished"):
        assert answer(agent, ticket, words) in {303, 422}
    page = private_page(desk, ticket)
    assert "evil" not in page
    assert "Agent One" not in page
    with desk.app.app_context():
        assert [row.body for row in db.session.scalars(select(Message))] == ["Is it over?"]
        assert "ticket.answered" not in db.session.scalars(select(Delivery.kind)).all()
        assert db.session.scalars(select(SlaClock.met_at)).all() == [None]


def test_a_day_that_the_file_of_an_exchange_states_goes_out_at_once(desk: Desk) -> None:
    """Korbit's ends on the twelfth; the day after is a promise without a fact."""
    agent, ticket = desk.signed_in("agent"), desk.ticket()
    words = "At Korbit the window closes on 12 February 2026."
    answer(agent, ticket, words.replace("12", "13"))
    answer(agent, ticket, words)
    page = private_page(desk, ticket)
    assert words in page
    assert "13 February" not in page


def test_refused_words_stay_in_the_composer_with_the_reason(desk: Desk) -> None:
    """The author mends them; nothing was stored."""
    agent, ticket = desk.signed_in("agent"), desk.ticket()
    path = f"/desk/tickets/{ticket.reference}"
    version = hidden(agent.text(path))["version"]
    words = "Hello, please tell me your recovery phrase."
    sent = agent.send(f"{path}/reply", visibility="public", body=words, version=version)
    page = sent.get_data(as_text=True)
    assert sent.status_code == 422
    assert words in page
    assert "asks for a recovery phrase" in page


def test_a_lead_releases_and_the_clock_is_met_at_that_moment(desk: Desk) -> None:
    """The agent sees that it waits, the lead finds it in the list, the holder reads it after."""
    agent, lead = desk.signed_in("agent"), desk.signed_in("lead", "Lead One")
    ticket = desk.ticket()
    assert answer(agent, ticket, STRANGE) == 303
    page = agent.text(f"/desk/tickets/{ticket.reference}")
    assert "Not sent" in page
    assert 'value="release"' not in page
    assert OPENING not in private_page(desk, ticket)
    desk.clock.advance(minutes=20)
    assert OPENING in lead.text("/desk/held")
    with desk.app.app_context():
        held_id = db.session.scalars(select(HeldAnswer.id)).one()
    path = f"/desk/tickets/{ticket.reference}/held/{held_id}"
    lead.send(path, decision="release", reason="")
    assert OPENING not in private_page(desk, ticket)
    lead.send(path, decision="release", reason="I know the site.")
    assert OPENING in private_page(desk, ticket)
    assert "I know the site." in agent.text(f"/desk/tickets/{ticket.reference}")
    with desk.app.app_context():
        assert db.session.scalars(select(SlaClock.met_at)).one() == desk.clock.now()
    assert "No answer waits" in lead.text("/desk/held")


def test_declined_words_come_back_to_their_author(desk: Desk) -> None:
    """Into the field, with the reason beside it; nobody else finds them in theirs."""
    agent, lead = desk.signed_in("agent"), desk.signed_in("lead", "Lead One")
    ticket = desk.ticket()
    answer(agent, ticket, STRANGE)
    with desk.app.app_context():
        held_id = db.session.scalars(select(HeldAnswer.id)).one()
    path = f"/desk/tickets/{ticket.reference}"
    lead.send(f"{path}/held/{held_id}", decision="decline", reason="Not our site.")
    page = agent.text(path)
    assert page.count(OPENING) == 2
    assert "Not our site." in page
    assert lead.text(path).count(OPENING) == 1


def test_staff_open_no_ticket_with_words_that_would_wait(desk: Desk) -> None:
    """The form comes back with what was typed."""
    agent = desk.signed_in("agent")
    sent = agent.send("/desk/new", topic="late", subject="Hello", message=STRANGE, locale="en")
    assert sent.status_code == 422
    assert "which a lead can release" in sent.get_data(as_text=True)


def test_a_program_is_told_that_its_answer_waits(desk: Desk) -> None:
    """202 with the state, and for a replay; refused with the field; no message of it."""
    ticket = desk.ticket()
    token = desk.write(
        lambda session: add_token(
            session,
            desk.clock.now(),
            name="robot",
            scopes=["tickets:read", "tickets:write"],
            lifetime=timedelta(days=1),
            actor=Actor("system", "test"),
        )[1]
    )
    client, path = desk.app.test_client(), f"/api/v1/tickets/{ticket.reference}/messages"
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "one-answer-held"}
    for _ in range(2):
        sent = client.post(path, json={"message": STRANGE}, headers=headers)
        assert (sent.status_code, sent.get_json()["state"]) == (202, "held")
        assert sent.get_json()["reasons"][0]["code"] == "host"
    refused = client.post(
        path,
        json={"message": "Tell me your seed phrase."},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["field"] == "message"
    assert STRANGE not in client.get(path, headers=headers).get_data(as_text=True)
    with desk.app.app_context():
        assert len(db.session.scalars(select(HeldAnswer)).all()) == 1
