"""One spelling for wallet addresses and transaction hashes, however they were typed. Pure.

Rows hold the spelling and questions are asked in it, so both come from `read`: EVM addresses and
hashes in lower case with `0x`; Solana's, in which the case of a letter means something, untouched.
Links of explorers and the URIs of wallets (EIP-3770, CAIP-10, EIP-681, Solana Pay) hold one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import base58
from eth_utils.address import is_checksum_address, to_checksum_address

LONGEST = 128
"""Characters of a spelling; what is longer is no address, and is found by its beginning."""

TOO_LONG = "a long text"
"""Stands for words whose beginning would be read as something that the whole is not."""

_EVM_CODE = r"0[xX](?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40})"
_ALONE_IN_TEXT = r"(?<![0-9A-Za-z])%s(?![0-9A-Za-z])"
_EVM = re.compile(_EVM_CODE)
_EVM_IN_TEXT = re.compile(_ALONE_IN_TEXT % _EVM_CODE)
_WITHOUT_0X = re.compile(r"[0-9a-fA-F]{64}|[0-9a-fA-F]{40}")
_BASE58_IN_TEXT = re.compile(_ALONE_IN_TEXT % r"[1-9A-HJ-NP-Za-km-z]{32,88}")
_SPELLED = re.compile(r"0x(?:[0-9a-f]{64}|[0-9a-f]{40})")
_EVM_ADDRESS_LENGTH = 42
_SOLANA_ADDRESS_BYTES, _SOLANA_SIGNATURE_BYTES = 32, 64
_NAME = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z]{2,}")
_AROUND = " \t'\"`<>()[]{},;:.!?*|\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d"

_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*:|[\w-]+(?:\.[\w-]+)+/)", re.IGNORECASE)
LONGEST_NAME_BEFORE = 80
_NAME_BEFORE = re.compile(r"([A-Za-z_-]+)(?:=|/|%3D)(?:[a-z0-9-]+(?::|%3A))*\Z", re.IGNORECASE)
_HOLDERS = frozenset(
    {
        *("a", "account", "accounts", "addr", "address", "from", "holder", "maker", "owner"),
        *("portfolio", "profile", "safe", "sender", "user", "wallet"),
    }
)
"""What links and URIs call the one whose address follows."""

_NO_HOLDERS = frozenset(
    {
        *("asset", "assets", "collection", "contract", "contracts", "currency", "mint", "nft"),
        *("erc20", "erc721", "erc1155", "pair", "pool", "program", "reference", "swap", "tkn"),
        *("inputcurrency", "inputmint", "outputcurrency", "outputmint"),
        *("token", "token0", "token1", "tokens", "tokenaddress", "token_address"),
        *("spl-token", "spl_token"),
    }
)
"""What they call a token, a contract or a mark."""


class Shape(StrEnum):
    """What a text is, as far as its letters tell."""

    EVM_ADDRESS = "evm-address"
    SOLANA_ADDRESS = "solana-address"
    EVM_HASH = "evm-hash"
    SOLANA_SIGNATURE = "solana-signature"
    NAME = "name"
    SEVERAL = "several"
    OTHER = "other"


ADDRESSES = frozenset({Shape.EVM_ADDRESS, Shape.SOLANA_ADDRESS})
TRANSACTIONS = frozenset({Shape.EVM_HASH, Shape.SOLANA_SIGNATURE})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is, and the one spelling of it.

    `mistyped`: an EVM address whose capital letters are no right checksum (EIP-55), so one of its
    letters may be another. `alone`: the text is that one thing, or a link or URI of it.
    `beside`: that link or URI names other addresses too.
    """

    shape: Shape
    text: str
    mistyped: bool = False
    alone: bool = True
    beside: bool = False


def read(text: str, *, transaction: bool = False) -> Reading:
    """Read what somebody gave as a wallet, or as a transaction; whatever it is, there is a reading.

    Of an address and a hash in one text the one that was asked for counts, and of the addresses in
    a link the holder's. A text that is neither, or holds several, keeps its words.
    """
    plain = " ".join(_visible(text).split())
    joined = plain.strip(_AROUND).replace(" ", "")
    whole = _whole(joined)
    if whole is not None:
        return whole
    # An address that a line end has cut is whole again once the gaps are gone.
    candidates = tuple(_within(plain)) or tuple(_within(joined))
    wanted = TRANSACTIONS if transaction else ADDRESSES
    chosen = [item for item in candidates if item.shape in wanted] or candidates
    spellings = {item.text for item in chosen}
    if len(spellings) > 1 and not transaction and (meant := _meant_by_link(joined, plain)):
        return replace(meant, beside=True)
    if len(spellings) == 1:
        first = chosen[0]
        return Reading(first.shape, first.text, first.mistyped, alone=" " not in plain)
    words = _shortened(plain.strip(_AROUND) or plain)
    if spellings:
        return Reading(Shape.SEVERAL, words)
    if _NAME.fullmatch(words):
        return Reading(Shape.NAME, words.lower())
    return Reading(Shape.OTHER, words)


def spelled(text: str, *, transaction: bool = False) -> str:
    """A text in the one spelling in which rows hold it and questions ask for it."""
    if _SPELLED.fullmatch(text):
        return text
    return read(text, transaction=transaction).text


def with_checksum(text: str) -> str:
    """A spelling as people read it: an EVM address with its checksum, all else as it is."""
    if len(text) == _EVM_ADDRESS_LENGTH and _SPELLED.fullmatch(text):
        return str(to_checksum_address(text))
    return text


def _visible(text: str) -> str:
    """The text in plain characters: full width is folded, and what cannot be seen is gone."""
    if text.isascii() and text.isprintable():
        return text
    seen = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
    )
    return unicodedata.normalize("NFKC", seen)


def _shortened(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    beginning = words[:LONGEST].strip(_AROUND)
    return beginning if read(beginning).text == beginning else TOO_LONG


def _whole(joined: str) -> Reading | None:
    """The reading of a text that is one address or hash and nothing else."""
    if _EVM.fullmatch(joined):
        return _evm(joined)
    base58_reading = _base58(joined)
    if base58_reading is None and _WITHOUT_0X.fullmatch(joined):
        return _evm(f"0x{joined}")
    return base58_reading


def _within(text: str) -> Iterator[Reading]:
    """Every address and hash in a text, in whatever words, link or URI it stands."""
    for match in _EVM_IN_TEXT.finditer(text):
        yield _evm(match.group())
    for match in _BASE58_IN_TEXT.finditer(text):
        reading = _base58(match.group())
        if reading is not None:
            yield reading


def _meant_by_link(joined: str, plain: str) -> Reading | None:
    """The wallet in a link or URI that holds other addresses too; None where that is no link.

    An explorer names the holder of a token beside the token (`/token/0x…?a=0x…`), a payment the
    one who is paid (EIP-681, Solana Pay), a market the maker beside the pair. The part in front
    of each address says what it is.
    """
    if " " in plain or not _LINK.match(joined):
        return None
    by_name = [(_name_before(joined, item.start()), item.group()) for item in _codes(joined)]
    for wanted in (
        [code for name, code in by_name if name in _HOLDERS],
        [code for name, code in by_name if name not in _NO_HOLDERS],
    ):
        readings = {reading.text: reading for code in wanted if (reading := _address(code))}
        if len(readings) == 1:
            return next(iter(readings.values()))
    return None


def _codes(text: str) -> Iterator[re.Match[str]]:
    yield from _EVM_IN_TEXT.finditer(text)
    yield from _BASE58_IN_TEXT.finditer(text)


def _address(code: str) -> Reading | None:
    reading = _whole(code)
    return reading if reading is not None and reading.shape in ADDRESSES else None


def _name_before(link: str, start: int) -> str:
    match = _NAME_BEFORE.search(link, max(0, start - LONGEST_NAME_BEFORE), start)
    return match[1].lower() if match else ""


def _evm(code: str) -> Reading:
    digits = code[2:]
    low = f"0x{digits.lower()}"
    if len(low) != _EVM_ADDRESS_LENGTH:
        return Reading(Shape.EVM_HASH, low)
    one_case = digits in {digits.lower(), digits.upper()}
    return Reading(
        Shape.EVM_ADDRESS, low, mistyped=not one_case and not is_checksum_address(f"0x{digits}")
    )


def _base58(code: str) -> Reading | None:
    if not _BASE58_IN_TEXT.fullmatch(code):
        return None
    size = len(base58.b58decode(code))
    if size == _SOLANA_ADDRESS_BYTES:
        return Reading(Shape.SOLANA_ADDRESS, code)
    return Reading(Shape.SOLANA_SIGNATURE, code) if size == _SOLANA_SIGNATURE_BYTES else None
