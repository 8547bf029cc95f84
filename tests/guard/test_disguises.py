"""Secrets that are written as bytes, with digits for letters or in announced pieces are secrets.

And what resembles such writing is none: option listings, tables of hashes, hashes of tests.
"""

from __future__ import annotations

import base64
import json
import textwrap

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from tests.guard.languages import BY_NAME, composed, valid_phrase
from tests.guard.samples import address, digits, raw, solana_pair
from trustops.guard import SecretKind, find_secrets, scan_messages
from trustops.guard.normalise import decode

Signer = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey
KEY = digits("disguise")
ENGLISH, CHINESE = BY_NAME["English"], BY_NAME["simplified Chinese"]
WORDS = valid_phrase(ENGLISH, "disguise")
PHRASE = " ".join(WORDS)
SIGNERS: dict[str, Signer] = {
    "secp256k1": ec.generate_private_key(ec.SECP256K1()),
    "P-256": ec.generate_private_key(ec.SECP256R1()),
    "P-384": ec.generate_private_key(ec.SECP384R1()),
    "Ed25519": ed25519.Ed25519PrivateKey.generate(),
    "RSA": rsa.generate_private_key(65537, 2048),
}
MANUAL = """
    -V --version  Display this program's version number
    -h --help     Display this output
    --info        List object formats
"""


def verdict(text: str) -> list[tuple[str, bool]]:
    """What is found, and whether it is certain."""
    return [(finding.kind.value, finding.is_certain) for finding in find_secrets(text)]


def body(pem: bytes) -> str:
    """The lines between BEGIN and END."""
    return "\n".join(line for line in pem.decode().split("\n") if not line.startswith("-"))


@pytest.mark.parametrize("width", [30, 64, 76])
@pytest.mark.parametrize("quoted", ["\n", "\r\n", "\n> "])
def test_base64_that_is_broken_into_lines_is_read(width: int, quoted: str) -> None:
    """As mail programs break it, and as they quote it."""
    lines = textwrap.wrap(base64.b64encode(PHRASE.encode()).decode(), width)
    assert verdict(quoted.join(lines)) == [("recovery_phrase", True)]


def test_base64_is_read_line_by_line_where_its_neighbours_are_none() -> None:
    """A long word before, digits behind."""
    written = base64.b64encode(PHRASE.encode()).decode()
    assert verdict(f"internationalisation\n{written}") == [("recovery_phrase", True)]
    assert verdict(f"seed_in_hexadecimal_{PHRASE.encode().hex()}") == [("recovery_phrase", True)]
    assert decode("a" * 80) == "a" * 80
    assert decode("internationalisation\nhere") == "internationalisation\nhere"


@pytest.mark.parametrize(
    "text",
    [
        "0x" + PHRASE.encode().hex(),
        " ".join(f"{byte:02x}" for byte in PHRASE.encode()),
        ", ".join(hex(byte) for byte in PHRASE.encode()),
        json.dumps(list(PHRASE.encode())),
        PHRASE.translate(str.maketrans("oieas", "013@$")),
        PHRASE.translate(str.maketrans("oeast", "03457")),
    ],
)
def test_a_phrase_in_bytes_or_with_digits_for_letters_is_found(text: str) -> None:
    """In hexadecimal and decimal numbers, and as people hide words from filters."""
    assert verdict(text) == [("recovery_phrase", True)]


def test_numbers_that_are_no_bytes_and_words_with_a_digit_stay_as_they_are() -> None:
    """A table of amounts; a few names with digits in them."""
    numbers = " ".join(str(100 + 13 * at) for at in range(60))
    assert decode(numbers) == numbers
    assert verdict("I use usb3 and web3 with 4 apps, 3 of them on 2 phones, 100 in all") == []


@pytest.mark.parametrize("name", SIGNERS)
def test_a_key_file_without_its_first_line_is_found_by_how_it_begins(name: str) -> None:
    """Its public half is none."""
    signer = SIGNERS[name]
    for format_ in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
        if name == "Ed25519" and format_ is PrivateFormat.TraditionalOpenSSL:
            continue
        file = body(signer.private_bytes(Encoding.PEM, format_, NoEncryption()))
        assert verdict(file) == [("private_key", True)]
    public = signer.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert verdict(body(public)) == []
    assert verdict("b3BlbnNzaC1rZXktdjE" + "AAAA" * 20) == [("private_key", True)]


@pytest.mark.parametrize(
    "vault",
    [
        {"data": "aB3/" * 30, "iv": "aB3=", "salt": "aB3="},
        {"encrypted": "aB3/" * 30, "nonce": "a", "salt": "b", "kdf": "pbkdf2"},
    ],
)
def test_the_vault_of_a_wallet_in_a_browser_is_a_wallet_file(vault: dict[str, str]) -> None:
    """Sealed data, and what its key is derived with."""
    assert verdict(json.dumps(vault)) == [("keystore", True)]
    assert verdict(json.dumps({name: vault[name] for name in list(vault)[:2]})) == []


@pytest.mark.parametrize(
    "text",
    [
        f"private key (base64): {base64.b64encode(bytes.fromhex(KEY)).decode()}",
        f"secret: {base64.urlsafe_b64encode(raw('disguise 5')).decode().rstrip('=')}",
        f"my private key as a number is {int(KEY, 16)}",
        "private key: " + "".join(f"\\x{KEY[at : at + 2]}" for at in range(0, 64, 2)),
        f"[{','.join(map(hex, solana_pair('disguise')))}]",
        f"můj soukromý klíč: 0x{KEY}",
    ],
)
def test_keys_in_other_notations_are_found(text: str) -> None:
    """Base64 of either alphabet, one number, escapes, pairs of bytes; in Czech too."""
    assert verdict(text) == [("private_key", True)]


def test_a_number_or_bytes_without_a_name_are_left_alone() -> None:
    """A large amount, and sixty-four bytes that are no pair."""
    assert verdict(f"the amount is {int(KEY, 16)}") == []
    assert verdict(f"[{','.join(map(hex, raw('signature', 64)))}]") == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("the first half is {}", "and the rest: {}"),
        ("la primera mitad es {}", "segunda mitad: {}"),
        ("první polovina {}", "konec {}"),
        ("前半は {}", "後半は {}"),
    ],
)
def test_announced_pieces_of_a_key_are_a_key(first: str, second: str) -> None:
    """In one text, and in two messages; two numbers of other things are none."""
    one, other = first.format(KEY[:30]), second.format(KEY[30:])
    assert verdict(f"{one} {other}") == [("private_key", True)]
    assert [item.kind for item in scan_messages([one, "ok"], other)] == [SecretKind.PRIVATE_KEY]
    assert verdict(f"request {KEY[:30]} and trace {KEY[30:]}") == []
    assert verdict(f"{one} {'x ' * 100} {other}") == []


def test_words_told_one_by_one_with_chat_between_are_a_phrase() -> None:
    """Ten words in twenty messages, with a word for the last one that differs."""
    for name in ("English", "Spanish", "Korean"):
        words = composed(valid_phrase(BY_NAME[name], "one by one"))
        chat = [text for word in words[:-1] for text in (word, "one moment please")][-20:]
        assert scan_messages(chat, words[-1])
        told = [f"word number {at} is {word}" for at, word in enumerate(words[:-1], start=1)]
        assert scan_messages(told, f"and the last is {words[-1]}")


def test_a_phrase_in_chinese_that_lacks_a_sign_is_asked_about() -> None:
    """It is certain where somebody speaks of a phrase, and nothing where a sign is not listed."""
    signs = valid_phrase(CHINESE, "short")[:11]
    assert verdict(" ".join(signs)) == [("recovery_phrase", False)]
    assert verdict(f"助记词: {' '.join(signs)}") == [("recovery_phrase", True)]
    assert verdict(" ".join([*signs[:9], "\u9f98", "\u9750"])) == []


@pytest.mark.parametrize(
    "text",
    [
        "0x" + "ab" * 32,
        "transaction 0x" + "cafe" * 16,
        f'{{"method": "eth_getTransactionByHash", "params": ["0x{KEY}"]}}',
        f'{{"message": {{"salt": "0x{KEY}"}}}}',
        f"Transakce 0x{KEY} je potvrzená.",
        f"Block 00000000{KEY[8:]}",
        f"date\ttx\tamount\n2026-11-01\t0x{KEY}\t12\n2026-11-02\t0x{digits('b')}\t13",
        f"Txn Hash\tMethod\tBlock\n0x{KEY}\tSwap\t18000000\n0x{digits('b')}\tApprove\t18000001",
        MANUAL,
        "lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, janvier, février, mars, avril",
        "lunes, martes, jueves, viernes, domingo, enero, febrero, marzo, abril, mayo, junio",
        "It can run any program that a Turing machine can run, given enough time and memory.",
        "return { success: true, text: response, data: { actions: [], source: message } }",
        "指定檔案存在且為一般檔案",
        "類型    符號值    符號名稱\n偏移量",
        f"Wallet {address('holder')} has bytes 10 20 30",
    ],
)
def test_what_only_resembles_a_secret_is_let_through(text: str) -> None:
    """Hashes of tests, tables and requests, manuals, code, and headings in Chinese."""
    assert "recovery_phrase" not in dict(verdict(text))
    assert text.startswith("0x") or verdict(text) == []
