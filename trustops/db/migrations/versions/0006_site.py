"""Public figures: the median of first responses is read by the time at which they were given

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    """Index first responses by the time at which they were given."""
    op.create_index(
        "ix_sla_clock_met",
        "sla_clock",
        ["metric", "met_at"],
        unique=False,
        sqlite_where=sa.text("met_at IS NOT NULL"),
        postgresql_where=sa.text("met_at IS NOT NULL"),
    )


def downgrade():
    """Drop the index."""
    op.drop_index("ix_sla_clock_met", table_name="sla_clock")
