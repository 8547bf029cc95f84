"""Which weeks have a heartbeat, what becomes of late ones, and what the archive keeps."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.posts.steps import BY_LEAD, SETUP, approved, deliveries, drafted, sent_out
from tests.posts.things import (
    LEAD,
    NEXT_WEEK,
    WEEK,
    a_schedule,
    alert_keys,
    before_noon,
    rows,
    states,
)
from trustops.alerts.models import Alert
from trustops.channels.rules import DeliveryState
from trustops.posts import queries
from trustops.posts.planning import materialise, miss, remind
from trustops.posts.services import (
    approve,
    withdraw,
)


def test_a_new_desk_plans_the_next_heartbeat_and_none_before(session: Session) -> None:
    """Nobody promised anything for the weeks before it was set up."""
    assert materialise(session, NOON, SETUP.schedule) == 1
    assert states(session) == {NEXT_WEEK: "planned"}
    assert materialise(session, NOON, SETUP.schedule) == 0


def test_the_first_heartbeat_can_be_due_at_once(session: Session) -> None:
    """For a demonstration; later ones follow the schedule."""
    assert materialise(session, NOON, SETUP.schedule, first_due=later(minutes=1)) == 1
    assert rows(session)[WEEK].due_at == later(minutes=1)
    assert materialise(session, later(hours=1), SETUP.schedule, first_due=later(hours=1)) == 1
    assert rows(session)[NEXT_WEEK].due_at == later(days=7)


def test_weeks_that_passed_while_nothing_ran_are_known_and_missed(session: Session) -> None:
    """Each with an alert; the newest, if there is still time for it, waits for a person."""
    materialise(session, before_noon(days=22), SETUP.schedule)
    materialise(session, later(hours=1), SETUP.schedule)
    miss(session, later(hours=1), SETUP)
    assert states(session) == {
        "2026-W44": "missed",
        "2026-W45": "missed",
        "2026-W46": "missed",
        WEEK: "planned",
        NEXT_WEEK: "planned",
    }
    assert rows(session)[WEEK].held
    assert not rows(session)[NEXT_WEEK].held
    assert alert_keys(session) == [f"heartbeat.missed:2026-W{week}" for week in (44, 45, 46)]


def test_a_changed_schedule_moves_what_is_to_come_and_nothing_into_the_past(
    session: Session,
) -> None:
    """A week keeps its one row, so a change neither doubles nor loses it."""
    materialise(session, before_noon(days=1), SETUP.schedule)
    materialise(session, before_noon(days=1), a_schedule(at=time(18)))
    assert rows(session)[WEEK].due_at == later(hours=6)
    materialise(session, before_noon(days=1), a_schedule(weekday=1))
    assert rows(session)[WEEK].due_at == later(hours=6)


@pytest.mark.parametrize(
    ("late_by", "state", "late"),
    [
        (timedelta(minutes=5), "sent", False),
        (timedelta(hours=48), "sent", True),
        (timedelta(hours=48, seconds=1), "missed", False),
    ],
)
def test_what_is_late_still_goes_out_until_it_is_too_late(
    session: Session, late_by: timedelta, state: str, late: bool
) -> None:
    """Marked as late; after that it is missed, with an alert, and never sent."""
    approved(session)
    now = NOON + late_by
    miss(session, now, BY_LEAD)
    sent_out(session, now, BY_LEAD)
    row = rows(session)[WEEK]
    assert (row.state, row.late) == (state, late)
    assert bool(deliveries(session)) is (state == "sent")
    missed = [f"heartbeat.missed:{WEEK}"] if state == "missed" else []
    assert alert_keys(session) == missed


def test_who_has_to_approve_is_reminded_once_a_stage(session: Session) -> None:
    """A day before, two hours before, once it was due; an approval ends it."""
    drafted(session)
    for _ in range(2):
        for now in (before_noon(hours=24), before_noon(hours=2), later(minutes=10)):
            remind(session, now, BY_LEAD)
    assert alert_keys(session) == [
        f"heartbeat.waits:{WEEK}:{stage}" for stage in ("24h", "2h", "due")
    ]
    sha256 = rows(session)[WEEK].sha256
    approve(session, NOON, week=WEEK, actor=LEAD, sha256=sha256, schedule=BY_LEAD.schedule)
    assert remind(session, later(minutes=9), BY_LEAD) == 0
    session.flush()  # what the act left pending is read by query
    assert set(session.scalars(select(Alert.resolved_at))) == {NOON}


def test_an_approval_that_is_taken_back_is_asked_for_again(session: Session) -> None:
    """Once, although the reminder of this stage went out before."""
    drafted(session)
    now, schedule = before_noon(hours=2), BY_LEAD.schedule
    assert remind(session, now, BY_LEAD) == 1
    sha256 = rows(session)[WEEK].sha256
    approve(session, now, week=WEEK, actor=LEAD, sha256=sha256, schedule=schedule)
    withdraw(session, now, week=WEEK, actor=LEAD, schedule=schedule)
    assert [remind(session, now, BY_LEAD) for _ in range(2)] == [1, 0]
    assert alert_keys(session) == [f"heartbeat.waits:{WEEK}:2h", f"heartbeat.waits:{WEEK}:2h:2"]


def test_a_heartbeat_without_a_text_is_told_of_as_well(session: Session) -> None:
    """Where composing fails, nobody would notice before it is missed."""
    materialise(session, before_noon(hours=24), SETUP.schedule)
    assert remind(session, before_noon(hours=24), SETUP) == 1


def test_the_archive_has_what_went_out_and_what_was_missed(session: Session) -> None:
    """The newest first, with the links that networks gave, and when the next one is due."""
    approved(session)
    sent_out(session, later(minutes=20), BY_LEAD)
    materialise(session, later(minutes=20), BY_LEAD.schedule)
    for row in deliveries(session).values():
        row.state = DeliveryState.SENT
        row.permalink = "https://social.example/1" if row.channel == "mastodon" else None
    [found] = queries.published(session)
    assert (found.week, found.due_at, found.sent_at) == (WEEK, NOON, later(minutes=20))
    assert found.late
    assert found.as_of == later(minutes=20)
    assert [(link.network, link.url) for link in found.links] == [
        ("mastodon", "https://social.example/1")
    ]
    assert "<h2>On the chain</h2>" in found.html
    assert queries.last_week(session) == WEEK
    assert queries.next_due(session, later(minutes=20), BY_LEAD.schedule) == later(days=7)
    miss(session, later(days=10), BY_LEAD)
    assert [item.week for item in queries.missed(session)] == [NEXT_WEEK]
    assert [item.heartbeat.iso_week for item in queries.newest(session)] == [NEXT_WEEK, WEEK]


def test_before_the_first_heartbeat_there_is_nothing(session: Session) -> None:
    """And nothing is made up."""
    assert queries.published(session) == []
    assert queries.last_week(session) is None
    assert queries.next_due(session, NOON, None) is None
    assert queries.current(session) is None
