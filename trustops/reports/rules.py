"""How a count of open work is told. Pure."""

from __future__ import annotations

OPEN_CAP = 10_000
"""Counts of what is open stop here, so that a backlog of any size costs the same."""


def counted(count: int) -> str:
    """A count as people read it, such as `9,120`; `10,000+` where counting stopped."""
    return f"{count:,}+" if count >= OPEN_CAP else f"{count:,}"
