"""Fills an empty demo instance: tickets in every state of their clocks, and a month of history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle

from sqlalchemy import select
from sqlalchemy.orm import Session

from trustops.accounts.models import Staff
from trustops.accounts.passwords import Passwords
from trustops.chain.requests import request_check
from trustops.chain.services import start_anew
from trustops.channels.rules import Target
from trustops.content import Content
from trustops.db import Actor
from trustops.demo.chain.start import NAME
from trustops.demo.people import add_people
from trustops.demo.stories import ARRIVALS, STORIES, Step, Story
from trustops.guard.outgoing import Allowed
from trustops.sla.rules import FIRST_RESPONSE
from trustops.tickets import outgoing, services
from trustops.tickets.act import Act, AlertRoute
from trustops.tickets.forms import NewTicket
from trustops.tickets.models import Ticket
from trustops.tickets.opening import Origin, open_ticket
from trustops.tickets.outgoing import Answer
from trustops.tickets.requests import REQUESTER
from trustops.tickets.rules import Author, Priority, Status
from trustops.tickets.services import Change, Writer

HISTORY_TICKETS = 90
HISTORY_DAYS = 28
LATE_EVERY = 13
"""One of so many in the history was answered late, so that the chart shows a real week."""
SWEPT_AT_HOURS = (36.01, 43.21, 48.01)
"""When the sweep would have found each mark, had the demo been running all along."""


def seed(
    session: Session,
    now: datetime,
    *,
    content: Content,
    base_url: str,
    wallets: Mapping[str, str] | None = None,
) -> bool:
    """Fill the instance unless it has tickets already; True when it did.

    `wallets` are addresses on the demo's chain by the role of their holder; without the chain
    tickets name no wallet.
    """
    if session.scalar(select(Ticket.id).limit(1)) is not None:
        return False
    staff = add_people(session, now - timedelta(days=40), Passwords())
    quiet = Act(
        now=now,
        actor=REQUESTER,
        route=AlertRoute((Target("console", "console"),), base_url),
        policy=content.policy(FIRST_RESPONSE),
    )
    for story in (*_history(), *STORIES):
        found = replace(story, wallet=(wallets or {}).get(story.wallet, ""))
        _tell(session, quiet, found, content=content, staff=staff)
    return True


def open_story(session: Session, act: Act, story: Story, content: Content) -> Ticket:
    """Open the ticket of a story, whose wallet is an address, as if its requester had sent it."""
    new = NewTicket(
        topic=story.topic,
        subject=story.subject,
        message=story.message,
        wallet=story.wallet or None,
        chain=NAME if story.wallet else None,
        locale=story.locale,
    )
    origin = Origin(source="form", trapped=story.trapped)
    return open_ticket(session, act, new, content=content, origin=origin).ticket


def _history() -> list[Story]:
    """A month of answered tickets, the same on every machine."""
    spread = cycle((0.7, 3.5, 9, 22, 31, 5, 14, 39, 2, 27))
    stories = []
    for number in range(HISTORY_TICKETS):
        ago = 24 * HISTORY_DAYS * (1 - number / HISTORY_TICKETS) + 52
        answered = 50.0 if number % LATE_EVERY == 0 else next(spread)
        stories.append(
            replace(
                ARRIVALS[number % len(ARRIVALS)],
                hours_ago=ago,
                owner="lead" if number % 3 else "agent",
                steps=(
                    Step(answered, "answer", "Thank you for asking. Here is what we know today."),
                    Step(answered + 1, "solved"),
                ),
            )
        )
    return stories


def _tell(
    session: Session, act: Act, story: Story, *, content: Content, staff: dict[str, Staff]
) -> None:
    came = act.now - timedelta(hours=story.hours_ago)
    owner = staff[story.owner or "agent"]
    if story.by_agent:
        ticket = _opened_by_agent(
            session, replace(act, now=came), story, content=content, owner=owner
        )
    else:
        ticket = open_story(session, replace(act, now=came), story, content)
    by_owner = replace(act, actor=Actor("staff", str(owner.id), owner.name))
    if story.owner or story.priority != Priority.NORMAL:
        wanted = Change(
            priority=Priority(story.priority), assignee_id=owner.id if story.owner else None
        )
        services.change(session, replace(by_owner, now=came), ticket, wanted)
    marks = [Step(hours, "sweep") for hours in SWEPT_AT_HOURS]
    for step in sorted((*story.steps, *marks), key=lambda one: one.hours):
        at = came + timedelta(hours=step.hours)
        if at <= act.now:
            _take(session, replace(by_owner, now=at), ticket, step, owner=owner)


def _take(session: Session, act: Act, ticket: Ticket, step: Step, *, owner: Staff) -> None:
    writer = Writer(Author.AGENT, owner.name, owner.id)
    if step.act == "sweep":
        services.judge_now(session, act, ticket)
    elif step.act == "answer":
        services.reply(session, act, ticket, writer=writer, body=step.words, then=Status.WAITING)
    elif step.act == "held":
        outgoing.answer(
            session, act, ticket, Answer(writer, step.words, Status.WAITING), allowed=Allowed()
        )
    elif step.act == "note":
        services.note(session, act, ticket, writer=writer, body=step.words)
    elif step.act == "wrote":
        services.add_words(session, replace(act, actor=REQUESTER), ticket, body=step.words)
    elif step.act == "requester_closed":
        services.close_as_requester(session, replace(act, actor=REQUESTER), ticket)
    else:
        services.change(session, act, ticket, Change(status=Status(step.act)))


def _opened_by_agent(
    session: Session, act: Act, story: Story, *, content: Content, owner: Staff
) -> Ticket:
    origin = Origin(source="desk", agent=Writer(Author.AGENT, owner.name, owner.id))
    new = NewTicket(topic=story.topic, subject=story.subject, message=story.message)
    actor = Actor("staff", str(owner.id), owner.name)
    return open_ticket(
        session, replace(act, actor=actor), new, content=content, origin=origin
    ).ticket


def begin_chain_anew(session: Session, now: datetime) -> None:
    """Forget what an earlier chain of the demo said, and ask anew for every wallet of a ticket."""
    start_anew(session, NAME, NAME)
    wallets = select(Ticket.wallet).where(Ticket.chain == NAME, Ticket.wallet.is_not(None))
    for wallet in session.scalars(wallets.distinct()):
        if wallet is not None:
            request_check(session, now, chain=NAME, address=wallet)
