"""The first tables

Revision ID: 0001
Revises:
"""

from alembic import op
import sqlalchemy as sa

from trustops.db.types import BigId, Instant, JsonValue

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("scopes", JsonValue, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("last_used_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("public_id", name=op.f("uq_api_token_public_id")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("target", sa.String(length=254), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=96), nullable=False),
        sa.Column("payload", JsonValue, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", Instant(), nullable=False),
        sa.Column("claim_token", sa.String(length=32), nullable=True),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_delivery_dedupe_key")),
    )
    op.create_index(
        "ix_delivery_due",
        "delivery",
        ["next_try_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index(
        "ix_delivery_sending",
        "delivery",
        ["claimed_at"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index("ix_delivery_subject", "delivery", ["subject"], unique=False)
    op.create_table(
        "event",
        sa.Column("seq", BigId, autoincrement=True, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=96), nullable=False),
        sa.Column("actor", sa.String(length=96), nullable=False),
        sa.Column("actor_name", sa.String(length=120), nullable=False),
        sa.Column("data", JsonValue, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
    )
    op.create_index("ix_event_subject_seq", "event", ["subject", "seq"], unique=False)
    op.create_table(
        "idempotent_request",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("result", JsonValue, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotent_request")),
        sa.UniqueConstraint(
            "client", "key_hash", name=op.f("uq_idempotent_request_client_key_hash")
        ),
    )
    op.create_index(
        op.f("ix_idempotent_request_created_at"), "idempotent_request", ["created_at"], unique=False
    )
    op.create_table(
        "job_run",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("slot", Instant(), nullable=True),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("data", JsonValue, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
        sa.UniqueConstraint("name", "slot", name=op.f("uq_job_run_name_slot")),
    )
    op.create_index("ix_job_run_name_started", "job_run", ["name", "started_at"], unique=False)
    op.create_table(
        "staff",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("password_changed_at", Instant(), nullable=True),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "alert",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("dedupe_key", sa.String(length=160), nullable=False),
        sa.Column("subject", sa.String(length=96), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("ticket", sa.String(length=24), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("data", JsonValue, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("acknowledged_at", Instant(), nullable=True),
        sa.Column("acknowledged_by_id", BigId, nullable=True),
        sa.Column("acknowledged_by_name", sa.String(length=120), nullable=True),
        sa.Column("resolved_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["staff.id"], name=op.f("fk_alert_acknowledged_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_alert_dedupe_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_alert_public_id")),
    )
    op.create_index("ix_alert_opened", "alert", ["opened_at", "id"], unique=False)
    op.create_index("ix_alert_subject", "alert", ["subject"], unique=False)
    op.create_index(
        "ix_alert_waiting",
        "alert",
        ["opened_at", "id"],
        unique=False,
        sqlite_where=sa.text("acknowledged_at IS NULL AND resolved_at IS NULL"),
        postgresql_where=sa.text("acknowledged_at IS NULL AND resolved_at IS NULL"),
    )
    op.create_table(
        "staff_invite",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_invite_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_invite")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_invite_token_hash")),
    )
    op.create_index(op.f("ix_staff_invite_staff_id"), "staff_invite", ["staff_id"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("end_reason", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_session_token_hash")),
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("reference", sa.String(length=24), nullable=False),
        sa.Column("topic", sa.String(length=48), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.String(length=16), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("wallet", sa.String(length=128), nullable=True),
        sa.Column("chain", sa.String(length=48), nullable=True),
        sa.Column("tx_hash", sa.String(length=128), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_confirmed_at", Instant(), nullable=True),
        sa.Column("opened_by", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("assignee_id", BigId, nullable=True),
        sa.Column("client_key", sa.String(length=64), nullable=True),
        sa.Column("quarantined_at", Instant(), nullable=True),
        sa.Column("quarantine_reason", sa.String(length=32), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("last_words_at", Instant(), nullable=False),
        sa.Column("last_requester_at", Instant(), nullable=True),
        sa.Column("first_replied_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("queue_at", Instant(), nullable=True),
        sa.Column("message_count", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["staff.id"], name=op.f("fk_ticket_assignee_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("reference", name=op.f("uq_ticket_reference")),
    )
    op.create_index("ix_ticket_client", "ticket", ["client_key", "created_at"], unique=False)
    op.create_index(
        "ix_ticket_closed",
        "ticket",
        ["closed_at", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NOT NULL"),
        postgresql_where=sa.text("closed_at IS NOT NULL"),
    )
    op.create_index("ix_ticket_created", "ticket", ["created_at", "id"], unique=False)
    op.create_index("ix_ticket_email", "ticket", ["email"], unique=False)
    op.create_index(
        "ix_ticket_quarantine",
        "ticket",
        ["created_at", "id"],
        unique=False,
        sqlite_where=sa.text("quarantined_at IS NOT NULL"),
        postgresql_where=sa.text("quarantined_at IS NOT NULL"),
    )
    op.create_index(
        "ix_ticket_queue",
        "ticket",
        ["queue_at", "id"],
        unique=False,
        sqlite_where=sa.text("queue_at IS NOT NULL AND quarantined_at IS NULL"),
        postgresql_where=sa.text("queue_at IS NOT NULL AND quarantined_at IS NULL"),
    )
    op.create_index(
        "ix_ticket_queue_assignee",
        "ticket",
        ["assignee_id", "queue_at", "id"],
        unique=False,
        sqlite_where=sa.text("queue_at IS NOT NULL AND quarantined_at IS NULL"),
        postgresql_where=sa.text("queue_at IS NOT NULL AND quarantined_at IS NULL"),
    )
    op.create_index(
        "ix_ticket_status_changed", "ticket", ["status", "updated_at", "id"], unique=False
    )
    op.create_index(
        "ix_ticket_status_created", "ticket", ["status", "created_at", "id"], unique=False
    )
    op.create_index("ix_ticket_tx_hash", "ticket", ["tx_hash"], unique=False)
    op.create_index("ix_ticket_wallet", "ticket", ["wallet"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("ticket_id", BigId, nullable=False),
        sa.Column("author_kind", sa.String(length=16), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("visibility", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["staff.id"], name=op.f("fk_message_author_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_message_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index("ix_message_ticket", "message", ["ticket_id", "id"], unique=False)
    op.create_table(
        "sla_clock",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("ticket_id", BigId, nullable=False),
        sa.Column("metric", sa.String(length=32), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("policy", JsonValue, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("met_at", Instant(), nullable=True),
        sa.Column("breached_at", Instant(), nullable=True),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=32), nullable=True),
        sa.Column("next_change_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_sla_clock_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_clock")),
        sa.UniqueConstraint(
            "ticket_id", "metric", "cycle", name=op.f("uq_sla_clock_ticket_id_metric_cycle")
        ),
    )
    op.create_index("ix_sla_clock_due", "sla_clock", ["metric", "due_at"], unique=False)
    op.create_index(
        "ix_sla_clock_next_change",
        "sla_clock",
        ["next_change_at", "id"],
        unique=False,
        sqlite_where=sa.text("next_change_at IS NOT NULL"),
        postgresql_where=sa.text("next_change_at IS NOT NULL"),
    )
    op.create_index(
        "ix_sla_clock_overdue",
        "sla_clock",
        ["metric", "due_at"],
        unique=False,
        sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_table(
        "ticket_link",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", BigId, nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_link_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_ticket_link_token_hash")),
    )
    op.create_index(op.f("ix_ticket_link_ticket_id"), "ticket_link", ["ticket_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_ticket_link_ticket_id"), table_name="ticket_link")
    op.drop_table("ticket_link")
    op.drop_index(
        "ix_sla_clock_overdue",
        table_name="sla_clock",
        sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
    )
    op.drop_index(
        "ix_sla_clock_next_change",
        table_name="sla_clock",
        sqlite_where=sa.text("next_change_at IS NOT NULL"),
        postgresql_where=sa.text("next_change_at IS NOT NULL"),
    )
    op.drop_index("ix_sla_clock_due", table_name="sla_clock")
    op.drop_table("sla_clock")
    op.drop_index("ix_message_ticket", table_name="message")
    op.drop_table("message")
    op.drop_index("ix_ticket_wallet", table_name="ticket")
    op.drop_index("ix_ticket_tx_hash", table_name="ticket")
    op.drop_index("ix_ticket_status_created", table_name="ticket")
    op.drop_index("ix_ticket_status_changed", table_name="ticket")
    op.drop_index(
        "ix_ticket_queue_assignee",
        table_name="ticket",
        sqlite_where=sa.text("queue_at IS NOT NULL AND quarantined_at IS NULL"),
        postgresql_where=sa.text("queue_at IS NOT NULL AND quarantined_at IS NULL"),
    )
    op.drop_index(
        "ix_ticket_queue",
        table_name="ticket",
        sqlite_where=sa.text("queue_at IS NOT NULL AND quarantined_at IS NULL"),
        postgresql_where=sa.text("queue_at IS NOT NULL AND quarantined_at IS NULL"),
    )
    op.drop_index(
        "ix_ticket_quarantine",
        table_name="ticket",
        sqlite_where=sa.text("quarantined_at IS NOT NULL"),
        postgresql_where=sa.text("quarantined_at IS NOT NULL"),
    )
    op.drop_index("ix_ticket_email", table_name="ticket")
    op.drop_index("ix_ticket_created", table_name="ticket")
    op.drop_index(
        "ix_ticket_closed",
        table_name="ticket",
        sqlite_where=sa.text("closed_at IS NOT NULL"),
        postgresql_where=sa.text("closed_at IS NOT NULL"),
    )
    op.drop_index("ix_ticket_client", table_name="ticket")
    op.drop_table("ticket")
    op.drop_index(op.f("ix_staff_session_staff_id"), table_name="staff_session")
    op.drop_table("staff_session")
    op.drop_index(op.f("ix_staff_invite_staff_id"), table_name="staff_invite")
    op.drop_table("staff_invite")
    op.drop_index(
        "ix_alert_waiting",
        table_name="alert",
        sqlite_where=sa.text("acknowledged_at IS NULL AND resolved_at IS NULL"),
        postgresql_where=sa.text("acknowledged_at IS NULL AND resolved_at IS NULL"),
    )
    op.drop_index("ix_alert_subject", table_name="alert")
    op.drop_index("ix_alert_opened", table_name="alert")
    op.drop_table("alert")
    op.drop_table("staff")
    op.drop_index("ix_job_run_name_started", table_name="job_run")
    op.drop_table("job_run")
    op.drop_index(op.f("ix_idempotent_request_created_at"), table_name="idempotent_request")
    op.drop_table("idempotent_request")
    op.drop_index("ix_event_subject_seq", table_name="event")
    op.drop_table("event")
    op.drop_index("ix_delivery_subject", table_name="delivery")
    op.drop_index(
        "ix_delivery_sending",
        table_name="delivery",
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.drop_index(
        "ix_delivery_due",
        table_name="delivery",
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.drop_table("delivery")
    op.drop_table("api_token")
