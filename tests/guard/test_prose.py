"""People can write to the desk about their money without being taken for leaking a secret.

The messages in `messages.txt` are long, and full of list words, migration vocabulary, addresses,
hashes and numbered steps. The licences and descriptions of installed libraries are more English.
"""

from __future__ import annotations

from importlib.metadata import distributions

import pytest

from tests.guard.languages import tickets
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


@pytest.mark.no_cover
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


@pytest.mark.no_cover
def test_a_long_conversation_without_a_secret_is_let_through() -> None:
    """Twenty messages before a new one."""
    for at, message in list(enumerate(MESSAGES))[::3]:
        assert scan_messages(MESSAGES[max(0, at - 20) : at], message) == ()


@pytest.mark.long
def test_the_descriptions_of_libraries_are_let_through() -> None:
    """Technical English, of each as much as a long message has."""
    assert len(TEXTS) > 100
    assert [name for name, text in TEXTS.items() if find_secrets(text[:LONG_MESSAGE])] == []


STEPS = (
    "open app, click swap, choose token, enter amount, approve, confirm, wait",
    "open wallet, click swap, choose token, enter amount, approve, confirm, wait, check balance",
    "1. connect wallet 2. select network 3. copy address 4. enter code 5. confirm 6. wait 7. claim",
    "approve, swap, confirm, sign, claim, bridge, wait, check, open, close, select, enter",
    "open menu > select option > remove old account > scan code > press submit > wait > open again",
    "unlock phone, open wallet, choose coin, select market, enter amount, confirm trade, wait",
)


@pytest.mark.parametrize("steps", STEPS)
@pytest.mark.parametrize(
    "around", ["{}", "I did it all: {}. And nothing.", "My wallet is fine, my seed is safe.\n{}"]
)
def test_the_steps_of_a_how_to_are_let_through_though_all_are_list_words(
    steps: str, around: str
) -> None:
    """Words that steps are made of weigh against a phrase, in one sentence or one step a line."""
    for text in (steps, steps.replace(", ", "\n"), steps.replace(", ", " > ")):
        assert find_secrets(around.format(text)) == ()


@pytest.mark.long
def test_five_hundred_tickets_in_ten_languages_are_let_through() -> None:
    """None is refused, none is asked about, and none loses a word in the log."""
    written = list(tickets())
    assert len(written) == 500
    assert len({language for language, _ in written}) == 10
    forms = ([("subject", text.split("\n")[0]), ("message", text)] for _, text in written)
    assert [form for form in forms if scan(form)] == []
