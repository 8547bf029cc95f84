"""Answers that wait for a lead: the list of all, and what is decided on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trustops.accounts.models import Staff
from trustops.accounts.rules import role_permits
from trustops.errors import InvalidInputError
from trustops.guard.outgoing import Code
from trustops.guard.outgoing_reasons import SENTENCES
from trustops.official.marking import Part
from trustops.tickets import outgoing
from trustops.tickets.editing import locked
from trustops.tickets.held import HeldAnswer, HeldState, may_decide
from trustops.tickets.marking import marker_now
from trustops.tickets.models import Ticket
from trustops.tickets.pieces import Pieces
from trustops.tickets.refusing import pieces_out_if_refused
from trustops.tickets.requests import act_of_staff
from trustops.tickets.rules import Author
from trustops.web import context
from trustops.web.access import staff
from trustops.web.cursor import LARGEST_KEY

blueprint = Blueprint("desk_held", __name__, template_folder="templates", url_prefix="/desk")

MOST = 100
"""Answers that the list shows; whoever has more waiting has to decide on some first."""


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A held or declined answer as staff see it; `reasons` are sentences about it.

    `parts` are its words as pages show them, with a verdict on each name.
    """

    id: int
    reference: str
    author: str
    at: datetime
    body: str
    parts: Sequence[Part]
    reasons: Sequence[str]
    is_declined: bool
    decided_by: str
    reason: str
    is_own: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class HeldPage:
    """Context of `desk/held.html`."""

    lines: Sequence[HeldLine]
    now: datetime


@blueprint.get("/held")
@staff("tickets.read")
def held() -> str:
    """All answers that wait, the oldest first."""
    page = HeldPage(lines_of(context.session()), context.clock().now())
    return render_template("desk/held.html", page=page, nav="held")


@blueprint.post(f"/tickets/<reference>/held/<int(max={LARGEST_KEY}):held_id>")
@staff("answers.release")
def decide(reference: str, held_id: int) -> Response:
    """Release an answer, or give it back to its author."""
    session, act = context.session(), act_of_staff()
    ticket = locked(session, reference)
    person = session.get_one(Staff, context.staff().id)
    decision = outgoing.Decision(held_id, request.form.get("reason", ""))
    try:
        if request.form.get("decision") == "release":
            words = outgoing.words_of_held(session, ticket, held_id)
            with pieces_out_if_refused(Pieces(reference, words, Author.AGENT)):
                outgoing.release(session, act, person, ticket, decision=decision)
            flash("Released. The requester can read it now.")
        else:
            outgoing.decline(session, act, person, ticket, decision=decision)
            flash("Declined. Its author finds the words in the field of the ticket.")
    except InvalidInputError as error:
        session.rollback()
        flash(" ".join(f"The {item.field} {item.message}." for item in error.errors))
    return redirect(url_for("desk_tickets.ticket", reference=reference, _anchor="held"), 303)


def lines_of(session: Session, ticket_id: int | None = None) -> Sequence[HeldLine]:
    """What waits on all tickets, or what waits or was declined on one, the oldest first."""
    states = (HeldState.HELD,) if ticket_id is None else (HeldState.HELD, HeldState.DECLINED)
    statement = (
        select(HeldAnswer, Ticket)
        .join(Ticket, Ticket.id == HeldAnswer.ticket_id)
        .where(HeldAnswer.state.in_(states))
        .order_by(HeldAnswer.created_at, HeldAnswer.id)
        .limit(MOST)
    )
    if ticket_id is not None:
        statement = statement.where(HeldAnswer.ticket_id == ticket_id)
    person, rows = context.staff(), session.execute(statement).all()
    leads = outgoing.count_leads(session) if rows else 0
    return [
        HeldLine(
            id=row.id,
            reference=ticket.reference,
            author=row.author_name,
            at=row.created_at,
            body=row.body,
            parts=marker_now(ticket).parts(row.body),
            reasons=[SENTENCES[Code(code)] for code in row.codes],
            is_declined=row.state == HeldState.DECLINED,
            decided_by=row.decided_by_name,
            reason=row.reason,
            is_own=row.author_id == person.id,
            may_decide=role_permits(person.role, "answers.release")
            and may_decide(person.role, is_author=row.author_id == person.id, leads=leads),
        )
        for row, ticket in rows
    ]
