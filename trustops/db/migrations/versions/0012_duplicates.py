"""A duplicate names the ticket that is answered in its place

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    """Duplicates of an earlier version name none; staff may add it."""
    op.add_column("ticket", sa.Column("duplicate_of", sa.String(24), nullable=True))
    op.create_index(
        "ix_ticket_duplicate_of",
        "ticket",
        ["duplicate_of", "id"],
        sqlite_where=sa.text("duplicate_of IS NOT NULL"),
        postgresql_where=sa.text("duplicate_of IS NOT NULL"),
    )


def downgrade():
    op.drop_index("ix_ticket_duplicate_of", "ticket")
    op.drop_column("ticket", "duplicate_of")
