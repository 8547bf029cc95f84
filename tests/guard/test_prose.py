"""People can write to the desk about their money without being taken for leaking a secret.

The messages in `messages.txt` are long, and full of list words, migration vocabulary, addresses,
hashes and numbered steps. The licences and descriptions of installed libraries are more English.
"""

from __future__ import annotations

from importlib.metadata import distributions

import pytest

from tests.guard.samples import address, digits, messages
from trustops.guard import find_secrets, redact, scan, scan_messages

MESSAGES = messages()
LONG_MESSAGE = 6000
LEFT_OUT = {
    "asttokens": "a listing of code in words of the list; docs/guard.md names this limit",
    "eth-keyfile": "shows a keystore and its key",
    "eth-keys": "shows private keys",
    "eth-tester": "shows private keys",
    "mnemonic": "shows recovery phrases",
    "trustops": "ourselves",
}
TEXTS = {
    distribution.name: distribution.read_text("METADATA") or ""
    for distribution in distributions()
    if distribution.name not in LEFT_OUT
}


def test_there_are_enough_messages_to_judge_by() -> None:
    """Sixty messages and more, of forty words on average."""
    assert len(MESSAGES) >= 60
    assert sum(len(message.split()) for message in MESSAGES) >= 2500


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_without_a_secret_is_let_through(message: str) -> None:
    """Alone, and as a form with the other fields that a holder fills in."""
    form = [
        ("topic", "token-migration"),
        ("subject", " ".join(message.split()[:8])),
        ("message", message),
        ("wallet", address("holder")),
        ("chain", "base"),
        ("tx_hash", "0x" + digits("swap")),
        ("email", "seed.wallet@mail.example"),
        ("locale", "en"),
    ]
    assert scan(form) == ()
    assert redact(message) == message


def test_a_long_conversation_without_a_secret_is_let_through() -> None:
    """Twenty messages before a new one."""
    for at, message in list(enumerate(MESSAGES))[::3]:
        assert scan_messages(MESSAGES[max(0, at - 20) : at], message) == ()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_the_description_of_a_library_is_let_through(name: str) -> None:
    """Technical English, as much of it as a long message has."""
    assert find_secrets(TEXTS[name][:LONG_MESSAGE]) == ()
