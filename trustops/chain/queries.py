"""What pages, the snapshot and the desk ask of the chain room; nothing here asks a node."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from trustops.chain import records, rules
from trustops.chain.models import ChainCursor, ChainDay, ChainTotals, MigrationEvent, WalletCheck
from trustops.chain.rules import Move, State
from trustops.chain.schema import ChainPart, Pack
from trustops.chain.shapes import kept
from trustops.chain.sync import readable
from trustops.chain.values import Standing, WalletFacts

WAITING = "waiting"
CLAIM_LASTS = timedelta(minutes=3)
"""After this a check that was begun and not ended is begun again."""


def standing(session: Session, pack: Pack, now: datetime) -> tuple[Standing, ...]:
    """What is known of a migration, one standing for each chain that has something to tell.

    Args:
        session: only read from.
        pack: the pack that is published.
        now: the present, aware; a last good read long before it is told as a problem.
    """
    chains = {chain.name for chain in readable(pack)}
    found: list[Standing] = []
    for chain in pack.chains:
        if chain.kind != "evm":
            why = rules.not_read(chain.shown)
            found.append(Standing(pack.id, None, why, None, chain=chain.name, title=chain.shown))
        elif chain.name in chains:
            found.append(_standing(session, pack, chain, now))
    return tuple(found)


def packs_read(session: Session) -> Sequence[str]:
    """The ids of all packs of which something was read, published now or not."""
    return session.scalars(select(ChainCursor.pack).distinct()).all()


def is_due(session: Session, now: datetime) -> bool:
    """Whether a chain that somebody began to read wants to be read again now."""
    return bool(
        session.scalar(
            select(
                exists().where(
                    ChainCursor.next_at <= now,
                    ChainCursor.state.not_in([State.CONFLICT, State.NOT_SET_UP]),
                    or_(ChainCursor.leased_until.is_(None), ChainCursor.leased_until < now),
                )
            )
        )
    )


def reason(session: Session, pack: str, chain: str) -> str:
    """Why the last read of a chain was not good, for operators; empty while it was."""
    row = session.get(ChainCursor, (pack, chain))
    return row.reason if row else ""


def wallet_facts(session: Session, chain: str, address: str) -> WalletFacts | None:
    """What was last found of a wallet on a chain; None before the first check."""
    row = session.scalars(
        select(WalletCheck).where(WalletCheck.chain == chain, WalletCheck.address == kept(address))
    ).first()
    return records.to_wallet(row.facts) if row is not None and row.facts else None


def wallet_facts_any(session: Session, address: str) -> tuple[WalletFacts, ...]:
    """What was last found of a wallet on every chain; first where most could be read."""
    rows = session.scalars(
        select(WalletCheck).where(WalletCheck.address == kept(address)).order_by(WalletCheck.chain)
    )
    found = (records.to_wallet(row.facts) for row in rows if row.facts)
    return tuple(sorted(found, key=lambda item: (bool(item.problem), item.allowance is None)))


def is_waiting(session: Session, address: str) -> bool:
    """Whether a wallet waits to be checked."""
    return bool(
        session.scalar(
            select(
                exists().where(WalletCheck.address == kept(address), WalletCheck.state == WAITING)
            )
        )
    )


def waiting(now: datetime) -> ColumnElement[bool]:
    """The condition under which a wallet is to be checked now: it waits, and nobody is at it."""
    return and_(
        WalletCheck.state == WAITING,
        or_(WalletCheck.claimed_at.is_(None), WalletCheck.claimed_at < now - CLAIM_LASTS),
    )


def wallets_wait(session: Session, now: datetime) -> bool:
    """Whether any wallet is to be checked now."""
    return bool(session.scalar(select(exists().where(waiting(now)))))


def _standing(session: Session, pack: Pack, chain: ChainPart, now: datetime) -> Standing:
    key = (pack.id, chain.name)
    cursor = session.get(ChainCursor, key)
    kept_totals = session.get(ChainTotals, key)
    return Standing(
        pack=pack.id,
        totals=records.to_totals(kept_totals.facts) if kept_totals else None,
        problem=rules.problem(
            chain.shown,
            State(cursor.state) if cursor else State.WAITING,
            good_at=cursor.good_at if cursor else None,
            now=now,
        ),
        checked_at=cursor.checked_at if cursor else None,
        by_day=_by_day(session, pack.id, chain.name),
        chain=chain.name,
        title=chain.shown,
    )


def _by_day(session: Session, pack: str, chain: str) -> Sequence[tuple[date, int]]:
    """Net of each day: of final events as summed before, and of the few that are not final."""
    days = {
        row.day: row.net
        for row in session.scalars(
            select(ChainDay).where(ChainDay.pack == pack, ChainDay.chain == chain)
        )
    }
    provisional = session.scalars(
        select(MigrationEvent).where(
            MigrationEvent.pack == pack, MigrationEvent.chain == chain, ~MigrationEvent.final
        )
    )
    moves = (
        Move(row.direction, row.old_amount, row.new_amount, row.block_time.date())
        for row in provisional
    )
    for day, net in rules.net_by_day(moves).items():
        days[day] = days.get(day, 0) + net
    return tuple(sorted(days.items()))
