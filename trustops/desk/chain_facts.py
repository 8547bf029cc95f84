"""What a chain says of the wallet on a ticket, as the page shows it: figures with their block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trustops.addresses import spelled
from trustops.chain import queries
from trustops.chain.amounts import in_tokens
from trustops.chain.values import TokenName, WalletEvent, WalletFacts
from trustops.tickets.models import Ticket

UNREAD = "No chain that we read knows an address of this shape."
DIRECTIONS = {"migrate": "Migrated", "unmigrate": "Went back"}


@dataclass(frozen=True, slots=True)
class ChainEvent:
    """One migration of the wallet, with its amounts in tokens."""

    word: str
    old: str
    new: str
    block: int
    at: datetime
    tx_hash: str
    elsewhere: str
    final: bool


@dataclass(frozen=True, slots=True)
class ChainFacts:
    """What is known of the wallet. `problem` says why nothing could be checked, else it is empty.

    `waiting` is true while somebody is to look, for the first time or again. Figures are texts
    with the token's symbol.
    """

    waiting: bool
    problem: str
    checked_at: datetime | None = None
    block: int | None = None
    block_at: datetime | None = None
    figures: Sequence[tuple[str, str]] = ()
    is_contract: bool = False
    events: Sequence[ChainEvent] = ()


def chain_facts(session: Session, ticket: Ticket) -> ChainFacts | None:
    """The facts of a ticket's wallet; None where it names none."""
    if ticket.wallet is None:
        return None
    if ticket.chain is not None:
        found = queries.wallet_facts(session, ticket.chain, ticket.wallet)
    else:
        found = next(iter(queries.wallet_facts_any(session, ticket.wallet)), None)
    waiting = queries.is_waiting(session, ticket.wallet)
    if found is None:
        return ChainFacts(waiting=waiting, problem="" if waiting else UNREAD)
    if found.problem:
        return ChainFacts(waiting=waiting, problem=found.problem, checked_at=found.checked_at)
    return _of(found, waiting=waiting)


def _of(found: WalletFacts, *, waiting: bool) -> ChainFacts:
    return ChainFacts(
        waiting=waiting,
        problem="",
        checked_at=found.checked_at,
        block=found.block.number if found.block else None,
        block_at=found.block.at if found.block else None,
        figures=[
            (label, _amount(amount, token))
            for label, amount, token in (
                ("Old tokens", found.old_balance, found.old),
                ("New tokens", found.new_balance, found.new),
                ("Approved for the migrator", found.allowance, found.old),
            )
        ],
        is_contract=bool(found.is_contract),
        events=[_event(event, found) for event in found.events],
    )


def _event(event: WalletEvent, found: WalletFacts) -> ChainEvent:
    return ChainEvent(
        word=DIRECTIONS.get(event.direction, event.direction),
        old=_amount(event.old_amount, found.old),
        new=_amount(event.new_amount, found.new),
        block=event.block.number,
        at=event.block.at,
        tx_hash=event.tx_hash,
        elsewhere="" if spelled(event.beneficiary) == spelled(found.address) else event.beneficiary,
        final=event.final,
    )


def _amount(amount: int | None, token: TokenName | None) -> str:
    if amount is None or token is None:
        return "not read"
    return f"{in_tokens(amount, token.decimals)} {token.symbol}"
