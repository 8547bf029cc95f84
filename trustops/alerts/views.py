"""The alerts page of the desk: what needs somebody, how it went out, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trustops.alerts import services
from trustops.alerts.queries import COUNT_CAP, AlertRow, alert_list, waiting_rows_count
from trustops.alerts.rules import trial_alert
from trustops.channels.rules import STATE_WORDS, UNDECIDED, DeliveryState
from trustops.channels.services import send_again
from trustops.channels.targets import alert_targets
from trustops.db import Actor
from trustops.web import context, cursor
from trustops.web.access import staff
from trustops.web.cursor import LARGEST_KEY

blueprint = Blueprint("alerts", __name__, template_folder="templates")

WAITING = "waiting"
ALL = "all"


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """Context of `alerts/list.html`.

    Attributes:
        view: `waiting` (neither acknowledged nor over) or `all`.
        rows: one a ticket, the newest first: the alert that stands for it with its deliveries,
            oldest first, and its other alerts.
        waiting: how many rows wait, counted up to `count_cap`; at the cap show "1000+".
        after: value of `?after=` for the next page, or None.
        first: whether this is the first page.
        targets: names of the targets that a new alert goes to.
        may_acknowledge: show the buttons "Acknowledge" and "Send a test alert".
        may_decide: show "Send again" on deliveries whose state is in `undecided`.
        words: what to call each state of a delivery, by its value.
    """

    view: str
    rows: Sequence[AlertRow]
    waiting: int
    after: str | None
    first: bool
    targets: Sequence[str]
    may_acknowledge: bool
    may_decide: bool
    count_cap: int = COUNT_CAP
    undecided: frozenset[str] = UNDECIDED
    words: ClassVar[Mapping[DeliveryState, str]] = STATE_WORDS


@blueprint.get("/desk/alerts")
@staff("alerts.read")
def alerts() -> str:
    """Alerts, one row a ticket, the newest first."""
    view = ALL if request.args.get("view") == ALL else WAITING
    place = cursor.decode(request.args.get("after"))
    found = alert_list(context.session(), waiting=view == WAITING, after=place)
    person = context.staff()
    return render_template(
        "alerts/list.html",
        page=AlertsPage(
            view=view,
            rows=found.rows,
            waiting=waiting_rows_count(context.session()),
            after=cursor.encode(found.after),
            first=place is None,
            targets=[target.label for target in alert_targets(context.settings())],
            may_acknowledge=person.can("alerts.acknowledge"),
            may_decide=person.can("deliveries.decide"),
        ),
        nav="alerts",
    )


@blueprint.post("/desk/alerts/<public_id>/acknowledge")
@staff("alerts.acknowledge")
def acknowledge(public_id: str) -> Response:
    """Take an alert on, and those of its ticket that stood beside it.

    The form names each that its reader saw, so one that opened meanwhile goes on waiting. They
    are locked in one order, whoever sends them.
    """
    person = context.staff()
    for each in sorted({public_id, *request.form.getlist("also")}):
        services.acknowledge(
            context.session(),
            context.clock().now(),
            public_id=each,
            staff_id=person.id,
            name=person.name,
        )
    return _back()


@blueprint.post(f"/desk/deliveries/<int(max={LARGEST_KEY}):delivery_id>/send-again")
@staff("deliveries.decide")
def decide_to_send_again(delivery_id: int) -> Response:
    """Send a delivery once more, because somebody looked and decided so."""
    send_again(
        context.session(),
        context.clock().now(),
        delivery_id=delivery_id,
        actor=_actor(),
    )
    return _back()


@blueprint.post("/desk/alerts/test")
@staff("alerts.acknowledge")
def send_test() -> Response:
    """Raise an alert that only shows that alerts arrive."""
    now = context.clock().now()
    services.raise_alert(
        context.session(),
        now,
        trial_alert(at=now, asked_by=_actor().label),
        targets=alert_targets(context.settings()),
        base_url=context.settings().base_url,
    )
    return _back()


def _actor() -> Actor:
    person = context.staff()
    return Actor("staff", str(person.id), person.name)


def _back() -> Response:
    """To the list that the form was on; 303, so that a reload repeats nothing."""
    view = ALL if request.form.get("view") == ALL else WAITING
    return redirect(url_for("alerts.alerts", view=view), code=HTTPStatus.SEE_OTHER)
