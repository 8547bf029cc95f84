"""The rules of a clock as conditions on its row, so that a database can count by them.

Each function is the twin of a rule of `sla.rules`, which is the one that decides; whoever changes
one changes the other. `tests/tickets/test_clock_conditions.py` runs both over the same clocks.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_

from trustops.sla.rules import WITHDRAWN, ClockState
from trustops.tickets.models import SlaClock


def awaiting() -> ColumnElement[bool]:
    """`ClockValue.awaiting`: a reply would still end this clock."""
    return and_(SlaClock.met_at.is_(None), SlaClock.cancelled_at.is_(None))


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """`sla.rules.is_overdue` at an aware instant, whether swept yet or not."""
    return and_(awaiting(), SlaClock.due_at < now)


def is_met() -> ColumnElement[bool]:
    """Answered in time: the state that `sla.rules.fulfil` gives; a late answer is a breach."""
    return SlaClock.state == ClockState.MET


def is_breached(now: datetime) -> ColumnElement[bool]:
    """What `sla.rules.judge` finds breached at an aware instant, whether swept yet or not."""
    return or_(
        SlaClock.state == ClockState.BREACHED,
        and_(SlaClock.state == ClockState.RUNNING, SlaClock.due_at < now),
    )


def is_not_withdrawn() -> ColumnElement[bool]:
    """A holder waited on this clock; one that was called spam or a duplicate is in no figure."""
    return or_(SlaClock.cancel_reason.is_(None), SlaClock.cancel_reason.not_in(sorted(WITHDRAWN)))


def counts_in_adherence(now: datetime) -> ColumnElement[bool]:
    """`sla.rules.counts_in_adherence` of a clock as `judge` finds it at an aware instant."""
    return and_(or_(is_met(), is_breached(now)), is_not_withdrawn())
