"""What people call a chain: the title that content gives it, and never its id. Pure.

Programs name a chain by its id, such as `bsc`. Whoever writes words for people asks here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NO_TITLES: Mapping[str, str] = MappingProxyType({})
"""Where content gives no chain a title."""

_PROPER_NAMES = {
    "bsc": "BNB Smart Chain",
    "bnb": "BNB Smart Chain",
    "zksync": "ZKsync",
    "opbnb": "opBNB",
}
"""Chains whose name is not their id with a capital letter."""


def chain_shown(chain: str, titles: Mapping[str, str] = NO_TITLES) -> str:
    """A chain as sentences name it, such as `BNB Smart Chain`; one unknown, capitalised.

    Args:
        chain: its id, as packs, the signed list and tickets have it.
        titles: the titles that content gives to chains, by id.
    """
    known = titles.get(chain) or _PROPER_NAMES.get(chain)
    return known or chain.replace("-", " ").capitalize()
