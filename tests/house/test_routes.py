"""Every route of the real application has an access rule, and none writes where it may not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from werkzeug.routing import Rule

from tests.fakes import FakeClock
from tests.site.released import put
from trustops.accounts.authenticator import SignedIn
from trustops.app import create_app
from trustops.db import db
from trustops.settings import Settings
from trustops.web.access import Kind, rule_of
from trustops.web.context import Bearer, Person
from trustops.web.identity import SAFE_METHODS, Identity

TOKENS = {Kind.TOKEN, Kind.PUBLIC_OR_TOKEN}
ADMIN = SignedIn(id=1, name="Admin", role="admin")


class Everybody:
    """Lets every request in as an admin, without a look at the database."""

    def person(self, *_: object, **__: object) -> Person | None:
        """The admin."""
        return ADMIN

    def bearer(self, *_: object, **__: object) -> Bearer:
        """No route without parameters is asked with a token here."""
        raise NotImplementedError


@pytest.fixture
def open_house(settings: Settings, clock: FakeClock) -> Iterator[Flask]:
    """The real application with a release of its pages, and an admin at every door."""
    put(settings.instance_dir, clock.now())
    made = create_app(settings, clock=clock, parts=[Identity(Everybody())])
    made.testing = True
    yield made
    with made.app_context():
        db.engine.dispose()


def writing(rule: Rule) -> bool:
    """Whether a route takes a method that may change something."""
    return bool((rule.methods or set()) - SAFE_METHODS)


def rules(app: Flask) -> list[Rule]:
    """All routes; a release that has hardly any is not the real application."""
    found = list(app.url_map.iter_rules())
    assert len(found) > 25
    return found


def test_every_route_states_its_access_rule(app: Flask) -> None:
    """A view without one answers 500; this finds it before a person does."""
    without = [rule.rule for rule in rules(app) if not rule_of(app.view_functions[rule.endpoint])]
    assert without == []


def test_the_api_asks_for_tokens_and_pages_for_people(app: Flask) -> None:
    """A cookie never opens the API, and a token never opens a page."""
    for rule in rules(app):
        stated = rule_of(app.view_functions[rule.endpoint])
        assert stated is not None
        if stated.kind in TOKENS:
            assert rule.rule.startswith("/api/"), rule.rule
        if rule.rule.startswith("/api/"):
            assert stated.kind in TOKENS | {Kind.PUBLIC}, rule.rule


def test_everything_of_the_desk_is_for_staff_but_the_way_in_and_out(app: Flask) -> None:
    """Signing in, signing out and setting a password are done by nobody yet."""
    doors = {"/desk/sign-in", "/desk/sign-out", "/desk/invite/<token>"}
    for rule in rules(app):
        if rule.rule.startswith("/desk") and rule.rule not in doors:
            stated = rule_of(app.view_functions[rule.endpoint])
            assert stated is not None
            assert stated.kind is Kind.STAFF, rule.rule


def test_no_page_writes_without_a_csrf_token(open_house: Flask) -> None:
    """Asked as an admin, every writing page refuses a form without one."""
    client = open_house.test_client()
    client.set_cookie("trustops_session", "x" * 43)
    asked = 0
    for rule in rules(open_house):
        if not writing(rule) or rule.rule.startswith("/api/"):
            continue
        for method in sorted((rule.methods or set()) - SAFE_METHODS):
            answer = client.open(filled(rule), method=method)
            assert answer.status_code == 400, (rule.rule, method, answer.status_code)
            assert "no longer valid" in answer.get_data(as_text=True), rule.rule
            asked += 1
    assert asked > 10


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("application/x-www-form-urlencoded", "a=b"),
        ("text/plain", '{"a": "b"}'),
        ("multipart/form-data", {"a": "b"}),
    ],
)
def test_no_writing_route_of_the_api_takes_a_form(
    open_house: Flask, kind: str, data: str | dict[str, str]
) -> None:
    """It has no CSRF token, so it must not take what a form of another site can send."""
    client = open_house.test_client()
    routes = [rule for rule in rules(open_house) if rule.rule.startswith("/api/")]
    posts = [rule for rule in routes if "POST" in (rule.methods or set())]
    assert len(posts) > 1
    for rule in posts:
        answer = client.post(filled(rule), data=data, content_type=kind)
        assert answer.status_code == 415, rule.rule


def test_no_route_that_reads_writes_anything(open_house: Flask) -> None:
    """Every GET without parameters, as an admin: no statement changes a row."""
    client = open_house.test_client()
    client.set_cookie("trustops_session", "x" * 43)
    written: list[str] = []
    commits: list[str] = []

    def watch(_c: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.split(maxsplit=1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            written.append(statement)

    def committed(_connection: Connection) -> None:
        commits.append("commit")

    with open_house.app_context():
        engine: Engine = db.engine
    event.listen(engine, "before_cursor_execute", watch)
    event.listen(engine, "commit", committed)
    asked = [path for path in reading_paths(open_house) if ask(client, path)]
    assert {"/", "/support", "/desk", "/desk/sla", "/readyz"} <= set(asked)
    assert (written, commits) == ([], [])


def ask(client: FlaskClient, path: str) -> bool:
    """Open a page; a failure of the page is a failure of the test."""
    answer = client.get(path, buffered=True)
    assert answer.status_code < 500, path
    return answer.status_code == 200


def reading_paths(app: Flask) -> list[str]:
    """Addresses of all routes that can be read and need no parameter."""
    return [
        rule.rule for rule in rules(app) if "GET" in (rule.methods or set()) and not rule.arguments
    ]


def filled(rule: Rule) -> str:
    """An address of a route, with something in every place that takes anything."""
    path = rule.rule
    for name in rule.arguments:
        path = re.sub(rf"<([^<>]*:)?{name}>", "1", path)
    return path
