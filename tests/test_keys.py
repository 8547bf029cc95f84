"""Tokens and keyed hashes: nobody guesses one, and none can be turned back."""

from __future__ import annotations

import re
from pathlib import Path

from tests.web_fixtures import SECRET_KEY, settings_for
from trustops.keys import keyed_hash, new_token, token_hash


def test_a_token_has_256_bits_and_needs_no_quoting() -> None:
    """43 characters, and never the same."""
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)


def test_of_a_token_its_hash_is_stored() -> None:
    """SHA-256: for 256 random bits no slower hash is needed."""
    assert token_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_hashes_for_two_purposes_cannot_be_compared(tmp_path: Path) -> None:
    """The same text gives another hash for each purpose and each key, and the same for one."""
    ours = settings_for("sqlite://", tmp_path)
    other = settings_for("sqlite://", tmp_path, SECRET_KEY=SECRET_KEY[::-1])
    found = {
        keyed_hash(ours, "client", "192.0.2.1"),
        keyed_hash(ours, "sign-in", "192.0.2.1"),
        keyed_hash(ours, "client", "192.0.2.2"),
        keyed_hash(other, "client", "192.0.2.1"),
    }
    assert len(found) == 4
    assert keyed_hash(ours, "client", "192.0.2.1") in found
    assert all(re.fullmatch(r"[0-9a-f]{64}", text) for text in found)
