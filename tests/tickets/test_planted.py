"""A phrase that is sent through any door of the desk is nowhere afterwards.

Every route of the application is tried with every method that it takes, by a stranger, by staff
and by a program: in the form, in JSON, in the query, in the path and in headers.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.desk.browser import Desk
from tests.fakes import FakeClock
from tests.tickets.holder import Holder
from tests.tickets.leftovers import leftovers
from tests.web_fixtures import CHEAP_HASHER, settings_for
from trustops import guard, logs
from trustops.accounts.passwords import Passwords
from trustops.accounts.services import add_token
from trustops.app import create_app
from trustops.cli import sqlite_copy
from trustops.db import Actor, db
from trustops.tickets.models import Ticket
from trustops.tickets.views import FORM_FIELDS
from trustops.web.names import KNOWN_NAMES

WORDS = (
    *("velvet", "oyster", "garbage", "walnut", "pelican", "jealous"),
    *("tobacco", "quantum", "lobster", "noodle", "crunch", "zebra"),
)
PHRASE = " ".join(WORDS)
IN_A_QUERY = f"?q={quote_plus(PHRASE)}"
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
HEADERS = ("User-Agent", "Referer", "Idempotency-Key", "If-Match", "X-Forwarded-For", "X-Anything")


@pytest.fixture
def app(database: str, tmp_path: Path, clock: FakeClock) -> Iterator[Flask]:
    """The real application on a database of each kind."""
    made = create_app(
        settings_for(database, tmp_path), clock=clock, parts=[Passwords(CHEAP_HASHER)]
    )
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def log() -> io.StringIO:
    """What is logged."""
    made = io.StringIO()
    logs.configure("info", scrub=guard.redact, stream=made)
    return made


def a_token(desk: Desk) -> str:
    """The token of a program that may read and write tickets."""
    return desk.write(
        lambda session: add_token(
            session,
            desk.clock.now(),
            name="bot",
            scopes=["tickets:read", "tickets:write"],
            lifetime=timedelta(days=1),
            actor=Actor("system", "test"),
        )[1]
    )


def an_address(number: int) -> str:
    """One more client, so that no limit refuses before the guard does."""
    return f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"


def sent() -> Iterator[tuple[str, dict[str, Any]]]:
    """What a request adds to its address, and carries: the phrase in each part of it."""
    yield IN_A_QUERY, {}
    yield f"?{quote_plus(PHRASE)}=1", {}
    for name in HEADERS:
        yield "", {"headers": {name: PHRASE}}
    yield "", {"data": dict.fromkeys(KNOWN_NAMES, "x") | {"message": PHRASE}}
    yield "", {"data": dict(zip(sorted(KNOWN_NAMES), WORDS, strict=False))}
    yield "", {"data": {PHRASE: "x"}}
    yield "", {"json": dict.fromkeys(KNOWN_NAMES, "x") | {"message": PHRASE}}
    yield "", {"json": {"message": list(WORDS)}}
    yield "", {"data": PHRASE, "content_type": "text/plain"}


def doors(app: Flask, ticket: str, link: str) -> list[tuple[str, str]]:
    """Method and path of every route; things that paths name are such as exist."""
    known = {"reference": ticket, "token": link}
    found = []
    for rule in app.url_map.iter_rules():
        values = {name: known.get(name, "1") for name in rule.arguments}
        path = rule.rule
        for name, value in values.items():
            path = path.replace(f"<int:{name}>", value).replace(f"<path:{name}>", value)
            path = path.replace(f"<{name}>", value)
        found += [(method, path) for method in sorted((rule.methods or set()) & METHODS)]
    return found


@pytest.mark.long
def test_a_phrase_through_any_door_is_nowhere_afterwards(
    app: Flask, database: str, clock: FakeClock, log: io.StringIO, tmp_path: Path
) -> None:
    """Not in an answer, a table, the search index, SQLite's files, a backup, mail or the log.

    Mail and alerts wait in a table, so what is in no row is in no mail.
    """
    desk = Desk(app, clock)
    link = Holder(app.test_client()).open()
    ticket = desk.write(lambda session: session.scalars(select(Ticket.reference)).one())
    bearer = {"Authorization": f"Bearer {a_token(desk)}"}
    staff = desk.signed_in("admin").client
    askers = [(app.test_client(), {}), (staff, {}), (staff, bearer)]
    numbers = count(1)
    for method, path in doors(app, ticket, link.rpartition("/")[2]):
        for added, parts in sent():
            number = next(numbers)
            client, headers = askers[number % len(askers)]
            client.environ_base["REMOTE_ADDR"] = an_address(number)
            given = {**parts, "headers": {**headers, **parts.get("headers", {})}}
            refused(client, method, path + added, given)
    for field in FORM_FIELDS:
        refused(app.test_client(), "POST", "/support", {"data": {field: PHRASE}})
    for path in ("/nothing/", f"{link}/", "/desk/tickets/", "/api/v1/tickets/", "/static/"):
        refused(app.test_client(), "GET", path + quote(PHRASE), {})
    assert leftovers(desk, database, WORDS) == []
    assert [word for word in WORDS if word in log.getvalue()] == []
    if database.startswith("sqlite"):
        backup = tmp_path / "copy"
        sqlite_copy.dump(database, backup)
        assert [word for word in WORDS if word.encode() in backup.read_bytes()] == []


def refused(client: FlaskClient, method: str, path: str, parts: dict[str, Any]) -> None:
    """Send it; the answer is 422 without a word, or 429 where one person has sent too much."""
    with client.open(path, method=method, **parts) as answer:
        told = answer.get_data(as_text=True) + str(answer.headers)
        assert answer.status_code in {422, 429}, (method, path, parts)
        assert [word for word in WORDS if word in told] == []
