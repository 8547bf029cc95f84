"""Staff open a ticket for somebody, and hand over its private link, which is shown once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from flask import Blueprint, render_template, request, url_for
from pydantic import ValidationError

from trustops.content import Content
from trustops.desk.ticket import agent
from trustops.errors import FieldError, InvalidInputError
from trustops.tickets.allowed import allowed_now
from trustops.tickets.forms import NewTicket
from trustops.tickets.opening import Opened, Origin, open_ticket, opened_before
from trustops.tickets.outgoing import check_opening
from trustops.tickets.requests import act_of_staff
from trustops.tickets.rules import LINK_LIFETIME
from trustops.tickets.wording import LANGUAGES, sentence_about
from trustops.web import context
from trustops.web.access import staff
from trustops.web.errors import invalid
from trustops.web.sending import sending_of

blueprint = Blueprint("desk_opening", __name__, template_folder="templates", url_prefix="/desk")

FIELDS = ("topic", "subject", "message", "wallet", "chain", "tx_hash", "email", "locale")


LABELS: Mapping[str, str] = MappingProxyType(
    {
        "topic": "Topic",
        "subject": "Subject",
        "message": "What they asked",
        "wallet": "Wallet address",
        "chain": "Chain",
        "locale": "Their language",
        "tx_hash": "Transaction hash",
        "email": "Their e-mail address",
    }
)
"""What stands above each field of the form; a sentence about it says the same."""


@dataclass(frozen=True, slots=True)
class NewTicketPage:
    """Context of `desk/new.html`: what is offered, what was typed, what needs mending.

    `errors` hold one sentence a field, `labels` what stands above the fields.
    """

    topics: Sequence[tuple[str, str]]
    chains: Sequence[tuple[str, str]]
    languages: Sequence[tuple[str, str]]
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=lambda: LABELS)


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """Context of `desk/opened.html`. `link` is stored nowhere: this page alone shows it."""

    reference: str
    link: str
    days: int


@blueprint.get("/new")
@staff("tickets.answer")
def new() -> str:
    """The form with which staff open a ticket for somebody."""
    return _form()


@blueprint.post("/new")
@staff("tickets.answer")
def open_for_somebody() -> str | tuple[str, int]:
    """Open a ticket for somebody: no clock runs until the requester speaks.

    The answer is the page with the private link and no redirect, because the link must not stand
    in an address of ours, and cannot be made again from what is stored.
    """
    typed = {name: request.form.get(name, "") for name in FIELDS}
    try:
        opened = _open(NewTicket(**typed))
    except ValidationError as error:
        return _form(typed, invalid(error).errors), 422
    except InvalidInputError as error:
        return _form(typed, error.errors), 422
    page = OpenedPage(
        reference=opened.ticket.reference,
        link=context.settings().base_url + url_for("tickets.follow", token=opened.token),
        days=LINK_LIFETIME.days,
    )
    return render_template("desk/opened.html", page=page, nav="queue")


def _open(new: NewTicket) -> Opened:
    """Open the ticket; the form sent twice opens one, and its page has a fresh link."""
    session, act = context.session(), act_of_staff()
    sending = sending_of(new.model_dump(mode="json"))
    before = sending.before()
    if before is not None:
        return opened_before(session, act, str(before["reference"]))
    check_opening(new, allowed_now())
    origin = Origin(source="desk", agent=agent())
    opened = open_ticket(session, act, new, content=context.part(Content), origin=origin)
    sending.note({"reference": opened.ticket.reference})
    return opened


def _form(values: Mapping[str, str] | None = None, errors: Sequence[FieldError] = ()) -> str:
    content = context.part(Content)
    page = NewTicketPage(
        topics=[(item.id, item.title) for item in content.topics],
        chains=[(item.id, item.title) for item in content.chains],
        languages=[(code, LANGUAGES.get(code, code)) for code in content.locales],
        values=values or {},
        errors={item.field: sentence_about(item.field, item.message, LABELS) for item in errors},
    )
    return render_template("desk/new.html", page=page, nav="new")
