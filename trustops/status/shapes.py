"""The shapes of `migration.json` and `exchanges.json`, for the files and for the API alike.

Every figure carries `as_of`, and `block` where it comes from a chain. Amounts are text, because
whole numbers of a token's smallest unit do not fit in the numbers of many programs.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer, WithJsonSchema

from trustops.exchanges.values import State
from trustops.status.snapshot import ComponentStatus


def stamp(moment: datetime) -> str:
    """An aware moment as Statuspage writes it: UTC, milliseconds, `Z`."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


Moment = Annotated[
    datetime,
    PlainSerializer(stamp, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True)


class BlockOut(_Shape):
    """The block at which figures were read, and the time of its header."""

    number: int
    hash: str
    at: Moment


class CountOut(_Shape):
    """A number of things; null where it is not known."""

    value: int | None
    as_of: Moment
    block: int | None = None


class AmountOut(_Shape):
    """An amount of a token: `value` in its smallest unit, `amount` in whole tokens."""

    value: str
    amount: str
    symbol: str
    decimals: int
    as_of: Moment
    block: int


class DayOut(_Shape):
    """Net migrated old tokens of one day, in UTC."""

    day: date
    value: str
    amount: str


class ByDayOut(_Shape):
    """Net migrated old tokens by day, up to a block."""

    symbol: str
    decimals: int
    as_of: Moment
    block: int
    days: list[DayOut]


class ChainOut(_Shape):
    """A migration on one chain.

    `problem` is empty after a good read. Otherwise it says why nothing could be checked, and the
    figures are those of the last good read, with its block, or null.
    """

    pack: str
    chain: str | None
    checked_at: Moment | None
    problem: str
    block: BlockOut | None = None
    final_block: int | None = None
    window: str | None = None
    migrated: AmountOut | None = None
    unmigrated: AmountOut | None = None
    net: AmountOut | None = None
    issued: AmountOut | None = None
    old_supply: AmountOut | None = None
    old_in_sink: AmountOut | None = None
    sent_directly: AmountOut | None = None
    new_left: AmountOut | None = None
    events: CountOut | None = None
    provisional_events: CountOut | None = None
    holders: CountOut | None = None
    by_day: ByDayOut | None = None


class TopicOut(_Shape):
    """How many tickets of a topic were opened."""

    title: str
    value: int
    as_of: Moment


class SupportOut(_Shape):
    """How support did over the seven days before `as_of`, and who waits at it."""

    days: int = 7
    promise_hours: int
    opened: CountOut
    closed: CountOut
    met: CountOut
    breached: CountOut
    median_first_response_seconds: CountOut
    waiting: CountOut
    overdue: CountOut
    topics: list[TopicOut]


class ComponentOut(_Shape):
    """A component with the reason for its status, and since when it stands."""

    id: str
    name: str
    description: str
    status: ComponentStatus
    reason: str
    since: Moment


class IssueOut(_Shape):
    """A known issue that is open."""

    id: str
    title: str


class CorrectionOut(_Shape):
    """A document that is being corrected.

    `version_of` is when the version was accepted that readers see meanwhile; null while they see
    none. `path` is its address on this site; null for what is no page.
    """

    title: str
    path: str | None
    version_of: Moment | None


class MigrationOut(_Shape):
    """Everything that is told in public, as of one moment.

    `addresses` says why official addresses are withheld; it is empty while they are shown.
    `next_heartbeat_at` comes from the schedule, and is null where no heartbeat is planned;
    `heartbeat_due_since` is the moment of one that was due and has not gone out yet.
    `corrections` are documents that readers see in an older version, or not at all.
    `demo` is true where nobody may take this for a desk that somebody runs.
    """

    as_of: Moment
    project: str
    url: str
    state: str
    addresses: str
    components: list[ComponentOut]
    chains: list[ChainOut]
    support: SupportOut
    exchanges: dict[str, CountOut]
    known_issues: list[IssueOut]
    last_heartbeat: str | None
    next_heartbeat_at: Moment | None
    heartbeat_due_since: Moment | None = None
    corrections: list[CorrectionOut] = []
    demo: bool = False


class ClaimOut(_Shape):
    """One claim with its evidence: class A to D, a link or a note, and the last look at it."""

    state: State
    says: str
    said_on: date
    grade: str
    url: str | None
    note: str
    verified: date
    verify_by: date


class ExchangeOut(_Shape):
    """An exchange as the matrix shows it.

    `reported` marks what nobody but press, community or the project says. `stale` marks what
    nobody has looked at for too long. `claim` is null where there is no evidence.
    """

    id: str
    name: str
    products: str
    state: State
    label: str
    reported: bool
    stale: bool
    who_acts: str
    user_note: str
    as_of: Moment
    claim: ClaimOut | None
    history: list[ClaimOut]


class ExchangesOut(_Shape):
    """The matrix as of one moment; `demo` as in the migration."""

    as_of: Moment
    project: str
    url: str
    exchanges: list[ExchangeOut]
    demo: bool = False
