"""Forms and conversations are read as a whole, because people spread a phrase over them.

Each field is read alone and all of them in their order; a new message is read with
the earlier ones.
"""

from __future__ import annotations

import json

import pytest

from tests.guard.samples import address, digits, lots, solana_pair, solana_signature, wif
from trustops.guard import Finding, SecretKind, find_secrets, scan, scan_messages

PHRASE = SecretKind.RECOVERY_PHRASE
KEY = SecretKind.PRIVATE_KEY
WORDS = lots("spread")
NEW_PHRASE = (Finding(PHRASE, ""),)


def test_an_empty_form_holds_nothing() -> None:
    """No fields, or fields without text."""
    assert scan([]) == ()
    assert scan([("subject", ""), ("message", "")]) == ()


def test_each_field_is_read_alone_and_named() -> None:
    """Every kind once a field, in the order of the fields."""
    form = [
        ("subject", " ".join(WORDS)),
        ("message", f"{digits('key')} and {wif('key')}, or {', '.join(WORDS)}"),
        ("wallet", address("holder")),
    ]
    assert scan(form) == (
        Finding(PHRASE, "subject"),
        Finding(PHRASE, "message"),
        Finding(KEY, "message"),
    )


def test_a_phrase_spread_over_two_fields_is_reported_for_both() -> None:
    """Half in the subject, half in the message."""
    form = [
        ("topic", "token-migration"),
        ("subject", " ".join(WORDS[:6])),
        ("message", " ".join(WORDS[6:]) + " is what I have"),
        ("locale", "en"),
    ]
    assert scan(form) == (Finding(PHRASE, "subject"), Finding(PHRASE, "message"))


def test_a_phrase_with_one_word_a_field_is_found() -> None:
    """Twelve inputs, as a phishing form has them."""
    findings = scan([(f"word{at}", word) for at, word in enumerate(WORDS)])
    assert findings == tuple(Finding(PHRASE, f"word{at}") for at in range(12))


def test_a_phrase_with_escapes_spread_over_fields_is_found() -> None:
    """Each reading of the fields is joined, not only the fields as they stand."""
    halves = [
        "".join(f"&#{ord(char)};" for char in " ".join(half)) for half in (WORDS[:6], WORDS[6:])
    ]
    assert {finding.kind for finding in scan([("a", halves[0]), ("b", halves[1])])} == {PHRASE}


def test_ten_words_in_one_field_are_supported_by_a_cue_in_another() -> None:
    """The subject says what the message is."""
    text = f"We saw him with {' '.join(WORDS[:10])} by the river, and he was happy about it"
    assert scan([("subject", "Hello"), ("message", text)]) == ()
    assert scan([("subject", "My seed"), ("message", text)]) == (Finding(PHRASE, "message"),)


def test_a_key_spread_over_two_fields_is_found() -> None:
    """Two halves of thirty-two digits."""
    key = digits("halves")
    form = [("subject", key[:32]), ("message", key[32:])]
    assert scan(form) == (Finding(KEY, "subject"), Finding(KEY, "message"))


def test_a_form_of_short_fields_full_of_list_words_holds_nothing() -> None:
    """Topics, chains and subjects are list words themselves."""
    form = [
        ("topic", "token swap"),
        ("subject", "Exchange claim problem"),
        ("message", "Just wait: one network fee, and the bridge will not move my token."),
        ("chain", "base"),
        ("priority", "high"),
        ("status", "open"),
        ("tags", "wallet, bridge, claim"),
        ("name", "Art Frost"),
    ]
    assert scan(form) == ()


def test_a_hash_in_its_field_is_judged_there_alone() -> None:
    """Talk of keys in another field does not make the hash in this one a key."""
    form = [
        ("subject", "Somebody asked for my private key"),
        ("tx_hash", "0x" + digits("swap")),
        ("message", "I did not give it to them. What can I do?"),
    ]
    assert scan(form) == ()
    assert scan(form, transaction_fields=frozenset()) == (
        Finding(KEY, "tx_hash", is_certain=False),
    )
    assert (
        scan(
            [("subject", "Swap"), ("transaction", "0x" + digits("swap"))],
            transaction_fields=frozenset({"transaction"}),
        )
        == ()
    )


def test_the_hash_field_refuses_a_key() -> None:
    """Named digits, and a Solana secret where a signature belongs."""
    assert scan([("tx_hash", f"my key {digits('key')}")]) == (Finding(KEY, "tx_hash"),)
    pair = json.dumps(list(solana_pair("pair")))
    assert scan([("tx_hash", pair)]) == (Finding(KEY, "tx_hash"),)
    assert scan([("tx_hash", solana_signature("swap"))]) == ()


@pytest.mark.parametrize(
    ("earlier", "new"),
    [
        ([" ".join(WORDS[:6])], " ".join(WORDS[6:])),
        ([" ".join(WORDS[:6]), "one moment please"], " ".join(WORDS[6:])),
        (
            ["Hello, the first words are " + " ".join(WORDS[:6]), "Did you get them?"],
            "and these are the others: " + " ".join(WORDS[6:]),
        ),
        ([" ".join(WORDS[at : at + 3]) for at in (0, 3, 6)], " ".join(WORDS[9:])),
        ([" ".join(WORDS[at : at + 2]) for at in range(0, 10, 2)], " ".join(WORDS[10:])),
        ([f"{at}. {word}" for at, word in enumerate(WORDS[:9], 1)], f"10. {WORDS[9]}"),
        (["which of them?", *WORDS[:5], "is that right so far?", *WORDS[5:9]], WORDS[9]),
        ([], " ".join(WORDS)),
        (["hello"], "my phrase\n" + "\n".join(WORDS)),
    ],
)
def test_a_phrase_told_over_successive_messages_is_found_with_the_last(
    earlier: list[str], new: str
) -> None:
    """Whatever is said in between; and none of the earlier messages would have been refused."""
    assert scan_messages(earlier, new) == NEW_PHRASE
    for at, message in enumerate(earlier):
        assert scan_messages(earlier[:at], message) == ()


def test_a_message_without_words_of_the_phrase_is_let_through() -> None:
    """The person may go on writing; what was said before is not reported again."""
    half = "Hello, the first words are " + " ".join(WORDS[:6])
    assert scan_messages([half], "I have not had an answer from you so far.") == ()
    assert scan_messages([half], "ok") == ()
    assert scan_messages([half], "") == ()
    assert scan_messages([" ".join(WORDS)], "Is it the right one?") == ()


def test_a_key_told_in_two_messages_is_found_with_the_second() -> None:
    """Two halves of thirty-two digits, each of which could be any number."""
    key = digits("halves")
    assert scan_messages([key[:32]], key[32:]) == (Finding(KEY, ""),)
    assert scan_messages(["hello", key], "what now?") == ()


def test_a_finding_tells_the_kind_and_the_field_and_nothing_else() -> None:
    """Not the value, nor a part of it, nor its place, nor a digest."""
    (finding,) = find_secrets(" ".join(WORDS), field="message")
    assert finding.__slots__ == ("kind", "field", "is_certain")
    assert repr(finding) == (
        "Finding(kind=<SecretKind.RECOVERY_PHRASE: 'recovery_phrase'>, "
        "field='message', is_certain=True)"
    )
