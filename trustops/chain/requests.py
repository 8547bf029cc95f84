"""Requests to check a wallet: a ticket writes the row, a job reads and writes the facts to it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from trustops.addresses import Shape, read
from trustops.chain import records
from trustops.chain.models import WalletCheck
from trustops.chain.queries import CLAIM_LASTS, WAITING, waiting
from trustops.chain.shapes import kept
from trustops.chain.sync import OpenSession, Work, holds_tokens, readable
from trustops.chain.values import WalletFacts
from trustops.chain.wallets import FINAL, NOT_OURS, read_wallets
from trustops.clock import Clock
from trustops.db import insert_for

CHECKED = "checked"
ANY = ""
"""The chain of a request that names none: a request for each chain takes its place."""

BATCH = 20
TRIED_FOR = timedelta(hours=1)
"""So long a check that failed is tried again."""

TRIED_EVERY = timedelta(seconds=20)
"""How soon after a failure; whoever opens the ticket meanwhile reads why."""


def request_check(session: Session, now: datetime, *, chain: str, address: str) -> bool:
    """Ask for a wallet to be read; asking again reads it again.

    Args:
        session: the session of the change, such as a new ticket.
        now: the present, aware.
        chain: the name of the chain, or an empty string for each EVM chain of the pack.
        address: what the holder gave as a wallet.

    Returns:
        Whether the address has the shape of one that can be read.
    """
    reading = read(address)
    if reading.shape is not Shape.EVM_ADDRESS or reading.mistyped:
        return False
    _ask(session, now, chain, reading.text)
    return True


def check_wallets(open_session: OpenSession, clock: Clock, work: Work) -> dict[str, int]:
    """Read every wallet that waits; give how many were read well, and how many not."""
    done = {"checked": 0, "failed": 0}
    while True:
        with open_session() as session:
            _spread(session, clock.now(), work)
            batch = _claim(session, clock.now())
        for chain, addresses in batch.items():
            for facts in read_wallets(open_session, clock, work, chain=chain, addresses=addresses):
                with open_session() as session:
                    _settle(session, clock.now(), facts)
                done["failed" if facts.problem else "checked"] += 1
        if not batch or work.enough():
            return done


def _ask(session: Session, now: datetime, chain: str, wallet: str) -> None:
    again = {"asked_at": now, "state": WAITING, "claimed_at": None}
    session.execute(
        insert_for(session, WalletCheck)
        .values(chain=chain, address=wallet, **again)
        .on_conflict_do_update(index_elements=["chain", "address"], set_=again)
    )


def _spread(session: Session, now: datetime, work: Work) -> None:
    """Put a request for each chain in the place of those that name none."""
    # Where nothing but balances can be read, a chain without a node has nothing to tell.
    asked = [chain.name for chain in holds_tokens(work.pack) if chain.name in work.nodes]
    chains = dict.fromkeys([*(chain.name for chain in readable(work.pack)), *asked])
    rows = session.scalars(
        select(WalletCheck)
        .where(WalletCheck.chain == ANY, WalletCheck.state == WAITING)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        if not chains:
            facts = WalletFacts(ANY, row.address, now, NOT_OURS)
            row.state, row.checked_at, row.facts = CHECKED, now, records.of_wallet(facts)
            continue
        for chain in chains:
            _ask(session, row.asked_at, chain, row.address)
        session.execute(delete(WalletCheck).where(WalletCheck.id == row.id))


def _claim(session: Session, now: datetime) -> dict[str, list[str]]:
    """Take some requests, the oldest first, by their chains."""
    rows = session.scalars(
        select(WalletCheck)
        .where(waiting(now))
        .order_by(WalletCheck.asked_at, WalletCheck.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        row.claimed_at = now
        found[row.chain].append(row.address)
    return found


def _settle(session: Session, now: datetime, facts: WalletFacts) -> None:
    """Keep the facts; a check that failed goes on waiting for a while."""
    row = session.scalars(
        select(WalletCheck)
        .where(WalletCheck.chain == facts.chain, WalletCheck.address == kept(facts.address))
        .with_for_update()
    ).one()
    row.facts = records.of_wallet(facts)
    row.checked_at = now
    if not facts.problem or facts.problem in FINAL or now - row.asked_at > TRIED_FOR:
        row.state = CHECKED
    else:
        row.claimed_at = now - CLAIM_LASTS + TRIED_EVERY
