"""Alerts found by their ticket

Revision ID: 0016
Revises: 0015
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    """A list shows one row a ticket, so each alert asks for the newest of its ticket."""
    op.create_index("ix_alert_ticket", "alert", ["ticket", "opened_at", "id"])


def downgrade():
    op.drop_index("ix_alert_ticket", table_name="alert")
