"""Plans of PostgreSQL: `EXPLAIN`, with the rows that each node really read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg

from tests.plans.plan import GROWING, Plan

SORTS = ("Sort", "HashAggregate", "Hash")
"""Nodes that keep all of what they are handed before they give anything on."""

REMOVED = ("Rows Removed by Filter", "Rows Removed by Index Recheck")

Node = Mapping[str, Any]


def explain(connection: psycopg.Connection[Any], statement: str, values: Any) -> Plan:
    """The plan of a statement; what only inserts is not run for it."""
    inserts = statement.lstrip().upper().startswith("INSERT")
    how = "FORMAT JSON" if inserts else "FORMAT JSON, ANALYZE, TIMING OFF"
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT as_if")
        try:
            cursor.execute(f"EXPLAIN ({how}) {statement}".encode(), values)
            ((document,),) = cursor.fetchall()
        finally:
            cursor.execute("ROLLBACK TO as_if")
            cursor.execute("RELEASE as_if")
    plan = Plan("")
    lines: list[str] = []
    for depth, node in _nodes(document[0]["Plan"]):
        lines.append("  " * depth + _line(node))
        _judge(plan, node, limited="LIMIT" in statement.upper())
    plan.text = "\n".join(lines)
    return plan


def _nodes(node: Node, depth: int = 0) -> Iterator[tuple[int, Node]]:
    yield depth, node
    for part in node.get("Plans", ()):
        yield from _nodes(part, depth + 1)


def _judge(plan: Plan, node: Node, *, limited: bool) -> None:
    """What ends at a limit is judged by the rows that it read until then."""
    if "Index Name" in node:
        plan.indexes.add(node["Index Name"])
    kind = node["Node Type"]
    if kind == "Seq Scan" and node["Relation Name"] in GROWING and not limited:
        plan.scans.append(_line(node))
    reads = kind.endswith("Scan") and node.get("Relation Name", "") in GROWING
    if reads or kind == "Bitmap Index Scan":
        plan.rows = max(plan.rows, _read(node))
    elif kind in SORTS:
        plan.rows = max(plan.rows, *(_read(part) for part in node["Plans"]))


def _read(node: Node) -> int:
    """Rows that a node read, in all its loops."""
    times = node.get("Actual Loops", 1)
    return int((node.get("Actual Rows", 0) + sum(node.get(name, 0) for name in REMOVED)) * times)


def _line(node: Node) -> str:
    names = (node.get("Relation Name"), node.get("Index Name"))
    conditions = (f"{name}: {node[name]}" for name in ("Index Cond", "Filter") if name in node)
    about = " ".join(str(name) for name in names if name)
    return f"{node['Node Type']} {about} read {_read(node)}; {'; '.join(conditions)}".strip()
