"""A phrase told over several messages of a ticket is refused, and its pieces are gone everywhere.

Each case runs on SQLite and on PostgreSQL, through the pages and the API that people use.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.desk.browser import Browser, Desk, hidden
from tests.fakes import FakeClock
from tests.guard.languages import BY_NAME, valid_phrase
from tests.tickets.holder import Holder, values, words_of
from tests.tickets.leftovers import leftovers
from tests.web_fixtures import CHEAP_HASHER, settings_for
from trustops import guard, logs
from trustops.accounts.passwords import Passwords
from trustops.accounts.services import add_token
from trustops.alerts.models import Alert
from trustops.app import create_app
from trustops.db import Actor, Event, db
from trustops.tickets import queries
from trustops.tickets.held import HeldAnswer
from trustops.tickets.models import Message, Ticket

WORDS = "velvet oyster garbage walnut pelican jealous tobacco quantum lobster noodle crunch zebra"
EACH = WORDS.split()
FIRST, REST = " ".join(EACH[:6]), " ".join(EACH[6:])
TOLD = f"It failed on Monday. My words are {FIRST}. Can you help?"
LEFT = "It failed on Monday. My words are [REDACTED:recovery_phrase]. Can you help?"
GONE = "[REDACTED:recovery_phrase]"
TALK = (
    "Did you get that?",
    "I am on my phone, so it takes a while.",
    "My wallet shows nothing since Monday.",
    "Is anybody there?",
    "Sorry, the line was gone.",
    "It was the page of the exchange.",
    "My brother said that I should ask you.",
    "Are those the ones that you need?",
    "I have it on paper here.",
    "Nearly done.",
)
STEPS = "What to do now, step by step"


@pytest.fixture
def app(database: str, tmp_path: Path, clock: FakeClock) -> Iterator[Flask]:
    """The real application on a database of each kind."""
    made = create_app(
        settings_for(database, tmp_path), clock=clock, parts=[Passwords(CHEAP_HASHER)]
    )
    made.testing = True
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def desk(app: Flask, clock: FakeClock) -> Desk:
    """The desk behind the pages."""
    return Desk(app, clock)


@pytest.fixture
def holder(app: Flask) -> Holder:
    """A holder at a browser."""
    return Holder(app.test_client())


def only_ticket(desk: Desk) -> Ticket:
    """The ticket of this test."""
    return desk.write(lambda session: session.scalars(select(Ticket)).one())


def bodies(desk: Desk) -> list[str]:
    """All messages, oldest first."""
    return desk.write(
        lambda session: list(session.scalars(select(Message.body).order_by(Message.id)))
    )


def a_token(desk: Desk, scope: str = "tickets:write") -> str:
    """The token of a program that may do one thing."""
    return desk.write(
        lambda session: add_token(
            session,
            desk.clock.now(),
            name="bot",
            scopes=[scope],
            lifetime=timedelta(days=1),
            actor=Actor("system", "test"),
        )[1]
    )


def alerts(desk: Desk) -> list[Alert]:
    """The alerts about pieces."""
    return desk.write(
        lambda session: list(session.scalars(select(Alert).where(Alert.kind == "guard.pieces_out")))
    )


@pytest.fixture
def log() -> io.StringIO:
    """What is logged."""
    made = io.StringIO()
    logs.configure("info", scrub=guard.redact, stream=made)
    return made


def test_pieces_are_gone_from_tables_files_index_and_log_once_the_last_is_refused(
    desk: Desk, holder: Holder, database: str, log: io.StringIO
) -> None:
    """The request answers 422 and stores nothing; what was taken out stays out. Talk stays."""
    path = holder.open(message="I sent it two days ago.", subject="Nothing arrived")
    for number in range(10):
        holder.write(path, f"Page {number} said try again. The sum is still {number}.")
    holder.write(path, TOLD)
    assert set(EACH[:6]) <= set(leftovers(desk, database, EACH))
    answer = holder.write(path, REST)
    assert answer.status_code == 422
    assert STEPS in answer.text
    assert values(answer.text)["message"] == ""
    assert [word for word in EACH if word in answer.text] == []
    assert leftovers(desk, database, EACH) == []
    assert bodies(desk)[-1] == LEFT
    assert len(bodies(desk)) == 12
    assert [word for word in EACH if word in log.getvalue()] == []


def test_one_word_a_message_with_talk_after_each_leaves_no_word(
    desk: Desk, holder: Holder, database: str
) -> None:
    """The tenth is refused; nobody gets to the twelfth."""
    path = holder.open(message="Hallo.")
    talk = iter(TALK)
    for word in EACH[:9]:
        assert holder.write(path, word).status_code == 303
        assert holder.write(path, next(talk)).status_code == 303
    assert holder.write(path, EACH[9]).status_code == 422
    assert leftovers(desk, database, EACH) == []
    assert bodies(desk).count(GONE) == 9
    assert [body for body in bodies(desk) if body in TALK] == list(TALK[:9])


def test_the_twenty_first_message_back_is_out_of_reach(desk: Desk, holder: Holder) -> None:
    """Twenty messages are read, and the fields of the form; docs/guard.md says so."""
    path = holder.open(message=FIRST)
    for number in range(20):
        holder.write(path, f"Page {number} said try again.")
    assert holder.write(path, REST).status_code == 303
    assert bodies(desk)[0] == FIRST


def test_pieces_in_the_fields_of_the_form_go_too(desk: Desk, holder: Holder, database: str) -> None:
    """The line about it, the wallet and the transaction; the ticket is found by its reference."""
    path = holder.open(
        subject=" ".join(EACH[:5]),
        wallet=f"{EACH[5]} {EACH[6]} {EACH[7]}",
        message="It has been with the exchange since Monday.",
    )
    assert holder.write(path, " ".join(EACH[8:])).status_code == 422
    assert leftovers(desk, database, EACH) == []
    ticket = only_ticket(desk)
    assert (ticket.subject, ticket.wallet, ticket.wallet_as_written) == (GONE, None, None)
    assert ticket.pieces_since == ticket.created_at
    assert desk.write(
        lambda session: [row.ticket.id for row in queries.search(session, ticket.reference)]
    ) == [ticket.id]
    assert desk.write(lambda session: queries.search(session, "oyster")) == []
    assert desk.write(lambda session: len(queries.search(session, "exchange"))) == 1


def test_a_whole_phrase_takes_out_what_was_told_of_it_before(
    desk: Desk, holder: Holder, database: str
) -> None:
    """It is refused at the door, before any page is asked; its pieces go all the same."""
    path = holder.open(message=TOLD)
    assert holder.write(path, f"{FIRST} {REST}").status_code == 422
    assert bodies(desk) == [LEFT]
    assert leftovers(desk, database, EACH) == []


def test_ops_get_one_alert_that_names_which_backups_hold_pieces(
    desk: Desk, holder: Holder, clock: FakeClock
) -> None:
    """However often it is sent again; and the further pieces are refused as well."""
    path = holder.open(message="Hallo.")
    clock.advance(hours=1)
    holder.write(path, TOLD)
    clock.advance(hours=2)
    for words in (REST, REST, EACH[-1], f"the end is {REST}"):
        assert holder.write(path, words).status_code == 422
    assert holder.write(path, "What do I have to do now?").status_code == 303
    (alert,) = alerts(desk)
    ticket = only_ticket(desk)
    assert alert.summary == (
        f"A secret told in pieces was taken out of {ticket.reference}. Backups made from "
        "22 Nov 2026, 13:00 UTC to 22 Nov 2026, 15:00 UTC may hold the pieces. Its page tells if "
        "it happens again."
    )
    assert (alert.ticket, alert.severity) == (ticket.reference, "high")
    assert alert.path == f"/desk/tickets/{ticket.reference}"
    kinds = desk.write(lambda session: list(session.scalars(select(Event.kind))))
    assert kinds.count("ticket.pieces_out") == 1
    for words in (FIRST, REST):
        holder.write(path, words)
    assert len(alerts(desk)) == 1


def test_the_requester_and_staff_read_why_words_are_missing(
    desk: Desk, holder: Holder, clock: FakeClock
) -> None:
    """On the page of the refusal and on every later one; the history names no word."""
    path = holder.open(message=TOLD)
    clock.advance(hours=1)
    known = "A secret was written here in pieces: others may know it"
    assert known not in holder.read(path)
    assert known in holder.write(path, REST).text
    page = holder.read(path)
    assert known in page
    assert "create a new wallet on a clean device" in words_of(page)
    assert f'<a href="/migration-safety#happened">{STEPS}</a>' in page
    text_of_desk = words_of(desk.signed_in().text(f"/desk/tickets/{only_ticket(desk).reference}"))
    assert "Words are missing here: a secret was told in pieces" in text_of_desk
    assert "The guard took the pieces of a secret out of one text" in text_of_desk
    assert "22 Nov 2026, 13:00" in text_of_desk


def test_the_api_tells_that_words_are_missing(desk: Desk, holder: Holder, clock: FakeClock) -> None:
    """With the two moments of the page, in the list and in the ticket; before, with none."""
    path = holder.open(message=TOLD)
    headers = {"Authorization": f"Bearer {a_token(desk, 'tickets:read')}"}
    reference = only_ticket(desk).reference

    def marks(address: str) -> tuple[str | None, str | None]:
        found = desk.app.test_client().get(f"/api/v1{address}", headers=headers).get_json()
        ticket = found["items"][0] if "items" in found else found
        return ticket["pieces_since"], ticket["pieces_out_at"]

    for address in ("/tickets", f"/tickets/{reference}"):
        assert marks(address) == (None, None)
    clock.advance(hours=1)
    assert holder.write(path, REST).status_code == 422
    for address in ("/tickets", f"/tickets/{reference}"):
        assert marks(address) == ("2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z")


def test_a_question_takes_nothing_out(desk: Desk, holder: Holder) -> None:
    """Only what is certain does: the person is asked, and the earlier words stay."""
    path = holder.open(message=TOLD)
    signs = "".join(valid_phrase(BY_NAME["simplified Chinese"], "asked"))
    answer = holder.write(path, f"我今天打开钱包发现{signs}然后代币没有到账")
    assert answer.status_code == 422
    assert bodies(desk) == [TOLD]
    assert only_ticket(desk).pieces_out_at is None
    assert alerts(desk) == []


def test_answers_and_held_answers_that_quote_the_pieces_lose_them(
    desk: Desk, holder: Holder, database: str
) -> None:
    """Also those that wait for a lead; the other words of an answer stay."""
    path = holder.open(message=TOLD)
    agent = desk.signed_in()
    page = f"/desk/tickets/{only_ticket(desk).reference}"
    for words in (f"You wrote {FIRST}.", f"See stranger.example.com, you wrote {FIRST}."):
        version = hidden(agent.text(page))["version"]
        sent = agent.send(f"{page}/reply", visibility="public", body=words, version=version)
        assert sent.status_code == 303, sent.text
    assert holder.write(path, REST).status_code == 422
    assert leftovers(desk, database, EACH) == []
    assert f"You wrote {GONE}." in bodies(desk)
    held = desk.write(lambda session: session.scalars(select(HeldAnswer)).one())
    assert held.body == f"See stranger.example.com, you wrote {GONE}."


def noted(agent: Browser, page: str, words: str) -> int:
    """Write a note by the composer."""
    return agent.send(f"{page}/reply", visibility="internal", body=words).status_code


def test_notes_of_staff_that_complete_a_phrase_are_refused_and_leave_no_word(
    desk: Desk, holder: Holder, database: str
) -> None:
    """Whoever told the first half: the holder in a message, or a colleague in a note."""
    holder.open(message="Hallo.")
    agent = desk.signed_in()
    page = f"/desk/tickets/{only_ticket(desk).reference}"
    assert noted(agent, page, f"They read to me: {FIRST}") == 303
    assert noted(agent, page, f"And then: {REST}") == 422
    assert leftovers(desk, database, EACH) == []
    assert bodies(desk) == ["Hallo.", f"They read to me: {GONE}"]
    assert len(alerts(desk)) == 1


def test_words_by_token_that_complete_a_phrase_are_refused_and_leave_no_word(
    desk: Desk, holder: Holder, database: str
) -> None:
    """Notes and answers of programs; a retry under the same key is refused again."""
    holder.open(message=TOLD)
    reference = only_ticket(desk).reference
    token = a_token(desk)
    client = desk.app.test_client()
    for visibility in ("internal", "public", "internal"):
        answer = client.post(
            f"/api/v1/tickets/{reference}/messages",
            json={"message": f"The rest is {REST}", "visibility": visibility},
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": visibility},
        )
        assert answer.status_code == 422
        assert answer.get_json()["type"] == "/problems/secret-found"
        assert REST not in answer.text
    assert leftovers(desk, database, EACH) == []
    assert bodies(desk) == [LEFT]
    assert len(alerts(desk)) == 1


@pytest.mark.parametrize("visibility", ["internal", "public"])
def test_a_whole_phrase_by_staff_takes_out_what_was_told_of_it_before(
    desk: Desk, holder: Holder, database: str, visibility: str
) -> None:
    """It is refused before anybody is known; who may write on the ticket is asked all the same."""
    path = holder.open(message=TOLD)
    agent = desk.signed_in()
    page = f"/desk/tickets/{only_ticket(desk).reference}"
    version = hidden(agent.text(page))["version"]
    pasted = f"He read all of it to me: {FIRST} {REST}"
    for _ in range(2):
        sent = agent.send(f"{page}/reply", visibility=visibility, body=pasted, version=version)
        assert sent.status_code == 422
        assert REST not in sent.text
    assert leftovers(desk, database, EACH) == []
    assert bodies(desk) == [LEFT]
    assert len(alerts(desk)) == 1
    assert "a secret was told in pieces" in words_of(agent.text(page))
    assert "A secret was written here in pieces" in holder.read(path)


def test_a_whole_phrase_by_token_takes_out_what_was_told_of_it_before(
    desk: Desk, holder: Holder, database: str
) -> None:
    """A program is known by its token, and only where its scope lets it write."""
    holder.open(message=TOLD)
    sent = {"message": f"The words are {FIRST} {REST}", "visibility": "internal"}
    url = f"/api/v1/tickets/{only_ticket(desk).reference}/messages"
    client = desk.app.test_client()
    stranger = {"Authorization": f"Bearer {a_token(desk, 'tickets:read')}"}
    for headers in ({}, {"Authorization": "Bearer tod_none"}, stranger):
        refused = client.post(url, json=sent, headers=headers)
        assert refused.get_json()["type"] == "/problems/secret-found"
        assert bodies(desk) == [TOLD]
    refused = client.post(url, json=sent, headers={"Authorization": f"Bearer {a_token(desk)}"})
    assert refused.get_json()["type"] == "/problems/secret-found"
    assert leftovers(desk, database, EACH) == []
    assert bodies(desk) == [LEFT]
    assert len(alerts(desk)) == 1


@pytest.mark.parametrize("sent", [[f"{FIRST} {REST}"], {"message": [f"{FIRST} {REST}"]}])
def test_a_phrase_that_is_no_message_is_refused_and_takes_nothing_out(
    desk: Desk, holder: Holder, sent: object
) -> None:
    """A list, or a list in place of the words."""
    holder.open(message=TOLD)
    url = f"/api/v1/tickets/{only_ticket(desk).reference}/messages"
    bearer = {"Authorization": f"Bearer {a_token(desk)}"}
    assert desk.app.test_client().post(url, json=sent, headers=bearer).status_code == 422
    assert bodies(desk) == [TOLD]


def test_nobody_who_is_not_signed_in_changes_a_ticket_with_a_phrase(
    desk: Desk, holder: Holder
) -> None:
    """Nor does a form of another site, nor one about a ticket that does not exist."""
    holder.open(message=TOLD)
    page = f"/desk/tickets/{only_ticket(desk).reference}"
    pasted = {"visibility": "internal", "body": f"{FIRST} {REST}"}
    assert holder.client.post(f"{page}/reply", data=pasted).status_code == 422
    agent = desk.signed_in()
    assert agent.client.post(f"{page}/reply", data=pasted).status_code == 422
    assert agent.send("/desk/tickets/TM-NONE/reply", **pasted).status_code == 422
    assert bodies(desk) == [TOLD]
    assert alerts(desk) == []
