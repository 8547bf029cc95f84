"""What evidence allows the matrix to say, and when it goes stale. Pure.

A notice or an answer of the exchange itself (class A, B) may say that something is so. A statement
of the project, press or community (C, D) may only be reported. Without evidence the matrix says
that there is none, which is never a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from trustops.exchanges.values import Claim, Exchange, Review, Row, State

NO_EVIDENCE = "We have no evidence"

LABELS: Mapping[State, str] = MappingProxyType(
    {
        State.UNKNOWN: NO_EVIDENCE,
        State.CONTACTED: "Contacted, no answer",
        State.UNDER_REVIEW: "Under review",
        State.ANNOUNCED: "Announced",
        State.HALTED: "Halted",
        State.IN_PROGRESS: "In progress",
        State.COMPLETED: "Completed",
        State.COMPLETED_EXCEPTIONS: "Completed, with exceptions",
        State.NOT_SUPPORTED: "Not supported",
        State.DECLINED: "Declined",
        State.CAUTION: "Warning given",
        State.DELISTING: "Delisting announced",
        State.DELISTED: "Delisted",
        State.DISPUTED: "Sources contradict each other",
    }
)
"""Each state in words."""

FIRST_HAND = frozenset({"A", "B"})
"""Classes that come from the exchange itself."""

GOES_ALONG = frozenset(
    {State.ANNOUNCED, State.IN_PROGRESS, State.COMPLETED, State.COMPLETED_EXCEPTIONS}
)
GOES_AGAINST = frozenset({State.NOT_SUPPORTED, State.DECLINED, State.DELISTING, State.DELISTED})

LONGEST_REST = timedelta(days=90)
"""How long a look may count at most."""

REST = timedelta(days=7)
"""How long a look counts where nothing says otherwise."""

RESTS: Mapping[State, timedelta] = MappingProxyType(
    {
        State.HALTED: timedelta(days=2),
        State.IN_PROGRESS: timedelta(days=2),
        State.DELISTING: timedelta(days=2),
        State.COMPLETED: LONGEST_REST,
        State.COMPLETED_EXCEPTIONS: LONGEST_REST,
        State.DELISTED: LONGEST_REST,
    }
)
"""How long a look counts: two days while something moves, a season once it is over."""

ZONES = timedelta(days=1)
"""Whoever looked may live a day ahead of UTC."""

AHEAD = timedelta(days=7)
"""How long before a row goes stale it stands among those to look at."""

_DAY = timedelta(days=1)


class Tone(StrEnum):
    """How a chip of the matrix looks. Words and shape say the same; colour never stands alone."""

    GOOD = "good"
    BAD = "bad"
    MOVING = "moving"
    CAUTION = "caution"
    NEUTRAL = "neutral"


def rest_of(state: State) -> timedelta:
    """How long a look at a claim of this state counts, unless its file names a day."""
    return RESTS.get(state, REST)


def matrix(exchanges: Iterable[Exchange], today: date) -> tuple[Row, ...]:
    """Every exchange as it stands on a day (in UTC), by name; none is left out."""
    rows = (_row(exchange, today) for exchange in exchanges)
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.id)))


def tone(row: Row) -> Tone:
    """How a row looks. Good needs first-hand evidence that somebody looked at lately."""
    if row.state in GOES_AGAINST:
        return Tone.CAUTION if row.reported else Tone.BAD
    if row.state in {State.HALTED, State.CAUTION, State.DISPUTED}:
        return Tone.CAUTION
    if row.state is State.IN_PROGRESS and not row.stale:
        return Tone.MOVING
    is_done = row.state is State.COMPLETED and not row.reported and not row.stale
    return Tone.GOOD if is_done else Tone.NEUTRAL


def stale_words(row: Row) -> str:
    """What a stale row says beside its label; empty for a fresh one, and without a claim."""
    if not row.stale or row.claim is None:
        return ""
    day = row.claim.verified
    return f"Not checked since {day.day} {day:%B %Y}"


def reviews(exchanges: Iterable[Exchange], today: date) -> tuple[Review, ...]:
    """Rows that are stale on a day (in UTC) or go stale within a week, the most urgent first.

    A row without a claim is not among them: where nothing was said, nothing grows old.
    """
    listed = tuple(exchanges)
    ask = {exchange.id: exchange.ask for exchange in listed}
    due = (
        Review(row, ask[row.id], row.claim.verify_by + _DAY)
        for row in matrix(listed, today)
        if row.claim is not None and (row.stale or row.claim.verify_by + _DAY <= today + AHEAD)
    )
    return tuple(sorted(due, key=lambda review: (not review.row.stale, review.stale_on)))


def counts(rows: Iterable[Row]) -> Mapping[str, int]:
    """How many exchanges stand under each label, the most frequent first."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.label] = found.get(row.label, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _row(exchange: Exchange, today: date) -> Row:
    history = tuple(sorted(exchange.claims, key=_newest_first))
    claim = history[0] if history else None
    state = _state(history)
    reported = claim is not None and _is_reported(claim, state)
    words = LABELS[state]
    return Row(
        id=exchange.id,
        name=exchange.name,
        products=exchange.products,
        state=state,
        label=f"Reported: {words[0].lower()}{words[1:]}" if reported else words,
        reported=reported,
        stale=claim is not None and _is_stale(claim, today),
        claim=claim,
        who_acts=exchange.who_acts,
        user_note=exchange.user_note,
        history=history,
    )


def _newest_first(claim: Claim) -> tuple[int, str, int]:
    """By the day on which it was said; of one day the better evidence, then the later look."""
    return -claim.said_on.toordinal(), claim.grade, -claim.verified.toordinal()


def _state(history: Sequence[Claim]) -> State:
    """The state of the newest claim, unless an equal or better one says the opposite."""
    if not history:
        return State.UNKNOWN
    newest = history[0]
    disputed = any(_contradicts(newest, older) for older in history[1:])
    return State.DISPUTED if disputed else newest.state


def _contradicts(newest: Claim, older: Claim) -> bool:
    """Whether an earlier claim stands against the newest one.

    Who knows as well or better may change their mind, so a later claim of the same class or a
    better one replaces an older one. A weaker one does not, and neither does one of the same day.
    """
    opposite = (newest.state in GOES_ALONG and older.state in GOES_AGAINST) or (
        newest.state in GOES_AGAINST and older.state in GOES_ALONG
    )
    return opposite and (older.grade < newest.grade or older.said_on == newest.said_on)


def _is_reported(claim: Claim, state: State) -> bool:
    """Whether the label has to say that this is second-hand.

    That the project wrote to an exchange is first-hand knowledge of the project.
    """
    if state is State.DISPUTED or claim.grade in FIRST_HAND:
        return False
    return not (state is State.CONTACTED and claim.grade == "C")


def _is_stale(claim: Claim, today: date) -> bool:
    """Whether nobody has looked for too long; a look in the future is a slip and counts so."""
    return today > claim.verify_by or claim.verified > today + ZONES
