"""Sign-in: runs of failures, and the generation of known browsers

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from trustops.db.types import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    """Count failed sign-ins in one row for each account, and number known browsers."""
    op.create_table(
        "sign_in_run",
        sa.Column("subject", sa.String(length=96), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("alerted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_sign_in_run")),
    )
    op.add_column(
        "staff",
        sa.Column("device_generation", sa.Integer(), server_default="0", nullable=False),
    )


def downgrade():
    """Forget both."""
    op.drop_column("staff", "device_generation")
    op.drop_table("sign_in_run")
