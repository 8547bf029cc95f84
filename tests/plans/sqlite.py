"""Plans of SQLite: `EXPLAIN QUERY PLAN`, and the steps that its machine takes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from tests.plans.plan import GROWING, Plan

EACH = 500
"""Steps between two looks at the count."""

STEPS_OF_A_ROW = 60
"""What a row of the widest table costs to read, sort and hand over; a search costs a few rows."""

_SCAN = re.compile(r"^SCAN (?P<name>\S+)(?: USING (?:COVERING )?INDEX (?P<index>\S+))?")
_MATCH = re.compile(r"VIRTUAL TABLE INDEX \d+:M\d")
_INDEX = re.compile(r"USING (?:COVERING )?INDEX (\S+)")
_ALIAS = re.compile(r"\b(?:FROM|JOIN|,)\s+(\w+)\s+AS\s+(\w+)", re.IGNORECASE)


def explain(
    connection: sqlite3.Connection, statement: str, values: Any, *, partial: Collection[str] = ()
) -> Plan:
    """The plan of a statement, and how many rows its steps amount to.

    Args:
        connection: with a transaction that is open; nothing that is tried here stays.
        statement: as the driver takes it.
        values: of one row.
        partial: names of partial indexes, whose whole length is what is not settled yet.
    """
    cursor = connection.cursor()
    lines = [str(row[3]) for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    plan = Plan("\n".join(lines))
    aliases = {alias: table for table, alias in _ALIAS.findall(statement)}
    inserts = statement.lstrip().upper().startswith("INSERT")
    for line in lines:
        plan.indexes.update(_INDEX.findall(line))
        scan = _SCAN.match(line)
        if scan is None or scan["index"] in partial or "LIMIT" in statement.upper():
            continue  # What ends by itself is judged by the steps that it took until then.
        if _MATCH.search(line):
            continue  # SQLite calls each question to a full-text index a scan of it.
        table = aliases.get(scan["name"], scan["name"])
        # A new parent has no children yet: SQLite plans to look for some, and does not.
        if table in GROWING and not (inserts and table not in statement):
            plan.scans.append(line)
    if not inserts:
        plan.rows = _steps(connection, statement, values) // STEPS_OF_A_ROW
    return plan


def _steps(connection: sqlite3.Connection, statement: str, values: Any) -> int:
    """Run a statement as if, and count its steps to the last row."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += EACH
        return 0

    with _as_if(connection):
        connection.set_progress_handler(count, EACH)
        try:
            connection.execute(statement, values).fetchall()
        finally:
            connection.set_progress_handler(None, 0)
    return taken


@contextmanager
def _as_if(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT as_if")
    try:
        yield
    finally:
        connection.execute("ROLLBACK TO as_if")
        connection.execute("RELEASE as_if")
