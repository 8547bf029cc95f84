"""The heartbeats page of the desk: the next text with its approval, and what became of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trustops.channels.networks import BY_CHANNEL, NETWORKS, Network
from trustops.channels.rules import STATE_WORDS, UNDECIDED, DeliveryState, PostLimits
from trustops.db import Actor
from trustops.errors import ConflictError, NotFoundError
from trustops.posts import services
from trustops.posts.bounds import Bound
from trustops.posts.cover import bounds_in
from trustops.posts.models import Heartbeat
from trustops.posts.queries import Row, current, newest, outlook
from trustops.posts.rules import SHORT_HASH
from trustops.posts.setup import not_set_up, read_setup
from trustops.posts.values import ARCHIVE, Approval, Outlook, Schedule, Setup, State
from trustops.web import context
from trustops.web.access import staff

blueprint = Blueprint("heartbeats", __name__, template_folder="templates")

ARCHIVE_WORDS = "Archive page"
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

    `names` says which; `length` is what the strictest of them counts.
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
    chips: ClassVar[Mapping[str, tuple[str, str]]] = STATE_CHIPS

    def place_of(self, channel: str, target: str) -> str:
        """Where a delivery went: the words of its network, or the address on it."""
        network = BY_CHANNEL.get(channel)
        return target if network is None or target != channel else network.words

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
            missing=[item.words for item in not_set_up(setup)] if setup else (),
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
    texts: dict[str, list[Network]] = {}
    for network in NETWORKS:
        if network.name in row.texts:
            texts.setdefault(str(row.texts[network.name]), []).append(network)
    archive = str(row.texts.get(ARCHIVE, ""))
    shown = {archive: texts.pop(archive, []), **texts} if archive else texts
    return [_text_of(text, networks, archive=text == archive) for text, networks in shown.items()]


def _text_of(text: str, networks: Sequence[Network], *, archive: bool) -> TextOf:
    names = [*([ARCHIVE_WORDS] if archive else []), *(network.words for network in networks)]
    counts = [network.length(text, PostLimits()) for network in networks] or [len(text)]
    return TextOf(", ".join(names), text, max(counts))


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
