"""Tables of the chain room: how far each chain was read, what was found, and checks of wallets.

Addresses and hashes stand in their one spelling (`trustops.addresses`). Amounts are whole numbers
of the smallest unit, too large for any number type of SQLite, so there they are text.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from trustops.chain.rules import State
from trustops.db import Base, BigId, Spelled, one_of

AMOUNT = Numeric(1000, 0).with_variant(Text(), "sqlite")
"""A whole number in the database's own type. A word of the EVM has 78 digits; a sum of them, or an
amount in the smaller unit of the other token, has more."""

LONGEST_NAME = 48


class Amount(TypeDecorator[int]):
    """A whole number of a token's smallest unit."""

    impl = Numeric(1000, 0)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, an exact number elsewhere."""
        return dialect.type_descriptor(AMOUNT.dialect_impl(dialect))

    def process_bind_param(self, value: int | None, dialect: Dialect) -> str | Decimal | None:
        """Write the number in the form of the database."""
        if value is None:
            return None
        return str(value) if dialect.name == "sqlite" else Decimal(value)

    def process_result_value(self, value: object, dialect: Dialect) -> int | None:
        """Read it back as it was."""
        del dialect
        return None if value is None else int(str(value))


class ChainCursor(Base):
    """How far one chain of one pack was read, the sums up to there, and how the last read went.

    `block` and `hash` are the last final block whose events are rows; the sums are of final
    events, and `holders` counts the rows of `ChainHolder`. `plan` is a digest of what the pack
    looks for; with another one all is read anew. Who reads holds `lease` until `leased_until`.
    `failing_since` is empty while reads are good; `reason` says to operators why the last one was
    not. After a conflict nothing is read.
    """

    __tablename__ = "chain_cursor"

    pack: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    chain: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    block: Mapped[int | None] = mapped_column(BigId)
    hash: Mapped[str | None] = mapped_column(String(66))
    span: Mapped[int]
    migrated: Mapped[int] = mapped_column(Amount)
    unmigrated: Mapped[int] = mapped_column(Amount)
    issued: Mapped[int] = mapped_column(Amount)
    events: Mapped[int] = mapped_column(BigId)
    holders: Mapped[int] = mapped_column(BigId, server_default=text("0"))
    plan: Mapped[str] = mapped_column(String(64))
    state: Mapped[State] = mapped_column(one_of(State, 16))
    reason: Mapped[str] = mapped_column(Text)
    next_at: Mapped[datetime]
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    good_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]


class MigrationEvent(Base):
    """One event of a migration. Final rows stay; the others are replaced by each read."""

    __tablename__ = "migration_event"
    __table_args__ = (
        UniqueConstraint("pack", "chain", "block_hash", "log_index"),
        Index("ix_migration_event_payer", "pack", "chain", "payer", "block_number", "log_index"),
        Index(
            "ix_migration_event_beneficiary",
            "pack",
            "chain",
            "beneficiary",
            "block_number",
            "log_index",
        ),
        # `~final` is rendered in these words, and SQLite compares the words of a condition.
        Index(
            "ix_migration_event_provisional",
            "pack",
            "chain",
            "block_number",
            sqlite_where=text("final = 0"),
            postgresql_where=text("NOT final"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    pack: Mapped[str] = mapped_column(String(LONGEST_NAME))
    chain: Mapped[str] = mapped_column(String(LONGEST_NAME))
    block_number: Mapped[int] = mapped_column(BigId)
    block_hash: Mapped[str] = mapped_column(String(66))
    block_time: Mapped[datetime]
    log_index: Mapped[int]
    tx_hash: Mapped[str] = mapped_column(Spelled(66, transaction=True))
    contract: Mapped[str] = mapped_column(Spelled(42))
    direction: Mapped[str] = mapped_column(String(16))
    payer: Mapped[str] = mapped_column(Spelled(42))
    beneficiary: Mapped[str] = mapped_column(Spelled(42))
    old_amount: Mapped[int] = mapped_column(Amount)
    new_amount: Mapped[int] = mapped_column(Amount)
    final: Mapped[bool]


class ChainDay(Base):
    """Net migrated old tokens of one day in UTC, from final events."""

    __tablename__ = "chain_day"

    pack: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    chain: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    net: Mapped[int] = mapped_column(Amount)


class ChainHolder(Base):
    """A wallet that paid old tokens in by a final event; so holders need no count of all events."""

    __tablename__ = "chain_holder"
    __table_args__ = ({"sqlite_with_rowid": False},)

    pack: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    chain: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    address: Mapped[str] = mapped_column(String(42), primary_key=True)


class ChainTotals(Base):
    """The last good totals of one chain, as `records` writes them."""

    __tablename__ = "chain_totals"

    pack: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    chain: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    read_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]


class WalletCheck(Base):
    """A wallet that somebody asked about. `chain` is empty until the chains of it are chosen.

    `state` is `waiting` or `checked`; a row that is asked for again waits and keeps its facts.
    """

    __tablename__ = "wallet_check"
    __table_args__ = (
        UniqueConstraint("chain", "address"),
        Index(
            "ix_wallet_check_waiting",
            "asked_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_wallet_check_address", "address"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    chain: Mapped[str] = mapped_column(String(LONGEST_NAME))
    address: Mapped[str] = mapped_column(Spelled(42))
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    claimed_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    facts: Mapped[dict[str, Any] | None]
