"""The one way in which words of staff and programs reach a holder: judged, held, released.

Like all verbs of a ticket these leave the commit to the web room. A held answer meets no clock;
the clock is met at the moment at which somebody releases the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from trustops.accounts.models import Staff
from trustops.alerts.rules import Kind, NewAlert, Severity
from trustops.alerts.services import raise_alert, resolve
from trustops.db import Actor, subject_of
from trustops.errors import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from trustops.guard.normalise import fold
from trustops.guard.outgoing import Allowed, Ruling, Verdict, judge
from trustops.tickets import services
from trustops.tickets.act import Act
from trustops.tickets.changes import changed
from trustops.tickets.duplicates import name_original
from trustops.tickets.forms import NewTicket
from trustops.tickets.held import ALERT_AFTER, HeldAnswer, HeldState, may_decide
from trustops.tickets.mail import announce_answer
from trustops.tickets.models import Message, Ticket
from trustops.tickets.pieces import refuse_completion
from trustops.tickets.rules import ENDED, Author, Status
from trustops.tickets.services import Writer

WATCH = Actor("system", "held_answers", "Held answers")
"""Who the history names for what the job did."""

MOST_REASON = 500
"""Characters of the reason for a decision."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Words to a holder before they are judged; `then` is the status the ticket takes with them."""

    writer: Writer
    body: str
    then: Status | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decides on a held answer, with the reason that the history keeps."""

    held_id: int
    reason: str


def answer(
    session: Session, act: Act, ticket: Ticket, answer: Answer, *, allowed: Allowed
) -> Message | HeldAnswer:
    """Say words to the requester, or hold them for a lead; the mail about them goes with them.

    Raises:
        InvalidInputError: nobody may say this to a holder; each sentence says why.
        SecretFoundError: together with earlier words this spells a recovery phrase or a key.
    """
    verdict = judge(answer.body, allowed)
    if verdict.ruling is Ruling.REFUSED:
        raise InvalidInputError(errors=_errors("message", verdict))
    if verdict.ruling is Ruling.HELD:
        refuse_completion(session, ticket, answer.body, answer.writer.kind)
    _settle(session, ticket, answer.writer)
    if verdict.ruling is Ruling.HELD:
        return _hold(session, act, ticket, answer, verdict=verdict)
    message = services.reply(
        session, act, ticket, writer=answer.writer, body=answer.body, then=answer.then
    )
    announce_answer(session, act, ticket)
    return message


def check_opening(new: NewTicket, allowed: Allowed) -> None:
    """Refuse first words to a holder that would have to wait: nothing waits without its ticket.

    Raises:
        InvalidInputError: the line about it or the message would be held or refused.
    """
    errors: list[FieldError] = []
    for name, words in (("subject", new.subject), ("message", new.message)):
        verdict = judge(words, allowed)
        errors += _errors(name, verdict)
        if verdict.ruling is Ruling.HELD:
            later = "has to be said in an answer on the ticket, which a lead can release"
            errors.append(FieldError(name, later))
    if errors:
        raise InvalidInputError(errors=errors)


def release(
    session: Session, act: Act, staff: Staff, ticket: Ticket, *, decision: Decision
) -> Message:
    """Let a held answer go out now, in the name of its author; this meets the clock.

    Raises:
        NotFoundError: no such answer waits on this ticket.
        NotAllowedError: the person is its author, or may not decide.
        InvalidInputError: there is no reason, or nobody may say this to a holder.
    """
    held = _to_decide(session, staff, ticket, decision)
    verdict = judge(held.body, Allowed())
    if verdict.ruling is Ruling.REFUSED:
        raise InvalidInputError(errors=_errors("message", verdict))
    writer = Writer(Author(held.author_kind), held.author_name, held.author_id)
    then = Status(held.then) if held.then and ticket.status not in ENDED else None
    message = services.reply(session, act, ticket, writer=writer, body=held.body, then=then)
    held.message_id = message.id
    held.body = ""
    _decide(session, act, ticket, held, outcome=(HeldState.RELEASED, decision.reason))
    announce_answer(session, act, ticket)
    return message


def words_of_held(session: Session, ticket: Ticket, held_id: int) -> str:
    """The words of a held answer of a ticket; nothing where there is none."""
    held = session.get(HeldAnswer, held_id)
    return held.body if held is not None and held.ticket_id == ticket.id else ""


def decline(
    session: Session, act: Act, staff: Staff, ticket: Ticket, *, decision: Decision
) -> HeldAnswer:
    """Give a held answer back to its author, with a reason; the errors are those of `release`."""
    held = _to_decide(session, staff, ticket, decision)
    _decide(session, act, ticket, held, outcome=(HeldState.DECLINED, decision.reason))
    return held


def alert_waiting(session: Session, act: Act) -> int:
    """Raise one alert for each answer that has waited for half an hour; gives how many."""
    rows = session.execute(
        select(HeldAnswer, Ticket.reference)
        .join(Ticket, Ticket.id == HeldAnswer.ticket_id)
        .where(
            HeldAnswer.state == HeldState.HELD,
            HeldAnswer.created_at <= act.now - ALERT_AFTER,
            HeldAnswer.alerted_at.is_(None),
        )
        .with_for_update(of=HeldAnswer, skip_locked=True)
    ).all()
    for held, reference in rows:
        held.alerted_at = act.now
        alert = NewAlert(
            kind=Kind.ANSWER_HELD,
            severity=Severity.HIGH,
            dedupe_key=f"{Kind.ANSWER_HELD}:{held.id}",
            subject=subject_of("held_answer", held.id),
            summary=f"An answer on {reference} has waited for half an hour to be released.",
            at=held.created_at + ALERT_AFTER,
            ticket=reference,
            path="/desk/held",
        )
        raise_alert(session, act.now, alert, targets=act.route.targets, base_url=act.route.base_url)
    return len(rows)


def count_leads(session: Session) -> int:
    """How many leads can sign in."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Staff)
            .where(Staff.role == "lead", Staff.disabled_at.is_(None))
        )
        or 0
    )


def _errors(name: str, verdict: Verdict) -> Sequence[FieldError]:
    return [FieldError(name, sentence) for sentence in verdict.sentences]


def _hold(
    session: Session, act: Act, ticket: Ticket, answer: Answer, *, verdict: Verdict
) -> HeldAnswer:
    name_original(session, act, ticket, status=answer.then)
    held = HeldAnswer(
        ticket_id=ticket.id,
        author_kind=answer.writer.kind,
        author_id=answer.writer.staff_id,
        author_name=answer.writer.name,
        body=answer.body,
        then=answer.then,
        codes=list(dict.fromkeys(str(reason.code) for reason in verdict.reasons)),
        state=HeldState.HELD,
        created_at=act.now,
    )
    session.add(held)
    session.flush()  # the event names it by its key
    data: dict[str, object] = {"held_id": held.id, "codes": held.codes}
    changed(session, act, ticket, "ticket.answer_held", data=data)
    return held


def _settle(session: Session, ticket: Ticket, writer: Writer) -> None:
    """Let go of declined words of an author who writes anew."""
    session.execute(
        update(HeldAnswer)
        .where(
            HeldAnswer.ticket_id == ticket.id,
            HeldAnswer.state == HeldState.DECLINED,
            HeldAnswer.author_name == writer.name,
        )
        .values(state=HeldState.SETTLED, body="")
        .execution_options(synchronize_session="fetch")
    )


def _to_decide(session: Session, staff: Staff, ticket: Ticket, decision: Decision) -> HeldAnswer:
    held = session.scalars(
        select(HeldAnswer)
        .where(HeldAnswer.id == decision.held_id, HeldAnswer.ticket_id == ticket.id)
        .with_for_update()
    ).first()
    if held is None:
        raise NotFoundError("There is no such answer on this ticket.")
    if held.state != HeldState.HELD:
        raise ConflictError("Somebody has decided on this answer already.")
    is_author = held.author_id == staff.id
    if not may_decide(staff.role, is_author=is_author, leads=count_leads(session)):
        raise NotAllowedError(
            "Nobody releases their own answer. A lead decides, or an admin where there is one lead."
        )
    if not (_is_readable(decision.reason) and len(decision.reason.strip()) <= MOST_REASON):
        problem = FieldError("reason", f"is needed, with at most {MOST_REASON} characters")
        raise InvalidInputError(errors=[problem])
    return held


def _is_readable(reason: str) -> bool:
    """Whether a reason has a letter or a digit that somebody can see."""
    return any(map(str.isalnum, fold(reason)))


def _decide(
    session: Session, act: Act, ticket: Ticket, held: HeldAnswer, *, outcome: tuple[HeldState, str]
) -> None:
    held.state, held.reason = outcome[0], outcome[1].strip()
    held.decided_at, held.decided_by_name = act.now, act.actor.name
    data: dict[str, object] = {
        "held_id": held.id,
        "author": held.author_name,
        "reason": held.reason,
        "codes": held.codes,
    }
    changed(session, act, ticket, f"ticket.answer_{held.state}", data=data)
    resolve(session, act.now, subject=subject_of("held_answer", held.id))
