"""Holders as rows, and indexes in the words of the statements that read them

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from trustops.db.types import BigId

revision = "0010"
down_revision = "0009"
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
NEW = (
    ("ix_job_run_started", "job_run", ["started_at"], None),
    ("ix_job_run_good", "job_run", ["name", "started_at", "id"], "outcome = 'ok'"),
    ("ix_alert_unresolved", "alert", ["subject"], "resolved_at IS NULL"),
    ("ix_ticket_client_since", "ticket", ["created_at"], "client_key IS NOT NULL"),
    ("ix_ticket_link_expires", "ticket_link", ["expires_at"], None),
    ("ix_ticket_link_revoked", "ticket_link", ["revoked_at"], "revoked_at IS NOT NULL"),
    ("ix_staff_session_open", "staff_session", ["staff_id"], "ended_at IS NULL"),
    ("ix_staff_session_expires", "staff_session", ["expires_at"], None),
    ("ix_staff_session_ended", "staff_session", ["ended_at"], "ended_at IS NOT NULL"),
    ("ix_staff_invite_expires", "staff_invite", ["expires_at"], None),
    ("ix_staff_invite_used", "staff_invite", ["used_at"], "used_at IS NOT NULL"),
)
QUARANTINE = ("ix_ticket_quarantine", "ticket", ["created_at", "id"])
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
    op.drop_index(QUARANTINE[0], table_name=QUARANTINE[1])
    _create(*QUARANTINE, "quarantined_at IS NOT NULL AND closed_at IS NULL")
    for index in NEW:
        _create(*index)


def downgrade():
    """The indexes as they were, and no holders."""
    for name, table, _, _ in reversed(NEW):
        op.drop_index(name, table_name=table)
    op.drop_index(QUARANTINE[0], table_name=QUARANTINE[1])
    _create(*QUARANTINE, "quarantined_at IS NOT NULL")
    for name in OF_A_TICKET:
        _again("ticket", name, [name])
    for name in OF_A_WALLET:
        _again("migration_event", name, ["pack", "chain", name])
    _provisional("NOT final")
    op.drop_column("chain_cursor", "holders")
    op.drop_table("chain_holder")


def _again(table, name, columns):
    op.drop_index(f"ix_{table}_{name}", table_name=table)
    _create(f"ix_{table}_{name}", table, columns)


def _provisional(in_sqlite):
    name = "ix_migration_event_provisional"
    op.drop_index(name, table_name="migration_event")
    _create(name, "migration_event", ["pack", "chain", "block_number"], "NOT final", in_sqlite)


def _create(name, table, columns, where=None, in_sqlite=None):
    words = {"postgresql_where": where, "sqlite_where": in_sqlite or where} if where else {}
    op.create_index(
        name, table, columns, unique=False, **{key: sa.text(word) for key, word in words.items()}
    )
