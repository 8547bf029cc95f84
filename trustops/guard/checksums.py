"""Encodings that prove themselves: base58check, base32 with a CRC, ed25519 pairs.

What passes here is no chance: a random value of the right shape fails all but once in 2**16 (the
CRC of Stellar) or 2**32 and more.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEED_BYTES = 32
"""Bytes of a private key on every chain that this room knows."""

PHRASE_SIZES = (12, 15, 18, 21, 24)
"""Words of a phrase of BIP-39."""

_WORD_BITS = 11
_CHECKSUM_SHARE = 33
"""One bit in so many is of the checksum."""

_WIF_VERSIONS = frozenset({0x80, 0xEF, 0xB0, 0x9E, 0xCC})
"""Bitcoin, its test networks, Litecoin, Dogecoin, Dash."""

_BIP38_VERSIONS = (b"\x01\x42", b"\x01\x43")
_EXTENDED_BYTES = 78
_EXTENDED_MARK = 45
"""Where an extended key says by a zero byte that it is private (BIP-32)."""

_STELLAR_SECRET = 18 << 3
_STELLAR_BYTES = 35
_RIPPLE_SEED = b"\x21"
_RIPPLE_ED25519_SEED = b"\x01\xe1\x4b"
_RIPPLE_SEED_BYTES = 16


def _base58check(text: str, alphabet: bytes = base58.BITCOIN_ALPHABET) -> bytes:
    """The payload, or nothing where the checksum is wrong."""
    try:
        return bytes(base58.b58decode_check(text, alphabet=alphabet))
    except ValueError:
        return b""


def is_wif(text: str) -> bool:
    """Whether it is a key in wallet import format, compressed or not."""
    payload = _base58check(text)
    sized = len(payload) == SEED_BYTES + 1 or (len(payload) == SEED_BYTES + 2 and payload[-1] == 1)
    return sized and payload[0] in _WIF_VERSIONS


def is_bip38(text: str) -> bool:
    """Whether it is a key under a password (BIP-38)."""
    return _base58check(text).startswith(_BIP38_VERSIONS)


def is_extended_key(text: str) -> bool:
    """Whether it is a private extended key (BIP-32), of whatever version."""
    payload = _base58check(text)
    return len(payload) == _EXTENDED_BYTES and payload[_EXTENDED_MARK] == 0


def is_ripple_seed(text: str) -> bool:
    """Whether it is a family seed of the XRP ledger."""
    payload = _base58check(text, base58.RIPPLE_ALPHABET)
    return any(
        payload.startswith(mark) and len(payload) == len(mark) + _RIPPLE_SEED_BYTES
        for mark in (_RIPPLE_SEED, _RIPPLE_ED25519_SEED)
    )


def is_stellar_seed(text: str) -> bool:
    """Whether it is a secret seed of Stellar (56 characters of base32 with a CRC-16)."""
    payload = base64.b32decode(text)
    return (
        len(payload) == _STELLAR_BYTES
        and payload[0] == _STELLAR_SECRET
        and binascii.crc_hqx(payload[:-2], 0) == int.from_bytes(payload[-2:], "little")
    )


def is_bip39(places: Sequence[int]) -> bool:
    """Whether words at these places of a list, from nought, are a phrase with its checksum."""
    bits = "".join(f"{place:0{_WORD_BITS}b}" for place in places)
    size = len(bits) // _CHECKSUM_SHARE
    entropy = int(bits[:-size], 2).to_bytes(size * 4, "big")
    return f"{hashlib.sha256(entropy).digest()[0]:08b}"[:size] == bits[-size:]


def is_ed25519_pair(raw: bytes) -> bool:
    """Whether the second half is the public key of the first, which no signature is."""
    if len(raw) != 2 * SEED_BYTES:
        return False
    public = Ed25519PrivateKey.from_private_bytes(raw[:SEED_BYTES]).public_key()
    return public.public_bytes_raw() == raw[SEED_BYTES:]


def is_solana_secret(text: str) -> bool:
    """Whether it is a secret key as Solana wallets export it, in base58."""
    return is_ed25519_pair(base58.b58decode(text))
