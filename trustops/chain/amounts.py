"""Amounts of a token as people read them: exact, in groups of three, without trailing zeros."""

from __future__ import annotations


def in_tokens(amount: int, decimals: int) -> str:
    """An amount of smallest units in tokens, such as `1,203,400.5`; nothing is rounded away."""
    sign = "\u2212" if amount < 0 else ""
    whole, part = divmod(abs(amount), 10**decimals)
    digits = f"{part:0{decimals}d}".rstrip("0") if decimals else ""
    return f"{sign}{whole:,}{'.' if digits else ''}{digits}"
