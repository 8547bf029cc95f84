"""Nodes in the process that are gone, or that answer otherwise than their chain."""

from __future__ import annotations

from collections.abc import Sequence

from tests.chain.local import InProcess


class Dead:
    """A node that is gone."""

    def make_request(self, method: str, params: Sequence[object]) -> object:
        """Fail as a socket does."""
        raise OSError(method, params)


class Bent:
    """A chain in the process, with answers changed on the way."""

    def __init__(self, process: InProcess, changes: dict[str, object]) -> None:
        """Take what to answer in place of the chain, by method."""
        self.process = process
        self.changes = changes
        self.asked: list[tuple[str, Sequence[object]]] = []

    def make_request(self, method: str, params: Sequence[object]) -> object:
        """Answer, or answer otherwise."""
        self.asked.append((method, params))
        found = self.changes.get(method)
        if callable(found):
            found = found(params)
        return found if found is not None else self.process.make_request(method, params)
