"""When a heartbeat is due, what becomes of a late one, and who lets it go out."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import NOON, later
from tests.posts.things import NEXT_WEEK, WEEK, a_schedule, before_noon
from tests.status.things import a_component, a_snapshot, a_standing, an_unread_standing
from trustops.alerts.rules import Kind, Severity
from trustops.posts import rules
from trustops.posts.values import Approval, Schedule, Slot, State
from trustops.status.snapshot import ComponentStatus, Snapshot

NEW_YORK = ZoneInfo("America/New_York")
BY_RULE = a_schedule()
BY_LEAD = a_schedule(approval=Approval.LEAD)


def at(text: str) -> datetime:
    """An instant in UTC, such as `2026-11-22 12:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("week", "local", "due"),
    [
        ("2026-W10", time(2, 30), "2026-03-08 07:00"),
        ("2026-W09", time(2, 30), "2026-03-01 07:30"),
        ("2026-W11", time(2, 30), "2026-03-15 06:30"),
        ("2026-W44", time(1, 30), "2026-11-01 05:30"),
        ("2026-W45", time(1, 30), "2026-11-08 06:30"),
    ],
)
def test_a_week_has_one_moment_whatever_the_clocks_do(week: str, local: time, due: str) -> None:
    """A time that is jumped over is the minute after the jump; one that comes twice, the first."""
    schedule = a_schedule(zone=NEW_YORK, at=local)
    assert rules.due_at(schedule, week) == at(due)


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_year_of_a_zone_with_daylight_saving_has_one_slot_a_week(year: int) -> None:
    """No week is doubled and none is left out, over both changes of the clocks."""
    schedule = a_schedule(zone=NEW_YORK, at=time(1, 30))
    start = datetime(year, 1, 10, tzinfo=UTC)
    slots = rules.slots_after(schedule, rules.week_of(schedule, start), start + 51 * rules.WEEK)
    names = [slot.week for slot in slots]
    assert len(set(names)) == len(names) == 51
    assert {slot.due_at.astimezone(NEW_YORK).isoweekday() for slot in slots} == {7}


def test_the_week_is_that_of_the_schedules_zone() -> None:
    """Shortly before midnight in Greenwich the next week has begun in Tokyo."""
    moment = at("2026-11-22 20:00")
    assert rules.week_of(BY_RULE, moment) == WEEK
    assert rules.week_of(a_schedule(zone=ZoneInfo("Asia/Tokyo")), moment) == NEXT_WEEK


def test_a_year_of_53_weeks_goes_over_into_the_first_week_of_the_next() -> None:
    """2026 has 53 ISO weeks."""
    slots = rules.slots_after(BY_RULE, "2026-W52", at("2027-01-05 00:00"))
    assert [slot.week for slot in slots] == ["2026-W53", "2027-W01"]


@pytest.mark.parametrize(("moment", "week"), [(before_noon(seconds=1), WEEK), (NOON, NEXT_WEEK)])
def test_the_next_slot_is_the_first_that_is_due_after_a_moment(moment: datetime, week: str) -> None:
    """At its own moment it is no longer the next."""
    assert rules.next_slot(BY_RULE, moment) == Slot(week, rules.due_at(BY_RULE, week))


def test_there_is_a_slot_to_come_even_right_after_the_last_one() -> None:
    """A plan always reaches into the future."""
    assert [slot.week for slot in rules.slots_after(BY_RULE, WEEK, NOON)] == [NEXT_WEEK]


def slots(*days_ago: float) -> list[Slot]:
    """Slots that were due so many days before noon."""
    return [Slot(f"2026-W{40 - int(days)}", before_noon(days=days)) for days in days_ago]


@pytest.mark.parametrize(
    ("due", "missed"),
    [
        ((1.9,), 0),
        ((2,), 0),
        ((2.1,), 1),
        ((0, 7), 1),
        ((1, 8, 15), 2),
        ((-1, 1), 0),
        ((-7, 3), 1),
        ((), 0),
        ((1, 1.5), 1),
        ((1.5, 1), 1),
        ((0, 1), 1),
        ((-0.001, 1), 0),
        ((0.5, 1, 1.9), 2),
    ],
)
def test_only_the_newest_within_the_time_to_catch_up_still_goes_out(
    due: tuple[float, ...], missed: int
) -> None:
    """What is older is missed, and so is what a newer one has overtaken."""
    given = slots(*due)
    gone = rules.too_late(BY_RULE, given, NOON)
    assert len(gone) == missed
    assert set(gone) == set(sorted(given, key=lambda slot: slot.due_at)[:missed])


def test_the_time_to_catch_up_ends_after_its_last_moment() -> None:
    """To the microsecond; what is given is named once, the one that was due first before."""
    tick = timedelta(microseconds=1)
    last = Slot("2026-W46", NOON - BY_RULE.catch_up)
    older = Slot("2026-W45", last.due_at - tick)
    assert rules.too_late(BY_RULE, [last], NOON) == []
    assert rules.too_late(BY_RULE, [last], NOON + tick) == [last]
    assert rules.too_late(BY_RULE, [last, older], NOON) == [older]
    assert rules.too_late(BY_RULE, [last, older], NOON + tick) == [older, last]


def test_ten_minutes_are_not_late() -> None:
    """A busy worker is no reason for an apology."""
    assert not rules.is_late(NOON, later(minutes=10))
    assert rules.is_late(NOON, later(minutes=10, seconds=1))


WRITING = [
    (BY_LEAD, State.PLANNED, before_noon(hours=48, seconds=1), None, False),
    (BY_LEAD, State.PLANNED, before_noon(hours=48), None, True),
    (BY_LEAD, State.DRAFT, before_noon(hours=2), before_noon(hours=2, minutes=59), False),
    (BY_LEAD, State.DRAFT, before_noon(hours=2), before_noon(hours=3), True),
    (BY_LEAD, State.DRAFT, NOON, before_noon(minutes=1), False),
    (BY_RULE, State.DRAFT, before_noon(minutes=1), before_noon(minutes=2), False),
    (BY_RULE, State.DRAFT, NOON, before_noon(minutes=1), True),
    (BY_RULE, State.DRAFT, later(minutes=4), NOON, False),
    (BY_RULE, State.DRAFT, later(minutes=5), NOON, True),
    (BY_RULE, State.APPROVED, NOON, before_noon(hours=9), False),
    (BY_RULE, State.SENT, NOON, before_noon(hours=9), False),
    (BY_RULE, State.MISSED, NOON, before_noon(hours=9), False),
]


@pytest.mark.parametrize(("schedule", "state", "now", "composed", "wants"), WRITING)
def test_a_text_is_written_two_days_before_and_kept_fresh_until_it_is_approved(
    schedule: Schedule, state: State, now: datetime, composed: datetime | None, wants: bool
) -> None:
    """Hourly; by the rule also at its moment, and every five minutes while it is held."""
    assert rules.wants_text(schedule, state, now, due=NOON, composed=composed) is wants


def test_an_approval_is_bound_to_every_letter_of_every_text() -> None:
    """The order of the networks does not matter; one letter does."""
    texts = {"archive": "a", "mastodon": "b"}
    turned = {"mastodon": "b", "archive": "a"}
    assert rules.digest_of(texts) == rules.digest_of(turned)
    assert rules.digest_of(texts) != rules.digest_of({**texts, "mastodon": "c"})
    assert len(rules.digest_of(texts)) == 64


@pytest.mark.parametrize(("digits", "named"), [(64, True), (24, True), (23, False), (0, False)])
def test_a_text_can_be_named_by_the_first_digits_of_its_hash(digits: int, named: bool) -> None:
    """By enough of them that nobody finds another text, and few enough to be no key."""
    texts = {"archive": "a"}
    assert rules.is_of(texts, rules.digest_of(texts)[:digits]) is named
    assert not rules.is_of({"archive": "b"}, rules.digest_of(texts)[:digits])


WELL = a_snapshot()
BROKEN = a_component(status=ComponentStatus.MAJOR_OUTAGE)


@pytest.mark.parametrize(
    ("snapshot", "held", "reasons"),
    [
        (WELL, False, ()),
        (a_snapshot(chains=()), False, ()),
        (WELL, True, (rules.HELD,)),
        (a_snapshot(chains=(an_unread_standing(),)), False, (rules.UNCHECKED,)),
        (a_snapshot(chains=(a_standing(problem="No."),)), False, (rules.UNCHECKED,)),
        (a_snapshot(addresses="Withheld."), False, ("Withheld.",)),
        (a_snapshot(as_of=before_noon(hours=2, seconds=1)), False, (rules.OLD_FIGURES,)),
        (
            a_snapshot(chains=(a_standing(checked_at=before_noon(hours=3)),)),
            False,
            (rules.OLD_FIGURES,),
        ),
        (a_snapshot(as_of=before_noon(hours=2)), False, ()),
        (a_snapshot(chains=(a_standing(checked_at=before_noon(hours=2)),)), False, ()),
        (
            a_snapshot(chains=(a_standing(), an_unread_standing())),
            True,
            (rules.HELD, rules.UNCHECKED),
        ),
        (
            a_snapshot(
                chains=(a_standing(), a_standing(checked_at=before_noon(hours=2, seconds=1)))
            ),
            False,
            (rules.OLD_FIGURES,),
        ),
        (
            a_snapshot(components=(a_component(status=ComponentStatus.PARTIAL_OUTAGE),)),
            False,
            (),
        ),
        (a_snapshot(components=(a_component(), BROKEN)), False, (rules.OUTAGE,)),
        (a_snapshot(components=(BROKEN,)), False, (rules.OUTAGE,)),
        (
            a_snapshot(components=(BROKEN,), addresses="Withheld."),
            False,
            ("Withheld.", rules.OUTAGE),
        ),
    ],
)
def test_the_rule_approves_only_what_is_fresh_checked_and_trusted(
    snapshot: Snapshot, held: bool, reasons: tuple[str, ...]
) -> None:
    """Everything else waits for a lead, with the reason."""
    assert rules.reasons_to_wait(BY_RULE, snapshot, NOON, held=held) == reasons


@pytest.mark.parametrize("held", [False, True])
def test_with_approval_by_a_lead_the_rule_approves_nothing(held: bool) -> None:
    """However well everything is."""
    found = rules.reasons_to_wait(BY_LEAD, WELL, NOON, held=held)
    assert found == ((rules.HELD, rules.NEEDS_LEAD) if held else (rules.NEEDS_LEAD,))


@pytest.mark.parametrize(
    ("schedule", "held", "reasons"),
    [
        (BY_RULE, False, ("It moved.",)),
        (BY_RULE, True, ("It moved.", rules.HELD)),
        (BY_LEAD, False, ("It moved.", rules.NEEDS_LEAD)),
        (BY_LEAD, True, ("It moved.", rules.HELD, rules.NEEDS_LEAD)),
    ],
)
def test_where_the_approval_of_a_person_ended_a_person_approves_anew(
    schedule: Schedule, held: bool, reasons: tuple[str, ...]
) -> None:
    """Why it ended stands first, before everything that the rule would find."""
    found = rules.reasons_to_wait(schedule, WELL, NOON, held=held, departed="It moved.")
    assert found == reasons
    broken = a_snapshot(components=(BROKEN,))
    worse = rules.reasons_to_wait(schedule, broken, NOON, held=held, departed="It moved.")
    assert worse == (reasons if schedule is BY_LEAD else (*reasons, rules.OUTAGE))


@pytest.mark.parametrize(
    ("now", "stage", "severity"),
    [
        (before_noon(hours=24), "24h", Severity.WARNING),
        (before_noon(hours=2, seconds=1), "24h", Severity.WARNING),
        (before_noon(hours=2), "2h", Severity.HIGH),
        (later(minutes=9), "2h", Severity.HIGH),
        (later(minutes=10), "due", Severity.HIGH),
        (later(hours=40), "due", Severity.HIGH),
    ],
)
def test_who_has_to_approve_is_told_a_day_and_two_hours_before_and_once_it_was_due(
    now: datetime, stage: str, severity: Severity
) -> None:
    """One alert for each stage; the key keeps it to one."""
    alert = rules.reminder(Slot(WEEK, NOON), rules.NEEDS_LEAD, now)
    assert alert is not None
    assert alert.dedupe_key == f"heartbeat.waits:{WEEK}:{stage}"
    assert alert.severity is severity
    assert ("was due" if now > NOON else "is due") in alert.summary
    assert rules.NEEDS_LEAD in alert.summary


def test_nobody_is_reminded_earlier() -> None:
    """Until a day before there is time."""
    early = before_noon(hours=24, seconds=1)
    assert rules.reminder(Slot(WEEK, NOON), rules.NEEDS_LEAD, early) is None


def test_a_reminder_is_no_longer_than_an_alert_may_be() -> None:
    """Many reasons are cut, not refused."""
    alert = rules.reminder(Slot(WEEK, NOON), "A reason. " * 60, NOON)
    assert alert is not None
    assert len(alert.summary) == 300
    assert alert.summary.endswith("…")


def test_a_missed_week_is_the_most_urgent_alert() -> None:
    """Once for each week."""
    alert = rules.missed_alert(Slot(WEEK, NOON), NOON + timedelta(hours=49))
    assert (alert.kind, alert.severity) == (Kind.HEARTBEAT_MISSED, Severity.CRITICAL)
    assert alert.dedupe_key == f"heartbeat.missed:{WEEK}"
    assert "22 Nov 2026, 12:00 UTC" in alert.summary
