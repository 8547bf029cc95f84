"""Values in the shapes of secrets, made from fixed seeds: nobody's keys, none in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from trustops.guard.words import COMMON, WORDS

WORD_LIST = sorted(WORDS)
MESSAGES = Path(__file__).with_name("messages.txt")


def raw(seed: str, size: int = 32) -> bytes:
    """Bytes that look drawn by lot, the same for the same seed."""
    return hashlib.shake_256(seed.encode()).digest(size)


def digits(seed: str) -> str:
    """Sixty-four hexadecimal digits: a key, or a transaction hash."""
    return raw(seed).hex()


def unique(words: Iterable[str]) -> Iterator[str]:
    """The words without those that came before."""
    seen: set[str] = set()
    for word in words:
        if word not in seen:
            seen.add(word)
            yield word


def phrase(seed: str, size: int = 12) -> list[str]:
    """Different words of the list."""
    drawn = (int.from_bytes(raw(f"{seed} {step}", 4), "big") for step in count())
    return list(islice(unique(WORD_LIST[number % len(WORD_LIST)] for number in drawn), size))


def address(seed: str) -> str:
    """An address on an EVM chain."""
    return "0x" + raw(seed, 20).hex()


def base58_of(data: bytes) -> str:
    """The bytes in base58."""
    return base58.b58encode(data).decode()


def base58check_of(data: bytes) -> str:
    """The bytes in base58 with a checksum."""
    return base58.b58encode_check(data).decode()


def wif(seed: str, *, version: int = 0x80, compressed: bool = True) -> str:
    """A key in wallet import format."""
    return base58check_of(bytes([version]) + raw(seed) + (b"\x01" if compressed else b""))


def _signer(seed: str | bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(raw(seed) if isinstance(seed, str) else seed)


def solana_pair(seed: str | bytes) -> bytes:
    """A Solana secret key: the private key and its public key."""
    return _signer(seed).private_bytes_raw() + _signer(seed).public_key().public_bytes_raw()


def solana_signature(seed: str | bytes, message: bytes = b"migrate") -> str:
    """A Solana transaction signature in base58: the shape of a secret, and none."""
    return base58_of(_signer(seed).sign(message))


def extended_key(seed: str, version: str = "0488ade4", mark: int = 0) -> str:
    """An extended key (BIP-32); private where the mark is zero."""
    head = bytes.fromhex(version) + raw(seed, 41)
    return base58check_of(head + bytes([mark]) + raw(seed))


def messages() -> list[str]:
    """Messages as holders write them, none with a secret; hashes and addresses are filled in."""
    amount = f"{10**18:064x}"
    filled = (
        MESSAGES.read_text("utf-8")
        .replace("{hash}", "0x" + digits("hash"))
        .replace("{hash2}", "0x" + digits("hash 2"))
        .replace("{hash3}", "0x" + digits("hash 3"))
        .replace("{address}", address("holder"))
        .replace("{sol}", base58_of(raw("token")))
        .replace("{sol2}", base58_of(raw("other token")))
        .replace("{signature}", solana_signature("swap"))
        .replace("{padded}{padded2}", "0" * 24 + address("bridge")[2:] + amount)
    )
    return [text.strip() for text in filled.split("%%")]


def lots(seed: str, size: int = 12) -> list[str]:
    """Different words of the list, none of them usual in sentences."""
    return [word for word in phrase(seed, 3 * size) if word not in COMMON][:size]
