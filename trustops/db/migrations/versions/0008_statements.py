"""Holders as rows, and indexes in the words of the statements that read them

Revision ID: 0008
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from trustops.db.types import BigId

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

FILL_HOLDERS = """
    INSERT INTO chain_holder (pack, chain, address)
    SELECT DISTINCT pack, chain, payer FROM migration_event WHERE final AND direction = 'migrate'
"""
COUNT_HOLDERS = """
    UPDATE chain_cursor SET holders = (
        SELECT count(*) FROM chain_holder
        WHERE chain_holder.pack = chain_cursor.pack AND chain_holder.chain = chain_cursor.chain
    )
"""
OF_A_WALLET = ("payer", "beneficiary")
OF_A_TICKET = ("wallet", "tx_hash", "email")


def upgrade():
    """Make the table of holders from the events that are final, and the indexes anew."""
    op.create_table(
        "chain_holder",
        sa.Column("pack", sa.String(length=48), nullable=False),
        sa.Column("chain", sa.String(length=48), nullable=False),
        sa.Column("address", sa.String(length=42), nullable=False),
        sa.PrimaryKeyConstraint("pack", "chain", "address", name=op.f("pk_chain_holder")),
        sqlite_with_rowid=False,
    )
    op.execute(FILL_HOLDERS)
    op.add_column(
        "chain_cursor",
        sa.Column("holders", BigId, server_default=sa.text("0"), nullable=False),
    )
    op.execute(COUNT_HOLDERS)
    _provisional("final = 0")
    for name in OF_A_WALLET:
        _again("migration_event", name, ["pack", "chain", name, "block_number", "log_index"])
    for name in OF_A_TICKET:
        _again("ticket", name, [name, "id"])


def downgrade():
    """The indexes as they were, and no holders."""
    for name in OF_A_TICKET:
        _again("ticket", name, [name])
    for name in OF_A_WALLET:
        _again("migration_event", name, ["pack", "chain", name])
    _provisional("NOT final")
    op.drop_column("chain_cursor", "holders")
    op.drop_table("chain_holder")


def _again(table, name, columns):
    op.drop_index(f"ix_{table}_{name}", table_name=table)
    op.create_index(f"ix_{table}_{name}", table, columns, unique=False)


def _provisional(in_sqlite):
    name = "ix_migration_event_provisional"
    op.drop_index(name, table_name="migration_event")
    op.create_index(
        name,
        "migration_event",
        ["pack", "chain", "block_number"],
        unique=False,
        sqlite_where=sa.text(in_sqlite),
        postgresql_where=sa.text("NOT final"),
    )
