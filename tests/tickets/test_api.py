"""`/api/v1/tickets` as a program meets it: open, list, read, change, answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.conftest import NOON, later
from tests.factories import a_person
from tests.fakes import FakeClock
from trustops.accounts.services import add_token
from trustops.db import Actor, Event, db
from trustops.tickets.conversation import PART
from trustops.tickets.models import Message, Ticket
from trustops.web.cursor import encode

ASKED = {"topic": "other", "subject": "Is it over?", "message": "I still hold the old token."}
BEYOND = encode((NOON, 2**63))
"""A cursor whose key no database can hold."""

PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@dataclass
class Program:
    """A client with a token, or without."""

    client: FlaskClient
    token: str = ""

    def call(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, dict[str, Any], TestResponse]:
        """Status, JSON and the whole answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named["Authorization"] = f"Bearer {self.token}"
        answer = self.client.open(f"/api/v1{path}", method=method, json=body, headers=named)
        return answer.status_code, answer.get_json(silent=True) or {}, answer


def program(app: Flask, clock: FakeClock, *scopes: str) -> Program:
    """A program whose token has these scopes; without any it has no token."""
    if not scopes:
        return Program(app.test_client())
    with app.app_context():
        _, plain = add_token(
            db.session(),
            clock.now(),
            name="Helpdesk bridge",
            scopes=list(scopes),
            lifetime=timedelta(days=30),
            actor=Actor("system", "test"),
        )
        db.session.commit()
    return Program(app.test_client(), plain)


@pytest.fixture
def anybody(app: Flask, clock: FakeClock) -> Program:
    """A client without a token."""
    return program(app, clock)


@pytest.fixture
def bridge(app: Flask, clock: FakeClock) -> Program:
    """A client that may read and write."""
    return program(app, clock, "tickets:read", "tickets:write")


def opened(anybody: Program, **given: object) -> str:
    """Open a ticket and give its reference."""
    status, body, _ = anybody.call("POST", "/tickets", {**ASKED, **given})
    assert status == 201, body
    reference: str = body["reference"]
    return reference


def test_anybody_opens_a_ticket_and_is_promised_an_answer_within_48_hours(
    anybody: Program,
) -> None:
    """Reference, private address and promise come back; Location says where."""
    status, body, answer = anybody.call("POST", "/tickets", ASKED)
    assert status == 201
    assert body["reference"].startswith("MIG-")
    assert body["first_response_due_at"] == "2026-11-24T12:00:00Z"
    assert answer.headers["Location"] == body["url"]
    path = body["url"].removeprefix("http://localhost")
    assert anybody.client.get(path).status_code == 200


def test_every_optional_field_is_kept(anybody: Program, bridge: Program) -> None:
    """As it was sent, but for the address, which programs are not given."""
    given = {
        "wallet": "0x52908400098527886E0F7030069857D2E4169EE7",
        "chain": "ethereum",
        "tx_hash": "0x" + "ab" * 32,
        "email": "holder@example.org",
        "locale": "ko",
    }
    reference = opened(anybody, **given)
    _, body, _ = bridge.call("GET", f"/tickets/{reference}")
    kept = {name: body[name] for name in ("wallet", "chain", "tx_hash", "locale")}
    assert kept == {name: given[name] for name in kept}
    assert "holder@example.org" not in str(body)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"topic": "nonsense"}, "topic"),
        ({"subject": ""}, "subject"),
        ({"message": None}, "message"),
        ({"message": "x" * 10_001}, "message"),
        ({"email": "nobody"}, "email"),
        ({"unknown": "x"}, "request"),
        ({"wallet": 7}, "wallet"),
    ],
)
def test_what_cannot_be_used_is_answered_by_field_without_an_echo(
    anybody: Program, change: dict[str, object], field: str
) -> None:
    """problem+json, 422; the value does not come back."""
    status, body, answer = anybody.call("POST", "/tickets", {**ASKED, **change})
    assert status == 422
    assert answer.mimetype == "application/problem+json"
    assert field in {item["field"] for item in body["errors"]}
    assert "nonsense" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("body", ["[]", "7", "null", '"text"', "{", ""])
def test_a_body_that_is_no_object_is_refused(anybody: Program, body: str) -> None:
    """With a problem, never with a failure of ours."""
    answer = anybody.client.post("/api/v1/tickets", data=body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer.mimetype == "application/problem+json"


def test_a_form_cannot_be_sent_to_the_api(anybody: Program) -> None:
    """Another site could make a browser send one; JSON it cannot."""
    answer = anybody.client.post("/api/v1/tickets", data=ASKED)
    assert answer.status_code == 415


@pytest.mark.parametrize("field", ["topic", "subject", "message", "wallet", "email", "locale"])
def test_a_recovery_phrase_is_refused_wherever_it_stands(
    app: Flask, anybody: Program, field: str
) -> None:
    """422 with advice; nothing is stored or echoed."""
    status, body, answer = anybody.call("POST", "/tickets", {**ASKED, field: PHRASE})
    assert status == 422
    assert body["type"] == "/problems/secret-found"
    assert "sausage" not in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Ticket)) == 0


def test_a_replay_gives_the_same_ticket_with_a_fresh_link(anybody: Program) -> None:
    """The first link may have been lost with its answer; both work."""
    key = {"Idempotency_Key": "one"}
    _, first, _ = anybody.call("POST", "/tickets", ASKED, **key)
    status, second, _ = anybody.call("POST", "/tickets", dict(reversed(ASKED.items())), **key)
    assert status == 201
    assert second["reference"] == first["reference"]
    assert second["first_response_due_at"] == first["first_response_due_at"]
    assert second["url"] != first["url"]
    for body in (first, second):
        assert anybody.client.get(body["url"].removeprefix("http://localhost")).status_code == 200


def test_the_same_key_with_another_body_is_a_conflict(anybody: Program) -> None:
    """409, and no second ticket."""
    key = {"Idempotency_Key": "one"}
    anybody.call("POST", "/tickets", ASKED, **key)
    status, body, _ = anybody.call("POST", "/tickets", {**ASKED, "subject": "Other"}, **key)
    assert status == 409
    assert body["type"] == "/problems/conflict"


def test_another_client_with_the_same_key_gets_a_ticket_of_its_own(
    app: Flask, anybody: Program, bridge: Program
) -> None:
    """A guessed key opens nobody's ticket."""
    key = {"Idempotency_Key": "one"}
    _, first, _ = anybody.call("POST", "/tickets", ASKED, **key)
    _, second, _ = bridge.call("POST", "/tickets", ASKED, **key)
    elsewhere = Program(app.test_client())
    elsewhere.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    _, third, _ = elsewhere.call("POST", "/tickets", ASKED, **key)
    assert len({first["reference"], second["reference"], third["reference"]}) == 3


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "ключ".encode().decode("latin-1")])
def test_a_key_that_cannot_be_one_is_refused(anybody: Program, key: str) -> None:
    """1 to 255 printable ASCII characters; a blank header is no key."""
    status, _, _ = anybody.call("POST", "/tickets", ASKED, Idempotency_Key=key)
    assert status in ({201, 422} if not key.strip() else {422})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/tickets"),
        ("GET", "/tickets/MIG-2222222"),
        ("PATCH", "/tickets/MIG-2222222"),
        ("POST", "/tickets/MIG-2222222/messages"),
        ("GET", "/sla/report"),
    ],
)
def test_everything_but_opening_needs_a_token_with_the_scope(
    app: Flask, clock: FakeClock, method: str, path: str
) -> None:
    """401 without one, 403 with the wrong one; neither tells whether the ticket exists."""
    body = {"message": "x"} if method == "POST" else {} if method == "PATCH" else None
    status, _, answer = program(app, clock).call(method, path, body)
    assert status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    wrong = "tickets:write" if method == "GET" else "tickets:read"
    assert program(app, clock, wrong).call(method, path, body)[0] == 403


def test_the_list_is_paged_by_key_and_shows_each_ticket_once(
    anybody: Program, bridge: Program, clock: FakeClock
) -> None:
    """Newest first; tickets that come while one pages do not shift the pages."""
    references = []
    for _ in range(7):
        references.append(opened(anybody))
        clock.advance(seconds=1)
    seen: list[str] = []
    after = ""
    while True:
        query = f"?limit=3&after={after}" if after else "?limit=3"
        _, body, _ = bridge.call("GET", f"/tickets{query}")
        seen += [item["reference"] for item in body["items"]]
        opened(anybody)
        after = body["next"]
        if not after:
            break
    assert seen == references[::-1]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=x",
        "after=nonsense",
        f"after={BEYOND}",
        "status=nonsense",
        "sort=email",
    ],
)
def test_a_query_that_is_not_offered_is_refused(bridge: Program, query: str) -> None:
    """Nothing a client names reaches the database unlisted."""
    status, body, _ = bridge.call("GET", f"/tickets?{query}")
    assert status == 422
    assert body["errors"]


def test_a_long_ticket_loses_nothing(app: Flask, anybody: Program, bridge: Program) -> None:
    """The ticket holds its newest messages and says how many came before; a list has them all."""
    reference = opened(anybody)
    with app.app_context():
        ticket = db.session.scalars(select(Ticket)).one()
        db.session.add_all(
            Message(
                ticket_id=ticket.id,
                author_kind="requester",
                author_name="",
                visibility="internal" if number == 1 else "public",
                body=f"word {number}",
                created_at=NOON,
            )
            for number in range(PART + 1)
        )
        db.session.commit()
    _, body, _ = bridge.call("GET", f"/tickets/{reference}")
    assert (len(body["messages"]), body["messages_before"]) == (PART, 2)
    read: list[str] = []
    after: int | None = 0
    while after is not None:
        _, page, _ = bridge.call("GET", f"/tickets/{reference}/messages?limit=100&after={after}")
        read += [item["message"] for item in page["items"]]
        after = page["next"]
    assert read == [ASKED["message"], *(f"word {number}" for number in range(PART + 1))]
    assert bridge.call("GET", f"/tickets/{reference}/messages?after=x")[0] == 422
    assert bridge.call("GET", "/tickets/MIG-2222222/messages")[0] == 404


def test_the_list_can_be_cut_by_status(anybody: Program, bridge: Program) -> None:
    """Open ones and solved ones."""
    first, second = opened(anybody), opened(anybody)
    bridge.call("PATCH", f"/tickets/{first}", {"status": "solved"})
    _, body, _ = bridge.call("GET", "/tickets?status=open")
    assert [item["reference"] for item in body["items"]] == [second]


def test_an_answer_stops_the_clock_and_the_requester_reads_it(
    anybody: Program, bridge: Program, clock: FakeClock
) -> None:
    """The whole way by API."""
    _, made, _ = anybody.call("POST", "/tickets", ASKED)
    clock.advance(hours=3)
    path = f"/tickets/{made['reference']}"
    status, message, _ = bridge.call(
        "POST", f"{path}/messages", {"message": "It is over.", "status": "waiting"}
    )
    assert status == 201
    assert (message["author"], message["author_name"]) == ("agent", "Helpdesk bridge (API)")
    _, body, _ = bridge.call("GET", path)
    assert body["status"] == "waiting"
    assert body["clocks"][0]["state"] == "met"
    assert body["first_response_due_at"] is None
    page = anybody.client.get(made["url"].removeprefix("http://localhost"))
    assert "It is over." in page.get_data(as_text=True)


@pytest.mark.parametrize(
    "body",
    [
        {"message": "Looks familiar.", "visibility": "internal"},
        {"message": "We got your message.", "automatic": True},
    ],
)
def test_a_note_or_an_automatic_message_does_not_stop_the_clock(
    anybody: Program, bridge: Program, body: dict[str, object]
) -> None:
    """The promise is an answer by a person."""
    path = f"/tickets/{opened(anybody)}"
    assert bridge.call("POST", f"{path}/messages", body)[0] == 201
    _, ticket, _ = bridge.call("GET", path)
    assert ticket["clocks"][0]["state"] == "running"
    assert ticket["first_replied_at"] is None


def test_a_replayed_answer_is_one_message(app: Flask, anybody: Program, bridge: Program) -> None:
    """A retry after a lost answer does not write twice."""
    path = f"/tickets/{opened(anybody)}/messages"
    key = {"Idempotency_Key": "answer-1"}
    _, first, _ = bridge.call("POST", path, {"message": "Hello."}, **key)
    _, second, _ = bridge.call("POST", path, {"message": "Hello."}, **key)
    assert first == second
    with app.app_context():
        statement = select(func.count()).select_from(Message).where(Message.body == "Hello.")
        assert db.session.scalar(statement) == 1


def test_a_change_is_read_back_and_raises_the_version(
    app: Flask, anybody: Program, bridge: Program
) -> None:
    """Priority and assignee; null gives the ticket back to nobody."""
    with app.app_context():
        a_person(db.session(), "Agent One")
        db.session.commit()
    path = f"/tickets/{opened(anybody)}"
    status, body, answer = bridge.call(
        "PATCH", path, {"priority": "high", "assignee": "Agent.One@example.org"}
    )
    assert (status, body["priority"], body["assignee"]) == (200, "high", "Agent One")
    assert answer.headers["ETag"] == f'"{body["version"]}"'
    _, body, _ = bridge.call("PATCH", path, {"assignee": None})
    assert body["assignee"] is None
    status, body, _ = bridge.call("PATCH", path, {"assignee": "stranger@example.org"})
    assert status == 422
    assert body["errors"][0]["field"] == "assignee"


def test_a_token_that_may_only_write_reads_no_messages(
    app: Flask, clock: FakeClock, anybody: Program, bridge: Program
) -> None:
    """An empty change is no way around the scope; who may read gets them with the answer."""
    path = f"/tickets/{opened(anybody)}"
    writer = program(app, clock, "tickets:write")
    status, body, answer = writer.call("PATCH", path, {"priority": "high"})
    assert (status, body["priority"], body["messages"]) == (200, "high", None)
    assert ASKED["message"] not in answer.text
    assert bridge.call("PATCH", path, {})[1]["messages"][0]["message"] == ASKED["message"]


@pytest.mark.parametrize("how", ["body", "If-Match"])
def test_a_stale_change_is_refused_and_told_what_changed(
    anybody: Program, bridge: Program, how: str
) -> None:
    """By version in the body or as an ETag; what changed comes with the refusal."""
    path = f"/tickets/{opened(anybody)}"
    bridge.call("PATCH", path, {"priority": "urgent", "version": 1})
    stale = {"priority": "low", **({"version": 1} if how == "body" else {})}
    headers = {"If_Match": '"1"'} if how == "If-Match" else {}
    status, body, _ = bridge.call("PATCH", path, stale, **headers)
    assert status == 409
    assert [change["kind"] for change in body["changes"]] == ["ticket.priority"]
    _, body, _ = bridge.call("GET", path)
    assert body["priority"] == "urgent"
    for header in ('"x"', '"' + "9" * 5000 + '"'):
        assert bridge.call("PATCH", path, {"priority": "low"}, If_Match=header)[0] == 422


def test_the_history_names_the_token_that_acted(
    app: Flask, anybody: Program, bridge: Program
) -> None:
    """An audit tells a program from a person."""
    bridge.call("PATCH", f"/tickets/{opened(anybody)}", {"priority": "high"})
    with app.app_context():
        event = db.session.scalars(select(Event).where(Event.kind == "ticket.priority")).one()
        assert event.actor.startswith("token:")
        assert event.actor_name == "Helpdesk bridge (API)"


def test_an_unknown_ticket_is_not_found(bridge: Program) -> None:
    """404 as a problem."""
    status, body, _ = bridge.call("GET", "/tickets/MIG-2222222")
    assert (status, body["type"]) == (404, "/problems/not-found")


def test_the_description_is_openapi_and_tells_of_every_operation(anybody: Program) -> None:
    """OpenAPI 3.1, valid, with the bearer scheme where a token is needed."""
    status, body, _ = anybody.call("GET", "/openapi.json")
    assert status == 200
    assert body["openapi"].startswith("3.1")
    validate(body)
    assert set(body["paths"]) == {
        "/api/v1/tickets",
        "/api/v1/tickets/{reference}",
        "/api/v1/tickets/{reference}/messages",
        "/api/v1/sla/report",
        "/api/v1/check",
        "/api/v1/migration",
        "/api/v1/exchanges",
    }
    assert "security" not in body["paths"]["/api/v1/tickets"]["post"]
    assert body["paths"]["/api/v1/tickets"]["get"]["security"] == [{"bearer": []}]


def test_the_report_tells_adherence_by_due_date(
    app: Flask, anybody: Program, bridge: Program, clock: FakeClock
) -> None:
    """One met, one breached: one half, with what is overdue beside it."""
    answered, _ = opened(anybody), opened(anybody)
    bridge.call("POST", f"/tickets/{answered}/messages", {"message": "Yes."})
    clock.moment = later(hours=60)
    status, body, _ = program(app, clock, "reports:read").call("GET", "/sla/report?days=7")
    assert status == 200
    figures = (body["met"], body["breached"], body["adherence"], body["overdue_now"])
    assert figures == (1, 1, 0.5, 1)


def test_a_note_that_asks_for_a_status_is_refused_rather_than_half_done(
    anybody: Program, bridge: Program
) -> None:
    """A program that got 201 would believe that the ticket took the status."""
    reference = opened(anybody)
    asked = {"message": "Done.", "visibility": "internal", "status": "closed"}
    status, body, _ = bridge.call("POST", f"/tickets/{reference}/messages", asked)
    assert (status, body["errors"][0]["field"]) == (422, "request")
    _, ticket, _ = bridge.call("GET", f"/tickets/{reference}")
    assert (ticket["status"], len(ticket["messages"])) == ("open", 1)
