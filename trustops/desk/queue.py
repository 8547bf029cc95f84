"""The queue and search: every list of tickets on the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trustops.content import Content
from trustops.desk import navigation
from trustops.desk.lines import Line, Lines, fingerprint
from trustops.errors import FieldError, InvalidInputError, NotFoundError
from trustops.sla.rules import FIRST_RESPONSE
from trustops.tickets import queries, services
from trustops.tickets.editing import locked
from trustops.tickets.ours import surroundings_now
from trustops.tickets.queries import View
from trustops.tickets.requests import act_of_staff
from trustops.tickets.rules import Status
from trustops.web import context
from trustops.web.access import staff
from trustops.web.cursor import decode, encode

blueprint = Blueprint("desk", __name__, template_folder="templates", url_prefix="/desk")
blueprint.app_context_processor(navigation.counts)

MOST_AT_ONCE = 100
"""Tickets that one bulk action may touch: it stays one short transaction."""

TITLES: dict[View, str] = {
    View.ALL: "All open",
    View.UNASSIGNED: "Unassigned",
    View.MINE: "Mine",
    View.SOON: "Due within 4 h",
    View.OVERDUE: "Overdue",
    View.WAITING: "Waiting for requester",
    View.ENDED: "Ended",
    View.SPAM: "Spam",
    View.QUARANTINE: "Quarantine",
}

EMPTY: dict[View, str] = {
    View.ALL: "Nobody is waiting for an answer.",
    View.UNASSIGNED: "Every open ticket has an owner.",
    View.MINE: "Nothing is assigned to you.",
    View.SOON: "Nothing is due within four hours.",
    View.OVERDUE: "Nothing is overdue.",
    View.WAITING: "No ticket waits for its requester.",
    View.ENDED: "No ticket has ended yet.",
    View.SPAM: "Nothing was marked as spam.",
    View.QUARANTINE: "Nothing is set aside.",
}


BY_NEED = "The first due stands first."
ORDERS: dict[View, str] = {
    View.WAITING: "The last one that changed stands first.",
    View.SPAM: "The last one that changed stands first.",
    View.ENDED: "The last one that ended stands first.",
    View.QUARANTINE: "The oldest stands first. Clocks run here too.",
}
"""What decides the place in a list, in words; `BY_NEED` in all others."""

DONE: dict[str, str] = {
    "assign-me": "Assigned to you: {tickets}.",
    "spam": "Marked as spam: {tickets}. Their requesters can write again.",
    "release": "Released from quarantine: {tickets}.",
}
"""The bulk actions, and what is said when one was done."""

NONE_CHOSEN = "No ticket was chosen, so nothing was changed."


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Context of `desk/queue.html` and of its live part `desk/queue_rows.html`.

    `cursor` is where this page of the list begins, empty at the start; `seen` is the fingerprint
    of what it shows, by which the live part knows whether there is anything to redraw.
    """

    view: View
    titles: Mapping[View, str]
    counts: Mapping[View, int]
    count_cap: int
    lines: Sequence[Line]
    order: str
    empty: str
    next_cursor: str | None
    cursor: str
    seen: str
    now: datetime


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Context of `desk/search.html`."""

    query: str
    lines: Sequence[Line]
    most: int
    now: datetime


@blueprint.get("")
@staff("tickets.read")
def home() -> str:
    """The queue of everything that waits for staff, first due first."""
    return render_template("desk/queue.html", page=_page(View.ALL), nav="queue")


@blueprint.get("/queue/<view>")
@staff("tickets.read")
def queue(view: str) -> str:
    """One list of the desk."""
    return render_template("desk/queue.html", page=_page(_view(view)), nav="queue")


@blueprint.get("/queue/<view>/rows")
@staff("tickets.read", background=True)
def rows(view: str) -> tuple[str, int]:
    """The live part of a list, fetched by the page every few seconds; 204 when it is the same."""
    page = _page(_view(view))
    if request.args.get("seen") == page.seen:
        return "", 204
    return render_template("desk/queue_rows.html", page=page), 200


@blueprint.post("/queue/<view>/bulk")
@staff("tickets.answer")
def bulk(view: str) -> Response:
    """Do one thing to every chosen ticket, in one transaction."""
    session, me, here = context.session(), context.staff().id, _view(view)
    chosen = sorted(set(request.form.getlist("reference")))[:MOST_AT_ONCE]
    action = request.form.get("action", "")
    if action not in DONE:
        raise InvalidInputError(errors=[FieldError("action", "is not one of the bulk actions")])
    for reference in chosen:
        ticket = locked(session, reference)
        if action == "release":
            services.release(session, act_of_staff(), ticket)
        elif action == "spam":
            services.change(session, act_of_staff(), ticket, services.Change(status=Status.SPAM))
        else:
            services.change(session, act_of_staff(), ticket, services.Change(assignee_id=me))
    flash(DONE[action].format(tickets=", ".join(chosen)) if chosen else NONE_CHOSEN)
    return redirect(url_for("desk.queue", view=here), 303)


@blueprint.get("/search")
@staff("tickets.read")
def search() -> str:
    """Tickets by reference, wallet, hash, address or words."""
    query = request.args.get("q", "").strip()[:200]
    lines = _lines()
    page = SearchPage(
        query=query,
        lines=lines.of(queries.search(context.session(), query)) if query else (),
        most=queries.PAGE,
        now=lines.now,
    )
    return render_template("desk/search.html", page=page, nav="search")


@blueprint.get("/patterns")
@staff("desk.read")
def patterns() -> str:
    """Every component of the design language in every state."""
    return render_template("patterns.html", nav="patterns")


def _view(name: str) -> View:
    try:
        return View(name)
    except ValueError as error:
        raise NotFoundError("There is no such list.") from error


def _lines() -> Lines:
    """The words for lists that the person who is signed in reads now."""
    content = context.part(Content)
    return Lines(
        reader_id=context.staff().id,
        now=context.clock().now(),
        policy=content.policy(FIRST_RESPONSE),
        topics={topic.id: topic.title for topic in content.topics},
        around=surroundings_now(),
    )


def _page(view: View) -> QueuePage:
    words = _lines()
    now, me, cursor = words.now, words.reader_id, request.args.get("after", "")
    found = queries.queue_page(context.session(), view, staff_id=me, now=now, after=decode(cursor))
    counts = queries.counters(context.session(), staff_id=me, now=now)
    lines = words.of(found.rows)
    following = encode(found.after)
    return QueuePage(
        view=view,
        titles=TITLES,
        counts=counts,
        count_cap=queries.COUNT_CAP,
        lines=lines,
        order=ORDERS.get(view, BY_NEED),
        empty=EMPTY[view],
        next_cursor=following,
        cursor=cursor,
        seen=fingerprint(lines, counts, following),
        now=now,
    )
