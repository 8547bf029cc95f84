"""What a key hides: the bytes behind base64, base32 and hexadecimal, and digests of words. Pure."""

from __future__ import annotations

import binascii
import hashlib
import re
from base64 import b32decode, urlsafe_b64decode
from collections.abc import Iterator
from functools import cache, partial
from urllib.parse import unquote_to_bytes

DIGEST_SIZES = frozenset({16, 20, 32, 64})
"""Bytes of MD5, SHA-1, SHA-256 and SHA-512."""

COMPARED = 16
"""Bytes of a digest that are compared; a digest is often cut to the length of a key."""

SHORTEST_TEXT = 8

_ALGORITHMS = tuple(
    partial(make, usedforsecurity=False)
    for make in (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha512)
)
_HEX = re.compile(r"(?:0x)?((?:[0-9a-fA-F]{2}[ :-]?){8,})")
_BASE32 = re.compile(r"[A-Za-z2-7]{16,}=*")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{11,}=*")


def encoded(key: str) -> Iterator[bytes]:
    """What the key may be the base64, base32, hexadecimal or percent form of."""
    text = key.strip()
    if _HEX.fullmatch(text):
        yield bytes.fromhex(re.sub(r"0x|[ :-]", "", text))
    if _BASE32.fullmatch(text):
        yield from _decoded(partial(b32decode, _padded(text.upper(), 8)))
    if _BASE64.fullmatch(text):
        plain = text.replace("+", "-").replace("/", "_")
        yield from _decoded(partial(urlsafe_b64decode, _padded(plain, 4)))
    if "%" in text:
        decoded = unquote_to_bytes(text)
        if decoded != text.encode():
            yield decoded


def _padded(text: str, size: int) -> str:
    bare = text.rstrip("=")
    return bare + "=" * (-len(bare) % size)


def _decoded(decode: partial[bytes]) -> Iterator[bytes]:
    try:
        yield decode()
    except (binascii.Error, ValueError):
        return


def as_text(data: bytes) -> str:
    """The text that bytes are, without white space around it; empty where they are none."""
    try:
        text = data.decode("utf-8").strip().strip("\0")
    except UnicodeDecodeError:
        return ""
    spaced = text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return text if len(text) >= SHORTEST_TEXT and spaced.isprintable() else ""


def is_digest_of(key: str, words: tuple[str, ...]) -> bool:
    """Whether a key begins with a digest of one of some words, in hexadecimal or base64.

    The digests are made once in a process, and only where a key has the length of one.
    """
    return any(
        len(data) in DIGEST_SIZES and data[:COMPARED] in _digests(words) for data in encoded(key)
    )


@cache
def _digests(words: tuple[str, ...]) -> frozenset[bytes]:
    """The beginnings of the digests of each word as it stands, and as a line."""
    texts = {form for word in words for form in (word, f"{word}\n")}
    return frozenset(
        digest(text.encode()).digest()[:COMPARED] for text in texts for digest in _ALGORITHMS
    )
