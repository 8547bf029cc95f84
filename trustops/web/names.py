"""Names of fields that the product itself uses: those alone are repeated in an answer.

A name that somebody made up can carry a secret as well as a value can.
"""

from __future__ import annotations

KNOWN_NAMES = frozenset(
    {
        "action",
        "after",
        "also",
        "assignee",
        "body",
        "chain",
        "cursor",
        "email",
        "limit",
        "locale",
        "message",
        "name",
        "new_password",
        "note",
        "password",
        "priority",
        "q",
        "reason",
        "reference",
        "repeat",
        "role",
        "status",
        "subject",
        "then",
        "topic",
        "tx_hash",
        "visibility",
        "wallet",
    }
)
"""Fields of forms, bodies and queries."""
