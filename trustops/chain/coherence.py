"""Checks that the parts of a pack belong together; each fault names the field that is wrong."""

from __future__ import annotations

from typing import Self

from pydantic import ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from trustops.chain.abi import is_word
from trustops.chain.schema import ContractPart, EventPart, Pack
from trustops.chain.shapes import has_shape, is_evm, kept

Where = tuple[int | str, ...]


class Faults:
    """Collects faults with their places, so that all are told at once."""

    def __init__(self) -> None:
        self._found: list[InitErrorDetails] = []

    def add(self, where: Where, message: str) -> None:
        """Note a fault; the sentence goes on from the name of the field."""
        kind = PydanticCustomError("pack", "{said}", {"said": message})
        self._found.append(InitErrorDetails(type=kind, loc=where, input=None))

    def settle(self) -> None:
        """Raise what was noted, if anything was."""
        if self._found:
            raise ValidationError.from_exception_data("Pack", self._found)


class PackFile(Pack):
    """A pack as its file holds it, checked as a whole."""

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        faults = Faults()
        _check_chains(self, faults)
        _check_tokens(self, faults)
        _check_contracts(self, faults)
        _check_readings(self, faults)
        faults.settle()
        return self


def _check_chains(pack: Pack, faults: Faults) -> None:
    seen: set[str] = set()
    for number, chain in enumerate(pack.chains):
        here: Where = ("chains", number)
        if chain.name in seen:
            faults.add((*here, "name"), "stands twice")
        seen.add(chain.name)
        if chain.kind == "evm" and chain.chain_id is None:
            faults.add(
                (*here, "chain_id"), "is needed, so that no other chain is read in its place"
            )
        if chain.kind == "solana" and chain.chain_id is not None:
            faults.add((*here, "chain_id"), "is a thing of EVM chains")


def _check_tokens(pack: Pack, faults: Faults) -> None:
    seen: set[tuple[str, str]] = set()
    for number, token in enumerate(pack.tokens):
        here: Where = ("tokens", number)
        chain = pack.chain(token.chain)
        if chain is None:
            faults.add((*here, "chain"), "is no chain of this pack")
        elif not has_shape(chain.kind, token.address):
            faults.add((*here, "address"), f"is no address on {chain.name}, or a letter is wrong")
        if (token.chain, token.role) in seen:
            faults.add((*here, "role"), f"stands twice for {token.chain}")
        seen.add((token.chain, token.role))


def _check_contracts(pack: Pack, faults: Faults) -> None:
    for number, contract in enumerate(pack.contracts):
        here: Where = ("contracts", number)
        _check_place(pack, faults, here, (contract.chain, contract.address, "address"))
        chain = pack.chain(contract.chain)
        if chain is not None and contract.from_block < chain.start_block:
            faults.add((*here, "from_block"), f"lies before the start_block of {chain.name}")
        if contract.to_block is not None and contract.to_block < contract.from_block:
            faults.add((*here, "to_block"), "lies before from_block")
        if _counts_twice(pack.contracts[:number], contract):
            faults.add((*here, "from_block"), "overlaps another version with the same event")
        _check_events(pack, faults, here, contract)


def _check_events(pack: Pack, faults: Faults, here: Where, contract: ContractPart) -> None:
    for role in ("old", "new"):
        if pack.token(contract.chain, role) is None:
            faults.add((*here, "chain"), f"has no token with the role {role}")
    for place, part in enumerate(contract.events):
        _check_event(pack, faults, (*here, "events", place), part)
    topics = [part.event.topic for part in contract.events]
    if len(set(topics)) != len(topics):
        faults.add((*here, "events"), "name the same event twice")


def _counts_twice(others: tuple[ContractPart, ...], contract: ContractPart) -> bool:
    """Whether another version of the same contract would count the same logs."""
    topics = {part.event.topic for part in contract.events}
    return any(
        other.chain == contract.chain
        and kept(other.address) == kept(contract.address)
        and topics & {part.event.topic for part in other.events}
        and (other.to_block is None or other.to_block >= contract.from_block)
        and (contract.to_block is None or contract.to_block >= other.from_block)
        for other in others
    )


def _check_event(pack: Pack, faults: Faults, here: Where, part: EventPart) -> None:
    names = part.map
    for field, name in names.model_dump(exclude_none=True).items():
        kind = part.event.type_of(name)
        amount = field.endswith("amount")
        if kind is None:
            faults.add((*here, "map", field), f"names {name}, which the event does not have")
        elif not ((kind.startswith("uint") and is_word(kind)) if amount else kind == "address"):
            wanted = "an unsigned integer" if amount else "an address"
            faults.add((*here, "map", field), f"has to be {wanted}; {name} is {kind}")
    if names.old_amount is None and names.new_amount is None:
        faults.add((*here, "map"), "needs old_amount or new_amount")
    elif pack.ratio is None and None in {names.old_amount, names.new_amount}:
        faults.add((*here, "map"), "leaves an amount to the ratio, and the pack has none")


def _check_readings(pack: Pack, faults: Faults) -> None:
    seen: set[str] = set()
    for number, status in enumerate(pack.status):
        here: Where = ("status", number)
        if status.chain in seen:
            faults.add((*here, "chain"), "has a status already; one is read on each chain")
        seen.add(status.chain)
        _check_place(pack, faults, here, (status.chain, status.contract, "contract"))
    lists = {"sink": pack.sink.addresses}
    if pack.liquidity is not None:
        lists["liquidity"] = pack.liquidity.addresses
        if pack.liquidity.kind == "minted" and pack.liquidity.addresses:
            faults.add(("liquidity", "addresses"), "are of no use where tokens are minted")
    for name, addresses in lists.items():
        if not all(is_evm(address) for address in addresses):
            faults.add((name, "addresses"), "hold what is no address of an EVM chain")


def _check_place(pack: Pack, faults: Faults, here: Where, what: tuple[str, str, str]) -> None:
    """Check that a contract stands on an EVM chain of the pack."""
    name, address, field = what
    chain = pack.chain(name)
    if chain is None:
        faults.add((*here, "chain"), "is no chain of this pack")
    elif chain.kind != "evm":
        faults.add((*here, "chain"), "is not read yet: contracts are read on EVM chains alone")
    elif not is_evm(address):
        faults.add((*here, field), f"is no address on {name}, or a letter is wrong")
