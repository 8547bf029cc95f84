"""What the approval of a heartbeat covers, and why one ended

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from trustops.db.types import JsonValue

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    """What was approved before covers nothing beside its text, and goes out as it was read."""
    op.add_column(
        "heartbeat", sa.Column("cover", JsonValue, server_default=sa.text("'{}'"), nullable=False)
    )
    op.add_column(
        "heartbeat", sa.Column("departed", sa.Text(), server_default=sa.text("''"), nullable=False)
    )


def downgrade():
    op.drop_column("heartbeat", "departed")
    op.drop_column("heartbeat", "cover")
