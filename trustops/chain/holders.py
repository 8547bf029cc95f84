"""Who paid old tokens in: one row for each wallet, kept as its first event becomes final.

A final event stays, so a row is never taken back but with all that was read of its chain. What is
not final yet has no row: those wallets are few, and are compared with the rows each time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from trustops.chain.events import Found
from trustops.chain.models import ChainHolder
from trustops.chain.rules import MIGRATE

AT_ONCE = 500
"""Wallets in one question; a database takes so many values and no more."""


def payers(found: Iterable[Found]) -> set[str]:
    """The wallets that paid old tokens in."""
    return {item.payer for item in found if item.direction == MIGRATE}


def add(session: Session, pack: str, chain: str, wallets: Collection[str]) -> int:
    """Keep wallets that paid in for good; gives how many of them are new.

    The caller holds the lease of the chain, so nobody writes the same rows beside it.
    """
    new = _without_row(session, pack, chain, wallets)
    if new:
        rows = [{"pack": pack, "chain": chain, "address": wallet} for wallet in new]
        session.execute(insert(ChainHolder), rows)
    return len(new)


def count_new(session: Session, pack: str, chain: str, wallets: Collection[str]) -> int:
    """How many of these wallets never paid in by a final event."""
    return len(_without_row(session, pack, chain, wallets))


def _without_row(
    session: Session, pack: str, chain: str, wallets: Collection[str]
) -> Sequence[str]:
    asked = sorted(set(wallets))
    known: set[str] = set()
    for start in range(0, len(asked), AT_ONCE):
        known.update(
            session.scalars(
                select(ChainHolder.address).where(
                    ChainHolder.pack == pack,
                    ChainHolder.chain == chain,
                    ChainHolder.address.in_(asked[start : start + AT_ONCE]),
                )
            )
        )
    return [wallet for wallet in asked if wallet not in known]
