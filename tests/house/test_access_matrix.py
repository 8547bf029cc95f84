"""Every route against everybody: the table says who may, and a route without a row fails.

The table is written by hand and not read from the rules in the code, so that a rule that was
loosened by mistake is found here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.accounts.people import cheap_passwords
from tests.factories import a_ticket, an_act
from tests.fakes import FakeClock
from tests.web_fixtures import csrf
from trustops.accounts.models import Staff
from trustops.accounts.passwords import Passwords
from trustops.accounts.services import add_token
from trustops.db import Actor, db
from trustops.tickets.links import make_link
from trustops.tickets.rules import Purpose
from trustops.web import limits
from trustops.web.context import register

PASSWORD = "a long passphrase for tests"
ROLES = ("viewer", "agent", "lead", "ops", "publisher", "admin", "auditor")
SCOPES = ("tickets:read", "tickets:write", "reports:read")
STRANGER = "stranger"
REQUESTER = "requester"

EVERYBODY = frozenset({STRANGER, REQUESTER, *ROLES})
STAFF = frozenset(ROLES)
READERS = STAFF - {"publisher"}
ANSWERERS = frozenset({"agent", "lead", "admin"})
ALERT_READERS = frozenset({"agent", "lead", "ops", "admin", "auditor"})
ALERT_KEEPERS = frozenset({"lead", "ops", "admin"})
REPORT_READERS = READERS
PUBLISHERS = frozenset({"lead", "publisher", "admin"})

PAGES: dict[str, frozenset[str]] = {
    "plumbing.healthz": EVERYBODY,
    "plumbing.readyz": EVERYBODY,
    "plumbing.static": EVERYBODY,
    "plumbing.favicon": EVERYBODY,
    "openapi": EVERYBODY,
    "site.front": EVERYBODY,
    "site.elsewhere": EVERYBODY,
    "tickets.support": EVERYBODY,
    "tickets.open_by_form": EVERYBODY,
    "tickets.new_link": EVERYBODY,
    "tickets.send_new_link": EVERYBODY,
    "tickets.no_token": EVERYBODY,
    "tickets.follow": frozenset({REQUESTER}),
    "tickets.write": frozenset({REQUESTER}),
    "tickets.back_to_ticket": frozenset({REQUESTER}),
    "tickets.close": frozenset({REQUESTER}),
    "tickets.send_confirmation": frozenset({REQUESTER}),
    "tickets.confirm": frozenset({REQUESTER}),
    "tickets.confirm_now": frozenset({REQUESTER}),
    "accounts.sign_in_form": EVERYBODY,
    "accounts.sign_in": EVERYBODY,
    "accounts.set_password_form": EVERYBODY,
    "accounts.set_password": EVERYBODY,
    "accounts.sign_out": STAFF,
    "accounts.account": STAFF,
    "accounts.change_password": STAFF,
    "accounts.sign_out_everywhere": STAFF,
    "desk.home": READERS,
    "desk.queue": READERS,
    "desk.rows": READERS,
    "desk.search": READERS,
    "desk.bulk": ANSWERERS,
    "desk.patterns": STAFF,
    "desk_tickets.ticket": READERS,
    "desk_tickets.news": READERS,
    "desk_tickets.reply": ANSWERERS,
    "desk_tickets.change": ANSWERERS,
    "desk_tickets.release": ANSWERERS,
    "desk_tickets.check_wallet": ANSWERERS,
    "desk_held.held": READERS,
    "desk_held.decide": frozenset({"lead", "admin"}),
    "desk_opening.new": ANSWERERS,
    "desk_opening.open_for_somebody": ANSWERERS,
    "alerts.alerts": ALERT_READERS,
    "alerts.acknowledge": ALERT_KEEPERS,
    "alerts.decide_to_send_again": ALERT_KEEPERS,
    "alerts.send_test": ALERT_KEEPERS,
    "reports.sla": REPORT_READERS,
    "exchanges.reviews": STAFF,
    "heartbeats.heartbeats": STAFF,
    "heartbeats.approve": PUBLISHERS,
    "heartbeats.withdraw": PUBLISHERS,
    "official.look_at": EVERYBODY,
    "official.look_up": EVERYBODY,
    "official_api.check": EVERYBODY,
    "official_api.check_message": EVERYBODY,
    "status_api.migration": EVERYBODY,
    "status_api.exchanges": EVERYBODY,
}

API: dict[str, str | None] = {
    "tickets_api.open_by_api": None,
    "tickets_api.list_tickets": "tickets:read",
    "tickets_api.read_ticket": "tickets:read",
    "tickets_api.list_messages": "tickets:read",
    "tickets_api.change_ticket": "tickets:write",
    "tickets_api.answer_ticket": "tickets:write",
    "reports_api.report": "reports:read",
}
"""The scope that each operation needs; None is open to anybody."""


@dataclass(frozen=True)
class Things:
    """What the paths name: two tickets with their private links, and a token of each scope."""

    reference: str
    mine: str
    theirs: str
    confirm: str
    tokens: dict[str, str]


@pytest.fixture
def things(app: Flask, clock: FakeClock) -> Things:
    """Two requesters, one of each role, one token of each scope."""
    passwords = cheap_passwords()
    with app.app_context():
        register(app, passwords, Passwords)
        session = db.session()
        for role in ROLES:
            session.add(
                Staff(
                    email=f"{role}@example.org",
                    name=f"A {role}",
                    role=role,
                    password_hash=passwords.hash(PASSWORD),
                    created_at=clock.now(),
                )
            )
        mine, theirs = (
            a_ticket(session, message=words, email="a@example.org")
            for words in ("words of requester A", "words of requester B")
        )
        made = Things(
            reference=mine.reference,
            mine=make_link(session, an_act().now, mine, Purpose.VIEW),
            theirs=make_link(session, an_act().now, theirs, Purpose.VIEW),
            confirm=make_link(session, an_act().now, mine, Purpose.CONFIRM),
            tokens={
                scope: add_token(
                    session,
                    clock.now(),
                    name=scope,
                    scopes=[scope],
                    lifetime=timedelta(days=1),
                    actor=Actor("system", "test"),
                )[1]
                for scope in SCOPES
            },
        )
        session.commit()
    return made


def path_of(rule: Rule, things: Things, token: str) -> str:
    """The address of a route with the things put in."""
    values = {
        "token": things.confirm if "confirm/" in rule.rule and token else token or "x" * 43,
        "reference": things.reference,
        "filename": "css/app.css",
        "name": "unknown",
        "view": "all",
        "public_id": "unknown",
        "id": "999999",
        "delivery_id": "999999",
        "held_id": "999999",
    }
    path = rule.rule
    for name in rule.arguments:
        path = re.sub(rf"<([^<>]*:)?{name}>", values[name], path)
    return path


def method_of(rule: Rule) -> str:
    """The method of a route that does something."""
    return next(iter(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})))


def routes(app: Flask, table: set[str]) -> list[Rule]:
    """The routes of a table, by their address."""
    found = [rule for rule in app.url_map.iter_rules() if rule.endpoint in table]
    return sorted(found, key=lambda rule: (rule.rule, method_of(rule)))


def signed_in(app: Flask, role: str) -> FlaskClient:
    """A browser in which somebody with a role has signed in."""
    client = app.test_client()
    form = {
        "email": f"{role}@example.org",
        "password": PASSWORD,
        "csrf_token": csrf(client, "/desk/sign-in"),
    }
    client.environ_base["REMOTE_ADDR"] = f"192.0.2.{ROLES.index(role) + 1}"
    assert client.post("/desk/sign-in", data=form).status_code == 303
    return client


def ask(client: FlaskClient, rule: Rule, path: str, page: str) -> int:
    """The status of a route for a browser; a write carries a valid CSRF token."""
    method = method_of(rule)
    form = {"csrf_token": csrf(client, page)} if method != "GET" else None
    with client.open(path, method=method, data=form) as answer:
        return answer.status_code


def test_every_route_has_a_row(app: Flask) -> None:
    """A new route fails here until somebody decides who may."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints == set(PAGES) | set(API)


@pytest.mark.parametrize("role", [STRANGER, *ROLES])
def test_pages_are_open_to_those_of_the_table_and_to_nobody_else(
    app: Flask, things: Things, role: str
) -> None:
    """Others are led to the sign-in page, refused, or told that there is nothing."""
    client = app.test_client() if role == STRANGER else signed_in(app, role)
    for rule in routes(app, set(PAGES)):
        if rule.endpoint in {"accounts.sign_out", "accounts.sign_out_everywhere"}:
            continue
        limits.reset(app)
        page = "/desk/account" if role != STRANGER else "/support"
        status = ask(client, rule, path_of(rule, things, ""), page)
        allowed = PAGES[rule.endpoint]
        where = (rule.endpoint, role, status)
        if allowed == frozenset({REQUESTER}):
            assert status == 404, where
        elif role in allowed:
            assert status not in {401, 403, 500}, where
            assert not (status == 303 and role == STRANGER and allowed != EVERYBODY), where
        elif role == STRANGER:
            assert status == (303 if method_of(rule) == "GET" else 401), where
        else:
            assert status == 403, where


def test_a_private_link_opens_its_own_ticket_and_no_other(app: Flask, things: Things) -> None:
    """Requester B sees nothing of requester A, and a link of one purpose serves no other."""
    client = app.test_client()
    mine = client.get(f"/support/t/{things.mine}").get_data(as_text=True)
    theirs = client.get(f"/support/t/{things.theirs}").get_data(as_text=True)
    assert "words of requester A" in mine
    assert "words of requester A" not in theirs
    assert things.reference not in theirs
    assert client.get(f"/support/t/{things.confirm}").status_code == 404
    assert client.get(f"/support/confirm/{things.mine}").status_code == 404
    assert client.get(f"/support/confirm/{things.confirm}").status_code == 200
    for rule in routes(app, {"tickets.write", "tickets.close", "tickets.send_confirmation"}):
        status = ask(client, rule, path_of(rule, things, things.mine), f"/support/t/{things.mine}")
        assert status in {303, 422}, rule.endpoint


@pytest.mark.parametrize("scope", [None, *SCOPES])
def test_the_api_is_open_to_tokens_with_the_scope_alone(
    app: Flask, things: Things, scope: str | None
) -> None:
    """Nor does a signed-in browser get in without one."""
    headers = {"Authorization": f"Bearer {things.tokens[scope]}"} if scope else {}
    bodies = {
        "tickets_api.open_by_api": {"topic": "other", "subject": "s", "message": "m"},
        "tickets_api.change_ticket": {"priority": "high"},
        "tickets_api.answer_ticket": {"message": "m", "visibility": "internal"},
    }
    client = signed_in(app, "admin")
    for rule in routes(app, set(API)):
        needed = API[rule.endpoint]
        status = client.open(
            path_of(rule, things, ""),
            method=method_of(rule),
            json=bodies.get(rule.endpoint),
            headers=headers,
        ).status_code
        where = (rule.endpoint, scope, status)
        if scope is None:
            assert status == (201 if needed is None else 401), where
        elif needed in {scope, None} and not (needed is None and scope != "tickets:write"):
            assert status in {200, 201}, where
        else:
            assert status == 403, where


def test_a_token_opens_no_page(app: Flask, things: Things) -> None:
    """Pages know people only."""
    client = app.test_client()
    headers = {"Authorization": f"Bearer {things.tokens['tickets:read']}"}
    assert client.get("/desk", headers=headers).status_code == 303
