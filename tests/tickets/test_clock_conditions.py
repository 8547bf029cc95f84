"""The database counts clocks by the rules: over the same clocks both say the same of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import ColumnElement, Engine, select
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.factories import a_ticket
from trustops.db import start_writing
from trustops.sla import rules as sla
from trustops.sla.rules import CancelReason, ClockState
from trustops.tickets import clock_conditions as conditions
from trustops.tickets.clocks import policy_to_json
from trustops.tickets.models import SlaClock

POLICY = sla.Policy("first-response-48h", sla.FIRST_RESPONSE, timedelta(hours=48), (75, 90))
TICK = timedelta(microseconds=1)
LATEST = timedelta(days=6)

Step = Callable[[sla.ClockValue, datetime], sla.Judgement]
Rule = Callable[[sla.ClockValue, datetime], bool]

offsets = st.one_of(
    st.sampled_from([POLICY.target - TICK, POLICY.target, POLICY.target + TICK]),
    st.timedeltas(min_value=timedelta(0), max_value=LATEST),
)
"""When something happens after a clock began; the due time and its neighbours above all."""

steps = st.one_of(
    st.just(sla.judge),
    st.just(sla.fulfil),
    st.just(sla.resume),
    st.sampled_from(CancelReason).map(
        lambda reason: lambda clock, at: sla.cancel(clock, at, reason),
    ),
)


@st.composite
def clocks(draw: st.DrawFn) -> sla.ClockValue:
    """A clock that began within a week, and to which up to four things happened in their order."""
    begun = NOON + draw(st.timedeltas(min_value=-LATEST, max_value=timedelta(0)))
    clock = sla.start(POLICY, begun).clock
    happened = draw(st.lists(st.tuples(offsets, steps), max_size=4))
    for offset, step in sorted(happened, key=lambda one: one[0]):
        clock = step(clock, begun + offset).clock
    return clock


def judged(clock: sla.ClockValue, now: datetime) -> sla.ClockValue:
    """A clock as a look at it now finds it."""
    return sla.judge(clock, now).clock


TWINS: list[tuple[Callable[[datetime], ColumnElement[bool]], Rule]] = [
    (lambda _: conditions.awaiting(), lambda clock, _: clock.awaiting),
    (conditions.is_overdue, sla.is_overdue),
    (lambda _: conditions.is_met(), lambda clock, _: clock.state is ClockState.MET),
    (
        conditions.is_breached,
        lambda clock, now: judged(clock, now).state is ClockState.BREACHED,
    ),
    (
        lambda _: conditions.is_not_withdrawn(),
        lambda clock, _: clock.cancel_reason not in sla.WITHDRAWN,
    ),
    (
        conditions.counts_in_adherence,
        lambda clock, now: sla.counts_in_adherence(judged(clock, now)),
    ),
]
"""Each condition with its rule."""


def written(session: Session, values: Sequence[sla.ClockValue]) -> dict[int, sla.ClockValue]:
    """Rows for some clocks, by key."""
    ticket = a_ticket(session)
    rows = [
        SlaClock(
            ticket_id=ticket.id,
            metric=POLICY.metric,
            cycle=number,
            policy=policy_to_json(value.policy),
            started_at=value.started_at,
            due_at=value.due_at,
            state=value.state,
            mark=value.mark,
            met_at=value.met_at,
            breached_at=value.breached_at,
            cancelled_at=value.cancelled_at,
            cancel_reason=value.cancel_reason,
            next_change_at=sla.next_change_at(value),
        )
        for number, value in enumerate(values, 2)
    ]
    session.add_all(rows)
    session.flush()  # their keys are what answers are compared by
    return {row.id: value for row, value in zip(rows, values, strict=True)}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    values=st.lists(clocks(), min_size=1, max_size=12),
    offset=st.one_of(st.sampled_from([-TICK, timedelta(0), TICK]), st.timedeltas(-LATEST, LATEST)),
)
def test_both_say_the_same_of_every_clock(
    engine: Engine, values: list[sla.ClockValue], offset: timedelta
) -> None:
    """`now` lies about the due time of the first one, where a border would show."""
    now = values[0].due_at + offset
    with Session(engine) as session:
        start_writing(session)
        clocks_by_key = written(session, values)
        for condition, rule in TWINS:
            counted = select(SlaClock.id).where(SlaClock.id.in_(clocks_by_key), condition(now))
            said = {key for key, clock in clocks_by_key.items() if rule(clock, now)}
            assert set(session.scalars(counted)) == said
        session.rollback()


@pytest.mark.parametrize("number", range(len(TWINS)))
def test_no_pair_says_the_same_of_everything(number: int) -> None:
    """So that the comparison above compares something: each rule holds for one clock of these."""
    running = sla.start(POLICY, NOON).clock
    late = running.due_at + TICK
    some = [
        running,
        sla.fulfil(running, NOON).clock,
        sla.fulfil(running, late).clock,
        sla.cancel(running, NOON, CancelReason.SPAM).clock,
    ]
    answers = {TWINS[number][1](clock, late) for clock in some}
    assert answers == {True, False}
