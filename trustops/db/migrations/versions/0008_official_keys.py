"""The keys that were accepted, and what a manifest announced

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from trustops.db.types import BigId, Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SQLITE_UP = (
    """
    CREATE TRIGGER official_key_no_update BEFORE UPDATE ON official_key
    BEGIN SELECT RAISE(ABORT, 'the official_key table is append-only'); END
    """,
    """
    CREATE TRIGGER official_key_no_delete BEFORE DELETE ON official_key
    BEGIN SELECT RAISE(ABORT, 'the official_key table is append-only'); END
    """,
)
SQLITE_DOWN = ("DROP TRIGGER official_key_no_delete", "DROP TRIGGER official_key_no_update")

POSTGRESQL_UP = (
    """
    CREATE FUNCTION official_key_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the official_key table is append-only'; END $$
    """,
    """
    CREATE TRIGGER official_key_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON official_key
    FOR EACH STATEMENT EXECUTE FUNCTION official_key_is_append_only()
    """,
)
POSTGRESQL_DOWN = (
    "DROP TRIGGER official_key_append_only ON official_key",
    "DROP FUNCTION official_key_is_append_only()",
)


def upgrade() -> None:
    op.create_table(
        "official_key",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("previous_id", BigId, nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("accepted_by", sa.String(length=16), nullable=False),
        sa.Column("host", sa.String(length=64), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_key")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_official_key_previous_id")),
    )
    op.add_column("official_version", sa.Column("expires_at", Instant(), nullable=True))
    op.add_column(
        "official_version",
        sa.Column("next_keys", sa.String(length=255), server_default="", nullable=False),
    )
    _run(SQLITE_UP, POSTGRESQL_UP)


def downgrade() -> None:
    _run(SQLITE_DOWN, POSTGRESQL_DOWN)
    op.drop_column("official_version", "next_keys")
    op.drop_column("official_version", "expires_at")
    op.drop_table("official_key")


def _run(sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    for statement in sqlite if op.get_bind().dialect.name == "sqlite" else postgresql:
        op.execute(statement)
