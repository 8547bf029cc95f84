"""The real desk for page tests: people who are signed in, and the database behind the pages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import a_person, a_ticket, a_writer, an_act, by
from tests.fakes import FakeClock
from trustops.accounts.models import Staff, StaffSession
from trustops.db import db, start_writing
from trustops.keys import new_token, token_hash
from trustops.tickets import services
from trustops.tickets.models import Ticket
from trustops.tickets.rules import Status
from trustops.tickets.services import Change

T = TypeVar("T")

_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_FIELD = re.compile(r'<input type="hidden"\s+name="(\w+)"\s+value="([^"]*)"')
_CHOSEN = re.compile(r'<option value="([^"]*)"\s+selected')
_REFERENCE = re.compile(r'id="row-([A-Z0-9-]+)"')


@dataclass(frozen=True)
class Browser:
    """The browser of somebody who is signed in."""

    client: FlaskClient
    staff: Staff

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def text(self, path: str, status: int = 200) -> str:
        """The text of a page, as it stands in its source."""
        answer = self.client.get(path)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_data(as_text=True)

    def send(self, path: str, **form: str | list[str]) -> TestResponse:
        """Send a form with a good CSRF token."""
        found = _CSRF.search(self.text("/desk/account"))
        assert found is not None
        return self.client.post(path, data={"csrf_token": html.unescape(found.group(1)), **form})


@dataclass(frozen=True)
class Desk:
    """The application and its database, under a clock that stands still."""

    app: Flask
    clock: FakeClock

    def write(self, act: Callable[[Session], T]) -> T:
        """Do something in a transaction of its own and commit it."""
        with self.app.app_context(), Session(db.engine, expire_on_commit=False) as session:
            start_writing(session)
            done = act(session)
            session.commit()
            return done

    def read(self, reference: str) -> Ticket:
        """A ticket as it is now."""
        return self.write(
            lambda session: session.scalars(
                select(Ticket).where(Ticket.reference == reference)
            ).one()
        )

    def signed_in(self, role: str = "agent", name: str = "Agent One") -> Browser:
        """Somebody new with a role, who has just signed in."""
        token = new_token()

        def begin(session: Session) -> Staff:
            staff = a_person(session, name, role)
            moment = self.clock.now()
            session.add(
                StaffSession(
                    token_hash=token_hash(token),
                    staff_id=staff.id,
                    created_at=moment,
                    last_seen_at=moment,
                    expires_at=moment + timedelta(hours=12),
                )
            )
            return staff

        staff = self.write(begin)
        client = self.app.test_client()
        client.set_cookie("trustops_session", token)
        return Browser(client, staff)

    def ticket(self, hours_ago: float = 0, **given: object) -> Ticket:
        """A ticket that its requester opened so many hours ago."""
        moment = self.clock.now() - timedelta(hours=hours_ago)
        return self.write(lambda session: a_ticket(session, moment, **given))

    def change(self, ticket: Ticket, staff: Staff, wanted: Change) -> None:
        """Change a ticket beside the pages, as a colleague."""
        act = by(staff, self.clock.now())
        self.write(lambda session: services.change(session, act, merged(session, ticket), wanted))

    def answer(self, ticket: Ticket, staff: Staff, then: Status = Status.WAITING) -> None:
        """Answer a ticket beside the pages, now."""
        self.write(
            lambda session: services.reply(
                session,
                by(staff, self.clock.now()),
                merged(session, ticket),
                writer=a_writer(staff),
                body="Here is what we know.",
                then=then,
            )
        )

    def requester_writes(self, ticket: Ticket, body: str = "One more thing.") -> None:
        """The requester adds words, now."""
        act = an_act(self.clock.now())
        self.write(
            lambda session: services.add_words(session, act, merged(session, ticket), body=body)
        )

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """The statements that pages run meanwhile, but for the look-up of who asks."""
        ran: list[str] = []

        def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
            if not statement.startswith("BEGIN") and "staff_session" not in statement:
                ran.append(statement)

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        yield ran
        event.remove(engine, "before_cursor_execute", note)


def merged(session: Session, ticket: Ticket) -> Ticket:
    """The ticket in a session, as its row is now."""
    return session.get_one(Ticket, ticket.id)


def order(page: str) -> list[str]:
    """The references of a list, from the top."""
    return _REFERENCE.findall(page)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page, the last of each name."""
    return dict(_FIELD.findall(page))


def chosen(page: str) -> list[str]:
    """What the selections of a page stand on, from the top."""
    return _CHOSEN.findall(page)
