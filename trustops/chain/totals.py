"""The sums of a migration at one block: events from rows, balances from the chain, checked.

All balances are read at the head, whose hash is compared again after the last of them; a chain
that changed meanwhile is read once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from trustops.chain import holders, rules
from trustops.chain.events import Found, Plan, Span, read_all
from trustops.chain.faults import BehindError, NodeError
from trustops.chain.models import ChainCursor
from trustops.chain.nodes import Node
from trustops.chain.reading import call, header, number
from trustops.chain.rules import Sums
from trustops.chain.schema import Pack
from trustops.chain.services import Position
from trustops.chain.shapes import kept
from trustops.chain.values import BlockMark, Totals

TRIES = 3
"""So often a head is read that changes while it is read."""


@dataclass(frozen=True, slots=True)
class Balances:
    """What tokens and contracts say at one block; None where the pack has no such reading."""

    old_supply: int | None
    old_in_sink: int | None
    new_left: int | None
    window: str


@dataclass(frozen=True, slots=True)
class Head:
    """Everything that was read at one head: the events after the final block, and balances."""

    block: BlockMark
    provisional: Sequence[Found]
    balances: Balances


def read_head(node: Node, pack: Pack, plan: Plan, *, after: int, span: Span) -> Head:
    """Read what stands after a final block, and the balances, all at one head.

    Raises:
        NodeError: it could not be read, or the head changed each time.
    """
    for _ in range(TRIES):
        block = header(node, "latest")
        found = read_all(node, plan, after + 1, last=block.number, span=span)
        balances = read_balances(node, pack, plan, block)
        if header(node, block.number).hash == block.hash:
            return Head(block, found, balances)
    raise BehindError("The chain changed each time that it was read.")


def read_balances(node: Node, pack: Pack, plan: Plan, block: BlockMark) -> Balances:
    """Supply, sink and what is left, at a block.

    Raises:
        NodeError: one of them could not be read.
    """
    at = block.number
    contracts = sorted({kept(item.address) for item in pack.contracts_on(plan.chain.name)})
    in_sink = None
    if pack.sink.kind in {"held", "dead"}:
        holders = [kept(item) for item in pack.sink.addresses] or contracts
        in_sink = _held(node, plan.old_address, holders, at)
    left = None
    if pack.liquidity is not None and pack.liquidity.kind == "held":
        holders = [kept(item) for item in pack.liquidity.addresses] or contracts
        left = _held(node, plan.new_address, holders, at)
    return Balances(
        old_supply=number(node, plan.old_address, "totalSupply()", at=at),
        old_in_sink=in_sink,
        new_left=left,
        window=_window(node, pack, plan.chain.name, block),
    )


def totals_of(session: Session, plan: Plan, position: Position, head: Head) -> Totals:
    """Totals from the rows as the session sees them and what was read at the head.

    Raises:
        NodeError: the sums contradict what the sink holds.
    """
    cursor = session.get_one(ChainCursor, (position.pack, position.chain))
    final = Sums(cursor.migrated, cursor.unmigrated, cursor.issued, cursor.events)
    sums = final + rules.sums_of(item.move for item in head.provisional)
    balances = head.balances
    wrong = rules.contradiction(sums, balances.old_in_sink)
    if wrong:
        raise NodeError(wrong)
    in_sink = balances.old_in_sink
    return Totals(
        pack=position.pack,
        chain=position.chain,
        block=head.block,
        final_block=max(plan.first_block - 1, 0) if position.block is None else position.block,
        old=plan.old,
        new=plan.new,
        migrated=sums.migrated,
        unmigrated=sums.unmigrated,
        net=sums.net,
        issued=sums.issued,
        events=sums.events,
        provisional=len(head.provisional),
        holders=cursor.holders
        + holders.count_new(
            session, position.pack, position.chain, holders.payers(head.provisional)
        ),
        old_supply=balances.old_supply,
        old_in_sink=in_sink,
        sent_directly=None if in_sink is None else in_sink - sums.net,
        new_left=balances.new_left,
        window=balances.window,
    )


def _held(node: Node, token: str, holders: Sequence[str], at: int) -> int:
    return sum(number(node, token, "balanceOf(address)", holder, at=at) for holder in holders)


def _window(node: Node, pack: Pack, chain: str, block: BlockMark) -> str:
    """Whether one can migrate: by the contract where the pack has its function, else by dates."""
    for status in pack.status:
        if status.chain == chain:
            raw = call(node, kept(status.contract), status.function.data, at=block.number)
            return rules.status_on_chain(status.meaning, status.function.decode(raw))
    window = pack.window
    return rules.window_state(window.state, window.opens, window.closes, block.at)
