"""One holder's wallet: what a chain says of it, all at one block.

Final events come from rows; what stands after them is read from the node together with the
balances. Whatever could not be read says so, with every figure absent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trustops.chain.events import Found, Plan, Span, plan_of, read_all, token_of
from trustops.chain.faults import BehindError, NodeError
from trustops.chain.models import ChainCursor, MigrationEvent
from trustops.chain.nodes import Node
from trustops.chain.reading import header, holds_code, number
from trustops.chain.rules import State
from trustops.chain.schema import ChainPart, Pack
from trustops.chain.shapes import kept, shown
from trustops.chain.sync import OpenSession, Work, holds_tokens, readable, refuse_stale
from trustops.chain.totals import TRIES
from trustops.chain.values import BlockMark, TokenName, WalletEvent, WalletFacts
from trustops.clock import Clock

MOST_EVENTS = 50
"""Of one wallet; the newest ones are told."""

NOT_OURS = "This migration has no contract and no token on that chain that this desk reads."
NOT_SET_UP = "This chain is not set up here, so the wallet could not be checked."
STILL_READING = (
    "We are still reading the history of this chain, so the wallet could not be checked."
)
NO_ADDRESS = "Could not check: this is no address of that chain."
FINAL = frozenset({NOT_OURS, NO_ADDRESS})
"""Why a wallet was not read, where reading it again would say the same."""

STOPPED = "We stopped reading this chain, so the wallet could not be checked."


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows say of a chain: its last final block, and the final events of wallets."""

    block: int | None
    hash: str | None
    problem: str
    events: dict[str, tuple[WalletEvent, ...]]


def read_wallets(
    open_session: OpenSession, clock: Clock, work: Work, *, chain: str, addresses: Sequence[str]
) -> tuple[WalletFacts, ...]:
    """Read wallets on one chain; never raises for what a node does, but says so in the facts.

    Args:
        open_session: opens a session for the final events; none is open while a node is asked.
        clock: the time.
        work: the pack and the nodes.
        chain: the name of the chain in the pack.
        addresses: EVM addresses, in any case.
    """
    wallets = [kept(address) for address in addresses]
    named = work.pack.chain(chain)
    if named is not None and named.kind != "evm":
        return _unread(wallets, chain, clock.now(), NO_ADDRESS)
    places = (*readable(work.pack), *holds_tokens(work.pack))
    part = next((item for item in places if item.name == chain), None)
    if part is None:
        return _unread(wallets, chain, clock.now(), NOT_OURS)
    nodes = work.nodes.get(chain)
    if nodes is None:
        return _unread(wallets, chain, clock.now(), NOT_SET_UP)
    rows = None
    if part in readable(work.pack):
        with open_session() as session:
            rows = _rows(session, work.pack.id, chain, wallets)
        if rows.problem:
            return _unread(wallets, chain, clock.now(), rows.problem)
    try:
        return nodes.first(lambda node: _Reading(node, work.pack, part, clock).read(wallets, rows))
    except NodeError as error:
        why = f"We could not check this wallet right now. {error.message}"
        return _unread(wallets, chain, clock.now(), why)


def read_wallet(
    open_session: OpenSession, clock: Clock, work: Work, *, chain: str, address: str
) -> WalletFacts:
    """Read one wallet on one chain, as `read_wallets` does."""
    return read_wallets(open_session, clock, work, chain=chain, addresses=[address])[0]


def _unread(
    wallets: Sequence[str], chain: str, now: datetime, problem: str
) -> tuple[WalletFacts, ...]:
    """Facts that say why there are none."""
    return tuple(WalletFacts(chain, shown(address), now, problem) for address in wallets)


def _rows(session: Session, pack: str, chain: str, wallets: Sequence[str]) -> Rows:
    cursor = session.get(ChainCursor, (pack, chain))
    if cursor is None or cursor.good_at is None or cursor.state == State.READING:
        return Rows(None, None, STILL_READING, {})
    if cursor.state == State.CONFLICT:
        return Rows(None, None, STOPPED, {})
    events = {address: _final_events(session, pack, chain, address) for address in wallets}
    return Rows(cursor.block, cursor.hash, "", events)


def _final_events(session: Session, pack: str, chain: str, address: str) -> tuple[WalletEvent, ...]:
    """The newest final events of a wallet, the oldest of them first."""
    found: dict[int, MigrationEvent] = {}
    # One question for each index: either gives its newest rows in order, both at once give all.
    for wallet in (MigrationEvent.payer, MigrationEvent.beneficiary):
        rows = session.scalars(
            select(MigrationEvent)
            .where(
                MigrationEvent.pack == pack,
                MigrationEvent.chain == chain,
                wallet == address,
                MigrationEvent.final,
            )
            .order_by(MigrationEvent.block_number.desc(), MigrationEvent.log_index.desc())
            .limit(MOST_EVENTS)
        )
        found.update((row.id, row) for row in rows)
    newest = sorted(found.values(), key=lambda row: (row.block_number, row.log_index))
    return tuple(
        WalletEvent(
            direction=row.direction,
            block=BlockMark(row.block_number, row.block_hash, row.block_time),
            tx_hash=row.tx_hash,
            old_amount=row.old_amount,
            new_amount=row.new_amount,
            beneficiary=shown(row.beneficiary),
            final=True,
        )
        for row in newest[-MOST_EVENTS:]
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """The reading of some wallets on one node."""

    node: Node
    pack: Pack
    chain: ChainPart
    clock: Clock

    def read(self, wallets: Sequence[str], rows: Rows | None) -> tuple[WalletFacts, ...]:
        """Read all wallets; where the pack has no contract there are no rows, only balances."""
        return self._held(wallets) if rows is None else self._whole(rows)

    def _held(self, wallets: Sequence[str]) -> tuple[WalletFacts, ...]:
        """Balances of the tokens that the chain has."""
        tokens: dict[str, tuple[TokenName, str]] = {
            part.role: token_of(self.node, self.pack, self.chain.name, part.role)
            for part in self.pack.tokens_on(self.chain.name)
        }
        return self._at_one_head(
            lambda head: tuple(self._balances(tokens, head, address) for address in wallets)
        )

    def _whole(self, rows: Rows) -> tuple[WalletFacts, ...]:
        """Balances, allowance and events."""
        plan = plan_of(self.node, self.pack, self.chain)
        if rows.block is not None and header(self.node, rows.block).hash != rows.hash:
            raise BehindError("The node has another history than the one that was read.")
        after = plan.first_block - 1 if rows.block is None else rows.block

        def found_at(head: BlockMark) -> tuple[WalletFacts, ...]:
            recent = read_all(self.node, plan, after + 1, last=head.number, span=Span())
            return tuple(
                self._facts(plan, head, address, (*final, *_of(recent, address)))
                for address, final in rows.events.items()
            )

        return self._at_one_head(found_at)

    def _at_one_head(
        self, work: Callable[[BlockMark], tuple[WalletFacts, ...]]
    ) -> tuple[WalletFacts, ...]:
        """Do a piece of work at the head; once more where it changed meanwhile."""
        for _ in range(TRIES):
            head = header(self.node, "latest")
            refuse_stale(self.chain, head, self.clock)
            found = work(head)
            if header(self.node, head.number).hash == head.hash:
                return found
        raise BehindError("The chain changed each time that it was read.")

    def _facts(
        self, plan: Plan, head: BlockMark, address: str, events: Sequence[WalletEvent]
    ) -> WalletFacts:
        """The facts of one wallet at a head; the newest contract is the one that may take."""
        contracts = self.pack.contracts_on(self.chain.name)
        spender = kept(max(contracts, key=lambda item: item.from_block).address)
        tokens = {"old": (plan.old, plan.old_address), "new": (plan.new, plan.new_address)}
        return replace(
            self._balances(tokens, head, address),
            allowance=self._number(
                plan.old_address, head, "allowance(address,address)", address, spender
            ),
            events=tuple(events[-MOST_EVENTS:]),
        )

    def _balances(
        self, tokens: Mapping[str, tuple[TokenName, str]], head: BlockMark, address: str
    ) -> WalletFacts:
        """What one wallet holds at a head; None of a token that the chain does not have."""
        held = {
            role: self._number(token, head, "balanceOf(address)", address)
            for role, (_, token) in tokens.items()
        }
        names = {role: name for role, (name, _) in tokens.items()}
        return WalletFacts(
            chain=self.chain.name,
            address=shown(address),
            checked_at=self.clock.now(),
            problem="",
            block=head,
            old=names.get("old"),
            new=names.get("new"),
            old_balance=held.get("old"),
            new_balance=held.get("new"),
            is_contract=holds_code(self.node, address, at=head.number),
        )

    def _number(self, token: str, head: BlockMark, signature: str, *values: str) -> int:
        return number(self.node, token, signature, *values, at=head.number)


def _of(recent: Sequence[Found], address: str) -> tuple[WalletEvent, ...]:
    """The events of a wallet among those that are not final."""
    return tuple(
        WalletEvent(
            direction=item.direction,
            block=BlockMark(item.log.block_number, item.log.block_hash, item.at),
            tx_hash=item.log.tx_hash,
            old_amount=item.old_amount,
            new_amount=item.new_amount,
            beneficiary=shown(item.beneficiary),
            final=False,
        )
        for item in recent
        if address in {item.payer, item.beneficiary}
    )
