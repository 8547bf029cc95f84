"""Totals and wallet facts as JSON documents of rows, and back."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from trustops.chain.values import Standing, Totals, WalletFacts


def of_totals(totals: Totals) -> dict[str, Any]:
    """Totals as a document; amounts are whole numbers of any length."""
    found: dict[str, Any] = _totals().dump_python(totals, mode="json")
    return found


def to_totals(document: dict[str, Any]) -> Totals:
    """Totals from their document."""
    return _totals().validate_python(document)


def of_standing(standing: Standing) -> dict[str, Any]:
    """A standing as a document, for the command line."""
    found: dict[str, Any] = TypeAdapter(Standing).dump_python(standing, mode="json")
    return found


def of_wallet(facts: WalletFacts) -> dict[str, Any]:
    """The facts of a wallet as a document."""
    found: dict[str, Any] = _wallet().dump_python(facts, mode="json")
    return found


def to_wallet(document: dict[str, Any]) -> WalletFacts:
    """The facts of a wallet from their document."""
    return _wallet().validate_python(document)


@cache
def _totals() -> TypeAdapter[Totals]:
    return TypeAdapter(Totals)


@cache
def _wallet() -> TypeAdapter[WalletFacts]:
    return TypeAdapter(WalletFacts)
