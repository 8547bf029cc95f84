"""A stolen token answers tickets: nothing of it reaches a holder before a lead released it.

The attacks go where an answer could slip past the guard: other spellings of a field, a note that
should become an answer, a held one that should change, and a decision by whoever wrote it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.desk.browser import Browser, Desk
from tests.fakes import FakeClock
from tests.guard.test_outgoing import lines
from tests.journeys.test_a_phished_agent import STRANGE, answer, private_page
from tests.web_fixtures import CHEAP_HASHER, settings_for
from trustops.accounts.passwords import Passwords
from trustops.accounts.services import add_token
from trustops.app import create_app
from trustops.channels.models import Delivery
from trustops.db import Actor, db
from trustops.tickets.held import HeldAnswer
from trustops.tickets.models import Message, SlaClock, Ticket

ASKED = "Is it over?"


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
    """An empty desk."""
    return Desk(app, clock)


class Program:
    """Somebody who has a token that may read and answer tickets."""

    def __init__(self, desk: Desk) -> None:
        """Make the token."""
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
        self.client = desk.app.test_client()
        self.head = {"Authorization": f"Bearer {token}"}

    def post(self, ticket: Ticket, body: dict[str, object], **head: str) -> int:
        """Send an answer, and give the status."""
        path = f"/api/v1/tickets/{ticket.reference}/messages"
        sent = self.client.post(path, json=body, headers={**self.head, **head})
        return int(sent.status_code)

    def read(self, ticket: Ticket) -> str:
        """All that the API tells of a ticket."""
        path = f"/api/v1/tickets/{ticket.reference}"
        pages = (self.client.get(at, headers=self.head) for at in (path, f"{path}/messages"))
        return "".join(page.get_data(as_text=True) for page in pages)


@pytest.fixture
def program(desk: Desk) -> Program:
    """A program with a token."""
    return Program(desk)


def only_what_was_asked(desk: Desk, ticket: Ticket) -> None:
    """Nothing was said to the holder, nothing is on its way, and the clock runs."""
    page = private_page(desk, ticket)
    assert "Our newest answer" not in page
    with desk.app.app_context():
        public = select(Message.body).where(Message.visibility == "public")
        assert list(db.session.scalars(public)) == [ASKED]
        assert "ticket.answered" not in db.session.scalars(select(Delivery.kind)).all()
        assert db.session.scalars(select(SlaClock.met_at)).all() == [None]


def a_confirmed_ticket(desk: Desk) -> Ticket:
    """A ticket whose holder gets word of answers by mail."""
    ticket = desk.ticket(email="a@example.org")

    def confirm(session: Session) -> None:
        session.get_one(Ticket, ticket.id).email_confirmed_at = desk.clock.now()

    desk.write(confirm)
    return desk.read(ticket.reference)


def held_id(desk: Desk) -> int:
    """The key of the only answer that waits."""
    with desk.app.app_context():
        return db.session.scalars(select(HeldAnswer.id)).one()


@pytest.mark.long
@pytest.mark.parametrize("automatic", [False, True])
def test_no_answer_of_a_stolen_token_reaches_the_holder(
    desk: Desk, program: Program, *, automatic: bool
) -> None:
    """Five languages, disguises and detours; neither as a person nor as a robot."""
    ticket = a_confirmed_ticket(desk)
    for number, words in enumerate(lines("phished_third")):
        if number % 4 == automatic:
            body: dict[str, object] = {"message": words, "automatic": automatic}
            assert program.post(ticket, body) in {202, 422}
    assert '"author":"agent"' not in program.read(ticket).replace(" ", "")
    only_what_was_asked(desk, ticket)


@pytest.mark.long
def test_no_answer_from_the_composer_reaches_the_holder(desk: Desk) -> None:
    """The same words by the hand of an agent."""
    agent, ticket = desk.signed_in("agent"), a_confirmed_ticket(desk)
    for words in lines("phished_third")[::4]:
        assert answer(agent, ticket, words) in {303, 422}
    only_what_was_asked(desk, ticket)


@pytest.mark.parametrize(
    "body",
    [
        {"message": STRANGE},
        {"message": STRANGE, "visibility": "PUBLIC"},
        {"message": STRANGE, "visibility": "Internal"},
        {"message": STRANGE, "visibility": None},
        {"message": STRANGE, "visibility": ["internal", "public"]},
        {"message": STRANGE, "state": "released"},
        {"message": STRANGE, "held": False},
        {"message": STRANGE, "message_id": 1},
        {"message": STRANGE, "author": "requester"},
        {"message": STRANGE, "automatic": True},
        {"message": STRANGE, "automatic": "true"},
        {"message": STRANGE, "status": "solved"},
        {"message": [STRANGE]},
        {"message": {"text": STRANGE}},
        {"message": f"{STRANGE}\x00"},
    ],
)
def test_no_spelling_of_the_request_lets_an_answer_through(
    desk: Desk, program: Program, body: dict[str, object]
) -> None:
    """It is held, or the request is refused; the status does not change with it either."""
    ticket = desk.ticket()
    assert program.post(ticket, body) in {202, 400, 422}
    only_what_was_asked(desk, ticket)
    assert desk.read(ticket.reference).status == "open"


def test_a_note_stays_a_note_and_a_held_answer_stays_as_it_was(
    desk: Desk, program: Program
) -> None:
    """No address of the API changes, publishes, releases or deletes either."""
    ticket = desk.ticket()
    assert program.post(ticket, {"message": STRANGE, "visibility": "internal"}) == 201
    assert program.post(ticket, {"message": STRANGE}) == 202
    with desk.app.app_context():
        note = db.session.scalars(select(Message.id).order_by(Message.id.desc())).first()
    base = f"/api/v1/tickets/{ticket.reference}"
    for path in (
        f"{base}/messages/{note}",
        f"{base}/held/{held_id(desk)}",
        f"{base}/held/{held_id(desk)}/release",
        f"/api/v1/held/{held_id(desk)}",
    ):
        for method in ("PATCH", "PUT", "POST", "DELETE"):
            body = {"visibility": "public", "message": "x", "state": "released", "reason": "ok"}
            sent = program.client.open(path, method=method, json=body, headers=program.head)
            assert sent.status_code in {404, 405}, path
    changed = program.client.patch(base, json={"visibility": "public"}, headers=program.head)
    assert changed.status_code == 422
    only_what_was_asked(desk, ticket)


def test_a_key_that_was_used_for_harmless_words_brings_no_others(
    desk: Desk, program: Program
) -> None:
    """A repeated Idempotency-Key with other words is refused, whichever came first."""
    ticket = desk.ticket()
    key = {"Idempotency-Key": "a-key-used-twice"}
    assert program.post(ticket, {"message": STRANGE}, **key) == 202
    assert program.post(ticket, {"message": "It is over."}, **key) in {409, 422}
    only_what_was_asked(desk, ticket)


@pytest.mark.parametrize("role", ["agent", "ops"])
def test_a_token_and_whoever_may_not_decide_release_nothing(
    desk: Desk, program: Program, role: str
) -> None:
    """The page of decisions takes no token, and the roles that may not are turned away."""
    ticket, person = desk.ticket(), desk.signed_in(role)
    program.post(ticket, {"message": STRANGE})
    path = f"/desk/tickets/{ticket.reference}/held/{held_id(desk)}"
    form = {"decision": "release", "reason": "I know the site."}
    assert person.send(path, **form).status_code == 403
    program.client.post(path, data=form, headers=program.head)
    only_what_was_asked(desk, ticket)


def test_a_lead_releases_no_answer_of_their_own(desk: Desk) -> None:
    """A second lead does."""
    ticket, lead = desk.ticket(), desk.signed_in("lead", "Lead One")
    other = desk.signed_in("lead", "Lead Two")
    assert answer(lead, ticket, STRANGE) == 303
    path = f"/desk/tickets/{ticket.reference}/held/{held_id(desk)}"
    assert lead.send(path, decision="release", reason="Mine.").status_code == 403
    only_what_was_asked(desk, ticket)
    assert other.send(path, decision="release", reason="I know the site.").status_code == 303
    assert "Our newest answer" in private_page(desk, ticket)


@pytest.mark.parametrize(
    "reason", ["", " ", "\n\t", "\u200b\u2060", "\u00a0", "...", "\u3164", "\u2800"]
)
def test_a_reason_that_nobody_can_read_is_none(desk: Desk, program: Program, reason: str) -> None:
    """Also one of invisible characters, or of points alone."""
    ticket, lead = desk.ticket(), desk.signed_in("lead", "Lead One")
    program.post(ticket, {"message": STRANGE})
    path = f"/desk/tickets/{ticket.reference}/held/{held_id(desk)}"
    lead.send(path, decision="release", reason=reason)
    only_what_was_asked(desk, ticket)
    assert lead.send(path, decision="release", reason="I know it.").status_code == 303
    assert "Our newest answer" in private_page(desk, ticket)


@pytest.mark.parametrize("second", ["release", "decline"])
def test_two_decisions_at_once_are_one(desk: Desk, program: Program, second: str) -> None:
    """Whoever comes second is told; the holder gets the words once, or not at all."""
    ticket = a_confirmed_ticket(desk)
    leads = [desk.signed_in("lead", "Lead One"), desk.signed_in("lead", "Lead Two")]
    program.post(ticket, {"message": STRANGE})
    path = f"/desk/tickets/{ticket.reference}/held/{held_id(desk)}"
    answers: list[int] = []
    gate = threading.Barrier(2)

    def decide(lead: Browser, decision: str) -> None:
        gate.wait(timeout=10)
        answers.append(lead.send(path, decision=decision, reason="I looked.").status_code)

    threads = [
        threading.Thread(target=decide, args=pair)
        for pair in zip(leads, ("release", second), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(answers) == [303, 409]
    with desk.app.app_context():
        state = db.session.scalars(select(HeldAnswer.state)).one()
        said = db.session.scalars(select(Message.body).order_by(Message.id)).all()
        kinds = db.session.scalars(select(Delivery.kind)).all()
    assert said == ([ASKED, STRANGE] if state == "released" else [ASKED])
    assert kinds.count("ticket.answered") == (state == "released")
