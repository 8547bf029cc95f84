"""Proves a pack against its chains: that contracts stand, samples decode, and sums can be right.

It reads, and writes nothing. What could not be proven is told as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustops.chain import rules
from trustops.chain.events import Found, Plan, Span, plan_of, read_some
from trustops.chain.faults import MalformedError, NodeError
from trustops.chain.nodes import Node
from trustops.chain.reading import header, holds_code, number
from trustops.chain.schema import ChainPart, Pack
from trustops.chain.sync import Work, readable
from trustops.chain.totals import read_balances
from trustops.chain.values import BlockMark

MOST_QUESTIONS = 200
"""A history that takes more is not read to its end here; `trustops chain sync` reads it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is right, or could not be judged (None)."""

    chain: str
    right: bool | None
    sentence: str


def prove(work: Work) -> tuple[Finding, ...]:
    """Look at every chain of a pack that the settings name nodes of."""
    return tuple(finding for chain in work.pack.chains for finding in _chain(work, chain))


def _chain(work: Work, chain: ChainPart) -> Sequence[Finding]:
    nodes = work.nodes.get(chain.name)
    if chain not in readable(work.pack):
        return [Finding(chain.name, None, "has nothing that this desk reads")]
    if nodes is None:
        return [Finding(chain.name, None, "has no node in the settings")]
    try:
        return nodes.first(lambda node: list(_prove(node, work.pack, chain)))
    except NodeError as error:
        return [Finding(chain.name, False, error.message)]


def _prove(node: Node, pack: Pack, chain: ChainPart) -> Iterator[Finding]:
    head = header(node, "latest")
    yield from _stands(node, pack, chain, head)
    plan = plan_of(node, pack, chain)
    yield from _tokens(node, pack, plan, head)
    try:
        events, whole = _events(node, plan, head)
    except MalformedError as error:
        yield Finding(chain.name, False, f"{error.message}: look at the indexed inputs of the ABI")
        return
    yield from _samples(plan, events, whole=whole)
    balances = read_balances(node, pack, plan, head)
    known = True if balances.window != "unknown" else None
    yield Finding(chain.name, known, f"the window is {balances.window}")
    if not whole:
        yield Finding(chain.name, None, "has a long history: its sums were not judged here")
        return
    wrong = rules.contradiction(rules.sums_of(item.move for item in events), balances.old_in_sink)
    if not wrong and balances.old_in_sink is None:
        yield Finding(chain.name, None, "the pack names no sink to compare the sums with")
        return
    said = wrong or "the sums do not contradict what the sink holds"
    yield Finding(chain.name, not wrong, said)


def _stands(node: Node, pack: Pack, chain: ChainPart, head: BlockMark) -> Iterator[Finding]:
    """Whether a contract stands at each address that has to be one."""
    places = [(f"the {part.role} token", part.address) for part in pack.tokens_on(chain.name)]
    places += [
        (f"the {part.role} from block {part.from_block}", part.address)
        for part in pack.contracts_on(chain.name)
    ]
    for name, address in places:
        stands = holds_code(node, address.lower(), at=head.number)
        said = "is a contract" if stands else "is no contract on this chain"
        yield Finding(chain.name, stands, f"{name} {said}")


def _tokens(node: Node, pack: Pack, plan: Plan, head: BlockMark) -> Iterator[Finding]:
    """Whether decimals and symbols that the pack gives are those of the tokens."""
    for part in pack.tokens_on(plan.chain.name):
        live = number(node, part.address.lower(), "decimals()", at=head.number)
        right = part.decimals in {None, live}
        yield Finding(plan.chain.name, right, f"the {part.role} token has {live} decimals")


def _events(node: Node, plan: Plan, head: BlockMark) -> tuple[list[Found], bool]:
    """The events from the first block on, and whether these are all of them."""
    found: list[Found] = []
    first, span = plan.first_block, Span()
    for _ in range(MOST_QUESTIONS):
        some, upto = read_some(node, plan, first, last=head.number, span=span)
        found += some
        first = upto + 1
        if first > head.number:
            return found, True
    return found, False


def _samples(plan: Plan, events: list[Found], *, whole: bool) -> Iterator[Finding]:
    """How many logs of each event were found and decoded."""
    for item in plan.watched:
        count = sum(
            event.log.address == item.address
            and "0x" + event.log.topics[0].hex() == item.event.topic
            and item.counts(event.log.block_number, event.log.block_number)
            for event in events
        )
        where = "on this chain" if whole else "in the part that was read"
        said = (
            f"{count} logs of {item.event.name} decode exactly"
            if count
            else (f"no log of {item.event.name} {where}, so it is not proven")
        )
        yield Finding(plan.chain.name, True if count else None, said)
