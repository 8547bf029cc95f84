"""Fills the slots of a heartbeat with figures: of a draft, of an approved one, as it goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trustops.posts import rules
from trustops.posts.cover import OTHER_TEMPLATES, cover_of, departures, from_json, to_json
from trustops.posts.figures import figures_of, told_of
from trustops.posts.models import Heartbeat
from trustops.posts.queries import past_of
from trustops.posts.rows import approved_rows, settle_reminders
from trustops.posts.text import texts_of
from trustops.posts.told import About, Told
from trustops.posts.values import Limits, Schedule, Setup
from trustops.status.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Source:
    """What texts are filled from: the snapshot of the pages, and how much the networks take."""

    snapshot: Snapshot
    limits: Limits


def wants_figures(
    session: Session, now: datetime, schedule: Schedule, *, early: str | None = None
) -> bool:
    """Whether an approved heartbeat is to be filled now: because it goes out, or to be shown."""
    return any(
        row.cover
        and (
            row.iso_week == early
            or rules.wants_figures(now, due=row.due_at, composed=row.composed_at)
        )
        for row in approved_rows(session, schedule)
    )


def refresh(session: Session, now: datetime, setup: Setup, source: Source) -> int:
    """Fill approved heartbeats that are still to come, once an hour; gives how many.

    The desk shows what would go out, and says in time what an approval would not cover. It stays
    approved: figures may come back until it is due.

    Raises:
        TemplateFaultError: a template cannot be filled.
    """
    filled = 0
    for row in approved_rows(session, setup.schedule):
        stale = rules.wants_figures(now, due=row.due_at, composed=row.composed_at)
        if not row.cover or row.due_at <= now or not stale:
            continue
        reasons = not_covered(session, now, row, setup=setup, snapshot=source.snapshot)
        row.waits_for = " ".join(reasons)
        if not reasons:
            settle_reminders(session, now, row)
        if OTHER_TEMPLATES not in reasons:
            fill(session, now, row, setup=setup, source=source)
            filled += 1
    return filled


def fill(session: Session, now: datetime, row: Heartbeat, *, setup: Setup, source: Source) -> Told:
    """Write the texts of a heartbeat from the figures of a snapshot; gives what they tell.

    Raises:
        TemplateFaultError: a template cannot be filled.
    """
    told = tell(session, now, row, setup=setup, snapshot=source.snapshot)
    row.texts = dict(texts_of(setup.schedule, told, source.limits))
    row.sha256 = rules.digest_of(row.texts)
    row.figures = dict(figures_of(source.snapshot))
    row.as_of = source.snapshot.as_of
    row.composed_at = now
    return told


def draft(session: Session, now: datetime, row: Heartbeat, *, setup: Setup, source: Source) -> None:
    """Write a text that somebody is to approve, with what an approval of it would cover.

    Raises:
        TemplateFaultError: a template cannot be filled.
    """
    told = fill(session, now, row, setup=setup, source=source)
    row.cover = to_json(cover_of(setup.schedule, told, source.snapshot))


def not_covered(
    session: Session, now: datetime, row: Heartbeat, *, setup: Setup, snapshot: Snapshot
) -> tuple[str, ...]:
    """Why a heartbeat as it would read now is not what was approved, in sentences."""
    told = tell(session, now, row, setup=setup, snapshot=snapshot)
    return departures(from_json(row.cover), setup.schedule, told, snapshot)


def tell(
    session: Session, now: datetime, row: Heartbeat, *, setup: Setup, snapshot: Snapshot
) -> Told:
    """What a heartbeat says of a snapshot now."""
    following = rules.slots_after(setup.schedule, row.iso_week, now)[0]
    about = About(
        week=row.iso_week,
        url=setup.url_of(row.iso_week),
        due_at=row.due_at,
        late=rules.is_late(row.due_at, now),
        next_at=following.due_at,
    )
    return told_of(snapshot, about, past_of(session, row))
