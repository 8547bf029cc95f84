"""The heartbeats page of the desk: the next text with its approval, and what became of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trustops.channels.rules import STATE_WORDS, UNDECIDED, DeliveryState, PostLimits
from trustops.db import Actor
from trustops.errors import ConflictError, NotFoundError
from trustops.posts import services
from trustops.posts.bounds import Bound
from trustops.posts.cover import bounds_in
from trustops.posts.lengths import length
from trustops.posts.models import Heartbeat
from trustops.posts.queries import Row, current, newest, outlook
from trustops.posts.rules import SHORT_HASH
from trustops.posts.setup import not_set_up, read_setup
from trustops.posts.values import ARCHIVE, Approval, Network, Outlook, Schedule, Setup, State
from trustops.web import context
from trustops.web.access import staff

blueprint = Blueprint("heartbeats", __name__, template_folder="templates")

NETWORK_WORDS: Mapping[str, str] = {
    ARCHIVE: "Archive page",
    Network.CONSOLE: "Log",
    Network.WEBHOOK: "Webhook",
    Network.MASTODON: "Mastodon",
    Network.EMAIL: "E-mail",
}
CHANNEL_WORDS: Mapping[str, str] = {
    "console": "Log",
    "heartbeat-webhook": "Webhook",
    "mastodon": "Mastodon",
}
STATE_CHIPS: Mapping[str, tuple[str, str]] = {
    State.PLANNED: ("running", "Planned"),
    State.DRAFT: ("at_risk", "Waits for approval"),
    State.APPROVED: ("running", "Approved"),
    State.SENT: ("met", "Went out"),
    State.MISSED: ("breached", "Missed"),
}


@dataclass(frozen=True, slots=True)
class TextOf:
    """The text for some networks that get the same one, and how long it is.

    `names` says which; `length` is as Mastodon counts where the text is for Mastodon.
    """

    names: str
    text: str
    length: int


@dataclass(frozen=True, slots=True)
class HeartbeatsPage:
    """Context of `heartbeats/list.html`.

    Attributes:
        scheduled: whether the content folder has a schedule.
        fault: what is wrong with the schedule or a template, with file and line; else empty.
        by_rule: whether the rule approves while all is well.
        missing: words for networks that the schedule names and that are not set up here.
        next: the heartbeat that goes out next, if any.
        coming: what the schedule says is to come, whether or not it has a row yet.
        texts: its texts, from the latest figures.
        bounds: within which bounds each of its figures may go out, by the figure's name.
        rows: the newest heartbeats, each with its deliveries.
        may_approve: show the buttons "Approve" and "Take the approval back".
        may_decide: show "Send again" on deliveries whose state is in `undecided`.
    """

    scheduled: bool
    fault: str
    by_rule: bool
    missing: Sequence[str]
    next: Heartbeat | None
    coming: Outlook
    texts: Sequence[TextOf]
    bounds: Sequence[tuple[str, Bound]]
    rows: Sequence[Row]
    may_approve: bool
    may_decide: bool
    undecided: frozenset[str] = UNDECIDED
    short_hash: int = SHORT_HASH
    words: ClassVar[Mapping[DeliveryState, str]] = STATE_WORDS
    channels: ClassVar[Mapping[str, str]] = CHANNEL_WORDS
    chips: ClassVar[Mapping[str, tuple[str, str]]] = STATE_CHIPS

    @property
    def due_at(self) -> datetime | None:
        """When the next one is due: a week that is still to come follows the schedule."""
        ahead = self.coming.next
        if self.next is None or (ahead is not None and ahead.week == self.next.iso_week):
            return self.coming.next_at
        return self.next.due_at

    def is_due(self, now: datetime) -> bool:
        """Whether the next one should have gone out."""
        return self.due_at is not None and self.due_at <= now


@blueprint.get("/desk/heartbeats")
@staff("desk.read")
def heartbeats() -> str:
    """The next heartbeat, and the newest ones."""
    setup, fault = _found()
    session = context.session()
    row = current(session) if setup or fault else None
    person = context.staff()
    return render_template(
        "heartbeats/list.html",
        page=HeartbeatsPage(
            scheduled=setup is not None or bool(fault),
            fault=fault,
            by_rule=setup is not None and setup.schedule.approval is Approval.RULE,
            missing=[NETWORK_WORDS[item] for item in not_set_up(setup)] if setup else (),
            next=row,
            coming=outlook(session, context.clock().now(), setup.schedule if setup else None),
            texts=texts_in(row) if row else (),
            bounds=bounds_in(row.cover) if row else (),
            rows=newest(session),
            may_approve=person.can("heartbeats.approve"),
            may_decide=person.can("deliveries.decide"),
        ),
        nav="heartbeats",
    )


@blueprint.post("/desk/heartbeats/<name>/approve")
@staff("heartbeats.approve")
def approve(name: str) -> Response:
    """Approve the text that the person has read: its words, and its figures within bounds."""
    services.approve(
        context.session(),
        context.clock().now(),
        week=name,
        actor=_actor(),
        sha256=request.form.get("sha256", ""),
        schedule=_schedule(),
    )
    return _back()


@blueprint.post("/desk/heartbeats/<name>/withdraw")
@staff("heartbeats.approve")
def withdraw(name: str) -> Response:
    """Take an approval back; the text is written anew within a minute."""
    services.withdraw(
        context.session(), context.clock().now(), week=name, actor=_actor(), schedule=_schedule()
    )
    return _back()


def texts_in(row: Heartbeat) -> Sequence[TextOf]:
    """The texts of a heartbeat, each once, with the networks that get it."""
    names: dict[str, list[str]] = {}
    for network, words in NETWORK_WORDS.items():
        if network in row.texts:
            names.setdefault(str(row.texts[network]), []).append(words)
    return [TextOf(", ".join(who), text, length(text, PostLimits())) for text, who in names.items()]


def _found() -> tuple[Setup | None, str]:
    """The schedule, and what is wrong with it, so that a broken file hides no heartbeat."""
    setup, problems = read_setup(context.settings())
    return setup, "\n".join(map(str, problems))


def _schedule() -> Schedule:
    setup, fault = _found()
    if setup is None and fault:
        raise ConflictError(f"The schedule of heartbeats has a fault. {fault}")
    if setup is None:
        raise NotFoundError("No heartbeat is scheduled here.")
    return setup.schedule


def _actor() -> Actor:
    person = context.staff()
    return Actor("staff", str(person.id), person.name)


def _back() -> Response:
    return redirect(url_for("heartbeats.heartbeats"), code=HTTPStatus.SEE_OTHER)
