"""Columns that hold one of a few words hold no other

Revision ID: 0017
Revises: 0016
"""

from trustops.db.checks import hold

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATUS = ("open", "waiting", "solved", "closed", "spam", "duplicate")
AUTHOR = ("requester", "agent", "system")
VALUES = {
    "alert": {
        "kind": (
            "sla.at_risk",
            "sla.breached",
            "answer.held",
            "guard.pieces_out",
            "job.silent",
            "job.failed",
            "tickets.flood",
            "content.broken",
            "exchanges.stale",
            "official.withheld",
            "chain.unread",
            "chain.conflict",
            "heartbeat.waits",
            "heartbeat.missed",
            "sign_in.failed",
            "sign_in.sprayed",
            "alert.test",
        ),
        "severity": ("info", "warning", "high", "critical"),
    },
    "chain_cursor": {
        "state": ("waiting", "reading", "good", "failed", "conflict", "not-set-up"),
    },
    "delivery": {
        "state": ("queued", "sending", "sent", "rejected", "not_sent", "unknown"),
    },
    "heartbeat": {"state": ("planned", "draft", "approved", "sent", "missed")},
    "held_answer": {
        "author_kind": AUTHOR,
        "then": STATUS,
        "state": ("held", "released", "declined", "settled"),
    },
    "job_run": {"outcome": ("running", "ok", "failed")},
    "message": {"author_kind": AUTHOR, "visibility": ("public", "internal")},
    "official_key": {"accepted_by": ("first-use", "setting", "announced")},
    "sla_clock": {
        "state": ("running", "met", "breached", "cancelled"),
        "cancel_reason": ("closed_by_agent", "closed_by_requester", "spam", "duplicate"),
    },
    "ticket": {
        "status": STATUS,
        "priority": ("low", "normal", "high", "urgent"),
        "opened_by": AUTHOR,
        "quarantine_reason": ("flood", "honeypot"),
    },
    "ticket_link": {"purpose": ("view", "confirm_email")},
}


def upgrade():
    """A row that holds another word stops the step before anything is changed."""
    for table, values in VALUES.items():
        hold(table, values)


def downgrade():
    for table, values in VALUES.items():
        hold(table, dict.fromkeys(values, ()))
