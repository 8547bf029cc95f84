"""What stands in a ticket's wallet field: a wallet, or something else, and what to say then. Pure.

A ticket is never refused for it. What is no wallet of the ticket's chain, or an address of the
migration itself, stays as it was typed, and holder and agent read the same of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from trustops.addresses import TRANSACTIONS, Reading, Shape, read, with_checksum
from trustops.tickets.public_contracts import is_public_contract

ChainKind = Literal["evm", "solana"]

BURNT = frozenset(
    {
        "0x0000000000000000000000000000000000000000",
        "0x0000000000000000000000000000000000000001",
        "0x000000000000000000000000000000000000dead",
        "0xdead000000000000000042069420694206942069",
        "11111111111111111111111111111111",
        "1nc1nerator11111111111111111111111111111111",
    }
)
"""Addresses that nobody has the key of; wallets and explorers show them where tokens end."""

_MOST_DIGITS_OF_AN_ACCOUNT = 20
_KINDS: Mapping[Shape, ChainKind] = {Shape.EVM_ADDRESS: "evm", Shape.SOLANA_ADDRESS: "solana"}


class WalletNote(StrEnum):
    """Why what stands in the wallet field is no wallet that can be looked at; for programs."""

    OWN_TOKEN = "own-token"
    OWN_CONTRACT = "own-contract"
    BURNT = "no-owner"
    PUBLIC_CONTRACT = "public-contract"
    CHECKSUM = "checksum"
    TRANSACTION = "transaction"
    SEVERAL = "several"
    OTHER_CHAIN = "other-chain"
    NAME = "name"
    EMAIL = "email"
    ACCOUNT = "account-number"
    NO_ADDRESS = "no-address"


TO_HOLDER: Mapping[WalletNote, str] = {
    WalletNote.OWN_TOKEN: (
        "This is the address of the token itself, not of a wallet. Please write to us on this "
        "page which wallet is yours, so that we can look at it."
    ),
    WalletNote.OWN_CONTRACT: (
        "This is an address of the migration itself, not of a wallet. Please write to us on this "
        "page which wallet is yours, so that we can look at it."
    ),
    WalletNote.BURNT: (
        "Nobody has the key of this address: it is where tokens are sent to be destroyed, or a "
        "placeholder. Please write to us on this page which wallet is yours."
    ),
    WalletNote.PUBLIC_CONTRACT: (
        "This is a contract or program that everybody uses, not somebody's wallet. Please write to "
        "us on this page which wallet is yours, so that we can look at it."
    ),
    WalletNote.CHECKSUM: (
        "A letter of this address may be wrong: its capital letters do not fit the rest. Please "
        "copy the address from your wallet once more and write it to us on this page."
    ),
    WalletNote.TRANSACTION: (
        "This is a transaction, not a wallet. We keep it as your transaction. Please write to us "
        "on this page which wallet is yours, too."
    ),
    WalletNote.SEVERAL: (
        "There is more than one address in this. Please write to us on this page which one is "
        "your wallet."
    ),
    WalletNote.OTHER_CHAIN: (
        "This address is not of the chain that you chose, so we could not look at it there. "
        "Please write to us on this page on which chain your tokens are."
    ),
    WalletNote.NAME: (
        "This is a name, not an address, and names can change hands. Please write to us on this "
        "page the address that it leads to, as an explorer or your wallet shows it."
    ),
    WalletNote.EMAIL: (
        "This is an e-mail address, not a wallet. If your tokens are in a wallet, please write "
        "its public address to us on this page."
    ),
    WalletNote.ACCOUNT: (
        "This looks like an account number, not a wallet. If your tokens are on an exchange, "
        "please write to us on this page which one; if not, write your wallet's public address."
    ),
    WalletNote.NO_ADDRESS: (
        "This is no address of a chain that we know; it may be shortened or mistyped. Please copy "
        "the whole public address from your wallet and write it to us on this page."
    ),
}
"""What the holder reads: what it is, and what to do. Nothing was lost."""

TO_STAFF: Mapping[WalletNote, str] = {
    WalletNote.OWN_TOKEN: (
        "This is the address of the token itself, not of a wallet, so nothing there is the "
        "holder's. Ask for the wallet."
    ),
    WalletNote.OWN_CONTRACT: (
        "This is an address of the migration itself, not of a wallet, so nothing there is the "
        "holder's. Ask for the wallet."
    ),
    WalletNote.BURNT: "Nobody has the key of this address. Ask for the wallet.",
    WalletNote.PUBLIC_CONTRACT: (
        "This is a contract or program that everybody uses, so nothing there is the holder's. Ask "
        "for the wallet."
    ),
    WalletNote.CHECKSUM: (
        "Its capital letters are no right checksum, so a letter of it may be another. It was not "
        "looked up. Ask for it once more."
    ),
    WalletNote.TRANSACTION: (
        "This is a transaction, not a wallet. Where no other one was given, it stands as the "
        "transaction too. Ask for the wallet."
    ),
    WalletNote.SEVERAL: "There is more than one address in this. Ask which one is the wallet.",
    WalletNote.OTHER_CHAIN: (
        "Could not check: this is no address of the chain that was chosen. Ask on which chain "
        "the tokens are."
    ),
    WalletNote.NAME: (
        "This is a name, not an address; this desk looks up no names, for they change hands. Ask "
        "for the address."
    ),
    WalletNote.EMAIL: "This is an e-mail address, not a wallet. Ask for the wallet.",
    WalletNote.ACCOUNT: (
        "This looks like an account number of an exchange, not a wallet. Ask which exchange, or "
        "for the wallet."
    ),
    WalletNote.NO_ADDRESS: (
        "Could not check: this is no address of a chain that we know. It may be shortened or "
        "mistyped. Ask for the whole address."
    ),
}
"""The same for staff."""

IN_A_LINE: Mapping[WalletNote, str] = {
    WalletNote.OWN_TOKEN: "wallet field holds the token's own address",
    WalletNote.OWN_CONTRACT: "wallet field holds an address of the migration",
    WalletNote.BURNT: "wallet has no owner",
    WalletNote.PUBLIC_CONTRACT: "wallet field holds a contract that everybody uses",
    WalletNote.CHECKSUM: "wallet may be mistyped",
    WalletNote.TRANSACTION: "wallet field holds a transaction",
    WalletNote.SEVERAL: "wallet field holds several addresses",
    WalletNote.OTHER_CHAIN: "wallet is of another chain",
    WalletNote.NAME: "wallet field holds a name",
    WalletNote.EMAIL: "wallet field holds an e-mail address",
    WalletNote.ACCOUNT: "wallet field holds an account number",
    WalletNote.NO_ADDRESS: "wallet field holds no address",
}
"""The same in a line of the queue."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a wallet is judged by: the kind of each chain, and the addresses of the migration.

    `own` gives for each address, in its one spelling, whether it is a token or another contract.
    """

    kinds: Mapping[str, ChainKind] = field(default_factory=dict)
    own: Mapping[str, WalletNote] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WalletLine:
    """The wallet of a ticket as pages show it.

    `text` is the wallet with its checksum, or what was typed where that is wrong or it is no
    address; `is_address` tells whether it is one. `as_written` is what was typed where it says
    more than `text`, else empty.
    """

    text: str
    is_address: bool
    as_written: str
    note: WalletNote | None


def as_written(typed: str | None, spelling: str | None) -> str | None:
    """What was typed, where the spelling does not hold all of it."""
    if typed is None or spelling is None or typed in {spelling, with_checksum(spelling)}:
        return None
    return typed


def wallet_line(
    wallet: str | None, written: str | None, chain: str | None, around: Surroundings
) -> WalletLine | None:
    """The wallet of a ticket, from its columns; None where it names none."""
    if wallet is None:
        return None
    typed = written or wallet
    reading = read(typed)
    right = reading.shape in _KINDS and not reading.mistyped
    text = with_checksum(wallet) if right else typed
    is_address = right or (reading.mistyped and typed.casefold() == wallet)
    more = "" if typed.casefold() == text.casefold() else typed
    return WalletLine(text, is_address, more, note_on(reading, chain, around))


def note_on(reading: Reading, chain: str | None, around: Surroundings) -> WalletNote | None:
    """Why a reading is no wallet of a chain that can be looked at; None where it is one."""
    if reading.text in around.own:
        return around.own[reading.text]
    if reading.text in BURNT:
        return WalletNote.BURNT
    if is_public_contract(reading.text):
        return WalletNote.PUBLIC_CONTRACT
    if reading.mistyped:
        return WalletNote.CHECKSUM
    kind = _KINDS.get(reading.shape)
    if kind is None:
        return _no_address(reading)
    wanted = around.kinds.get(chain or "", kind)
    return None if kind == wanted else WalletNote.OTHER_CHAIN


def _no_address(reading: Reading) -> WalletNote:
    if reading.shape in TRANSACTIONS:
        return WalletNote.TRANSACTION
    if reading.shape is Shape.SEVERAL:
        return WalletNote.SEVERAL
    if reading.shape is Shape.NAME:
        return WalletNote.NAME
    if "@" in reading.text.strip("@") and " " not in reading.text:
        return WalletNote.EMAIL
    if reading.text.isdigit() and len(reading.text) <= _MOST_DIGITS_OF_AN_ACCOUNT:
        return WalletNote.ACCOUNT
    return WalletNote.NO_ADDRESS
