"""What the chain room tells others: sums at one block, and the facts of one wallet.

Amounts are whole numbers of a token's smallest unit; `decimals` turns them into tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class TokenName:
    """A token as pages name it."""

    symbol: str
    decimals: int


@dataclass(frozen=True, slots=True)
class BlockMark:
    """A block and the time that its header gives, in UTC."""

    number: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of one migration on one chain, all read at one block.

    `migrated`, `unmigrated` and `net` are in old tokens, `issued` in new ones. `old_supply`,
    `old_in_sink` and `new_left` are None where the pack has no such reading. `sent_directly` is
    what the sink holds beyond the net: sent there without being migrated. `provisional` counts
    the events among them that are not final yet.
    """

    pack: str
    chain: str
    block: BlockMark
    final_block: int
    old: TokenName
    new: TokenName
    migrated: int
    unmigrated: int
    net: int
    issued: int
    events: int
    provisional: int
    holders: int
    old_supply: int | None
    old_in_sink: int | None
    sent_directly: int | None
    new_left: int | None
    window: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a migration now.

    `problem` is an empty string while the last read was good; else a sentence for the public,
    and `totals` are the last good ones, which are shown with their age or not at all.
    `checked_at` is the aware moment of the last attempt; None before the first. `by_day` holds
    net migrated old tokens for each UTC day, the oldest first. `chain` is its name in the pack, and
    `title` its name in a sentence.
    """

    pack: str
    totals: Totals | None
    problem: str
    checked_at: datetime | None
    by_day: Sequence[tuple[date, int]] = ()
    chain: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class WalletEvent:
    """One migration event of a wallet, with the block in which it stands."""

    direction: str
    block: BlockMark
    tx_hash: str
    old_amount: int
    new_amount: int
    beneficiary: str
    final: bool


@dataclass(frozen=True, slots=True)
class WalletFacts:
    """What a chain says of one wallet, all read at one block.

    `problem` is empty after a good read; else it says why nothing could be checked, and every
    other figure is None. `allowance` is what the migrator may take of the old token. On a chain
    without a contract of the migration there are balances alone, of the tokens that it has.
    """

    chain: str
    address: str
    checked_at: datetime
    problem: str
    block: BlockMark | None = None
    old: TokenName | None = None
    new: TokenName | None = None
    old_balance: int | None = None
    new_balance: int | None = None
    allowance: int | None = None
    is_contract: bool | None = None
    events: Sequence[WalletEvent] = ()
