"""What a pack means and what events add up to. Pure.

Amounts are whole numbers of a token's smallest unit; a division rounds down, as contracts do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from trustops.alerts.rules import Kind, NewAlert, Severity
from trustops.content.chain_names import chain_shown

UNREAD_AFTER = timedelta(minutes=10)
"""So long a chain may go unread before pages say so and operations hear of it."""

MIGRATE = "migrate"
UNMIGRATE = "unmigrate"
SIGNS: Mapping[str, int] = MappingProxyType({MIGRATE: 1, UNMIGRATE: -1})
"""What an event of each direction does to the sum of migrated old tokens."""


class State(StrEnum):
    """How the last attempt to read a chain went."""

    WAITING = "waiting"
    READING = "reading"
    GOOD = "good"
    FAILED = "failed"
    CONFLICT = "conflict"
    NOT_SET_UP = "not-set-up"


@dataclass(frozen=True, slots=True)
class Rate:
    """The ratio of a pack with the decimals of both tokens."""

    numerator: int
    denominator: int
    old_decimals: int
    new_decimals: int

    def new_for(self, old: int) -> int:
        """New smallest units for old ones."""
        up = old * self.numerator * _ten_to(self.new_decimals)
        return up // (self.denominator * _ten_to(self.old_decimals))

    def old_for(self, new: int) -> int:
        """Old smallest units for new ones."""
        up = new * self.denominator * _ten_to(self.old_decimals)
        return up // (self.numerator * _ten_to(self.new_decimals))


@dataclass(frozen=True, slots=True)
class Sums:
    """What events add up to: old tokens both ways, and new tokens less those that came back."""

    migrated: int = 0
    unmigrated: int = 0
    issued: int = 0
    events: int = 0

    @property
    def net(self) -> int:
        """Old tokens migrated and not back."""
        return self.migrated - self.unmigrated

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.migrated + other.migrated,
            self.unmigrated + other.unmigrated,
            self.issued + other.issued,
            self.events + other.events,
        )


@dataclass(frozen=True, slots=True)
class Move:
    """One event as sums see it; `day` is that of its block, in UTC."""

    direction: str
    old_amount: int
    new_amount: int
    day: date


def _ten_to(power: int) -> int:
    return int(10**power)


def sums_of(moves: Iterable[Move]) -> Sums:
    """What moves add up to."""
    total = Sums()
    for move in moves:
        sign = SIGNS[move.direction]
        there, back = (move.old_amount, 0) if sign > 0 else (0, move.old_amount)
        total += Sums(there, back, sign * move.new_amount, 1)
    return total


def net_by_day(moves: Iterable[Move]) -> dict[date, int]:
    """Net migrated old tokens of each day."""
    days: dict[date, int] = {}
    for move in moves:
        moved = SIGNS[move.direction] * move.old_amount
        days[move.day] = days.get(move.day, 0) + moved
    return days


def contradiction(sums: Sums, in_sink: int | None) -> str:
    """Why sums cannot be right beside what the sink holds; empty where nothing speaks against."""
    if sums.net < 0:
        return "More tokens came back than were ever migrated."
    if in_sink is not None and in_sink < sums.net:
        return "The contract holds fewer old tokens than its events add up to."
    return ""


def window_state(state: str | None, opens: date | None, closes: date | None, now: datetime) -> str:
    """`open`, `closed`, `not-started` or `unknown`, by the state that is given, else by dates.

    A day without a time counts from its first moment in UTC, and as a last day to its end.
    """
    if state is not None:
        return state
    if closes is not None and now >= _moment(closes, last=True):
        return "closed"
    if opens is None:
        return "unknown"
    return "open" if now >= _moment(opens, last=False) else "not-started"


def _moment(given: date, *, last: bool) -> datetime:
    if isinstance(given, datetime):
        return given
    day = given + timedelta(days=1) if last else given
    return datetime.combine(day, time(), UTC)


def status_on_chain(meaning: Mapping[str, str], answer: object) -> str:
    """The word for what a contract answered; `unknown` for an answer without a word."""
    text = str(answer).lower() if isinstance(answer, bool) else str(answer)
    return meaning.get(text, "unknown")


def problem(title: str, state: State, *, good_at: datetime | None, now: datetime) -> str:
    """What the public reads of a chain that is not read well; empty while it is.

    Args:
        title: the name of the chain.
        state: how the last attempt went.
        good_at: when the last good read was.
        now: the present, aware.
    """
    sentences = {
        State.WAITING: f"We have not read {title} yet.",
        State.READING: f"We are still reading the history of {title}. The figures come after it.",
        State.FAILED: f"We could not check {title} right now.",
        State.CONFLICT: f"We stopped reading {title}: a block that was final has changed. "
        "A person is looking into it.",
        State.NOT_SET_UP: f"{title} is not set up here, so we do not read it.",
    }
    if state != State.GOOD:
        return sentences[state]
    if good_at is None or now - good_at > UNREAD_AFTER:
        return f"We could not check {title} right now."
    return ""


def not_read(title: str) -> str:
    """What the public reads of a chain whose kind this desk does not read."""
    return f"This desk does not read {title} yet, so we cannot say how much was migrated there."


def subject_of_chain(pack: str, chain: str) -> str:
    """The subject of all alerts about a chain."""
    return f"chain:{pack}:{chain}"


def unread(pack: str, chain: str, *, since: datetime, at: datetime, title: str = "") -> NewAlert:
    """A chain was not read well for too long; one alert for each time that it begins.

    `title` is the name that people know the chain by.
    """
    began = since.astimezone(UTC)
    return NewAlert(
        kind=Kind.CHAIN_UNREAD,
        severity=Severity.HIGH,
        dedupe_key=f"{Kind.CHAIN_UNREAD}:{pack}:{chain}:{began:%Y-%m-%dT%H:%M:%S}",
        subject=subject_of_chain(pack, chain),
        summary=f"{title or chain_shown(chain)} could not be read since "
        f"{began:%Y-%m-%d %H:%M} UTC. Its figures are shown as not checked.",
        at=at,
        data={"pack": pack, "chain": chain},
    )


def conflict(
    pack: str, chain: str, *, block: int, was: str, at: datetime, title: str = ""
) -> NewAlert:
    """A final block has another hash; one alert for each such block. `title` as in `unread`."""
    return NewAlert(
        kind=Kind.CHAIN_CONFLICT,
        severity=Severity.CRITICAL,
        dedupe_key=f"{Kind.CHAIN_CONFLICT}:{pack}:{chain}:{block}:{was[2:14]}",
        subject=subject_of_chain(pack, chain),
        summary=f"The final block {block} of {title or chain_shown(chain)} has changed. "
        "Reading stopped; look at the nodes, then read the chain anew.",
        at=at,
        data={"pack": pack, "chain": chain, "block": block},
    )
