"""The requester's pages: open a ticket, follow it by its private link, ask for a new link."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response

from trustops.content import Content
from trustops.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    SecretDoubtedError,
    SecretFoundError,
)
from trustops.tickets import links, services
from trustops.tickets.editing import locked
from trustops.tickets.forms import NewTicket, NewWords
from trustops.tickets.links import DeadLinkError
from trustops.tickets.mail import ask_for_new_link, confirm_address
from trustops.tickets.models import Ticket
from trustops.tickets.opening import Opened, Origin, ask_to_confirm, open_ticket, opened_before
from trustops.tickets.pages import (
    Trouble,
    show_dead_link,
    show_form,
    show_new_link,
    show_ticket,
)
from trustops.tickets.pieces import Pieces
from trustops.tickets.refusing import pieces_out, pieces_out_if_refused
from trustops.tickets.requests import act_of_requester
from trustops.tickets.rules import Author, Purpose
from trustops.tickets.wording import label_of_words, sentence_about
from trustops.web import context
from trustops.web.access import public, requester
from trustops.web.client import client_key
from trustops.web.errors import invalid
from trustops.web.giving_back import words_left
from trustops.web.limits import LOOK_UP, NEW_LINK, OPEN_TICKET, limited
from trustops.web.sending import sending_of
from trustops.web.texts import TRANSACTION
from trustops.web.validation import whole_number

blueprint = Blueprint("tickets", __name__, template_folder="templates")
blueprint.register_error_handler(DeadLinkError, show_dead_link)


HONEYPOT = "website"
"""A field that no person sees; whoever fills it in is a program."""

FORM_FIELDS = ("topic", "subject", "message", "wallet", "chain", "tx_hash", "email", "locale")

MAIL_QUEUED = "The mail is on its way. Its link works for 24 hours."
MAIL_WAITS = (
    "We send this mail once a day at most. Please look for the last one, among spam too, or try "
    "again tomorrow."
)


@blueprint.get("/support")
@public
def support() -> str:
    """The form."""
    return show_form(values={"topic": request.args.get("topic", "")})


@blueprint.post("/support")
@public
@limited(OPEN_TICKET)
def open_by_form() -> Response | tuple[str, int]:
    """Accept a ticket and lead to its private page; the form sent twice opens one."""
    typed = {name: request.form.get(name, "") for name in FORM_FIELDS}
    try:
        opened = _open(NewTicket(**typed))
    except ValidationError as error:
        return _refused(invalid(error), typed)
    except InvalidInputError as error:
        return _refused(error, typed)
    return redirect(url_for("tickets.follow", token=opened.token), 303)


def _open(new: NewTicket) -> Opened:
    sending = sending_of(new.model_dump(mode="json"))
    before = sending.before()
    if before is not None:
        return opened_before(context.session(), act_of_requester(), str(before["reference"]))
    opened = open_ticket(
        context.session(),
        act_of_requester(),
        new,
        content=context.part(Content),
        origin=Origin(
            source="form",
            client_key=client_key(),
            trapped=bool(request.form.get(HONEYPOT)),
            mail_works=bool(context.settings().smtp_url),
        ),
    )
    sending.note({"reference": opened.ticket.reference})
    return opened


def refuse_secret(error: SecretFoundError) -> tuple[str, int]:
    """The form again after the guard found a secret: everything else that was typed stays."""
    secret = {item.field for item in error.errors}
    asked = isinstance(error, SecretDoubtedError)
    known = FORM_FIELDS if asked or secret <= set(FORM_FIELDS) else ()
    values = {name: request.form.get(name, "") for name in known if asked or name not in secret}
    if asked:
        values = {
            name: text
            if name == TRANSACTION and name not in secret
            else words_left(text, is_doubted=name in secret)
            for name, text in values.items()
        }
    errors = {
        item.field: item.message if asked else "was not stored and is not shown again"
        for item in error.errors
        if item.field in FORM_FIELDS
    }
    page = show_form(
        values=values,
        errors=errors,
        secret_advice=error.message,
        question=error.title if asked else "",
    )
    return page, 422


@blueprint.get("/support/t/")
@public
def no_token() -> Response:
    """Lead whoever has the beginning of a private link alone to what can be done."""
    return redirect(url_for("tickets.new_link"), 303)


@blueprint.get("/support/t/<token>")
@requester
@limited(LOOK_UP)
def follow(token: str) -> str:
    """The ticket as its requester sees it; `until` is where an earlier part of a long one ends."""
    return show_ticket(_ticket(token), token, until=whole_number("until"))


@blueprint.get("/support/t/<token>/messages")
@requester
@limited(LOOK_UP)
def back_to_ticket(token: str) -> Response:
    """Lead back to the ticket whoever reloads the address of words that were refused."""
    _ticket(token)
    return redirect(url_for("tickets.follow", token=token), 303)


@blueprint.post("/support/t/<token>/messages")
@requester
@limited(LOOK_UP)
def write(token: str) -> Response | tuple[str, int]:
    """Add the requester's words; the form sent twice adds them once."""
    ticket = locked(context.session(), _ticket(token).reference)
    typed = request.form.get("message", "")
    try:
        words = NewWords(message=typed)
        sending = sending_of(words.model_dump())
        if sending.before() is None:
            with pieces_out_if_refused(_pieces(ticket, words.message)):
                services.add_words(
                    context.session(), act_of_requester(), ticket, body=words.message
                )
            sending.note({"reference": ticket.reference})
    except ValidationError as error:
        labels = {"message": label_of_words(ended=ticket.closed_at is not None)}
        sentence = sentence_about("message", invalid(error).errors[0].message, labels)
        return show_ticket(ticket, token, Trouble(error=sentence, typed=typed)), 422
    except ConflictError as error:
        return show_ticket(ticket, token, Trouble(error=error.message, typed=typed)), error.status
    except SecretFoundError as error:
        return show_ticket(ticket, token, _trouble(error)), error.status
    return redirect(url_for("tickets.follow", token=token), 303)


def refuse_secret_words(error: SecretFoundError) -> tuple[str, int]:
    """The ticket again after the guard found a secret in what was to be added.

    What earlier words told of the same secret is taken out.

    Raises:
        SecretFoundError: the link is not one of ours either, so that there is nothing to show.
    """
    token = (request.view_args or {}).get("token", "")
    try:
        ticket = _ticket(token)
        pieces_out(error, _pieces(ticket, request.form.get("message", "")))
        page = show_ticket(_ticket(token), token, _trouble(error))
    except NotFoundError:
        raise error from None
    return page, error.status


def _pieces(ticket: Ticket, words: str) -> Pieces:
    return Pieces(ticket.reference, words, Author.REQUESTER)


def _trouble(error: SecretFoundError) -> Trouble:
    """Advice alone, or the question and the words without what it asks about."""
    if not isinstance(error, SecretDoubtedError):
        return Trouble(secret_advice=error.message)
    doubted = any(item.field == "message" for item in error.errors)
    typed = words_left(request.form.get("message", ""), is_doubted=doubted)
    return Trouble(typed=typed, secret_advice=error.message, question=error.title)


@blueprint.post("/support/t/<token>/close")
@requester
@limited(LOOK_UP)
def close(token: str) -> Response:
    """Close the ticket because its requester says that it is settled."""
    ticket = locked(context.session(), _ticket(token).reference)
    services.close_as_requester(context.session(), act_of_requester(), ticket)
    return redirect(url_for("tickets.follow", token=token), 303)


@blueprint.post("/support/t/<token>/confirmation")
@requester
@limited(LOOK_UP)
def send_confirmation(token: str) -> Response:
    """Send the confirmation mail again, at most once a day, and say whether it goes out."""
    ticket = locked(context.session(), _ticket(token).reference)
    if context.settings().smtp_url:
        queued = ticket.quarantined_at is None and ask_to_confirm(
            context.session(), act_of_requester(), ticket
        )
        flash(MAIL_QUEUED if queued else MAIL_WAITS)
    return redirect(url_for("tickets.follow", token=token), 303)


@blueprint.get("/support/confirm/<token>")
@requester
@limited(LOOK_UP)
def confirm(token: str) -> str:
    """Ask for one press of a button: programs that open links in mails confirm nothing."""
    links.open_link(context.session(), context.clock().now(), token, Purpose.CONFIRM)
    return render_template("tickets/confirm.html", token=token, done=False)


@blueprint.post("/support/confirm/<token>")
@requester
@limited(LOOK_UP)
def confirm_now(token: str) -> str:
    """Confirm the address; the link works once."""
    confirm_address(context.session(), act_of_requester(), token)
    return render_template("tickets/confirm.html", token=token, done=True)


@blueprint.get("/support/new-link")
@public
def new_link() -> str:
    """Ask for a new private link."""
    return show_new_link()


@blueprint.post("/support/new-link")
@public
@limited(NEW_LINK, LOOK_UP)
def send_new_link() -> str | tuple[str, int]:
    """Mail a new link where reference and confirmed address match; say the same always."""
    typed = {name: request.form.get(name, "").strip() for name in ("reference", "email")}
    missing = {name: "is needed" for name, value in typed.items() if not value}
    if missing:
        return show_new_link(values=typed, errors=missing), 422
    if context.settings().smtp_url:
        ask_for_new_link(
            context.session(),
            act_of_requester(),
            reference=typed["reference"],
            email=typed["email"],
        )
    return show_new_link(sent=True)


def _ticket(token: str) -> Ticket:
    """The ticket behind a private link, or 404."""
    link = links.open_link(context.session(), context.clock().now(), token, Purpose.VIEW)
    return context.session().get_one(Ticket, link.ticket_id)


def _refused(error: InvalidInputError, typed: Mapping[str, str]) -> tuple[str, int]:
    errors = {item.field: item.message for item in error.errors}
    return show_form(values=typed, errors=errors), error.status
