"""`/api/v1/tickets`: open without a token; list, read, change and answer with one."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, make_response, request
from flask_openapi3 import APIBlueprint, Tag
from sqlalchemy.orm import Session

from trustops.accounts.queries import names_of, person_by_email
from trustops.content import Content
from trustops.db import Actor
from trustops.errors import FieldError, InvalidInputError, NotFoundError
from trustops.tickets import outgoing, queries, services
from trustops.tickets.act import Act
from trustops.tickets.allowed import allowed_now
from trustops.tickets.api_answers import clock_out, held_out, message_out, note_out, summary_out
from trustops.tickets.api_models import (
    HeldOut,
    MessageList,
    MessageOut,
    MessageQuery,
    NewMessage,
    TicketChange,
    TicketChanged,
    TicketDetail,
    TicketList,
    TicketOpened,
    TicketPath,
    TicketQuery,
)
from trustops.tickets.clocks import latest
from trustops.tickets.conversation import messages_after
from trustops.tickets.editing import expect_version, locked
from trustops.tickets.forms import NewTicket
from trustops.tickets.held import HeldAnswer
from trustops.tickets.models import Message, Ticket
from trustops.tickets.opening import Opened, Origin, open_ticket, opened_before
from trustops.tickets.ours import surroundings_now, wallet_now
from trustops.tickets.pieces import Pieces
from trustops.tickets.refusing import pieces_out_if_refused
from trustops.tickets.requests import act_of, act_of_requester
from trustops.tickets.rules import Author, Status
from trustops.tickets.wallets import TO_HOLDER
from trustops.web import context
from trustops.web.access import public_or_token, token
from trustops.web.client import client_key
from trustops.web.cursor import decode, encode
from trustops.web.idempotency import HEADER, remember, remembered
from trustops.web.limits import OPEN_TICKET, limited
from trustops.web.openapi import BEARER, documented

MOST_DIGITS = 18
"""Digits of the largest version that is read from `If-Match`."""

blueprint = APIBlueprint(
    "tickets_api", __name__, url_prefix="/api/v1/tickets", abp_tags=[Tag(name="tickets")]
)


@documented(blueprint.post("", responses={201: TicketOpened}))
@public_or_token("tickets:write")
@limited(OPEN_TICKET)
def open_by_api(body: NewTicket) -> Response:
    """Open a ticket; needs no token. A replay of an Idempotency-Key gives the same reference."""
    session = context.session()
    client = _client()
    key = request.headers.get(HEADER)
    before = _replayed(body.model_dump(mode="json"), client, key)
    if before is not None:
        return _opened(opened_before(session, act_of_requester(), str(before["reference"])))
    opened = open_ticket(
        session,
        act_of_requester(),
        body,
        content=context.part(Content),
        origin=Origin(
            source="api",
            client_key=None if context.bearer() else client_key(),
            mail_works=bool(context.settings().smtp_url),
        ),
    )
    _keep(client, key, {"reference": opened.ticket.reference})
    return _opened(opened)


@documented(blueprint.get("", responses={200: TicketList}, security=BEARER))
@token("tickets:read")
def list_tickets(query: TicketQuery) -> Response:
    """List tickets, newest first, by key and not by page number."""
    session = context.session()
    rows, place = queries.listed(
        session, status=query.status, after=decode(query.after), limit=query.limit
    )
    names = names_of(session, {row.assignee_id for row in rows if row.assignee_id})
    around = surroundings_now()
    return _json(
        TicketList(
            items=[summary_out(row, names.get(row.assignee_id or 0), around) for row in rows],
            next=encode(place),
        )
    )


@documented(blueprint.get("/<reference>", responses={200: TicketDetail}, security=BEARER))
@token("tickets:read")
def read_ticket(path: TicketPath) -> Response:
    """Read one ticket with its messages, notes and clocks. The ETag is its version."""
    return _detail(context.session(), path.reference)


@documented(blueprint.patch("/<reference>", responses={200: TicketChanged}, security=BEARER))
@token("tickets:write")
def change_ticket(path: TicketPath, body: TicketChange) -> Response:
    """Change status, priority or assignee; a change that rests on an old version gives 409.

    The answer holds the messages only for a token that may read them.
    """
    session, client, key = context.session(), _client(), request.headers.get(HEADER)
    asked = {"path": path.reference, **body.model_dump(mode="json", exclude_unset=True)}
    if _replayed(asked, client, key) is None:
        ticket = locked(session, path.reference)
        expect_version(session, ticket, body.version or _if_match())
        services.change(session, _act(), ticket, _wanted(session, body))
        _keep(client, key, {"reference": ticket.reference})
    session.flush()  # the answer shows the row as it will be committed
    bearer = context.bearer()
    may_read = bearer is not None and bearer.has("tickets:read")
    return _detail(session, path.reference, may_read=may_read)


@documented(blueprint.get("/<reference>/messages", responses={200: MessageList}, security=BEARER))
@token("tickets:read")
def list_messages(path: TicketPath, query: MessageQuery) -> Response:
    """List the messages and notes of a ticket, oldest first, by key and not by page number."""
    session = context.session()
    rows, place = messages_after(
        session, queries.key_of(session, path.reference), after=query.after, limit=query.limit
    )
    return _json(MessageList(items=[message_out(row) for row in rows], next=place))


@documented(
    blueprint.post(
        "/<reference>/messages", responses={201: MessageOut, 202: HeldOut}, security=BEARER
    )
)
@token("tickets:write")
def answer_ticket(path: TicketPath, body: NewMessage) -> Response:
    """Answer in public, or write an internal note.

    An answer that names strangers or promises something is accepted with 202 and waits for a lead.
    """
    session, client, key = context.session(), _client(), request.headers.get(HEADER)
    asked = {"path": path.reference, **body.model_dump(mode="json")}
    before = _replayed(asked, client, key)
    if before is not None and "held_id" in before:
        return _json(held_out(session.get_one(HeldAnswer, int(before["held_id"]))), 202)
    if before is not None:
        return _json(message_out(session.get_one(Message, int(before["message_id"]))), 201)
    ticket = locked(session, path.reference)
    expect_version(session, ticket, body.version or _if_match())
    writer = _writer(automatic=body.automatic)
    with pieces_out_if_refused(Pieces(ticket.reference, body.message, writer.kind)):
        said = _say(session, ticket, writer, body)
    if isinstance(said, HeldAnswer):
        _keep(client, key, {"held_id": said.id})
        return _json(held_out(said), 202)
    _keep(client, key, {"message_id": said.id})
    return _json(message_out(said), 201)


def _say(
    session: Session, ticket: Ticket, writer: services.Writer, body: NewMessage
) -> Message | HeldAnswer:
    """Write the note or the answer that a program sends."""
    if body.visibility == "internal":
        return services.note(session, _act(), ticket, writer=writer, body=body.message)
    answer = outgoing.Answer(writer, body.message, body.status)
    return outgoing.answer(session, _act(), ticket, answer, allowed=allowed_now(ticket))


def _client() -> str:
    """Whose Idempotency-Keys these are: a token's, or those of one anonymous client."""
    bearer = context.bearer()
    return f"token:{bearer.public_id}" if bearer else f"client:{client_key()}"


def _replayed(asked: dict[str, Any], client: str, key: str | None) -> dict[str, Any] | None:
    """What the first request with this key led to; None where there is no key or it is new."""
    if key is None:
        return None
    body = {"method": request.method, "endpoint": request.endpoint, "asked": asked}
    return remembered(
        context.session(),
        context.settings(),
        context.clock().now(),
        client=client,
        key=key,
        body=body,
    )


def _keep(client: str, key: str | None, result: dict[str, object]) -> None:
    if key is not None:
        remember(context.session(), context.settings(), client=client, key=key, result=result)


def _act() -> Act:
    bearer = context.bearer()
    if bearer is None:
        raise RuntimeError("a token route ran without a token")
    return act_of(Actor("token", bearer.public_id, f"{bearer.name} (API)"))


def _writer(*, automatic: bool) -> services.Writer:
    return services.Writer(Author.SYSTEM if automatic else Author.AGENT, _act().actor.name)


def _if_match() -> int | None:
    """The version in `If-Match`, or None where the header is absent.

    Raises:
        InvalidInputError: it is no version that this API gave out.
    """
    header = request.headers.get("If-Match", "").strip()
    if header in {"", "*"}:
        return None
    version = header.removeprefix("W/").strip('"')
    if not (version.isascii() and version.isdigit() and len(version) <= MOST_DIGITS):
        raise InvalidInputError(errors=[FieldError("If-Match", "has to be an ETag of the ticket")])
    return int(version)


def _wanted(session: Session, body: TicketChange) -> services.Change:
    assignee_id: int | None = None
    if "assignee" in body.model_fields_set:
        assignee_id = 0
        if body.assignee:
            try:
                assignee_id = person_by_email(session, body.assignee).id
            except NotFoundError as error:
                problem = FieldError("assignee", "is not an active colleague")
                raise InvalidInputError(errors=[problem]) from error
    return services.Change(
        status=body.status,
        priority=body.priority,
        assignee_id=assignee_id,
        original=body.original,
    )


def _opened(opened: Opened) -> Response:
    ticket = opened.ticket
    clock = latest(context.session(), ticket)
    url = f"{context.settings().base_url}/support/t/{opened.token}"
    answer = TicketOpened(
        reference=ticket.reference,
        url=url,
        status=Status(ticket.status),
        created_at=ticket.created_at,
        first_response_due_at=clock.due_at if clock else None,
        wallet_note=note_out(wallet_now(ticket), TO_HOLDER),
    )
    response = _json(answer, 201)
    response.headers["Location"] = url
    return response


def _detail(session: Session, reference: str, *, may_read: bool = True) -> Response:
    page = queries.ticket_page(session, reference)
    assignee = page.assignee if page.ticket.assignee_id else None
    detail = TicketChanged(
        **summary_out(page.ticket, assignee, surroundings_now()).model_dump(),
        messages=[message_out(row) for row in page.part.messages] if may_read else None,
        messages_before=page.part.before if may_read else None,
        clocks=[clock_out(row) for row in page.clocks],
    )
    response = _json(detail)
    response.set_etag(str(page.ticket.version))
    return response


def _json(
    body: TicketOpened | TicketChanged | TicketList | MessageList | MessageOut | HeldOut,
    status: int = 200,
) -> Response:
    return make_response(jsonify(body.model_dump(mode="json")), status)
