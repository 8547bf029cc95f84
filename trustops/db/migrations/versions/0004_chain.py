"""Migration events, cursors, totals and wallet checks

Revision ID: 0004
Revises: 0003
"""

from alembic import op
import sqlalchemy as sa

from trustops.db.types import BigId, Instant, JsonValue

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AMOUNT = sa.Numeric(1000, 0).with_variant(sa.Text(), "sqlite")
ALL = ("chain_cursor", "chain_day", "chain_totals", "migration_event", "wallet_check")


def upgrade():
    _create_chains()
    _create_events()
    _create_wallets()


def downgrade():
    for table in reversed(ALL):
        op.drop_table(table)


def _create_chains():
    op.create_table(
        "chain_cursor",
        sa.Column("pack", sa.String(length=48), nullable=False),
        sa.Column("chain", sa.String(length=48), nullable=False),
        sa.Column("block", BigId, nullable=True),
        sa.Column("hash", sa.String(length=66), nullable=True),
        sa.Column("span", sa.Integer(), nullable=False),
        sa.Column("migrated", AMOUNT, nullable=False),
        sa.Column("unmigrated", AMOUNT, nullable=False),
        sa.Column("issued", AMOUNT, nullable=False),
        sa.Column("events", BigId, nullable=False),
        sa.Column("plan", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("leased_until", Instant(), nullable=True),
        sa.Column("checked_at", Instant(), nullable=True),
        sa.Column("good_at", Instant(), nullable=True),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("pack", "chain", name=op.f("pk_chain_cursor")),
    )
    op.create_table(
        "chain_day",
        sa.Column("pack", sa.String(length=48), nullable=False),
        sa.Column("chain", sa.String(length=48), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("net", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("pack", "chain", "day", name=op.f("pk_chain_day")),
    )
    op.create_table(
        "chain_totals",
        sa.Column("pack", sa.String(length=48), nullable=False),
        sa.Column("chain", sa.String(length=48), nullable=False),
        sa.Column("read_at", Instant(), nullable=False),
        sa.Column("facts", JsonValue, nullable=False),
        sa.PrimaryKeyConstraint("pack", "chain", name=op.f("pk_chain_totals")),
    )


def _create_events():
    op.create_table(
        "migration_event",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("pack", sa.String(length=48), nullable=False),
        sa.Column("chain", sa.String(length=48), nullable=False),
        sa.Column("block_number", BigId, nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", Instant(), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("contract", sa.String(length=42), nullable=False),
        sa.Column("direction", sa.String(length=16), nullable=False),
        sa.Column("payer", sa.String(length=42), nullable=False),
        sa.Column("beneficiary", sa.String(length=42), nullable=False),
        sa.Column("old_amount", AMOUNT, nullable=False),
        sa.Column("new_amount", AMOUNT, nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_event")),
        sa.UniqueConstraint(
            "pack",
            "chain",
            "block_hash",
            "log_index",
            name=op.f("uq_migration_event_pack_chain_block_hash_log_index"),
        ),
    )
    op.create_index(
        "ix_migration_event_payer", "migration_event", ["pack", "chain", "payer"], unique=False
    )
    op.create_index(
        "ix_migration_event_beneficiary",
        "migration_event",
        ["pack", "chain", "beneficiary"],
        unique=False,
    )
    op.create_index(
        "ix_migration_event_provisional",
        "migration_event",
        ["pack", "chain", "block_number"],
        unique=False,
        sqlite_where=sa.text("NOT final"),
        postgresql_where=sa.text("NOT final"),
    )


def _create_wallets():
    op.create_table(
        "wallet_check",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("chain", sa.String(length=48), nullable=False),
        sa.Column("address", sa.String(length=42), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Column("checked_at", Instant(), nullable=True),
        sa.Column("facts", JsonValue, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wallet_check")),
        sa.UniqueConstraint("chain", "address", name=op.f("uq_wallet_check_chain_address")),
    )
    op.create_index(
        "ix_wallet_check_waiting",
        "wallet_check",
        ["asked_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("ix_wallet_check_address", "wallet_check", ["address"], unique=False)
