"""Answers that wait for a lead before their words go out

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from trustops.db.types import BigId, Instant, JsonValue

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "held_answer",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("ticket_id", BigId, nullable=False),
        sa.Column("author_kind", sa.String(16), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("author_name", sa.String(120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("then", sa.String(16), nullable=True),
        sa.Column("codes", JsonValue, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("alerted_at", Instant(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by_name", sa.String(120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_held_answer_ticket_id_ticket"),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name="fk_held_answer_author_id_staff"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_held_answer_message_id_message"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_held_answer"),
    )
    op.create_index("ix_held_answer_ticket_id", "held_answer", ["ticket_id"])
    op.create_index(
        "ix_held_answer_waiting",
        "held_answer",
        ["created_at", "id"],
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )


def downgrade():
    """Words that still waited are lost: they were never said to anybody."""
    op.drop_table("held_answer")
