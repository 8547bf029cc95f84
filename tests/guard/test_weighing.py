"""What 64 digits are is weighed by the words around them, and asked where these say nothing.

The texts stand in `hashes.json`, for other guards too; docs/guard.md publishes the counts. Keys are
made from seeds in every format that is known, each in several contexts.
"""

from __future__ import annotations

import base64
import json

import pytest

from tests.guard import vectors
from tests.guard.samples import address, digits, raw
from tests.guard.shapes import HEX_KEYS, KEY, KEYSTORES, OTHER, PROVEN_KEYS
from tests.guard.vectors import filled
from tests.pace import explodes
from trustops.guard import Finding, SecretKind, find_secrets, scan, scan_messages, without_secrets

CORPUS = json.loads(vectors.CORPUS.read_text("utf-8"))
PUBLIC_TEXTS = [
    filled(text)
    for text in (
        *CORPUS["hash"],
        *CORPUS["digits"],
        *(text.replace("{digits}", "{CAPITALS}") for text in CORPUS["digits"]),
    )
]
CONTEXTS = (
    "{}",
    "Hello, this is what my wallet exported:\n{}\nWhat now?",
    "The transaction failed, so I tried it with {} and it failed again.",
    "Das hier hat mir das Programm angezeigt: {}",
)
SECRETS = [
    pytest.param(context.format(value), id=f"{name}, context {at}")
    for name, value in {**PROVEN_KEYS, **KEYSTORES}.items()
    for at, context in enumerate(CONTEXTS)
]
NAMED = [
    "my private key for the transaction is {}",
    "I cannot sign the transaction, my private key is {}",
    "import this: {}",
    "To finish the transaction import this: {}",
    "exported key: {} (no txid)",
    "{} (private key)",
    "{} is my old key",
    "Here is my key, and the transaction failed: {}",
    "https://wallet.example/import?key={}",
    "I never gave it to anybody, my secret is {}",
    "Secret seed: {}",
    '{{"privateKey": "{}", "txHash": ""}}',
    "Mein privater Schlüssel: {}",
    "mi clave privada para la transacción es {}",
    "ma clé privée : {}",
    "minha chave privada: {}",
    "la mia chiave privata è {}",
    "özel anahtarım {}",
    "khóa riêng: {}",
    "kunci pribadi: {}",
    "мой приватный ключ: {}",
    "개인키: {}",
    "私钥：{}",
    "私鑰 {}",
    "秘密鍵は {}",
]


def certainty(text: str) -> list[bool]:
    """Whether each find is certain."""
    return [finding.is_certain for finding in find_secrets(text)]


def test_there_are_enough_texts_to_publish_figures() -> None:
    """The figures of docs/guard.md."""
    assert len(PUBLIC_TEXTS) >= 120
    assert len(SECRETS) + 2 * len(NAMED) >= 250


@pytest.mark.parametrize("text", PUBLIC_TEXTS)
def test_a_value_that_the_text_names_as_public_passes(text: str) -> None:
    """In thirteen languages, in links, checksums and JSON, beside denials and harmless keys."""
    assert certainty(text) == []


@pytest.mark.parametrize("text", CORPUS["asked"])
def test_where_nothing_says_what_a_value_is_the_find_is_doubtful(text: str) -> None:
    """A host that resembles an explorer says nothing."""
    assert certainty(filled(text)) == [False]


@pytest.mark.parametrize("text", SECRETS)
def test_a_key_in_a_format_of_its_own_is_found_whatever_stands_around_it(text: str) -> None:
    """Also where the sentence speaks of a transaction."""
    assert True in certainty(text)


@pytest.mark.parametrize("name", HEX_KEYS)
def test_no_word_without_a_name_lets_a_hexadecimal_key_through(name: str) -> None:
    """In each layout."""
    for context in CONTEXTS[:2]:
        assert certainty(context.format(HEX_KEYS[name]))


@pytest.mark.parametrize("text", NAMED)
def test_digits_that_the_text_calls_a_key_are_one(text: str) -> None:
    """Also beside the word transaction, in the languages of holders."""
    assert certainty(text.format("0x" + KEY)) == [True]
    assert certainty(text.format(KEY)) == [True]


@pytest.mark.parametrize(
    "text",
    [
        f"I can't use my private key for the transaction 0x{KEY}",
        f"my key for the transaction is 0x{KEY}",
        f"I have my private key here, and this is the transaction hash: 0x{KEY}",
    ],
)
def test_a_key_and_a_transaction_in_one_sentence_are_asked_about(text: str) -> None:
    """The value may be either."""
    assert certainty(text) == [False]


@pytest.mark.parametrize(
    "text",
    [
        f"my key is long. 0x{KEY}",
        f"I want to import it today, but 0x{KEY} is all that I see",
        f"0x{KEY} was on the paper. It says private key above",
    ],
)
def test_talk_of_keys_without_any_name_for_the_value_counts_as_a_key(text: str) -> None:
    """Nothing speaks for a transaction."""
    assert certainty(text) == [True]


def test_signing_key_files_are_told_from_public_ones() -> None:
    """By their kind; where it is cut off, the find is doubtful."""
    file = '{{"type": "Payment{}KeyShelley_ed25519", "description": "", "cborHex": "5820{}"}}'
    assert certainty(file.format("Signing", KEY)) == [True]
    assert certainty(file.format("Verification", KEY)) == []
    assert certainty(f'"cborHex": "5820{KEY}"') == [False]


def test_keys_of_klaytn_wallets_are_found() -> None:
    """The key, its kind and the address in one."""
    assert True in certainty(f"Transaction hash: 0x{KEY}0x00{address('k')}")


@pytest.mark.parametrize("size", [16, 20, 24, 28])
def test_entropy_is_found_where_it_is_named(size: int) -> None:
    """In digits, whole or in groups, and in bits."""
    value = raw("entropy", size).hex()
    groups = " ".join(value[at : at + 4] for at in range(0, len(value), 4))
    bits = f"{int(value, 16):0{8 * size}b}"[: 11 * 11 + 7]
    assert certainty(f"entropy: {value}") == [True]
    assert certainty(f"my seed is {groups}") == [True]
    assert certainty(f"entropy {bits}") == [True]
    assert certainty(f"the id is {value}") == certainty(f"number {bits}") == []
    assert certainty(f"seed: {value[:-2]}") == []


@pytest.mark.parametrize(
    "text",
    [
        "untrusted comment: minisign encrypted secret key\n" + "RWRTY0Iy" + "a" * 60,
        '{"kty": "OKP", "crv": "Ed25519", "d": "' + "aB3" * 15 + '"}',
        "APrivateKey1" + "zkp" * 16,
        "secret-extended-key-main1" + "q" * 60,
    ],
)
def test_keys_of_other_programs_are_found(text: str) -> None:
    """By what they say of themselves."""
    assert certainty(text) == [True]


def test_a_key_is_called_so_with_its_notation_between() -> None:
    """The word, how it is written, the value."""
    value = base64.b64encode(raw("notation", 32)).decode()
    assert certainty(f"my private key in base64 {value}") == [True]
    assert certainty(f"my private key in hex {KEY}") == [True]


def test_a_web_key_without_its_private_part_is_none() -> None:
    """It is what one gives to others."""
    assert certainty('{"kty": "OKP", "x": "' + "aB3" * 15 + '"}') == []


def test_a_key_in_two_texts_is_certain_and_a_hash_in_one_is_asked_about() -> None:
    """Nobody parts a transaction hash; a certain find hides a doubtful one of its kind."""
    private = SecretKind.PRIVATE_KEY
    assert scan([("message", KEY)]) == (Finding(private, "message", is_certain=False),)
    assert scan([("message", f"{KEY}"), ("subject", f"private key {OTHER}")]) == (
        Finding(private, "message", is_certain=False),
        Finding(private, "subject"),
    )
    assert scan_messages(["hello"], KEY) == (Finding(private, "", is_certain=False),)
    assert scan_messages([KEY[:32]], f"{KEY[32:]}\n\nand {OTHER}") == (Finding(private, ""),)


def test_words_come_back_without_the_value() -> None:
    """Nothing where the place of it is not known, or nothing else was written."""
    assert without_secrets("All is well", "[gone]") == "All is well"
    assert without_secrets(f"Look at 0x{KEY} please", "[gone]") == "Look at [gone] please"
    assert without_secrets(KEY, "[gone]") == ""


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [f"0x{KEY} ", f"{KEY}\n", "5Kb8kLf9zgWQnogid", "never my key, ", f"tx 0x{KEY} ", "abc1 "],
)
def test_time_grows_with_hostile_digits_and_not_with_their_square(piece: str) -> None:
    """Up to what one request may hold."""
    assert not explodes(find_secrets, piece, 40_000)


def test_a_later_value_of_a_list_is_public_too() -> None:
    """One word names them all."""
    assert certainty(f"the hashes are 0x{KEY}, 0x{OTHER} and 0x{digits('third')}") == []


def test_digits_in_pieces_are_weighed_by_the_same_words() -> None:
    """A fingerprint in pairs, a hash broken by a line end; a key stays one."""
    pairs = ":".join(KEY[at : at + 2] for at in range(0, len(KEY), 2))
    assert certainty(f"SHA256 fingerprint={pairs}") == []
    assert certainty(f"Transaction hash: 0x{KEY[:40]}\n{KEY[40:]}") == []
    assert certainty(f"look at {pairs}") == [False]
    assert certainty(f"my private key is {pairs}") == [True]


@pytest.mark.parametrize("words", ["هش تراکنش {}", "تجزئة العملية {}", "האש של הטרנזקציה {}"])
def test_a_hash_that_is_named_in_a_script_from_right_to_left_is_not_asked_about(words: str) -> None:
    """Persian, Arabic and Hebrew have words of their own for it."""
    assert find_secrets(words.format("0x" + digits("right to left"))) == ()
