"""What becomes of tokens that are sent to a token's own address, in words.

It is lost in one migration, swapped or converted in another: the pack says which
(`direct_transfer_means`), and where it says nothing, so do we. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trustops.addresses import spelled
from trustops.official.values import Contract, Manifest, Token

Means = Mapping[tuple[str, str], str]
"""What the pack says, by the chain and the spelled address of the token."""

NOTHING_SAID: Means = MappingProxyType({})

_WORDS = {
    "lost": "Never send tokens to it: what is sent to it is lost.",
    "swap": (
        "In this migration, old tokens that are sent to it are swapped. Send nothing else to it, "
        "and nothing because somebody asks you to."
    ),
    "converted": (
        "In this migration, old tokens that are sent to it are converted into new ones. Send "
        "nothing else to it, and nothing because somebody asks you to."
    ),
    "": "Send no tokens to it: we do not know what would become of them.",
}
"""By what the pack says; nothing where it says nothing."""

_LEAD = "This is the address of the token itself, not a wallet."


@dataclass(frozen=True, slots=True)
class DirectTransfers:
    """Where the checker learns what the published pack says now."""

    current: Callable[[], Means] = lambda: NOTHING_SAID


def sentence_on(tokens: Iterable[Token], means: Means) -> str:
    """What becomes of tokens that are sent to the one address of some tokens.

    Where the pack says different things of one address on different chains, nothing is said.
    """
    said = {meaning_of(token, means) for token in tokens}
    return f"{_LEAD} {_WORDS[said.pop() if len(said) == 1 else '']}"


def meaning_of(token: Token | Contract, means: Means) -> str:
    """What the pack says of one address; empty where it says nothing."""
    return means.get((token.chain, spelled(token.address)), "")


def notes_on(manifest: Manifest, means: Means) -> Mapping[tuple[str, str], str]:
    """The same of every token and contract of the list, by chain and address as the list has them.

    A pack says nothing of a contract, unless it is the address of a token too.
    """
    listed: tuple[Token | Contract, ...] = (*manifest.tokens, *manifest.contracts)
    return {
        (item.chain, item.address): f"Not a wallet. {_WORDS[meaning_of(item, means)]}"
        for item in listed
    }
