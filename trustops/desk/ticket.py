"""The page of one ticket: read, answer, note, change, notice what others do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from flask import Blueprint, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response

from trustops.chain.requests import request_check
from trustops.desk.ticket_page import EDITED, is_chosen_anew, show
from trustops.desk.timeline import told
from trustops.errors import ConflictError, FieldError, InvalidInputError
from trustops.tickets import history, outgoing, queries, services
from trustops.tickets.allowed import allowed_now
from trustops.tickets.editing import expect_version, locked
from trustops.tickets.forms import NewWords
from trustops.tickets.models import Ticket
from trustops.tickets.ours import wallet_now
from trustops.tickets.pieces import Pieces
from trustops.tickets.refusing import pieces_out_if_refused
from trustops.tickets.requests import act_of_staff
from trustops.tickets.rules import Author, Priority, Status
from trustops.web import context
from trustops.web.access import staff
from trustops.web.errors import invalid
from trustops.web.sending import sending_of
from trustops.web.validation import whole_number

blueprint = Blueprint("desk_tickets", __name__, template_folder="templates", url_prefix="/desk")

E = TypeVar("E", Status, Priority)


@blueprint.get("/tickets/<reference>")
@staff("tickets.read")
def ticket(reference: str) -> str:
    """One ticket with its timeline and facts; `until` is where a part of a long one ends."""
    return show(reference, until=whole_number("until"))


@blueprint.get("/tickets/<reference>/news")
@staff("tickets.read", background=True)
def news(reference: str) -> tuple[str, int]:
    """What happened since the page was loaded; 204 when nothing did that it does not tell yet.

    `after` is the newest event on the page, `told` the newest one that its notice tells of.
    """
    after, known = whole_number("after") or 0, whole_number("told") or 0
    events = history.news_since(
        context.session(), queries.key_of(context.session(), reference), after
    )
    if not events or events[-1].seq <= known:
        return "", 204
    lines = [told(event.kind, event.actor_name or event.actor, event.data) for event in events]
    page = render_template(
        "desk/ticket_news.html", lines=lines, reference=reference, after=after, told=events[-1].seq
    )
    return page, 200


@blueprint.post("/tickets/<reference>/reply")
@staff("tickets.answer")
def reply(reference: str) -> Response | tuple[str, int]:
    """Answer in public, or write an internal note; a stale answer is refused and kept.

    The form sent twice writes once.
    """
    found = locked(context.session(), reference)
    form = request.form
    try:
        words = NewWords(message=form.get("body", ""))
        sending = sending_of(
            {"body": words.message, "as": form.get("visibility"), "then": form.get("then")}
        )
        if sending.before() is None:
            with pieces_out_if_refused(Pieces(reference, words.message, Author.AGENT)):
                _write(found, words.message)
            sending.note({"reference": reference})
    except ValidationError as error:
        return _refused(reference, invalid(error))
    except (ConflictError, InvalidInputError) as error:
        return _refused(reference, error)
    return redirect(url_for("desk_tickets.ticket", reference=reference, _anchor="newest"), 303)


@blueprint.post("/tickets/<reference>/change")
@staff("tickets.answer")
def change(reference: str) -> Response | tuple[str, int]:
    """Change status, priority or assignee; a stale change is refused and shows what changed.

    The form sent twice changes once, and the second one is not stale.
    """
    session = context.session()
    found = locked(session, reference)
    try:
        sending = sending_of({name: request.form.get(name) for name in EDITED})
        if sending.before() is None:
            expect_version(session, found, whole_number("version"))
            services.change(session, act_of_staff(), found, _wanted(request.form))
            sending.note({"reference": reference})
    except (ConflictError, InvalidInputError) as error:
        return _refused(reference, error)
    return redirect(url_for("desk_tickets.ticket", reference=reference), 303)


@blueprint.post("/tickets/<reference>/release")
@staff("tickets.answer")
def release(reference: str) -> Response:
    """Take a ticket out of quarantine."""
    found = locked(context.session(), reference)
    services.release(context.session(), act_of_staff(), found)
    return redirect(url_for("desk_tickets.ticket", reference=reference), 303)


@blueprint.post("/tickets/<reference>/check-wallet")
@staff("tickets.answer")
def check_wallet(reference: str) -> Response:
    """Ask the chain for the ticket's wallet once more."""
    session = context.session()
    found = locked(session, reference)
    line = wallet_now(found)
    if line is not None and line.note is None:
        request_check(session, context.clock().now(), chain=found.chain or "", address=line.text)
    return redirect(url_for("desk_tickets.ticket", reference=reference, _anchor="on-chain"), 303)


def agent() -> services.Writer:
    """The person who is signed in, as the one who writes."""
    person = context.staff()
    return services.Writer(Author.AGENT, person.name, person.id)


def _write(found: Ticket, words: str) -> None:
    """Write what the form of a reply holds."""
    session, act, writer = context.session(), act_of_staff(), agent()
    if request.form.get("visibility") == "internal":
        services.note(session, act, found, writer=writer, body=words)
        return
    expect_version(session, found, whole_number("version"))
    then = _choice(Status, request.form.get("then") or Status.WAITING, "then")
    answer = outgoing.Answer(writer, words, then)
    outgoing.answer(session, act, found, answer, allowed=allowed_now(found))


def _wanted(form: Mapping[str, str]) -> services.Change:
    """What a form asks to be changed: what it shows otherwise than it did at first."""
    return services.Change(
        status=_choice(Status, form["status"], "status")
        if is_chosen_anew(form, "status")
        else None,
        priority=_choice(Priority, form["priority"], "priority")
        if is_chosen_anew(form, "priority")
        else None,
        assignee_id=whole_number("assignee") if is_chosen_anew(form, "assignee") else None,
        original=form.get("original") if is_chosen_anew(form, "original") else None,
    )


def _refused(reference: str, error: InvalidInputError | ConflictError) -> tuple[str, int]:
    context.session().rollback()
    return show(reference, error=error), error.status


def _choice(kind: type[E], text: str, name: str) -> E:
    try:
        return kind(text)
    except ValueError as error:
        allowed = ", ".join(kind)
        raise InvalidInputError(errors=[FieldError(name, f"has to be one of {allowed}")]) from error
