"""The arithmetic and the state machine of an SLA clock.

Pure: values in, values out; every instant is aware and in UTC. A first-response clock runs for
48 elapsed hours from the acceptance of a ticket to the first public reply by a human agent and
never pauses (docs/design.md, 10). A clock is judged whenever something is written to its
ticket, and by the minute sweep as the safety net; both call `judge`.

States: running -> met | breached | cancelled. A breach is set once and never cleared: a late reply
adds `met_at`, a later close adds `cancelled_at`, the state stays breached. Only a withdrawal
(spam, duplicate) takes a breached clock out of the figures, and the history keeps the breach.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

FIRST_RESPONSE = "first_response"
"""The metric that this desk promises: acceptance to first public reply by a human agent."""

FULL = 100
"""The percentage at which a clock breaches."""


class ClockState(StrEnum):
    """Where a clock stands, as the row keeps it."""

    RUNNING = "running"
    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"


class CancelReason(StrEnum):
    """Why a clock ended without a reply."""

    CLOSED_BY_AGENT = "closed_by_agent"
    CLOSED_BY_REQUESTER = "closed_by_requester"
    SPAM = "spam"
    DUPLICATE = "duplicate"


WITHDRAWN = frozenset({CancelReason.SPAM, CancelReason.DUPLICATE})
"""Reasons that take a clock out of adherence even after its breach: no holder waited on it."""


class EventKind(StrEnum):
    """What can happen to a clock; each becomes one row of history."""

    ACTIVATE = "sla.activate"
    AT_RISK = "sla.at_risk"
    BREACH = "sla.breach"
    FULFIL = "sla.fulfil"
    CANCEL = "sla.cancel"


@dataclass(frozen=True, slots=True)
class Policy:
    """A promise as configured: how long, and at which percentages somebody is warned.

    `at_risk_percent` rises, each strictly between 0 and 100.
    """

    name: str
    metric: str
    target: timedelta
    at_risk_percent: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse a policy that could not be kept."""
        if self.target <= timedelta(0):
            raise ValueError("the target has to be longer than nothing")
        if list(self.at_risk_percent) != sorted(set(self.at_risk_percent)):
            rising = ", ".join(map(str, sorted(set(self.at_risk_percent))))
            raise ValueError(f"at-risk percentages have to rise; write [{rising}]")
        if any(not 0 < percent < FULL for percent in self.at_risk_percent):
            raise ValueError("at-risk percentages lie between 0 and 100")

    def marks(self) -> tuple[int, ...]:
        """All percentages at which something happens, the breach last."""
        return (*self.at_risk_percent, FULL)


@dataclass(frozen=True, slots=True)
class ClockValue:
    """One clock as a value. `mark` is the highest percentage already announced, 0 at first."""

    policy: Policy
    started_at: datetime
    due_at: datetime
    state: ClockState = ClockState.RUNNING
    mark: int = 0
    met_at: datetime | None = None
    breached_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: CancelReason | None = None

    @property
    def awaiting(self) -> bool:
        """Whether a reply would still end this clock: running, or breached and unanswered."""
        return (
            self.state in {ClockState.RUNNING, ClockState.BREACHED}
            and self.met_at is None
            and self.cancelled_at is None
        )


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One thing that happened to a clock. `at` is when it happened, not when it was noticed."""

    kind: EventKind
    at: datetime
    percent: int = 0
    reason: CancelReason | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """A clock after a look at it, with what was found, oldest first."""

    clock: ClockValue
    events: tuple[ClockEvent, ...] = ()


def start(policy: Policy, at: datetime) -> Judgement:
    """Start a clock at an aware instant; the due time is elapsed time, added in UTC.

    Raises:
        ValueError: the instant has no time zone.
    """
    begun = _utc(at)
    clock = ClockValue(policy=policy, started_at=begun, due_at=begun + policy.target)
    return Judgement(clock, (ClockEvent(EventKind.ACTIVATE, begun),))


def instant_of(clock: ClockValue, percent: int) -> datetime:
    """The moment at which a percentage of the target has passed; 100 gives the due time."""
    return clock.started_at + clock.policy.target * percent / FULL


def next_change_at(clock: ClockValue) -> datetime | None:
    """When the clock next changes by itself, or None. The sweep's partial index holds this."""
    if clock.state is not ClockState.RUNNING:
        return None
    coming = next(mark for mark in clock.policy.marks() if mark > clock.mark)
    return instant_of(clock, coming)


def judge(clock: ClockValue, now: datetime) -> Judgement:
    """Find what time alone has done to a clock: marks reached, and the breach.

    This is where a breach is decided: a clock that still runs after its due time is breached, at
    its due time. Exactly at the due time a reply still meets it, so equality is no breach.
    """
    if clock.state is not ClockState.RUNNING:
        return Judgement(clock)
    moment = _utc(now)
    events: list[ClockEvent] = []
    for percent in clock.policy.at_risk_percent:
        if clock.mark < percent and instant_of(clock, percent) <= moment:
            clock = replace(clock, mark=percent)
            events.append(ClockEvent(EventKind.AT_RISK, instant_of(clock, percent), percent))
    if moment > clock.due_at:
        clock = replace(clock, state=ClockState.BREACHED, mark=FULL, breached_at=clock.due_at)
        events.append(ClockEvent(EventKind.BREACH, clock.due_at, FULL))
    return Judgement(clock, tuple(events))


def fulfil(clock: ClockValue, at: datetime) -> Judgement:
    """End a clock by the first public reply of a human agent, given at an instant.

    On time it is met; late it stays breached and remembers when the answer came. A clock that
    awaits nothing is left as it is.
    """
    judged = judge(clock, at)
    clock = judged.clock
    if not clock.awaiting:
        return judged
    moment = _utc(at)
    late = clock.state is ClockState.BREACHED
    state = ClockState.BREACHED if late else ClockState.MET
    return Judgement(
        replace(clock, state=state, met_at=moment),
        (*judged.events, ClockEvent(EventKind.FULFIL, moment, late=late)),
    )


def cancel(clock: ClockValue, at: datetime, reason: CancelReason) -> Judgement:
    """End a clock without a reply. It never counts as met, and a breach stays a breach.

    A clock that was met is left alone unless the ticket is withdrawn as spam or duplicate.
    """
    judged = judge(clock, at)
    clock = judged.clock
    withdrawn = reason in WITHDRAWN and clock.cancel_reason not in WITHDRAWN
    if not clock.awaiting and not withdrawn:
        return judged
    moment = _utc(at)
    state = ClockState.CANCELLED if clock.state is ClockState.RUNNING else clock.state
    return Judgement(
        replace(clock, state=state, cancelled_at=moment, cancel_reason=reason),
        (*judged.events, ClockEvent(EventKind.CANCEL, moment, reason=reason)),
    )


def resume(clock: ClockValue, at: datetime) -> Judgement:
    """Take a cancellation back: staff ended the ticket by mistake, and the holder still waits.

    The same clock runs on from where it began, so a mistake cannot buy time; what fell due in
    between is found at once. A clock that was answered counts again as it did before it was
    withdrawn, so that nobody loses a breach that way. One never cancelled is left as it is.
    """
    if clock.cancelled_at is None:
        return Judgement(clock)
    back = replace(clock, cancelled_at=None, cancel_reason=None)
    taken_back = ClockEvent(EventKind.ACTIVATE, _utc(at))
    if clock.met_at is not None:
        late = clock.state is ClockState.BREACHED
        return Judgement(back, (taken_back, ClockEvent(EventKind.FULFIL, clock.met_at, late=late)))
    state = ClockState.BREACHED if clock.breached_at else ClockState.RUNNING
    judged = judge(replace(back, state=state), at)
    return Judgement(judged.clock, (taken_back, *judged.events))


def counts_in_adherence(clock: ClockValue) -> bool:
    """Whether a clock belongs to the figures at all: met or breached, and not withdrawn."""
    return (
        clock.state in {ClockState.MET, ClockState.BREACHED}
        and clock.cancel_reason not in WITHDRAWN
    )


def is_overdue(clock: ClockValue, now: datetime) -> bool:
    """Whether somebody is waiting beyond the promise right now, whether swept yet or not."""
    return clock.awaiting and _utc(now) > clock.due_at


@dataclass(frozen=True, slots=True)
class Adherence:
    """Met and breached clocks of a window of due times (docs/sla.md)."""

    met: int
    breached: int

    @property
    def judged(self) -> int:
        """How many clocks the share rests on."""
        return self.met + self.breached

    @property
    def share(self) -> float | None:
        """Met by met and breached, 0 to 1; None where nothing was due, never a made-up 100 %."""
        return self.met / self.judged if self.judged else None


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)
