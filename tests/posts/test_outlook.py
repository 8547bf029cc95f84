"""When the next heartbeat is due: the schedule says it, and rows only say what is settled."""

from __future__ import annotations

from datetime import datetime, time
from types import MappingProxyType

import pytest
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.posts.steps import BY_LEAD, approved, sent_out
from tests.posts.things import NEXT_WEEK, WEEK, a_schedule, before_noon
from trustops.posts import rules
from trustops.posts.planning import materialise, miss
from trustops.posts.queries import outlook
from trustops.posts.values import Outlook, Schedule, Slot

BEFORE = "2026-W46"
DUE = MappingProxyType({BEFORE: before_noon(days=7), WEEK: NOON, NEXT_WEEK: later(days=7)})
SUNDAYS = a_schedule()
AT_SIX = a_schedule(at=time(18))


def slot(week: str) -> Slot:
    """A week of the schedule on Sundays at noon."""
    return Slot(week, DUE[week])


@pytest.mark.parametrize(
    ("now", "planned", "last", "coming", "due"),
    [
        (before_noon(days=1), (), None, WEEK, None),
        (later(hours=1), (), None, NEXT_WEEK, None),
        (before_noon(days=1), (WEEK,), WEEK, WEEK, None),
        (before_noon(days=1), (), WEEK, NEXT_WEEK, None),
        (later(hours=1), (), WEEK, NEXT_WEEK, None),
        (later(hours=1), (WEEK,), WEEK, NEXT_WEEK, WEEK),
        (later(hours=1), (WEEK, NEXT_WEEK), NEXT_WEEK, NEXT_WEEK, WEEK),
        (later(hours=1), (), BEFORE, NEXT_WEEK, WEEK),
        (later(hours=49), (WEEK, NEXT_WEEK), NEXT_WEEK, NEXT_WEEK, None),
        (later(hours=1), (BEFORE,), BEFORE, NEXT_WEEK, WEEK),
    ],
)
def test_the_next_is_the_first_slot_to_come_that_is_not_settled(
    now: datetime, planned: tuple[str, ...], last: str | None, coming: str, due: str | None
) -> None:
    """Planned or not; what was due and can still go out stands beside it."""
    found = rules.outlook(SUNDAYS, now, planned=[slot(week) for week in planned], last_week=last)
    assert found == Outlook(slot(coming), slot(due) if due else None)


@pytest.mark.parametrize(
    ("schedule", "due"),
    [(AT_SIX, later(hours=6)), (a_schedule(weekday=1), NOON)],
)
def test_a_planned_week_follows_the_schedule_before_any_job_has_run(
    schedule: Schedule, due: datetime
) -> None:
    """But never into the past: then it stays where it was."""
    planned = [slot(WEEK)]
    found = rules.outlook(schedule, before_noon(days=1), planned=planned, last_week=WEEK)
    assert found == Outlook(Slot(WEEK, due))


def test_a_desk_that_was_just_set_up_names_its_first_heartbeat(session: Session) -> None:
    """No row says so, and none is needed."""
    assert outlook(session, NOON, SUNDAYS) == Outlook(slot(NEXT_WEEK))


def test_without_a_schedule_nothing_is_to_come(session: Session) -> None:
    """Whatever was planned before it was taken away or stopped."""
    materialise(session, before_noon(days=1), SUNDAYS)
    assert outlook(session, before_noon(days=1), None) == Outlook()
    assert outlook(session, later(hours=1), None) == Outlook()


def test_the_job_and_the_outlook_say_the_same(session: Session) -> None:
    """Before a row is written, after it, when it went early, late, and when it was missed."""
    early = before_noon(hours=5)
    approved(session)
    assert outlook(session, early, SUNDAYS) == Outlook(slot(WEEK))
    sent_out(session, early, BY_LEAD, early=WEEK)
    assert outlook(session, early, SUNDAYS) == Outlook(slot(NEXT_WEEK))
    materialise(session, later(hours=1), SUNDAYS)
    assert outlook(session, later(hours=1), SUNDAYS) == Outlook(slot(NEXT_WEEK))
    late, following = later(days=7, hours=1), Slot("2026-W49", later(days=14))
    assert outlook(session, late, SUNDAYS) == Outlook(following, slot(NEXT_WEEK))
    materialise(session, late, SUNDAYS)
    assert outlook(session, late, SUNDAYS) == Outlook(following, slot(NEXT_WEEK))
    miss(session, later(days=10), BY_LEAD)
    assert outlook(session, later(days=10), SUNDAYS) == Outlook(following)
