"""What becomes of tokens that are sent to a token's own address, in words.

It is lost in one migration, swapped or converted in another: the pack says which
(`direct_transfer_means`), and where it says nothing, so do we. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trustops.addresses import spelled
from trustops.official.values import Token

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


def meaning_of(token: Token, means: Means) -> str:
    """What the pack says of one token; empty where it says nothing."""
    return means.get((token.chain, spelled(token.address)), "")


def sentences_on(tokens: Iterable[Token], means: Means) -> tuple[str, ...]:
    """The same of a list of tokens: one sentence for all, or one for each of different kinds."""
    groups: dict[str, list[str]] = {}
    for token in tokens:
        names = groups.setdefault(meaning_of(token, means), [])
        names.append(f"{token.symbol} on {token.chain}")
    if len(groups) <= 1:
        lead = "The address of a token is no wallet."
        return tuple(f"{lead} {_WORDS[meaning]}" for meaning in groups)
    return tuple(f"{', '.join(names)}: {_WORDS[meaning]}" for meaning, names in groups.items())
