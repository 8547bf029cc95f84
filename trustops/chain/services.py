"""The rows of a chain: claim it, keep what is final, replace what is not, note how a read went.

Who reads holds a lease, and every write checks that it still does, in the transaction of the
write; so two readers never count the same event twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from trustops.chain import holders, records
from trustops.chain.events import FIRST_SPAN, Found
from trustops.chain.models import (
    ChainCursor,
    ChainDay,
    ChainHolder,
    ChainTotals,
    MigrationEvent,
)
from trustops.chain.rules import State, net_by_day, sums_of
from trustops.chain.values import BlockMark, Totals
from trustops.db import insert_new
from trustops.errors import ConflictError

LEASE = timedelta(minutes=5)
"""Longer than one step can take; whoever takes longer has lost the chain to another process."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far a chain was read, and the lease under which it goes on from there."""

    pack: str
    chain: str
    lease: str
    block: int | None
    hash: str | None
    span: int


def ensure(session: Session, now: datetime, pack: str, chain: str) -> None:
    """Make the cursor of a chain, unless it stands."""
    counts = dict.fromkeys(["migrated", "unmigrated", "issued", "events", "holders"], 0)
    row = {
        "pack": pack,
        "chain": chain,
        "block": None,
        "hash": None,
        "span": FIRST_SPAN,
        **counts,
        "plan": "",
        "state": State.WAITING,
        "reason": "",
        "next_at": now,
    }
    insert_new(session, ChainCursor, row, unique=["pack", "chain"])


def claim(
    session: Session, now: datetime, pack: str, chain: str, *, plan: str, at_once: bool = False
) -> Position | None:
    """Take the lease of a chain; None where another process has it, or nothing is due.

    Args:
        session: a writing session.
        now: the present, aware.
        pack: the id of the pack.
        chain: the name of the chain in it.
        plan: the digest of what the pack looks for; another one than before forgets all rows.
        at_once: whether to read though the next read is not due.
    """
    free = or_(ChainCursor.leased_until.is_(None), ChainCursor.leased_until < now)
    due: list[ColumnElement[bool]] = [] if at_once else [ChainCursor.next_at <= now]
    lease = secrets.token_hex(8)
    row = session.scalars(
        update(ChainCursor)
        .where(_is(pack, chain), ChainCursor.state != State.CONFLICT, free, *due)
        .values(lease=lease, leased_until=now + LEASE)
        .returning(ChainCursor)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).first()
    if row is None:
        return None
    if row.plan != plan:
        _forget(session, row)
        row.plan = plan
    return Position(pack, chain, lease, row.block, row.hash, row.span)


def start_anew(session: Session, pack: str, chain: str) -> None:
    """Forget what was read of a chain, so that the next read begins at its first block."""
    row = session.get(ChainCursor, (pack, chain), with_for_update=True)
    if row is not None:
        _forget(session, row)
        row.state = State.WAITING
        row.reason = ""
        row.lease = None
        row.leased_until = None
        row.failing_since = None


def keep_final(
    session: Session,
    now: datetime,
    position: Position,
    *,
    mark: BlockMark,
    found: Sequence[Found],
    span: int,
) -> Position:
    """Write the events up to a final block, add them to the sums and move the cursor there.

    Raises:
        ConflictError: another process has taken the lease.
    """
    row = _held(session, position)
    session.execute(
        delete(MigrationEvent)
        .where(_events_of(position), MigrationEvent.block_number <= mark.number)
        .where(~MigrationEvent.final)
        .execution_options(synchronize_session=False)
    )
    _insert(session, position, found, final=True)
    sums = sums_of(item.move for item in found)
    row.migrated += sums.migrated
    row.unmigrated += sums.unmigrated
    row.issued += sums.issued
    row.events += sums.events
    row.holders += holders.add(session, position.pack, position.chain, holders.payers(found))
    for day, net in net_by_day(item.move for item in found).items():
        kept = session.get(ChainDay, (position.pack, position.chain, day))
        if kept is None:
            session.add(ChainDay(pack=position.pack, chain=position.chain, day=day, net=net))
        else:
            kept.net += net
    row.block, row.hash, row.span = mark.number, mark.hash, span
    row.leased_until = now + LEASE
    return Position(position.pack, position.chain, position.lease, mark.number, mark.hash, span)


def replace_provisional(session: Session, position: Position, found: Sequence[Found]) -> None:
    """Put what stands after the final block now in the place of what stood there before.

    Raises:
        ConflictError: another process has taken the lease.
    """
    _held(session, position)
    session.execute(
        delete(MigrationEvent)
        .where(_events_of(position), ~MigrationEvent.final)
        .execution_options(synchronize_session=False)
    )
    _insert(session, position, found, final=False)


def keep_totals(session: Session, now: datetime, totals: Totals) -> None:
    """Keep the totals of a good read in the place of those before."""
    row = session.get(ChainTotals, (totals.pack, totals.chain))
    if row is None:
        row = ChainTotals(pack=totals.pack, chain=totals.chain, read_at=now, facts={})
        session.add(row)
    row.read_at = now
    row.facts = records.of_totals(totals)


def note_good(session: Session, now: datetime, position: Position, *, next_at: datetime) -> None:
    """Note that a chain was read to its head, and give the lease back."""
    row = _held(session, position)
    row.state, row.reason = State.GOOD, ""
    row.checked_at = row.good_at = now
    row.failing_since = None
    _give_back(row, next_at)


def note_progress(session: Session, now: datetime, position: Position) -> None:
    """Note that a chain was read on, though not to its head, and give the lease back."""
    row = _held(session, position)
    row.state, row.reason = State.READING, ""
    row.checked_at = now
    row.failing_since = None
    _give_back(row, now)


def note_failed(
    session: Session,
    now: datetime,
    position: Position,
    *,
    state: State,
    reason: str,
    next_at: datetime,
) -> datetime:
    """Note that a read failed and why, give the lease back; gives since when reads fail."""
    row = _held(session, position)
    row.state, row.reason = state, reason
    row.checked_at = now
    row.failing_since = row.failing_since or now
    _give_back(row, next_at)
    return row.failing_since


def note_not_set_up(session: Session, pack: str, chain: str) -> None:
    """Note that the settings name no node of a chain; its rows stay."""
    session.execute(
        update(ChainCursor)
        .where(_is(pack, chain))
        .values(state=State.NOT_SET_UP, reason="", failing_since=None)
        .execution_options(synchronize_session=False)
    )


def _is(pack: str, chain: str) -> ColumnElement[bool]:
    return and_(ChainCursor.pack == pack, ChainCursor.chain == chain)


def _events_of(position: Position) -> ColumnElement[bool]:
    return and_(MigrationEvent.pack == position.pack, MigrationEvent.chain == position.chain)


def _held(session: Session, position: Position) -> ChainCursor:
    """The cursor, locked, if the lease is still ours."""
    row = session.scalars(
        select(ChainCursor)
        .where(_is(position.pack, position.chain), ChainCursor.lease == position.lease)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise ConflictError(f"Another process reads {position.chain} by now.")
    return row


def _give_back(row: ChainCursor, next_at: datetime) -> None:
    row.lease = None
    row.leased_until = None
    row.next_at = next_at


def _forget(session: Session, row: ChainCursor) -> None:
    for table in (MigrationEvent, ChainDay, ChainHolder, ChainTotals):
        session.execute(
            delete(table)
            .where(table.pack == row.pack, table.chain == row.chain)
            .execution_options(synchronize_session=False)
        )
    row.block = row.hash = None
    row.migrated = row.unmigrated = row.issued = row.events = row.holders = 0
    row.span = FIRST_SPAN


def _insert(session: Session, position: Position, found: Iterable[Found], *, final: bool) -> None:
    rows = [
        {
            "pack": position.pack,
            "chain": position.chain,
            "block_number": item.log.block_number,
            "block_hash": item.log.block_hash,
            "block_time": item.at,
            "log_index": item.log.index,
            "tx_hash": item.log.tx_hash,
            "contract": item.log.address,
            "direction": item.direction,
            "payer": item.payer,
            "beneficiary": item.beneficiary,
            "old_amount": item.old_amount,
            "new_amount": item.new_amount,
            "final": final,
        }
        for item in found
    ]
    if rows:
        session.execute(insert(MigrationEvent), rows)


def here(session: Session, position: Position) -> Position:
    """The position as the rows have it now: an attempt before may have moved it on.

    Raises:
        ConflictError: another process has taken the lease.
    """
    row = _held(session, position)
    return Position(position.pack, position.chain, position.lease, row.block, row.hash, row.span)
