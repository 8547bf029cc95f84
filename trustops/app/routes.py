"""All routes in one table: which slice answers, and which form shows itself after a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_openapi3 import APIBlueprint

from trustops.accounts import views as accounts
from trustops.alerts import views as alerts
from trustops.desk import held, opening, queue, ticket
from trustops.errors import SecretFoundError
from trustops.exchanges import views as exchanges
from trustops.official import api as official_api
from trustops.official import views as official
from trustops.posts import views as heartbeats
from trustops.reports import api as reports_api
from trustops.reports import views as reports
from trustops.site import views as site
from trustops.status import api as status_api
from trustops.tickets import api as tickets_api
from trustops.tickets import refusing
from trustops.tickets import views as tickets
from trustops.web import plumbing
from trustops.web.openapi import Application

PAGES: tuple[Blueprint, ...] = (
    plumbing.blueprint,
    site.blueprint,
    tickets.blueprint,
    accounts.blueprint,
    queue.blueprint,
    ticket.blueprint,
    opening.blueprint,
    held.blueprint,
    alerts.blueprint,
    reports.blueprint,
    official.blueprint,
    heartbeats.blueprint,
    exchanges.blueprint,
)
"""Pages, for people."""

API: tuple[APIBlueprint, ...] = (
    tickets_api.blueprint,
    reports_api.blueprint,
    official_api.blueprint,
    status_api.blueprint,
)
"""JSON, for programs; described at `/api/v1/openapi.json`."""

FORM_REFUSALS: Mapping[str, Callable[[SecretFoundError], ResponseReturnValue]] = {
    "tickets.open_by_form": tickets.refuse_secret,
    "tickets.write": tickets.refuse_secret_words,
    "official.look_up": official.refuse_secret,
}
"""Forms that show themselves again, without the secret, after the guard refused what was sent."""

ADMITTED_REFUSALS: Mapping[str, Callable[[SecretFoundError], None]] = {
    "desk_tickets.reply": refusing.reply_refused,
    "tickets_api.answer_ticket": refusing.message_refused,
}
"""What goes beside the refusal of words on a ticket by staff or token: pieces told before."""


def add_routes(app: Application) -> None:
    """Put every route of the tables on the application."""
    for pages in PAGES:
        app.register_blueprint(pages)
    for api in API:
        app.register_api(api)
