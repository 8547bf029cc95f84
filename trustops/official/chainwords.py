"""What belongs to a chain, by its shape: addresses, transactions, requests to pay. Pure."""

from __future__ import annotations

import re

from trustops import addresses

_EVM = re.compile(r"0[xX][0-9a-fA-F]{40}")
_OF_A_WALLET = re.compile(
    r"(?!javascript:|vbscript:|data:|file:|mailto:|tel:)[a-z0-9-]{2,32}:"
    r"(?:[A-Za-z0-9-]{1,32}:|\d{1,12}/erc20:)?(?:pay-)?[0-9A-Za-z]{32,44}(?:@\d+)?(?:\?.*)?",
    re.IGNORECASE,
)
"""EIP-3770, CAIP-10, CAIP-19, EIP-681 without a function, Solana Pay: a prefix and one address."""

_REQUEST = re.compile(
    r"ethereum:(?:pay-)?(?P<to>[^@/?\s]+)(?:@\d+)?/(?P<what>\w+)(?:\?\S*)?", re.IGNORECASE
)
"""EIP-681 with a function, such as transfer or approve: the wallet is asked to do something."""

_HASH = re.compile(r"(?:0[xX])?[0-9a-fA-F]{64}")
_SHORTENED = re.compile(
    r"(?:0[xX][0-9a-fA-F]{2,20}|[1-9A-HJ-NP-Za-km-z]{3,20})"
    r"[ ]?(?:\u2026|\.{2,6}|\*{2,6}|_{3,6})[ ]?"
    r"(?:[0-9a-fA-F]{3,20}|[1-9A-HJ-NP-Za-km-z]{3,20})"
)
_AMOUNT = re.compile(r"[?&](?:value|amount|uint256)=", re.IGNORECASE)
_PREFIX = re.compile(r"([a-z0-9-]+):(?:(\d+)[:/])?", re.IGNORECASE)
_AT_CHAIN = re.compile(r"@(\d+)")
_CHAINS = {
    "eth": "ethereum",
    "1": "ethereum",
    "base": "base",
    "8453": "base",
    "bnb": "bsc",
    "56": "bsc",
    "arb1": "arbitrum",
    "42161": "arbitrum",
    "oeth": "optimism",
    "10": "optimism",
    "matic": "polygon",
    "pol": "polygon",
    "137": "polygon",
    "avax": "avalanche",
    "43114": "avalanche",
    "sonic": "sonic",
    "146": "sonic",
    "solana": "solana",
}


_EXPLORERS = {
    "etherscan.io": "ethereum",
    "basescan.org": "base",
    "bscscan.com": "bsc",
    "arbiscan.io": "arbitrum",
    "optimistic.etherscan.io": "optimism",
    "polygonscan.com": "polygon",
    "snowtrace.io": "avalanche",
    "sonicscan.org": "sonic",
    "solscan.io": "solana",
    "explorer.solana.com": "solana",
}
"""Explorers of one chain, by the host of their main network."""

_HOST = re.compile(r"https?://(?:www\.)?([^/]+)/", re.IGNORECASE)


def is_evm(text: str) -> bool:
    """Whether a text has the shape of an EVM address."""
    return _EVM.fullmatch(text) is not None


def is_of_wallet(text: str) -> bool:
    """Whether a text is a wallet's URI of one address, and asks for no function."""
    return _OF_A_WALLET.fullmatch(text) is not None


def is_transaction(joined: str) -> bool:
    """Whether a text without gaps is the number of a transaction or a block."""
    if _HASH.fullmatch(joined):
        return True
    return addresses.read(joined).shape is addresses.Shape.SOLANA_SIGNATURE and joined.isalnum()


def is_shortened(text: str) -> bool:
    """Whether a text is an address of which characters are left out in the middle."""
    if not _SHORTENED.fullmatch(text):
        return False
    return text[:2].lower() == "0x" or any(char.isdigit() for char in text)


def request_in(text: str) -> tuple[str, ...]:
    """Every address that a request to a wallet names (EIP-681 with a function); else nothing."""
    found = _REQUEST.fullmatch(text)
    if not found:
        return ()
    return (found["to"].lower(), *(item.lower() for item in _EVM.findall(text, found.end("to"))))


def asks_for_amount(text: str) -> bool:
    """Whether a wallet's URI names an amount."""
    return _AMOUNT.search(text) is not None


def chain_in(text: str) -> str:
    """The chain that a wallet's URI names, as packs name it; empty where it names none we know."""
    found = _PREFIX.match(text)
    at = _AT_CHAIN.search(text)
    if not found:
        return ""
    number = found[2] or (at[1] if at else "")
    return _CHAINS.get(number or found[1].lower(), "")


def chain_of_explorer(text: str) -> str:
    """The chain that the link of an explorer shows; empty where it shows several, or is no link."""
    found = _HOST.match(text)
    return _EXPLORERS.get(found[1].lower(), "") if found else ""
