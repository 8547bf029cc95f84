"""Public figures with sensible defaults: a snapshot, a standing, support, a row of the matrix.

Every factory takes changes by the names of the fields, so a test names what it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar, cast

from tests.conftest import NOON
from trustops.chain.values import BlockMark, Standing, TokenName, Totals
from trustops.exchanges.rules import matrix
from trustops.exchanges.values import Claim, Exchange, Row, State
from trustops.status.inputs import Inputs, Watched, Watches
from trustops.status.snapshot import Component, ComponentStatus, Snapshot, Support

T = TypeVar("T")

TODAY = NOON.date()
PROJECT = "Example Desk"
PACK = "example"
CHAIN = "example-chain"
OLD, NEW = TokenName("OLD", 18), TokenName("NEW", 18)
NOT_CHECKED = "We could not check this right now."
TOKEN = 10**18
"""One token in its smallest unit."""


def changed(value: T, changes: Mapping[str, object]) -> T:
    """A value with other fields."""
    return cast("Callable[..., T]", replace)(value, **changes)


def a_block(**changes: object) -> BlockMark:
    """A block that was made a minute before noon."""
    block = BlockMark(number=21_000_000, hash="0x" + "ab" * 32, at=NOON - timedelta(minutes=1))
    return changed(block, changes)


def some_totals(**changes: object) -> Totals:
    """Sums of a migration at one block: 1,200 old tokens became 7,200 new ones."""
    totals = Totals(
        pack=PACK,
        chain=CHAIN,
        block=a_block(),
        final_block=20_999_940,
        old=OLD,
        new=NEW,
        migrated=1_250 * TOKEN,
        unmigrated=50 * TOKEN,
        net=1_200 * TOKEN,
        issued=7_200 * TOKEN,
        events=42,
        provisional=2,
        holders=17,
        old_supply=10_000 * TOKEN,
        old_in_sink=1_201 * TOKEN,
        sent_directly=1 * TOKEN,
        new_left=52_800 * TOKEN,
        window="open",
    )
    return changed(totals, changes)


def a_standing(**changes: object) -> Standing:
    """A migration that was read well a minute before noon."""
    standing = Standing(
        pack=PACK,
        totals=some_totals(),
        problem="",
        checked_at=NOON - timedelta(seconds=30),
        by_day=((date(2026, 11, 21), 700 * TOKEN), (date(2026, 11, 22), 500 * TOKEN)),
    )
    return changed(standing, changes)


def an_unread_standing(**changes: object) -> Standing:
    """A migration whose chain could not be read, neither now nor before."""
    standing = a_standing(totals=None, problem=NOT_CHECKED, by_day=(), checked_at=NOON)
    return changed(standing, changes)


def a_support(**changes: object) -> Support:
    """A week in which most were answered on time."""
    support = Support(
        as_of=NOON,
        opened=31,
        closed=28,
        met=29,
        breached=1,
        median_seconds=5 * 3600,
        waiting=6,
        overdue=0,
        promise_hours=48,
        topics=(("The window is over", 12), ("Something else", 9)),
    )
    return changed(support, changes)


def a_component(**changes: object) -> Component:
    """A component that works."""
    component = Component(
        id="desk",
        name="Answers to tickets",
        description="Whether people get a first answer within the promised time.",
        status=ComponentStatus.OPERATIONAL,
        reason="",
        since=NOON - timedelta(days=3),
    )
    return changed(component, changes)


def a_claim(**changes: object) -> Claim:
    """A notice of the exchange itself that it completed the swap, looked at this noon."""
    claim = Claim(
        state=State.COMPLETED,
        says="Says that every balance was swapped.",
        said_on=date(2026, 11, 20),
        grade="A",
        url="https://exchange.example/notice",
        note="",
        verified=date(2026, 11, 22),
        verify_by=date(2027, 2, 20),
    )
    return changed(claim, changes)


def an_exchange(*claims: Claim, **changes: object) -> Exchange:
    """An exchange of which these claims are known; without one there is no evidence."""
    exchange = Exchange(
        id="exchange-one",
        name="Exchange One",
        products="spot",
        who_acts="unknown",
        user_note="Ask the exchange.",
        claims=claims,
    )
    return changed(exchange, changes)


def some_rows(today: date = TODAY) -> tuple[Row, ...]:
    """Three rows of the matrix: completed, reported and stale, without evidence."""
    reported = a_claim(
        state=State.ANNOUNCED,
        grade="D",
        said_on=date(2026, 11, 1),
        verified=date(2026, 11, 1),
        verify_by=date(2026, 11, 8),
    )
    return matrix(
        (
            an_exchange(a_claim()),
            an_exchange(reported, id="exchange-two", name="Exchange Two"),
            an_exchange(id="exchange-three", name="Exchange Three"),
        ),
        today,
    )


def a_snapshot(**changes: object) -> Snapshot:
    """Everything that is told in public at noon, while all is well."""
    snapshot = Snapshot(
        as_of=NOON,
        project=PROJECT,
        migration_state="The migration window is open.",
        chains=(a_standing(),),
        support=a_support(),
        exchanges=some_rows(),
        open_issues=(("slow-portal", "The portal answers slowly"),),
        components=(
            a_component(),
            a_component(id="chain", name="Figures from the chain"),
        ),
        addresses="",
        last_heartbeat="2026-W46",
        next_heartbeat_at=NOON + timedelta(days=1),
    )
    return changed(snapshot, changes)


def some_inputs(**changes: object) -> Inputs:
    """What the other rooms hand in at noon."""
    inputs = Inputs(
        project=PROJECT,
        promise_hours=48,
        topics={"window-over": "The window is over", "other": "Something else"},
        migration_state="The migration window is open.",
        chains=(a_standing(),),
        exchanges=some_rows(),
        open_issues=(("slow-portal", "The portal answers slowly"),),
        components=tuple(
            Watched(kind.value, f"Component {kind.value}", f"About {kind.value}.", kind)
            for kind in Watches
        ),
        addresses="",
        last_heartbeat="2026-W46",
        next_heartbeat_at=NOON + timedelta(days=1),
    )
    return changed(inputs, changes)


def at_noon(**later: float) -> datetime:
    """Noon plus a duration."""
    return NOON + timedelta(**later)
