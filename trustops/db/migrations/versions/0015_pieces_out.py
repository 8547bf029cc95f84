"""Tickets out of which pieces of a secret were taken

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from trustops.db.types import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    """Nothing was taken out of any ticket before."""
    op.add_column("ticket", sa.Column("pieces_since", Instant(), nullable=True))
    op.add_column("ticket", sa.Column("pieces_out_at", Instant(), nullable=True))


def downgrade():
    op.drop_column("ticket", "pieces_out_at")
    op.drop_column("ticket", "pieces_since")
