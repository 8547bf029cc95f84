"""The verbs of a heartbeat: compose, approve, withdraw, queue what is due. Nothing here sends.

Each may run in any number of processes at once: every change of a row is made under its lock, and
every delivery has a unique key.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trustops.db import Actor
from trustops.errors import ConflictError, NotFoundError
from trustops.posts import rules
from trustops.posts.filling import Source, draft, fill, not_covered, tell
from trustops.posts.models import Heartbeat
from trustops.posts.outbox import hand_over
from trustops.posts.outgoing import held_reasons, refused_reasons
from trustops.posts.rows import approved_rows, note, open_rows, row_of, settle_reminders
from trustops.posts.text import texts_of
from trustops.posts.values import OPEN, Approval, Limits, Schedule, Setup, State
from trustops.status.snapshot import Snapshot

BY_RULE = Actor("system", "heartbeat", "The rule")
"""Who approved, where no person did."""

CHANGED = "The text has changed since you read it. Read it once more, then approve it."
OTHER_TEXT = "Its text is not the one that was approved."


def wants_text(session: Session, now: datetime, schedule: Schedule) -> bool:
    """Whether the text of some heartbeat is to be written now."""
    return any(_wants(schedule, row, now) for row in open_rows(session, schedule))


def compose(
    session: Session,
    now: datetime,
    snapshot: Snapshot,
    *,
    setup: Setup,
    limits: Limits | None = None,
    anew: bool = False,
) -> Heartbeat | None:
    """Write the text of the heartbeat that wants one; an approved text is never written over.

    Where approval is by rule and the heartbeat is due, the rule is asked at once. Gives the
    heartbeat whose text was written, None where none wants one.

    Args:
        session: a writing session.
        now: an aware instant.
        snapshot: what is told.
        setup: the schedule, and where the permalink begins.
        limits: how much the networks take; the usual limits by default.
        anew: write the next one although it does not want a text yet.

    Raises:
        TemplateFaultError: a template cannot be filled.
    """
    schedule = setup.schedule
    for row in open_rows(session, schedule):
        if _wants(schedule, row, now) or (anew and row.state != State.APPROVED):
            source = Source(snapshot, limits or {})
            draft(session, now, row, setup=setup, source=source)
            _judge(session, now, row, snapshot=snapshot, setup=setup)
            return row
    return None


def write(
    session: Session,
    now: datetime,
    snapshot: Snapshot,
    *,
    row: Heartbeat,
    setup: Setup,
    limits: Limits | None = None,
) -> Mapping[str, str]:
    """The texts that a heartbeat would have now; nothing is changed.

    Raises:
        TemplateFaultError: a template cannot be filled.
    """
    told = tell(session, now, row, setup=setup, snapshot=snapshot)
    return texts_of(setup.schedule, told, limits or {})


def approve(
    session: Session, now: datetime, *, week: str, actor: Actor, sha256: str, schedule: Schedule
) -> Heartbeat:
    """Let the text with this hash, or these first digits of it, go out when it is due.

    The approval covers its templates, its words, and its figures within bounds (`posts.cover`).

    Raises:
        NotFoundError: there is no heartbeat of this week.
        ConflictError: it went out or was missed, has no text yet, or has another text by now.
    """
    row = _open_row(session, schedule, week)
    if row.state == State.PLANNED:
        raise ConflictError(f"The heartbeat of {week} has no text yet.")
    if row.state == State.APPROVED and rules.names(sha256, row.approved_sha256):
        return row
    if not rules.is_of(row.texts, sha256):
        raise ConflictError(CHANGED)
    if row.state != State.APPROVED:
        _approve(session, now, row, actor)
    return row


def withdraw(
    session: Session, now: datetime, *, week: str, actor: Actor, schedule: Schedule
) -> Heartbeat:
    """Take an approval back; the text is written anew at the next opportunity.

    Raises:
        NotFoundError: there is no heartbeat of this week.
        ConflictError: it went out or was missed.
    """
    row = _open_row(session, schedule, week)
    _reopen(row, rules.NEEDS_LEAD)
    row.composed_at = None
    note(session, now, "heartbeat.withdraw", row, actor=actor)
    return row


def queue_due(
    session: Session,
    now: datetime,
    setup: Setup,
    *,
    source: Source | None = None,
    early: str | None = None,
) -> int:
    """Hand every approved heartbeat that is due to the outbox; gives how many went.

    Its figures are filled in from `source`, and what its approval does not cover does not go: it
    waits for approval again. Without a source only those go that were approved by an earlier
    version, as they were read. `early` names a week that goes before it is due, because a person
    said so.

    Raises:
        TemplateFaultError: a template cannot be filled.
    """
    gone = 0
    for row in approved_rows(session, setup.schedule):
        is_due = row.due_at <= now or row.iso_week == early
        if not is_due or (row.cover and source is None):
            continue
        reasons = _not_covered(session, now, row, setup=setup, source=source)
        reasons = reasons or refused_reasons(
            row.texts, setup.base_url, setup.allowed_at(session, now)
        )
        if reasons:
            _void(session, now, row, " ".join(reasons))
            continue
        if row.cover and source is not None:
            fill(session, now, row, setup=setup, source=source)
        row.state = State.SENT
        row.sent_at = now
        row.late = rules.is_late(row.due_at, now)
        row.waits_for = ""
        hand_over(session, now, row, setup)
        note(session, now, "heartbeat.send", row)
        settle_reminders(session, now, row)
        gone += 1
    return gone


def hold_open(session: Session, now: datetime) -> int:
    """Keep every heartbeat that is due from going out until a person approves it; gives how many.

    For a restore: it may have gone out after the backup was made.
    """
    found = session.scalars(
        select(Heartbeat)
        .where(Heartbeat.state.in_(OPEN), Heartbeat.due_at <= now)
        .with_for_update()
    ).all()
    for row in found:
        row.held = True
        _reopen(row, rules.HELD)
        note(session, now, "heartbeat.hold", row)
    return len(found)


def _wants(schedule: Schedule, row: Heartbeat, now: datetime) -> bool:
    return rules.wants_text(
        schedule, State(row.state), now, due=row.due_at, composed=row.composed_at
    )


def _not_covered(
    session: Session, now: datetime, row: Heartbeat, *, setup: Setup, source: Source | None
) -> tuple[str, ...]:
    """Why an approved heartbeat is not what was approved; empty where it is."""
    if rules.digest_of(row.texts) != (row.sha256 if row.cover else row.approved_sha256):
        return (OTHER_TEXT,)
    if not row.cover or source is None:
        return ()
    return not_covered(session, now, row, setup=setup, snapshot=source.snapshot)


def _judge(
    session: Session, now: datetime, row: Heartbeat, *, snapshot: Snapshot, setup: Setup
) -> None:
    """Say what a new text waits for, or let the rule approve it once it is due."""
    schedule = setup.schedule
    reasons = (
        *rules.reasons_to_wait(schedule, snapshot, now, held=row.held, departed=row.departed),
        *held_reasons(row.texts, setup.base_url, setup.allowed_at(session, now)),
    )
    row.state = State.DRAFT
    row.waits_for = " ".join(reasons)
    if schedule.approval is Approval.RULE and not reasons and now >= row.due_at:
        _approve(session, now, row, BY_RULE)


def _approve(session: Session, now: datetime, row: Heartbeat, actor: Actor) -> None:
    row.state = State.APPROVED
    row.approved_sha256 = rules.digest_of(row.texts)
    row.approved_by = actor.name
    row.approved_at = now
    row.waits_for = row.departed = ""
    row.held = False
    note(session, now, "heartbeat.approve", row, actor=actor)
    settle_reminders(session, now, row)


def _void(session: Session, now: datetime, row: Heartbeat, reasons: str) -> None:
    """End an approval; the text is written anew, and a person looks again if one had approved."""
    by_person = row.approved_by != BY_RULE.name
    _reopen(row, reasons)
    row.departed = reasons if by_person else ""
    row.composed_at = None
    note(session, now, "heartbeat.void", row)


def _reopen(row: Heartbeat, reason: str) -> None:
    """Make an approval void; what has no text stays planned."""
    row.state = State.DRAFT if row.texts else State.PLANNED
    row.approved_sha256 = row.approved_by = ""
    row.approved_at = None
    row.waits_for = reason


def _open_row(session: Session, schedule: Schedule, week: str) -> Heartbeat:
    """The heartbeat of a week while it can still go out.

    Raises:
        NotFoundError: there is no heartbeat of this week.
        ConflictError: it went out or was missed.
    """
    row = row_of(session, schedule, week)
    if row is None:
        raise NotFoundError(f"There is no heartbeat of {week}.")
    if row.state not in OPEN:
        raise ConflictError(f"The heartbeat of {week} is settled: it was {row.state}.")
    return row
