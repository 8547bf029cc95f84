"""Statements that supersede each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trustops.content.checks import Shelf
from trustops.content.kinds import Kind
from trustops.content.values import Problem


def check_order(shelf: Shelf) -> Iterator[Problem]:
    """Statements that supersede each other in a circle, or one that was said after them."""
    policies = {
        source.document.id: source
        for source in shelf.sources
        if source.document.kind is Kind.POLICY
    }
    earlier: dict[str, tuple[str, ...]] = {
        name: getattr(source.document.meta, "supersedes", ()) for name, source in policies.items()
    }
    for name, source in policies.items():
        if _reaches(earlier, name):
            yield source.at(("supersedes",), "leads back to this statement in a circle")


def _reaches(earlier: Mapping[str, tuple[str, ...]], start: str) -> bool:
    """Whether what a statement supersedes, and what that supersedes, leads back to it."""
    waiting = [name for name in earlier[start] if name != start]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(earlier.get(name, ()))
    return False
