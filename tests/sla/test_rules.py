"""The first-response clock, as a specification.

It runs for 48 elapsed hours from acceptance to the first public reply of a human agent. A reply
exactly at the due time meets it. Nothing pauses it; closing cancels it and never meets it; a
breach is recorded once, at the due time, and stays.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustops.sla import rules as sla
from trustops.sla.rules import CancelReason, ClockState, EventKind

POLICY = sla.Policy("first-response-48h", sla.FIRST_RESPONSE, timedelta(hours=48), (75, 90))
START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

instants = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(UTC)
)
offsets = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30))


def running() -> sla.ClockValue:
    """A clock that began at noon."""
    return sla.start(POLICY, START).clock


def kinds(judged: sla.Judgement) -> list[EventKind]:
    """What a judgement found, in order."""
    return [found.kind for found in judged.events]


def after(hours: float) -> datetime:
    """So many hours after the clock began."""
    return START + timedelta(hours=hours)


def test_a_clock_is_due_48_elapsed_hours_after_it_began() -> None:
    """The start is remembered, the due time follows, and one event says so."""
    judged = sla.start(POLICY, START)
    assert judged.clock.due_at == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert judged.clock.state is ClockState.RUNNING
    assert kinds(judged) == [EventKind.ACTIVATE]


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        ("America/New_York", datetime(2026, 3, 7, 12, 0)),
        ("America/New_York", datetime(2026, 10, 31, 12, 0)),
        ("Europe/Berlin", datetime(2026, 3, 28, 23, 30)),
        ("Europe/Berlin", datetime(2026, 10, 24, 23, 30)),
        ("Asia/Seoul", datetime(2026, 3, 7, 12, 0)),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 12, 0)),
    ],
)
def test_daylight_saving_neither_lengthens_nor_shortens_the_promise(
    zone: str, local: datetime
) -> None:
    """Local arithmetic over these nights gives 47 or 49 hours; the promise is 48."""
    begun = local.replace(tzinfo=ZoneInfo(zone))
    clock = sla.start(POLICY, begun).clock
    assert clock.due_at - begun.astimezone(UTC) == timedelta(hours=48)
    assert clock.due_at.tzinfo is UTC


def test_an_instant_without_a_time_zone_is_refused() -> None:
    """A naive instant is a defect of the caller, found at once."""
    with pytest.raises(ValueError, match="time zone"):
        sla.start(POLICY, datetime(2026, 11, 22, 12, 0))


@pytest.mark.parametrize(
    ("hours", "found", "mark"),
    [
        (0, [], 0),
        (35.99, [], 0),
        (36, [EventKind.AT_RISK], 75),
        (43.19, [EventKind.AT_RISK], 75),
        (43.2, [EventKind.AT_RISK, EventKind.AT_RISK], 90),
        (48, [EventKind.AT_RISK, EventKind.AT_RISK], 90),
        (48.0001, [EventKind.AT_RISK, EventKind.AT_RISK, EventKind.BREACH], 100),
        (5000, [EventKind.AT_RISK, EventKind.AT_RISK, EventKind.BREACH], 100),
    ],
)
def test_time_alone_puts_a_clock_at_risk_and_then_breaches_it(
    hours: float, found: list[EventKind], mark: int
) -> None:
    """75 % is 36 h, 90 % is 43.2 h; at 48 h sharp it is not breached, right after it is."""
    judged = sla.judge(running(), after(hours))
    assert kinds(judged) == found
    assert judged.clock.mark == mark


def test_a_breach_happened_at_the_due_time_however_late_it_is_noticed() -> None:
    """A sweep that was down for a day does not move the breach."""
    judged = sla.judge(running(), after(72))
    assert judged.clock.breached_at == after(48)
    assert judged.events[-1].at == after(48)


def test_a_second_look_finds_nothing_new() -> None:
    """Each mark and the breach are found once."""
    once = sla.judge(running(), after(60)).clock
    assert sla.judge(once, after(61)) == sla.Judgement(once)


def test_a_reply_exactly_at_the_due_time_meets_the_clock() -> None:
    """Equality is met."""
    judged = sla.fulfil(running(), after(48))
    assert judged.clock.state is ClockState.MET
    assert judged.clock.met_at == after(48)


def test_a_reply_a_microsecond_late_is_judged_at_once_and_not_by_the_next_sweep() -> None:
    """The write itself finds the breach, keeps it, and remembers when the answer came."""
    moment = after(48) + timedelta(microseconds=1)
    judged = sla.fulfil(running(), moment)
    assert kinds(judged)[-2:] == [EventKind.BREACH, EventKind.FULFIL]
    assert judged.events[-1].late
    assert judged.clock.state is ClockState.BREACHED
    assert judged.clock.met_at == moment


def test_a_second_reply_changes_nothing() -> None:
    """Only the first public reply ends the clock."""
    met = sla.fulfil(running(), after(1)).clock
    assert sla.fulfil(met, after(2)) == sla.Judgement(met)


@pytest.mark.parametrize("reason", [CancelReason.CLOSED_BY_AGENT, CancelReason.CLOSED_BY_REQUESTER])
def test_closing_without_a_reply_cancels_and_does_not_meet(reason: CancelReason) -> None:
    """It leaves the figures, with its reason kept, and can be counted apart."""
    judged = sla.cancel(running(), after(1), reason)
    assert judged.clock.state is ClockState.CANCELLED
    assert judged.clock.cancel_reason is reason
    assert judged.clock.met_at is None
    assert not sla.counts_in_adherence(judged.clock)


def test_closing_after_the_due_time_does_not_hide_the_breach() -> None:
    """The breach is found first; the clock stays breached and stays in the figures."""
    judged = sla.cancel(running(), after(49), CancelReason.CLOSED_BY_AGENT)
    assert judged.clock.state is ClockState.BREACHED
    assert sla.counts_in_adherence(judged.clock)
    assert not judged.clock.awaiting


@pytest.mark.parametrize("reason", sorted(sla.WITHDRAWN))
@pytest.mark.parametrize("hours", [1, 49])
def test_spam_and_duplicates_leave_the_figures_even_after_a_breach(
    reason: CancelReason, hours: float
) -> None:
    """No holder waited on them; the history keeps the breach all the same."""
    judged = sla.cancel(running(), after(hours), reason)
    assert not sla.counts_in_adherence(judged.clock)
    assert (judged.clock.breached_at is not None) == (hours > 48)


def test_a_met_clock_is_not_cancelled_by_closing_but_is_withdrawn_as_spam() -> None:
    """Closing an answered ticket says nothing about the promise; calling it spam does."""
    met = sla.fulfil(running(), after(1)).clock
    assert sla.cancel(met, after(2), CancelReason.CLOSED_BY_AGENT) == sla.Judgement(met)
    withdrawn = sla.cancel(met, after(2), CancelReason.SPAM)
    assert withdrawn.clock.state is ClockState.MET
    assert not sla.counts_in_adherence(withdrawn.clock)
    again = sla.cancel(withdrawn.clock, after(3), CancelReason.SPAM)
    assert again.events == ()


def test_taking_an_ending_back_runs_the_same_clock_on() -> None:
    """A mistake of staff buys no time: the due time stays where it was."""
    ended = sla.cancel(running(), after(10), CancelReason.SPAM).clock
    resumed = sla.resume(ended, after(20))
    assert resumed.clock == running()
    assert kinds(resumed) == [EventKind.ACTIVATE]


def test_what_fell_due_while_a_ticket_was_wrongly_ended_is_found_on_resuming() -> None:
    """The holder waited all the same."""
    ended = sla.cancel(running(), after(10), CancelReason.CLOSED_BY_AGENT).clock
    resumed = sla.resume(ended, after(50))
    assert resumed.clock.state is ClockState.BREACHED
    assert resumed.clock.breached_at == after(48)


def test_a_breached_clock_that_is_resumed_breaches_no_second_time() -> None:
    """One breach, one event, one alert."""
    ended = sla.cancel(running(), after(49), CancelReason.CLOSED_BY_AGENT).clock
    resumed = sla.resume(ended, after(60))
    assert kinds(resumed) == [EventKind.ACTIVATE]
    assert resumed.clock.awaiting


def test_an_answered_or_running_clock_cannot_be_resumed() -> None:
    """There is nothing to take back."""
    met = sla.fulfil(running(), after(1)).clock
    assert sla.resume(met, after(2)) == sla.Judgement(met)
    assert sla.resume(running(), after(2)) == sla.Judgement(running())


@pytest.mark.parametrize("hours", [10, 60])
def test_an_answered_clock_that_was_withdrawn_by_mistake_counts_as_it_did_before(
    hours: float,
) -> None:
    """Calling a ticket spam and taking that back makes no late answer disappear."""
    answered = sla.fulfil(running(), after(hours)).clock
    withdrawn = sla.cancel(answered, after(61), CancelReason.SPAM).clock
    assert not sla.counts_in_adherence(withdrawn)
    back = sla.resume(withdrawn, after(62))
    assert back.clock == answered
    assert sla.counts_in_adherence(back.clock)
    assert kinds(back) == [EventKind.ACTIVATE, EventKind.FULFIL]
    assert [event.late for event in back.events] == [False, hours == 60]


def test_the_next_change_is_the_next_mark_and_then_nothing() -> None:
    """This is the moment that the sweep's partial index holds."""
    clock = running()
    assert sla.next_change_at(clock) == after(36)
    assert sla.next_change_at(sla.judge(clock, after(36)).clock) == after(43.2)
    assert sla.next_change_at(sla.judge(clock, after(44)).clock) == after(48)
    assert sla.next_change_at(sla.judge(clock, after(49)).clock) is None
    assert sla.next_change_at(sla.fulfil(clock, after(1)).clock) is None


def test_overdue_now_is_derived_and_ends_with_an_answer_while_the_breach_stays() -> None:
    """Breached is history; overdue is the present."""
    late = sla.judge(running(), after(50)).clock
    assert sla.is_overdue(late, after(50))
    assert sla.is_overdue(running(), after(50))
    assert not sla.is_overdue(running(), after(48))
    answered = sla.fulfil(late, after(51)).clock
    assert not sla.is_overdue(answered, after(52))
    assert answered.state is ClockState.BREACHED


def test_adherence_is_met_by_met_and_breached_and_unknown_where_nothing_was_due() -> None:
    """No tickets is not 100 %."""
    assert sla.Adherence(9, 1).share == pytest.approx(0.9)
    assert sla.Adherence(9, 1).judged == 10
    assert sla.Adherence(0, 0).share is None


@pytest.mark.parametrize(
    ("target", "marks", "words"),
    [
        (timedelta(0), (75,), "longer"),
        (timedelta(hours=1), (90, 75), "rise"),
        (timedelta(hours=1), (75, 75), "rise"),
        (timedelta(hours=1), (0,), "between"),
        (timedelta(hours=1), (100,), "between"),
    ],
)
def test_a_policy_that_cannot_be_kept_is_refused(
    target: timedelta, marks: tuple[int, ...], words: str
) -> None:
    """Whoever writes the file is told why."""
    with pytest.raises(ValueError, match=words):
        sla.Policy("p", sla.FIRST_RESPONSE, target, marks)


@given(begun=instants, looks=st.lists(offsets, min_size=1, max_size=12))
def test_however_often_somebody_looks_each_mark_is_found_once(
    begun: datetime, looks: list[timedelta]
) -> None:
    """Law: the events of many looks are the events of one look at the end."""
    clock = sla.start(POLICY, begun).clock
    found: list[sla.ClockEvent] = []
    for offset in sorted(looks):
        judged = sla.judge(clock, begun + offset)
        clock, found = judged.clock, [*found, *judged.events]
    one_look = sla.judge(sla.start(POLICY, begun).clock, begun + max(looks))
    assert clock == one_look.clock
    assert tuple(found) == one_look.events


@given(begun=instants, answered=offsets, swept=offsets)
def test_a_reply_is_judged_by_its_own_time_whether_a_sweep_came_before_or_not(
    begun: datetime, answered: timedelta, swept: timedelta
) -> None:
    """Law: the sweep is a safety net and never changes the verdict."""
    clock = sla.start(POLICY, begun).clock
    with_sweep = sla.judge(clock, begun + min(swept, answered)).clock
    plain = sla.fulfil(clock, begun + answered).clock
    assert sla.fulfil(with_sweep, begun + answered).clock == plain
    assert (plain.state is ClockState.MET) == (answered <= timedelta(hours=48))


@given(begun=instants, steps=st.lists(st.sampled_from(["judge", "fulfil", "cancel", "resume"])))
def test_a_breach_is_never_cleared(begun: datetime, steps: list[str]) -> None:
    """Law: whatever is done afterwards, a breach stays with its time."""
    clock = sla.judge(sla.start(POLICY, begun).clock, begun + timedelta(hours=49)).clock
    now = begun + timedelta(hours=50)
    for step in steps:
        now += timedelta(hours=1)
        acts = {
            "judge": sla.judge,
            "fulfil": sla.fulfil,
            "cancel": lambda c, at: sla.cancel(c, at, CancelReason.SPAM),
            "resume": sla.resume,
        }
        clock = acts[step](clock, now).clock
    assert clock.state is ClockState.BREACHED
    assert clock.breached_at == begun + timedelta(hours=48)


@given(begun=instants, hours=st.integers(-12, 14))
def test_the_zone_in_which_an_instant_is_written_does_not_matter(
    begun: datetime, hours: int
) -> None:
    """Law: the same moment gives the same clock."""
    elsewhere = begun.astimezone(timezone(timedelta(hours=hours)))
    assert sla.start(POLICY, elsewhere) == sla.start(POLICY, begun)


def test_a_policy_without_warnings_only_breaches() -> None:
    """At-risk percentages are a choice of whoever runs the desk."""
    bare = replace(POLICY, at_risk_percent=())
    clock = sla.start(bare, START).clock
    assert sla.next_change_at(clock) == after(48)
    assert kinds(sla.judge(clock, after(49))) == [EventKind.BREACH]
