"""Private keys, wallet files and our own tokens are found; public things of like shape are not.

A private key and a transaction hash look the same, so the words beside 64 digits decide, and doubt
counts as a key. Where an encoding proves itself, the proof decides. All values come from seeds.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guard.samples import base58_of, solana_pair, solana_signature, wif
from tests.guard.shapes import (
    HEX_KEYS,
    KEY,
    KEYSTORES,
    NO_SERVICES,
    OTHER,
    PROVEN_KEYS,
    PUBLIC,
    SECRET,
    SERVICES,
    TOKEN,
    TRANSACTIONS,
)
from trustops.guard import Finding, SecretKind, find_secrets


def kinds(text: str, *, transaction: bool = False) -> set[SecretKind]:
    """What is found in the text."""
    return {finding.kind for finding in find_secrets(text, transaction=transaction)}


@pytest.mark.parametrize("name", HEX_KEYS)
def test_a_hexadecimal_key_is_found(name: str) -> None:
    """Alone and in a message."""
    assert SecretKind.PRIVATE_KEY in kinds(HEX_KEYS[name])
    assert SecretKind.PRIVATE_KEY in kinds(f"Hello,\nthis is it: {HEX_KEYS[name]}\nthanks")


@pytest.mark.parametrize("name", PROVEN_KEYS)
def test_a_key_in_an_encoding_of_its_own_is_found(name: str) -> None:
    """Alone and in a message."""
    assert kinds(PROVEN_KEYS[name]) == {SecretKind.PRIVATE_KEY}
    assert kinds(f"Hello,\nhere: {PROVEN_KEYS[name]}\nthanks") == {SecretKind.PRIVATE_KEY}


@pytest.mark.parametrize("name", KEYSTORES)
def test_a_wallet_file_is_found(name: str) -> None:
    """Whole, quoted or cut."""
    assert SecretKind.KEYSTORE in kinds(f"my file: {KEYSTORES[name]}")


@pytest.mark.parametrize("name", TRANSACTIONS)
def test_a_value_that_the_text_calls_a_transaction_is_let_through(name: str) -> None:
    """In free text this takes `0x` and a word, or the address of a known explorer."""
    assert kinds(TRANSACTIONS[name]) == set()


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_value_is_let_through(name: str) -> None:
    """It has the shape of a secret, or nearly, and is none."""
    assert kinds(PUBLIC[name]) == set()


@pytest.mark.parametrize(
    "text", [TOKEN, f"Authorization: Bearer {TOKEN}", f"?t={TOKEN.replace('_', '%5F')}"]
)
def test_an_api_token_of_this_desk_is_found(text: str) -> None:
    """By its prefix, also inside a header or an address."""
    assert kinds(text) == {SecretKind.API_TOKEN}


@pytest.mark.parametrize(
    "text",
    [
        f"0x{KEY}",
        f"  0x{KEY.upper()}\n",
        f"0x{KEY}, 0x{OTHER}",
        KEY,
        KEY.upper(),
        solana_signature("a"),
        f"https://solscan.io/tx/{solana_signature('a')}",
        f"https://etherscan.io/tx/0x{KEY}",
        "",
    ],
)
def test_the_transaction_field_takes_what_chains_call_a_transaction(text: str) -> None:
    """64 digits without further words, with `0x` or as TRON has them, or a Solana signature."""
    assert kinds(text, transaction=True) == set()


@pytest.mark.parametrize(
    "text",
    [
        f"private key {KEY}",
        f"private key 0x{KEY}",
        f"0x{KEY} (secret)",
        f"0x{KEY}{OTHER}",
        SECRET,
        wif("a"),
    ],
)
def test_the_transaction_field_refuses_keys(text: str) -> None:
    """A value beside the word key, two in one, and what proves itself a key."""
    assert kinds(text, transaction=True) == {SecretKind.PRIVATE_KEY}


@given(st.binary(min_size=32, max_size=32).filter(lambda key: key[0] > 0), st.binary(max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_solana_signature_is_never_a_secret_and_a_secret_always_is(
    seed: bytes, message: bytes
) -> None:
    """Both are 64 bytes; only in a secret the second half is the public key of the first."""
    pair = solana_pair(seed)
    signature = solana_signature(seed, message)
    assert kinds(f"look at {base58_of(pair)} now") == {SecretKind.PRIVATE_KEY}
    assert kinds(f"look at {signature} now") == set()
    assert kinds(signature, transaction=True) == set()


@given(st.binary(min_size=32, max_size=32).filter(lambda key: len(set(key.hex())) > 8))
@settings(max_examples=60, deadline=None)
def test_sixty_four_digits_without_evidence_are_always_a_key(key: bytes) -> None:
    """Unless they are padded with zeros, or have no letters at all, as a number does."""
    text = key.hex()
    expected = text.startswith("0" * 20) or text.isdecimal()
    assert (kinds(f"look at {text} now") == set()) == expected
    assert (kinds(f"look at 0x{text} now") == set()) == expected


@pytest.mark.parametrize("text", SERVICES.values(), ids=SERVICES)
def test_keys_of_services_are_found(text: str) -> None:
    """By their beginnings; a secret of AWS by its name or its access key."""
    assert find_secrets(f"Our bot stopped: {text} and now?") == (Finding(SecretKind.API_TOKEN, ""),)


@pytest.mark.parametrize("text", NO_SERVICES.values(), ids=NO_SERVICES)
def test_names_and_beginnings_of_keys_of_services_are_let_through(text: str) -> None:
    """An access key of AWS is no secret."""
    assert find_secrets(text) == ()
