"""What the gate of plans lets pass, each with its reason."""

from __future__ import annotations

_WINDOW = "reads the clocks that fell due within the window of the report, and none before it"
_NEWEST = "counts the newest 10,000 deliveries, however many there are"

_COMMAND = "a command that an operator runs once, on a database that nobody else uses"

EXCUSED = {
    "jobs/housekeeping.py:_count": "a batch of 500 old runs, each compared with a few of its job",
    "trustops/accounts/queries.py:own_account": (
        "counts the open sessions of one person, of whom the full desk has hundreds"
    ),
    "trustops/accounts/services/locks.py:end_all_sessions": (
        "writes the open sessions of one person, of whom the full desk has hundreds"
    ),
    "trustops/channels/queries.py:delivery_health": _NEWEST,
    "trustops/channels/services.py:hold_all": "once, on a database that was just restored",
    "trustops/cli/backup.py:_require_empty": _COMMAND,
    "trustops/cli/backup.py:make_safe": _COMMAND,
    "trustops/cli/known.py:_known": _COMMAND,
    "trustops/cli/known.py:_people": _COMMAND,
    "trustops/cli/revived.py:_alive": _COMMAND,
    "trustops/cli/revived.py:_gone": _COMMAND,
    "trustops/cli/revived.py:_invites": _COMMAND,
    "trustops/cli/revived.py:_private_links": _COMMAND,
    "trustops/demo/seed.py:begin_chain_anew": "once at the start of a demo",
    "trustops/reports/queries.py:_by_day": _WINDOW,
    "trustops/reports/queries.py:_count": _WINDOW,
    "trustops/reports/queries.py:_open": "counts open clocks up to the cap of 10,000",
    "trustops/status/queries.py:read_sending": _NEWEST,
    "trustops/tickets/queries.py:counters": (
        "counts eight views up to the cap of 1,000 each; PostgreSQL sorts one person's tickets"
    ),
    "trustops/tickets/queries.py:queue_page": "PostgreSQL sorts what comes due within four hours",
    "trustops/tickets/search.py:_postgresql": (
        "asked with sequential scans switched off; a test of its own tries it so"
    ),
    "trustops/tickets/search.py:_replace_in_sqlite": (
        "by the row's key, which the plan of a full-text table calls a scan"
    ),
    "trustops/tickets/search.py:_replace_in_postgresql": (
        "asked with sequential scans switched off, as the search is"
    ),
}
"""Functions (`file:name`) whose statements may read more of a table that grows, and why."""

UNUSED: dict[str, str] = {}
"""Partial indexes that no statement is answered by, and why they are there."""

ASKED_ELSEWHERE = {
    "postgresql trustops/accounts/queries.py:own_account": "its page is tried on SQLite alone",
    "sqlite trustops/cli/readiness.py:require_writable": "asks PostgreSQL whether it is a standby",
    "sqlite trustops/channels/networks/mastodon/sender.py:read_limits": "asks a server",
    "sqlite trustops/tickets/search.py:_postgresql": "the search of the other database",
    "sqlite trustops/tickets/search.py:_replace_in_postgresql": "the index of the other database",
    "sqlite trustops/tickets/search.py:index_words": "one of its two statements is PostgreSQL's",
}
"""Functions (`database file:name`) with a call that no recorder sees, and why."""
