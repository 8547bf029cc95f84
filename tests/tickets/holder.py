"""A holder at a browser without script, and the books behind the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.factories import a_person, a_writer, an_ending, by
from tests.web_fixtures import csrf
from trustops.accounts.models import Staff
from trustops.channels.models import Delivery
from trustops.db import Session, db, start_writing
from trustops.tickets import services
from trustops.tickets.links import make_link
from trustops.tickets.models import Message, Ticket
from trustops.tickets.rules import Purpose, Status

T = TypeVar("T")

PHRASE = "army van defense carry jealous true garbage claim echo media make crunch"
"""A recovery phrase that belongs to nobody."""

WORDS = {"topic": "other", "subject": "Nothing arrived", "message": "I sent it two days ago."}
"""The least that a ticket needs."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who asks for help; `client` is a browser that runs no script."""

    client: FlaskClient

    def read(self, path: str) -> str:
        """The text of a page that answers with success."""
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.status
        return answer.text

    def send(self, path: str, *, page: str, **fields: str) -> TestResponse:
        """Send a form that stands on a page."""
        return self.client.post(path, data={"csrf_token": csrf(self.client, page), **fields})

    def ask(self, **fields: str) -> TestResponse:
        """Send the support form."""
        return self.send("/support", page="/support", **{**WORDS, **fields})

    def open(self, **fields: str) -> str:
        """Open a ticket and give the path of its private page."""
        answer = self.ask(**fields)
        assert answer.status_code == 303, answer.text
        assert answer.location.startswith("/support/t/")
        return answer.location

    def write(self, path: str, words: str) -> TestResponse:
        """Add words on the private page; its form needs to be there."""
        return self.send(f"{path}/messages", page=path, message=words)

    def close(self, path: str) -> TestResponse:
        """Press the button that closes the ticket."""
        return self.send(f"{path}/close", page=path)


@dataclass(frozen=True, slots=True)
class Books:
    """The database behind the pages, in transactions of its own."""

    app: Flask

    def write(self, act: Callable[[Session], T]) -> T:
        """Do something and commit it."""
        with self.app.app_context(), Session(db.engine, expire_on_commit=False) as session:
            start_writing(session)
            done = act(session)
            session.commit()
            return done

    def tickets(self) -> list[Ticket]:
        """Every ticket, oldest first."""
        return self.write(lambda session: list(session.scalars(select(Ticket).order_by(Ticket.id))))

    def messages(self) -> list[str]:
        """Every message, oldest first."""
        return self.write(
            lambda session: list(session.scalars(select(Message.body).order_by(Message.id)))
        )

    def mails(self, kind: str) -> int:
        """How many mails of a kind were queued."""
        return len(
            self.write(
                lambda session: list(session.scalars(select(Delivery).where(Delivery.kind == kind)))
            )
        )

    def link(self, now: datetime, purpose: Purpose) -> str:
        """A further link to the newest ticket."""
        return self.write(lambda session: make_link(session, now, newest(session), purpose))

    def answer(self, words: str, now: datetime, then: Status | None = Status.WAITING) -> None:
        """Somebody of the staff answers the newest ticket."""

        def act(session: Session) -> None:
            staff = session.scalars(select(Staff)).first() or a_person(session)
            services.reply(
                session,
                by(staff, now),
                newest(session),
                writer=a_writer(staff),
                body=words,
                then=then,
            )

        self.write(act)

    def more(self, count: int, now: datetime) -> None:
        """The requester of the newest ticket writes many times: `more 0`, `more 1` and so on."""

        def act(session: Session) -> None:
            ticket = newest(session)
            session.add_all(
                Message(
                    ticket_id=ticket.id,
                    author_kind="requester",
                    author_name="",
                    visibility="public",
                    body=f"more {number}",
                    created_at=now,
                )
                for number in range(count)
            )

        self.write(act)

    def note(self, words: str, now: datetime) -> None:
        """Somebody of the staff writes an internal note on the newest ticket."""

        def act(session: Session) -> None:
            staff = a_person(session, "Agent Two")
            services.note(
                session, by(staff, now), newest(session), writer=a_writer(staff), body=words
            )

        self.write(act)

    def take(self, status: Status, now: datetime) -> None:
        """Somebody of the staff gives the newest ticket a status."""

        def act(session: Session) -> None:
            staff = a_person(session, "Agent Three")
            ticket = newest(session)
            services.change(session, by(staff, now), ticket, an_ending(session, status))

        self.write(act)


def newest(session: Session) -> Ticket:
    """The ticket that was opened last."""
    return session.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(1)).one()


def values(page: str) -> dict[str, str]:
    """What stands in the fields of a page, by their names."""
    return {
        element.attrib["name"]: _value(element)
        for element in _tree(page).iter()
        if element.tag in {"input", "textarea", "select"} and "name" in element.attrib
    }


def words_of(page: str) -> str:
    """What a person reads on a page, with single spaces."""
    body = _tree(page).find("body")
    assert body is not None
    return " ".join("".join(body.itertext()).split())


def scripts_of(page: str) -> list[str]:
    """Where the scripts of a page come from; one written into the page gives its text."""
    return [item.get("src") or item.text or "" for item in _tree(page).iter("script")]


def _tree(page: str) -> Element:
    tree: Element = html5lib.parse(page, namespaceHTMLElements=False)
    return tree


def _value(element: Element) -> str:
    if element.tag == "textarea":
        return element.text or ""
    if element.tag == "select":
        chosen = [item for item in element.iter("option") if "selected" in item.attrib]
        return chosen[0].get("value", "") if chosen else ""
    return element.get("value", "")
