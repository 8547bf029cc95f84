"""Rows and acts with sensible defaults, made through the services where there are any."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tests.conftest import NOON
from trustops.accounts.models import Staff
from trustops.channels.rules import Target
from trustops.content import Content, load
from trustops.db import Actor
from trustops.settings import PROJECT_ROOT
from trustops.sla.rules import FIRST_RESPONSE
from trustops.tickets import services
from trustops.tickets.act import Act, AlertRoute
from trustops.tickets.forms import NewTicket
from trustops.tickets.models import Ticket
from trustops.tickets.opening import Origin, open_ticket
from trustops.tickets.requests import REQUESTER
from trustops.tickets.rules import Author, Status
from trustops.tickets.services import Change, Writer

CONTENT: Content = load(PROJECT_ROOT / "content")
"""The shipped content."""

ROUTE = AlertRoute((Target("console", "console"),), "https://desk.example.org")
"""Alerts go to the console."""


def an_act(now: datetime = NOON, actor: Actor = REQUESTER) -> Act:
    """An act of a requester at noon, unless a test says otherwise."""
    return Act(now=now, actor=actor, route=ROUTE, policy=CONTENT.policy(FIRST_RESPONSE))


def a_person(session: Session, name: str = "Agent One", role: str = "agent") -> Staff:
    """A member of staff."""
    staff = Staff(
        email=f"{name.lower().replace(' ', '.')}@example.org",
        name=name,
        role=role,
        created_at=NOON,
    )
    session.add(staff)
    session.flush()
    return staff


def a_writer(staff: Staff) -> Writer:
    """A member of staff as the writer of an answer."""
    return Writer(Author.AGENT, staff.name, staff.id)


def by(staff: Staff, now: datetime = NOON) -> Act:
    """An act of a member of staff."""
    return replace(an_act(now), actor=Actor("staff", str(staff.id), staff.name))


def a_ticket(session: Session, now: datetime = NOON, **given: object) -> Ticket:
    """A ticket that its requester opened by the form."""
    values = {"topic": "other", "subject": "A question", "message": "Is it over?", **given}
    return open_ticket(
        session,
        an_act(now),
        NewTicket.model_validate(values),
        content=CONTENT,
        origin=Origin(source="form"),
    ).ticket


def an_ending(session: Session, status: Status) -> Change:
    """A change to a status; a duplicate names a ticket that counts in no figure."""
    if status is not Status.DUPLICATE:
        return Change(status=status)
    original = a_ticket(session, NOON - timedelta(days=900))
    services.change(session, an_act(original.created_at), original, Change(status=Status.SPAM))
    return Change(status=status, original=original.reference)
