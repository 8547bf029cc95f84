"""The shape of `content/official/source.toml`, from which the manifest is built.

The same entries stand in the signed manifest. Unknown keys are refused, and so is an address
whose capital letters do not match its checksum (EIP-55), because somebody copied it wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, Self

import base58
from eth_utils.address import is_checksum_address
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from trustops.addresses import spelled
from trustops.content.schema import Line, Slug
from trustops.content.toml_file import read_toml
from trustops.content.values import ContentError, Problem

FILE = "official/source.toml"
"""Where it lies in the content folder."""

SOLANA = "solana"
_SOLANA_BYTES = 32
_EVM = re.compile(r"0x[0-9a-fA-F]{40}")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"


def _well_formed(address: str) -> str:
    """Refuse what is no address, or no longer the one that somebody meant to copy."""
    if address.startswith("0x"):
        if not _EVM.fullmatch(address):
            raise ValueError("an EVM address is 0x and 40 hexadecimal digits")
        if not is_checksum_address(address):
            raise ValueError(
                "its capital letters do not match its checksum (EIP-55); copy it again"
            )
        return address
    try:
        raw = base58.b58decode(address)
    except ValueError:
        raw = b""
    if len(raw) != _SOLANA_BYTES:
        raise ValueError("it is neither 0x and 40 digits nor base58 of 32 bytes")
    return address


Address = Annotated[str, StringConstraints(max_length=64), AfterValidator(_well_formed)]
Host = Annotated[
    str,
    StringConstraints(
        pattern=rf"^{_LABEL}(?:\.{_LABEL})*\.[a-z][a-z0-9-]*[a-z0-9]$", max_length=253
    ),
]
"""A host name in lower case, as it stands in the address bar; one of letters beyond ASCII in its
`xn--` form."""

MOST_NEXT_KEYS = 4
KeyLine = Annotated[str, StringConstraints(pattern=r"^RW[A-Za-z0-9+/]{54}$")]
"""A minisign public key: the second line of its file."""

Word = Annotated[str, StringConstraints(pattern=r"^\S+$", max_length=200)]
Symbol = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9$][A-Za-z0-9$._-]*$", max_length=32)]


class Entry(BaseModel):
    """What all entries have in common: nothing unknown, nothing that is turned into a type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class OnChain(Entry):
    """Something with an address on a chain."""

    chain: Slug
    address: Address

    @model_validator(mode="after")
    def _of_the_chain(self) -> Self:
        if (self.chain == SOLANA) == self.address.startswith("0x"):
            raise ValueError(f"{self.address} is no address of the chain {self.chain}")
        return self


class TokenEntry(OnChain):
    """One of `[[tokens]]`. Without `decimals` readers ask the chain."""

    symbol: Symbol
    role: Literal["old", "new"]
    decimals: Annotated[int, Field(strict=True, ge=0, le=36)] | None = None


class ContractEntry(OnChain):
    """One of `[[contracts]]` that the official flow uses."""

    role: Slug


class DomainEntry(Entry):
    """One of `[[domains]]`: the exact host; what lies under it is not meant.

    `kind` is `desk` for the host of this desk, `project`, or `closed`: do not use. A list that
    was signed before there were kinds has none, and all of it is the project's.
    """

    id: Slug
    name: Host
    kind: Literal["desk", "project", "closed"] = "project"


class HandleEntry(Entry):
    """One of `[[handles]]`, such as `mastodon` and `@desk@example.org`."""

    id: Slug
    network: Slug
    handle: Word


class KnownBadEntry(Entry):
    """One of `[[known_bad]]`: reported as not ours. `grade` is the class of the evidence."""

    kind: Literal["domain", "address", "handle"]
    value: Word
    note: Line
    grade: Literal["A", "B", "C", "D"]


class OfficialSource(Entry):
    """The whole file. `next_keys` are public keys that may sign later lists, as base64 lines."""

    project: Line
    tokens: Annotated[list[TokenEntry], Field(min_length=1)]
    contracts: list[ContractEntry] = []
    domains: list[DomainEntry] = []
    handles: list[HandleEntry] = []
    known_bad: list[KnownBadEntry] = []
    next_keys: Annotated[list[KeyLine], Field(max_length=MOST_NEXT_KEYS)] = []

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        """Refuse what two facts would share a name for, and what is called ours and not ours."""
        for what, keys in (
            ("token", [(item.chain, item.role, item.symbol.lower()) for item in self.tokens]),
            ("token address", [(item.chain, item.address) for item in self.tokens]),
            ("contract", [(item.chain, item.role) for item in self.contracts]),
            ("domain id", [item.id for item in self.domains]),
            ("handle id", [item.id for item in self.handles]),
            ("host", [name for name, _ in {(item.name, item.kind) for item in self.domains}]),
            ("next key", self.next_keys),
        ):
            _refuse_twice(what, keys)
        # In base58 the case of a letter means something, and a look-alike may differ in that alone.
        ours = {spelled(item.address) for item in (*self.tokens, *self.contracts)}
        ours |= {item.name for item in self.domains}
        ours |= {item.handle.lower() for item in self.handles}
        for item in self.known_bad:
            value = spelled(item.value) if item.kind == "address" else item.value.lower()
            if value in ours:
                raise ValueError(f"{item.value} stands among ours and among known_bad")
        return self


def _refuse_twice(what: str, keys: Iterable[object]) -> None:
    """Refuse a key that stands more than once."""
    twice = [key for key, count in Counter(keys).items() if count > 1]
    if twice:
        raise ValueError(f"the {what} {twice[0]} stands twice")


def load_source(content_dir: Path) -> OfficialSource:
    """Read `official/source.toml` of a content folder.

    Raises:
        ContentError: with every problem, by file, line and field.
    """
    problems: list[Problem] = []
    source = read_toml(content_dir, FILE, OfficialSource, problems)
    if source is None:
        raise ContentError(tuple(problems))
    return source
