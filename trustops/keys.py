"""Random tokens and keyed hashes, so that what is stored or counted cannot be turned back.

For private links, sessions, devices, tokens of programs and limits.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from trustops.settings import Settings

TOKEN_BYTES = 32
"""256 random bits: nobody guesses one, so a plain hash of it may be stored."""


def new_token() -> str:
    """A fresh token of 43 characters that needs no quoting in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(text: str) -> str:
    """What is stored of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def keyed_hash(settings: Settings, purpose: str, text: str) -> str:
    """HMAC-SHA256 of a text in hexadecimal, under a key of its own for each purpose.

    For texts that could be guessed, such as a network address or an e-mail address: without the
    secret key the hash tells nothing, and the hashes of two purposes cannot be compared.
    """
    key = hmac.digest(settings.secret_key.reveal().encode(), purpose.encode(), "sha256")
    return hmac.new(key, text.encode(), "sha256").hexdigest()
