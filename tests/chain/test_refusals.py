"""What a node says when it refuses, in the words of many: fewer blocks, a limit, or neither."""

from __future__ import annotations

import pytest

from trustops.chain.faults import NodeError, RangeError, refusal

TOO_MUCH = [
    "eth_getLogs is limited to 0 - 1000 blocks",
    "Please limit the query to at most 1000 blocks",
    "maximum 1000 blocks per request",
    "block count exceeds the maximum of 500",
    "exceeded max allowed 500 blocks",
    "query returned more than 10,000 logs",
    "query returned more than 10000 results",
    "fromBlock..toBlock distance > 100",
    "filter block span greater than 100",
    "block range is too wide",
]


@pytest.mark.parametrize("words", TOO_MUCH)
def test_fewer_blocks_are_asked_for_where_so_many_are_refused(words: str) -> None:
    """A provider has words of its own for it."""
    assert isinstance(refusal(-32000, words), RangeError)


@pytest.mark.parametrize("words", ["rate limit reached", "method not found", "missing trie node"])
def test_other_refusals_are_no_matter_of_blocks(words: str) -> None:
    """Asking for fewer would be asking in vain."""
    found = refusal(-32000, words)
    assert type(found) is NodeError
