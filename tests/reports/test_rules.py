"""Counts of open work stop at a cap, and say so."""

from __future__ import annotations

import pytest

from trustops.reports.rules import OPEN_CAP, counted


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0"), (1, "1"), (9_120, "9,120"), (OPEN_CAP - 1, "9,999"), (OPEN_CAP, "10,000+")],
)
def test_a_count_says_where_counting_stopped(count: int, words: str) -> None:
    """Below the cap it is exact."""
    assert counted(count) == words
