"""Builds the act of a web request: who acts, when, and what the desk is set to do."""

from __future__ import annotations

from trustops.channels.targets import alert_targets
from trustops.content import Content
from trustops.db import Actor
from trustops.settings import Settings
from trustops.sla.rules import FIRST_RESPONSE
from trustops.tickets.act import Act, AlertRoute
from trustops.web import context

REQUESTER = Actor("requester", name="Requester")
"""Who the history names for a requester: never more than that."""


def route(settings: Settings) -> AlertRoute:
    """Where alerts of this instance go."""
    return AlertRoute(alert_targets(settings), settings.base_url)


def act_of(actor: Actor) -> Act:
    """The act of this request by an actor."""
    return Act(
        now=context.clock().now(),
        actor=actor,
        route=route(context.settings()),
        policy=context.part(Content).policy(FIRST_RESPONSE),
    )


def act_of_requester() -> Act:
    """An act of whoever holds the private link or sent the form."""
    return act_of(REQUESTER)


def act_of_staff() -> Act:
    """An act of the person who is signed in."""
    person = context.staff()
    return act_of(Actor("staff", str(person.id), person.name))
