"""From a pack to what is looked for on one chain, and from logs to events of the migration."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime

from trustops.chain.abi import EventAbi
from trustops.chain.faults import MalformedError, NodeError, RangeError, SlowError
from trustops.chain.nodes import Node
from trustops.chain.reading import Log, header, logs, number, sender
from trustops.chain.rules import Move, Rate
from trustops.chain.schema import ArgumentMap, ChainPart, Pack
from trustops.chain.shapes import kept
from trustops.chain.values import TokenName

FIRST_SPAN = 2_000
LARGEST_SPAN = 50_000
MANY_LOGS = 5_000
"""An answer of so many logs is long enough; the next question asks for no more blocks."""

SUSPECT_COUNTS = frozenset({100, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000})
"""Exactly so many logs look like a limit that the node does not tell of: halves are asked for."""

MOST_SLOW = 3
"""So often a question is halved because its answer did not come in time."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One event of one version of a contract, and the blocks in which it counts."""

    address: str
    direction: str
    event: EventAbi
    map: ArgumentMap
    first: int
    last: int | None

    def counts(self, first: int, last: int) -> bool:
        """Whether any of these blocks is one of its own."""
        return self.first <= last and (self.last is None or self.last >= first)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is looked for on one chain, with both tokens named in full."""

    pack: str
    chain: ChainPart
    watched: tuple[Watched, ...]
    old: TokenName
    new: TokenName
    old_address: str
    new_address: str
    rate: Rate | None

    @property
    def first_block(self) -> int:
        """The first block that can hold an event."""
        return min(item.first for item in self.watched)


@dataclass(frozen=True, slots=True)
class Found:
    """One event of the migration, as a row will hold it."""

    log: Log
    direction: str
    payer: str
    beneficiary: str
    old_amount: int
    new_amount: int

    @property
    def at(self) -> datetime:
        """The time of the block, in UTC; `read_some` filled it in."""
        if self.log.at is None:
            raise MalformedError("A log has no time.")
        return self.log.at

    @property
    def move(self) -> Move:
        """The event as sums see it."""
        return Move(self.direction, self.old_amount, self.new_amount, self.at.date())


@dataclass(slots=True)
class Span:
    """How many blocks one question asks for; it shrinks when a node refuses and grows again."""

    blocks: int = FIRST_SPAN
    ceiling: int = LARGEST_SPAN

    def shrink(self) -> None:
        """Ask for half as many, and no longer for as many as were refused."""
        self.ceiling = max(1, self.blocks - 1)
        self.blocks = max(1, self.blocks // 2)

    def grow(self, found: int) -> None:
        """Ask for more, unless the answer was long."""
        if found < MANY_LOGS:
            self.blocks = min(self.ceiling, self.blocks + self.blocks // 2 + 1)


def plan_of(node: Node, pack: Pack, chain: ChainPart) -> Plan:
    """What is looked for on a chain; decimals that the pack does not give are read now.

    Raises:
        NodeError: they could not be read.
    """
    old, old_address = token_of(node, pack, chain.name, "old")
    new, new_address = token_of(node, pack, chain.name, "new")
    rate = None
    if pack.ratio is not None:
        rate = Rate(pack.ratio.numerator, pack.ratio.denominator, old.decimals, new.decimals)
    watched = tuple(
        Watched(
            kept(contract.address),
            part.direction,
            part.event,
            part.map,
            contract.from_block,
            contract.to_block,
        )
        for contract in pack.contracts_on(chain.name)
        for part in contract.events
    )
    return Plan(pack.id, chain, watched, old, new, old_address, new_address, rate)


def digest_of(pack: Pack, chain: ChainPart) -> str:
    """What rows depend on, as one hash: where it changes, everything is read anew."""
    parts = {
        "chain": [chain.chain_id],
        "ratio": pack.ratio.model_dump() if pack.ratio else None,
        "tokens": [item.model_dump() for item in pack.tokens if item.chain == chain.name],
        "contracts": [item.model_dump() for item in pack.contracts_on(chain.name)],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def read_some(
    node: Node, plan: Plan, first: int, *, last: int, span: Span
) -> tuple[list[Found], int]:
    """The events from a block on, as far as one answer reaches; gives them and the last block.

    Raises:
        NodeError: they could not be read, or a log does not fit its event.
    """
    if not any(item.counts(first, last) for item in plan.watched):
        return [], last
    slow = 0
    while True:
        upto = min(last, first + span.blocks - 1)
        try:
            found = _logs(node, plan, first, upto)
        except (RangeError, SlowError) as error:
            slow += isinstance(error, SlowError)
            if upto == first or slow > MOST_SLOW:
                raise
            span.blocks = upto - first + 1
            span.shrink()
            continue
        if len(found) in SUSPECT_COUNTS and upto > first:
            span.blocks = max(1, (upto - first + 1) // 2)
            continue
        span.grow(len(found))
        return _events(node, plan, found), upto


def read_all(node: Node, plan: Plan, first: int, *, last: int, span: Span) -> list[Found]:
    """The events between two blocks, both included."""
    found: list[Found] = []
    while first <= last:
        some, upto = read_some(node, plan, first, last=last, span=span)
        found += some
        first = upto + 1
    return found


def token_of(node: Node, pack: Pack, chain: str, role: str) -> tuple[TokenName, str]:
    """The old or the new token of a chain and its address; decimals not given are read now.

    Raises:
        NodeError: the pack has no such token, or its decimals could not be read.
    """
    token = pack.token(chain, role)
    if token is None:
        raise NodeError(f"The pack has no {role} token on {chain}.")
    address = kept(token.address)
    decimals = token.decimals
    if decimals is None:
        decimals = number(node, address, "decimals()", at=header(node, "latest").number)
    return TokenName(token.symbol, decimals), address


def _logs(node: Node, plan: Plan, first: int, last: int) -> tuple[Log, ...]:
    """The logs of all events that count in these blocks, in one question."""
    active = [item for item in plan.watched if item.counts(first, last)]
    if not active:
        return ()
    addresses = sorted({item.address for item in active})
    topics = sorted({item.event.topic for item in active})
    return logs(node, addresses, topics, first=first, last=last)


def _events(node: Node, plan: Plan, found: tuple[Log, ...]) -> list[Found]:
    """The events among logs; a log outside of its version's blocks is none."""
    times: dict[int, datetime] = {}
    return [
        _event(node, plan, item, replace(log, at=_time(node, log, times)))
        for log in found
        for item in plan.watched
        if (item.address, item.event.topic) == (log.address, "0x" + log.topics[0].hex())
        and item.counts(log.block_number, log.block_number)
    ]


def _time(node: Node, log: Log, times: dict[int, datetime]) -> datetime:
    """The time of a log's block: from the log where the node gives it, else from the header."""
    if log.at is not None:
        return log.at
    if log.block_number not in times:
        mark = header(node, log.block_number)
        if mark.hash != log.block_hash:
            raise NodeError("The chain changed while it was read.")
        times[log.block_number] = mark.at
    return times[log.block_number]


def _event(node: Node, plan: Plan, item: Watched, log: Log) -> Found:
    values = item.event.decode(log.topics, log.data)
    names = item.map
    payer = kept(str(values[names.payer])) if names.payer else sender(node, log.tx_hash)
    beneficiary = kept(str(values[names.beneficiary])) if names.beneficiary else payer
    old = int(values[names.old_amount]) if names.old_amount else None
    new = int(values[names.new_amount]) if names.new_amount else None
    old, new = _both(plan.rate, old, new)
    return Found(log, item.direction, payer, beneficiary, old, new)


def _both(rate: Rate | None, old: int | None, new: int | None) -> tuple[int, int]:
    """Both amounts; the one that the event does not have follows by the ratio."""
    if old is not None and new is not None:
        return old, new
    if rate is not None and old is not None:
        return old, rate.new_for(old)
    if rate is not None and new is not None:
        return rate.old_for(new), new
    raise MalformedError("The pack does not say how the amounts belong together.")
