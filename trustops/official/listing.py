"""The addresses of the signed list in the order and by the labels in which people read them. Pure.

Every page that shows them takes them from here, so that a reader who holds two pages side by side
compares the same lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from trustops.content.chain_names import chain_shown
from trustops.official.direct import Means, notes_on
from trustops.official.values import Contract, Manifest, Token


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """One address. `label` is what it is; `note` says what becomes of tokens that are sent to it.

    `named` is the label inside a sentence, for a reader who hears a button without its line.
    """

    address: str
    label: str
    named: str
    note: str


@dataclass(frozen=True, slots=True)
class AddressGroup:
    """The addresses under one heading, in the order of the list."""

    heading: str
    addresses: Sequence[ListedAddress]


@dataclass(frozen=True, slots=True)
class ListedAddresses:
    """All addresses: the new token first, then the old one, then contracts.

    `common_note` is the one note of all of them; empty where they differ, or where there is only
    one address.
    """

    groups: Sequence[AddressGroup]
    common_note: str


@dataclass(frozen=True, slots=True)
class ChainTitles:
    """Where the checker learns what chains are called now."""

    current: Callable[[], Mapping[str, str]] = dict


def listed_addresses(
    manifest: Manifest, means: Means, chains: Mapping[str, str]
) -> ListedAddresses:
    """Every address of a verified list as pages show it.

    Args:
        manifest: the list.
        means: what the pack says of tokens that are sent to a token's own address.
        chains: the titles of chains by id.
    """
    notes = notes_on(manifest, means)

    def rows(items: Iterable[Token | Contract]) -> list[ListedAddress]:
        return [
            ListedAddress(
                item.address,
                label_of(item, chains),
                f"{'' if isinstance(item, Token) else 'the '}{_named(item, chains)}",
                notes[item.chain, item.address],
            )
            for item in items
        ]

    groups = [
        AddressGroup("New token", rows(item for item in manifest.tokens if item.role == "new")),
        AddressGroup("Old token", rows(item for item in manifest.tokens if item.role != "new")),
        AddressGroup("Contracts", rows(manifest.contracts)),
    ]
    said = set(notes.values())
    common = said.pop() if len(said) == 1 and len(notes) > 1 else ""
    return ListedAddresses([group for group in groups if group.addresses], common)


def label_of(item: Token | Contract, chains: Mapping[str, str]) -> str:
    """What an address is, as a line of its own, such as `Migrator on Base`."""
    words = _named(item, chains)
    return words if isinstance(item, Token) else words[:1].upper() + words[1:]


def _named(item: Token | Contract, chains: Mapping[str, str]) -> str:
    name = item.symbol if isinstance(item, Token) else item.role.replace("-", " ")
    return f"{name} on {chain_shown(item.chain, chains)}"
