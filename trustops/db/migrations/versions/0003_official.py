"""The manifest versions that were accepted

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from trustops.db.types import BigId, Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "official_version",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("version", BigId, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_version")),
        sa.UniqueConstraint("key_id", "version", name=op.f("uq_official_version_key_id_version")),
    )


def downgrade() -> None:
    op.drop_table("official_version")
