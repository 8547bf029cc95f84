"""Heartbeats, and the permalink of a delivery

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from trustops.db.types import BigId, Instant, JsonValue

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "heartbeat",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("schedule", sa.String(length=48), nullable=False),
        sa.Column("iso_week", sa.String(length=8), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("texts", JsonValue, nullable=False),
        sa.Column("figures", JsonValue, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("as_of", Instant(), nullable=True),
        sa.Column("composed_at", Instant(), nullable=True),
        sa.Column("waits_for", sa.Text(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("approved_sha256", sa.String(length=64), nullable=False),
        sa.Column("approved_by", sa.String(length=120), nullable=False),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("missed_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeat")),
        sa.UniqueConstraint("schedule", "iso_week", name=op.f("uq_heartbeat_schedule_iso_week")),
    )
    op.create_index("ix_heartbeat_due", "heartbeat", ["due_at"], unique=False)
    op.add_column("delivery", sa.Column("permalink", sa.String(length=500), nullable=True))


def downgrade():
    op.drop_column("delivery", "permalink")
    op.drop_table("heartbeat")
