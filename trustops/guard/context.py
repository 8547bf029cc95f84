"""The words around a value that say what it is: a key, or a transaction.

Shape cannot tell a 64-digit private key from a transaction hash; only the text beside it can
(facts/trust.md 3.3). Doubt counts as a key.
"""

from __future__ import annotations

import re

EVIDENCE_CHARACTERS = 40
"""How near a word such as `tx` has to stand."""

CUE_CHARACTERS = 60
"""How far a word such as `private` reaches; wider, because it is the dangerous one."""

EXPLORERS = (
    "etherscan.io",
    "basescan.org",
    "arbiscan.io",
    "bscscan.com",
    "polygonscan.com",
    "blockscout.com",
    "snowtrace.io",
    "lineascan.build",
    "scrollscan.com",
    "ccip.chain.link",
    "layerzeroscan.com",
    "wormholescan.io",
)
"""Hosts (and their subdomains) whose transaction addresses are believed."""

_LONGEST_ADDRESS = 120
_EXPLORER = re.compile(
    r"(?:^|[\s\"'(<\[=,;]|//)(?:[a-z0-9-]+\.){0,3}(?:"
    + "|".join(map(re.escape, EXPLORERS))
    + r")/(?:#/)?(?:[a-z0-9-]+/){0,3}(?:tx|transaction|block|msg)/$"
)
_TRANSACTION = re.compile(
    r"(?<![a-z])(?:txn?s?|(?:tx|transaction)[_-]?ids?|(?:(?:txn?|block|transaction)[_-]?)?hash(?:es)?"
    r"|transactions?|blocks?)(?![a-z])"
)
_KEY = re.compile(
    r"privat|secret|mnemonic|(?:(?<![a-z])|_)(?:keys?|privkey|pk|sk|wif|seed|import(?:ed|ing)?"
    r"|export(?:ed|ing)?)(?![a-z])"
)
_KEY_BESIDE = re.compile(
    r"(?:privat\w*|secret|seed|signing|(?<![a-z])(?:sk|priv))(?:[\s_-]{0,3}keys?)?"
    r"(?:\W{1,3}(?:is|was|are|here|it|this)){0,3}\W{0,8}$"
)


def _around(low: str, start: int, end: int, reach: int) -> tuple[str, str]:
    return low[max(0, start - reach) : start], low[end : end + reach]


def has_key_cue(low: str, start: int, end: int) -> bool:
    """Whether somebody speaks of keys or secrets near the value."""
    return any(map(_KEY.search, _around(low, start, end, CUE_CHARACTERS)))


def is_called_key(low: str, start: int) -> bool:
    """Whether the words directly before the value say that it is a secret."""
    return _KEY_BESIDE.search(_around(low, start, start, EVIDENCE_CHARACTERS)[0]) is not None


def is_called_transaction(low: str, start: int, end: int) -> bool:
    """Whether a word near the value says that it is a transaction or a block."""
    return any(map(_TRANSACTION.search, _around(low, start, end, EVIDENCE_CHARACTERS)))


def is_in_explorer(low: str, start: int) -> bool:
    """Whether the value is the last part of an explorer's address of a transaction."""
    return _EXPLORER.search(_around(low, start, start, _LONGEST_ADDRESS)[0]) is not None
