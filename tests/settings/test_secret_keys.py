"""A secret key is worth what the cheapest way to write it down takes, and what it hides counts."""

from __future__ import annotations

import base64
import hashlib
import secrets
import string
import uuid
from collections.abc import Callable

import pytest

from trustops.settings import secret_keys

SAYINGS = (
    "mondaytuesdaywednesdaythursdayfriday",
    "january-february-march-april-may-june-july",
    "onetwothreefourfivesixseveneightnineteneleventwelvethirteenfourteenfifteen",
    "yiersansiwuliuqibajiushiyiersansiwu",
    "RedOrangeYellowGreenBlueIndigoVioletPurple",
    "alphabravocharliedeltaechofoxtrotgolf",
    "Lorem ipsum dolor sit amet, consectetur",
    "passwort-geheim-schluessel-2024-abc",
    "mot-de-passe-secret-tres-secret-1234",
    "contraseña-secreta-clave-privada-99",
    "parolasegretissima-chiave-segreta",
    "senha-secreta-chave-privada-minha-senha",
    "wachtwoord-geheim-sleutel-2023!!",
    "пароль-секрет-ключ-пароль-секретный",
    "parol-sekret-klyuch-parol-sekret-1",
    "wodemimashi123456wodemimashi1234",
    "密码秘密钥匙口令暗号我的密码密码秘密钥匙口令暗号我的密码密码秘密",
    "비밀번호비밀번호비밀번호비밀번호비밀번호비밀번호비밀번호비밀번호",
    "パスワード秘密パスワード秘密パスワード秘密パスワード秘密パスワード",
    "thisisaverylongsecretkeythatnobodywillguess",
    "tobeornottobethatisthequestion12",
    "ilikecheeseandtomatoesonmypizza!",
    "dontusethiskeydontusethiskeydont",
    "thisisnotsecurethisisnotsecure12",
    "парольпарольпарольпарольпарольпароль",
    "Tr0ub4dor&3Tr0ub4dor&3Tr0ub4dor&3",
)
PATHS = (
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9",
    "zaq12wsxcde34rfvbgt56yhnmju78ik,",
    "!QAZ2wsx#EDC4rfv%TGB6yhn&UJM8ik,",
    "qazwsxedcrfvtgbyhnujmikolpqazwsx",
    "wsxedcrfvtgbyhnujmikwsxedcrfvtgb",
    "aaaabbbbccccddddeeeeffffgggghhhh",
)
FIGURES = (
    "3141592653589793238462643383279502884197",
    "14159265358979323846264338327950",
    "2.71828182845904523536028747135266249",
    "1.4142135623730950488016887242097",
    "1.6180339887498948482045868343656",
    "11235813213455891442333776109871597",
    "2357111317192329313741434753596167",
    "1248163264128256512102420484096819216384",
    "20240101202402012024030120240401",
    "2020202120222023202420252026202720282029",
)
SAMPLES = (
    "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
    "django-insecure-x8#k2!vq@3$z9w+7m1n5b0c6l4j^h%g&f(d)s_a-p=o",
    "123e4567-e89b-12d3-a456-426614174000",
    "00000000-0000-0000-0000-000000000000",
    "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "your-256-bit-secret-your-256-bit",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
)
HIDDEN = (
    "this is my secret key please",
    "12345678901234567890123456",
    "changeme-changeme-changeme",
    "mysupersecretkeymysupersecretkey",
)


@pytest.mark.parametrize("key", [*SAYINGS, *PATHS, *FIGURES, *SAMPLES])
def test_what_people_say_type_or_look_up_is_guessed(key: str) -> None:
    """Rows of words in any language, sentences, repeats, keyboards, dates, figures and samples."""
    assert secret_keys.is_guessable(key)
    assert secret_keys.is_guessable(key[::-1]) or key.startswith("django")


@pytest.mark.parametrize("text", HIDDEN)
def test_text_that_is_written_another_way_is_the_text(text: str) -> None:
    """Base64, hexadecimal, base32, percent signs, and one in the other."""
    data = text.encode()
    once = base64.b64encode(data)
    for key in (
        once.decode(),
        data.hex(),
        f"0x{data.hex().upper()}",
        base64.b32encode(data).decode(),
        base64.urlsafe_b64encode(once).decode().rstrip("="),
        once.hex(),
        "".join(f"%{byte:02x}" for byte in data),
    ):
        assert secret_keys.is_guessable(key), key


def test_bytes_that_run_are_guessed() -> None:
    """Nobody reads them in base64, and everybody would try them."""
    assert secret_keys.is_guessable(base64.b64encode(bytes(range(32))).decode())
    assert secret_keys.is_guessable(bytes(reversed(range(16))).hex())
    assert secret_keys.is_guessable(base64.b64encode(b"\x80\xff" * 16).decode())


@pytest.mark.parametrize(
    "word", ["", "password", "Password", "admin", "changeme", "trustops", "пароль"]
)
@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sha512"])
def test_a_digest_of_a_word_is_the_word(word: str, name: str) -> None:
    """In hexadecimal, in base64, cut to 32 characters, and of the word as `echo` prints it."""
    for text in (word, f"{word}\n"):
        digest = hashlib.new(name, text.encode())
        for key in (
            digest.hexdigest(),
            digest.hexdigest().upper(),
            digest.hexdigest()[:32],
            base64.b64encode(digest.digest()).decode(),
            base64.urlsafe_b64encode(digest.digest()).decode().rstrip("="),
        ):
            assert secret_keys.is_guessable(key), (word, name, key)


def _drawn(letters: str, count: int = 32) -> str:
    return "".join(secrets.choice(letters) for _ in range(count))


def _eight_words() -> str:
    """Words of three syllables: rarer than those of a list for dice, and as long."""
    syllables = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
    return " ".join("".join(secrets.choice(syllables) for _ in range(3)) for _ in range(8))


SHAPES: dict[str, Callable[[], str]] = {
    "token_urlsafe(48)": lambda: secrets.token_urlsafe(48),
    "token_urlsafe(24)": lambda: secrets.token_urlsafe(24),
    "token_hex(16)": lambda: secrets.token_hex(16),
    "token_hex(32)": lambda: secrets.token_hex(32),
    "uuid4": lambda: str(uuid.uuid4()),
    "uuid4 twice": lambda: f"{uuid.uuid4()}{uuid.uuid4()}",
    "base64 of 32 bytes": lambda: base64.b64encode(secrets.token_bytes(32)).decode(),
    "base32 of 20 bytes": lambda: base64.b32encode(secrets.token_bytes(20)).decode(),
    "letters and digits": lambda: _drawn(string.ascii_letters + string.digits),
    "small letters": lambda: _drawn(string.ascii_lowercase),
    "with signs": lambda: _drawn(string.ascii_letters + string.digits + string.punctuation),
    "base64 of a token": lambda: base64.b64encode(secrets.token_hex(16).encode()).decode(),
    "eight words": _eight_words,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_random_key_is_refused(shape: str) -> None:
    """Whoever made one well does not have to make another."""
    keys = [SHAPES[shape]() for _ in range(60)]
    assert [key for key in keys if secret_keys.is_guessable(key)] == []


@pytest.mark.parametrize(
    "phrase",
    [
        "gravel otter nimbus quartz velvet sonnet",
        "plumage tiptoe unworn cavalry gizmo dander kelp ozone",
        "abdomen-clutch-rewire-snowfall-tributary-unsaved-vertigo-wobbling",
    ],
)
def test_words_by_dice_are_a_key(phrase: str) -> None:
    """What counts is how many rare words there are; one that is common takes little from it."""
    assert not secret_keys.is_guessable(phrase)


def test_a_start_does_not_wait_for_the_judgement() -> None:
    """A key of 100 characters, and one of thousands of which the beginning is judged."""
    assert not secret_keys.is_guessable(secrets.token_hex(50))
    assert secret_keys.is_guessable("password" * 2000)
