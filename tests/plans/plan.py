"""A plan as the gate judges it, whichever database made it."""

from __future__ import annotations

from dataclasses import dataclass, field

GROWING = frozenset(
    {
        "alert",
        "chain_holder",
        "delivery",
        "event",
        "idempotent_request",
        "job_run",
        "message",
        "migration_event",
        "sla_clock",
        "staff_invite",
        "staff_session",
        "ticket",
        "ticket_link",
        "ticket_search",
        "wallet_check",
    }
)
"""Tables that grow with use. The others grow by a row a day at most, or when staff decide it."""

MOST_ROWS = 1_100
"""Rows that a statement may read or sort: a counter that stops at 1,000, and a page beside it."""


@dataclass(slots=True)
class Plan:
    """How a database answers a statement.

    `scans` are the nodes that read a growing table from one end to the other, `rows` how many
    rows the largest node read or sorted (on SQLite as many as its steps amount to), `indexes`
    whatever it read by.
    """

    text: str
    rows: int = 0
    scans: list[str] = field(default_factory=list)
    indexes: set[str] = field(default_factory=set)

    def faults(self, most: int = MOST_ROWS) -> list[str]:
        """Why a statement grows with history; nothing where it does not."""
        found = [f"reads all of it: {scan}" for scan in self.scans]
        if self.rows > most:
            found.append(f"reads or sorts {self.rows} rows, more than {most}")
        return found
