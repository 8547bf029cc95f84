"""Amounts as people read them: nothing is rounded, and no zero stands without need."""

from __future__ import annotations

import pytest

from trustops.chain.amounts import in_tokens


@pytest.mark.parametrize(
    ("amount", "decimals", "text"),
    [
        (0, 18, "0"),
        (1, 18, "0.000000000000000001"),
        (1_203_400_500_000_000, 9, "1,203,400.5"),
        (6 * 10**18, 18, "6"),
        (1234, 0, "1,234"),
        (-1_500_000_000, 9, "\u22121.5"),
        (2**256 - 1, 0, f"{2**256 - 1:,}"),
    ],
)
def test_an_amount_is_written_exactly(amount: int, decimals: int, text: str) -> None:
    """Down to the smallest unit, whatever the decimals of the token."""
    assert in_tokens(amount, decimals) == text
