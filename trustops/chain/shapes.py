"""What an address looks like on each kind of chain, and the one form in which rows keep it."""

from __future__ import annotations

import re

import base58
from eth_utils.address import is_checksum_address

from trustops.addresses import spelled, with_checksum

_EVM = re.compile(r"^0[xX][0-9a-fA-F]{40}$")
_SOLANA_BYTES = 32


def is_evm(text: str) -> bool:
    """Whether a text has the shape of an EVM address; mixed case has to be a right checksum."""
    if not _EVM.match(text):
        return False
    letters = text[2:]
    return letters in {letters.lower(), letters.upper()} or is_checksum_address(text)


def is_solana(text: str) -> bool:
    """Whether a text has the shape of a Solana address: 32 bytes in base58."""
    try:
        return len(base58.b58decode(text)) == _SOLANA_BYTES
    except ValueError:
        return False


def has_shape(kind: str, text: str) -> bool:
    """Whether a text is shaped as an address of a kind of chain, `evm` or `solana`."""
    return is_evm(text) if kind == "evm" else is_solana(text)


def kept(address: str) -> str:
    """An address as rows keep it and compare it: EVM in lower case, Solana's to the letter."""
    return spelled(address)


def shown(address: str) -> str:
    """An address as people see it: EVM with its checksum (EIP-55), Solana's to the letter."""
    return with_checksum(spelled(address))
