"""The verbs of a ticket.

Each takes the session, the act and a locked ticket, and leaves the commit to the web room. Every
change raises the ticket's version once and appends an event that carries it, so that a stale edit
can be refused and told what changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from trustops.accounts.models import Staff
from trustops.accounts.rules import role_permits
from trustops.errors import (
    ConflictError,
    FieldError,
    InvalidInputError,
)
from trustops.guard import refusal, scan_messages
from trustops.sla import rules as sla
from trustops.tickets import clocks
from trustops.tickets.act import Act
from trustops.tickets.changes import changed
from trustops.tickets.duplicates import name_original
from trustops.tickets.models import Message, SlaClock, Ticket
from trustops.tickets.rules import (
    ENDED,
    Author,
    Priority,
    Status,
    Visibility,
    answers_first,
    closing_reason,
    queue_at,
    reopens,
    status_after_requester,
    takes_back,
)
from trustops.tickets.search import index_words

EARLIER_WORDS = 20
"""How many earlier messages of a requester are read together with a new one by the guard."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote words: a requester, a human agent, or a program that answers by itself.

    A person who answers through a program is an agent too; `staff_id` is known at the desk only.
    """

    kind: Author
    name: str = ""
    staff_id: int | None = None


REQUESTER = Writer(Author.REQUESTER)
"""The requester's words carry no name: nothing on a ticket tells who wrote it but the ticket."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an agent wants a ticket to be; None leaves a thing as it is. Assignee 0 is nobody.

    `original` is the reference of the ticket that is answered in place of a duplicate.
    """

    status: Status | None = None
    priority: Priority | None = None
    assignee_id: int | None = None
    original: str | None = None


def reply(
    session: Session, act: Act, ticket: Ticket, *, writer: Writer, body: str, then: Status | None
) -> Message:
    """Write to the requester in public; from a human agent, this ends the first-response clock.

    `then` is the status the ticket takes; None leaves it as it is. A status that takes an ending
    back is taken first, so that the clock which runs again meets its answer. Raises
    InvalidInputError where it would be a duplicate without an original.
    """
    name_original(session, act, ticket, status=then)
    message = add_message(session, act, ticket, body=body, writer=writer)
    if then is not None and takes_back(Status(ticket.status), then):
        _take_status(session, act, ticket, then, by_requester=False)
    if answers_first(writer.kind, Visibility.PUBLIC):
        _answer(session, act, ticket)
    changed(session, act, ticket, "ticket.replied", data={"message_id": message.id})
    if then is not None and then != ticket.status:
        _take_status(session, act, ticket, then, by_requester=False)
    _settle_queue(ticket, act)
    clocks.alert_again(session, act, ticket)
    return message


def note(session: Session, act: Act, ticket: Ticket, *, writer: Writer, body: str) -> Message:
    """Write what only staff see; it ends no clock."""
    message = add_message(
        session, act, ticket, body=body, writer=writer, visibility=Visibility.INTERNAL
    )
    changed(session, act, ticket, "ticket.noted", data={"message_id": message.id})
    return message


def add_words(session: Session, act: Act, ticket: Ticket, *, body: str) -> None:
    """Add the requester's own words; an ended ticket opens again, with a new clock if unanswered.

    Raises:
        ConflictError: the ticket ended too long ago; the requester is asked to open a new one.
        SecretFoundError: together with earlier messages this spells a recovery phrase or a key.
        SecretDoubtedError: it may be one, and the requester is asked.
    """
    if not reopens(Status(ticket.status), ticket.closed_at, act.now):
        raise ConflictError(
            "This ticket was closed more than 30 days ago. Please open a new one; "
            "you can name this reference in it."
        )
    _guard_successive(session, ticket, body)
    message = add_message(session, act, ticket, body=body, writer=REQUESTER)
    ticket.last_requester_at = act.now
    changed(session, act, ticket, "ticket.requester_wrote", data={"message_id": message.id})
    status = status_after_requester(Status(ticket.status))
    if status != ticket.status:
        _take_status(session, act, ticket, status, by_requester=True)
    judge_now(session, act, ticket)
    if ticket.status not in ENDED and _nothing_runs(clocks.latest(session, ticket)):
        clocks.begin(session, act, ticket)
    _settle_queue(ticket, act)


def change(session: Session, act: Act, ticket: Ticket, wanted: Change) -> None:
    """Change status, priority or assignee; what already is so is left without a trace.

    Raises:
        InvalidInputError: the assignee cannot sign in and answer, a duplicate has no original, or
            an original is named for what is none.
        ConflictError: an original is being changed at this moment.
    """
    judge_now(session, act, ticket)
    name_original(session, act, ticket, status=wanted.status, reference=wanted.original)
    if wanted.priority is not None and wanted.priority != ticket.priority:
        before, ticket.priority = ticket.priority, wanted.priority
        changed(
            session, act, ticket, "ticket.priority", data={"from": before, "to": wanted.priority}
        )
    if wanted.assignee_id is not None and (wanted.assignee_id or None) != ticket.assignee_id:
        _assign(session, act, ticket, wanted.assignee_id or None)
    if wanted.status is not None and wanted.status != ticket.status:
        _take_status(session, act, ticket, wanted.status, by_requester=False)
    _settle_queue(ticket, act)
    clocks.alert_again(session, act, ticket)


def close_as_requester(session: Session, act: Act, ticket: Ticket) -> None:
    """Close a ticket because its requester says that it is settled."""
    if ticket.status in ENDED:
        return
    judge_now(session, act, ticket)
    _take_status(session, act, ticket, Status.CLOSED, by_requester=True)
    _settle_queue(ticket, act)


def release(session: Session, act: Act, ticket: Ticket) -> None:
    """Take a ticket out of quarantine into the queue; its clock has been running all along."""
    if ticket.quarantined_at is None:
        return
    ticket.quarantined_at = None
    changed(session, act, ticket, "ticket.released", data={"reason": ticket.quarantine_reason})
    _settle_queue(ticket, act)


def judge_now(session: Session, act: Act, ticket: Ticket) -> None:
    """Judge the newest clock before anything else happens to the ticket."""
    row = clocks.latest(session, ticket)
    if row is not None and row.next_change_at is not None:
        judged = sla.judge(clocks.value_of(row), act.now)
        if judged.events:
            clocks.apply(session, act, ticket, row, judged=judged)


def add_message(
    session: Session,
    act: Act,
    ticket: Ticket,
    *,
    body: str,
    writer: Writer,
    visibility: Visibility = Visibility.PUBLIC,
) -> Message:
    """Add words to a ticket and make them findable; the caller says what they mean."""
    message = Message(
        ticket_id=ticket.id,
        author_kind=writer.kind,
        author_id=writer.staff_id,
        author_name=writer.name,
        visibility=visibility,
        body=body,
        created_at=act.now,
    )
    session.add(message)
    session.flush()  # the event and the search index name the message by its key
    index_words(session, ticket.id, body)
    ticket.message_count += 1
    if visibility is Visibility.PUBLIC:
        ticket.last_words_at = act.now
    return message


def _answer(session: Session, act: Act, ticket: Ticket) -> None:
    """End the newest clock by an answer of a human agent.

    An answer after staff closed the ticket unanswered is judged like any other one: closing first
    and answering later makes no late answer disappear.
    """
    ticket.first_replied_at = ticket.first_replied_at or act.now
    row = clocks.latest(session, ticket)
    if row is None:
        return
    if row.cancel_reason == sla.CancelReason.CLOSED_BY_AGENT:
        judged = sla.resume(clocks.value_of(row), act.now)
        clocks.apply(session, act, ticket, row, judged=judged)
    if clocks.value_of(row).awaiting:
        judged = sla.fulfil(clocks.value_of(row), act.now)
        clocks.apply(session, act, ticket, row, judged=judged)


def _assign(session: Session, act: Act, ticket: Ticket, assignee_id: int | None) -> None:
    name = ""
    if assignee_id is not None:
        staff = session.get(Staff, assignee_id)
        if staff is None or staff.disabled_at or not role_permits(staff.role, "tickets.answer"):
            raise InvalidInputError(errors=[FieldError("assignee", "is not an active colleague")])
        name = staff.name
    ticket.assignee_id = assignee_id
    changed(session, act, ticket, "ticket.assigned", data={"to": name})


def _take_status(
    session: Session, act: Act, ticket: Ticket, status: Status, *, by_requester: bool
) -> None:
    """Take a status with what it means for the clock: ending cancels, coming back restores."""
    before = Status(ticket.status)
    ticket.status = status
    ticket.closed_at = act.now if status in ENDED else None
    if status is not Status.DUPLICATE:
        ticket.duplicate_of = None
    told: dict[str, object] = {"from": before, "to": status, "original": ticket.duplicate_of}
    changed(session, act, ticket, "ticket.status", data=told)
    row = clocks.latest(session, ticket)
    if row is None:
        return
    if takes_back(before, status) and not by_requester:
        judged = sla.resume(clocks.value_of(row), act.now)
        clocks.apply(session, act, ticket, row, judged=judged)
    reason = closing_reason(status, by_requester=by_requester)
    if reason is not None:
        judged = sla.cancel(clocks.value_of(row), act.now, reason)
        clocks.apply(session, act, ticket, row, judged=judged)


def _nothing_runs(row: SlaClock | None) -> bool:
    """Whether a requester's words need a clock: none began yet, or it ended without an answer."""
    return row is None or (row.cancelled_at is not None and row.met_at is None)


def _settle_queue(ticket: Ticket, act: Act) -> None:
    ticket.queue_at = queue_at(
        Status(ticket.status), ticket.due_at, ticket.last_words_at, act.policy.target
    )


def _guard_successive(session: Session, ticket: Ticket, body: str) -> None:
    """Refuse words that complete what earlier messages began; ask where that is in doubt."""
    earlier = session.scalars(
        select(Message.body)
        .where(Message.ticket_id == ticket.id, Message.author_kind == Author.REQUESTER)
        .order_by(Message.id.desc())
        .limit(EARLIER_WORDS)
    ).all()
    findings = scan_messages(list(reversed(earlier)), body)
    if findings:
        raise refusal([replace(finding, field="message") for finding in findings])
