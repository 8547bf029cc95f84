"""A secret key nobody guesses, a sender that mail takes, servers that can be reached."""

from __future__ import annotations

import secrets
import string
import uuid
from collections.abc import Callable

import pytest

from tests.web_fixtures import SECRET_KEY
from trustops.settings import rules
from trustops.settings.hosts import UnusableError
from trustops.settings.secret_keys import is_guessable


def is_refused(rule: Callable[[str], None], value: str) -> bool:
    """Whether a rule that raises on what it refuses does so."""
    try:
        rule(value)
    except UnusableError:
        return True
    return False


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "empty"),
        ("short", "shorter than 32"),
        ("gWq8Zt-4Vn1xK0rYb6Lc_9EsPj3MdUh", "shorter than 32"),
        ("a" * 40, "guessed"),
        ("x" * 31 + "y", "guessed"),
        ("abc" * 12, "guessed"),
        ("deadbeef" * 4, "guessed"),
        ("0123456789" * 4, "guessed"),
        ("0123456789abcdef0123456789abcdef", "guessed"),
        ("0123456789abcdefghijklmnopqrstuv", "guessed"),
        ("zyxwvutsrqponmlkjihgfedcba987654", "guessed"),
        ("a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6", "guessed"),
        ("aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpP", "guessed"),
        ("qwertyuiopasdfghjklzxcvbnm123456", "guessed"),
        ("00000000-0000-0000-0000-000000000000", "guessed"),
        ("changeme" * 5, "guessed"),
        ("change-me-change-me-change-me-please", "guessed"),
        ("your-secret-key-goes-here-please-change-it", "guessed"),
        ("SuperSecretKey1234567890SuperSecretKey", "guessed"),
        ("secret1secret2secret3secret4secret5", "guessed"),
        ("s3cr3t-k3y-f0r-d3v3l0pm3nt-only!!", "guessed"),
        ("insecure-development-key-do-not-use-in-production", "guessed"),
        ("correct horse battery staple correct", "guessed"),
        ("REPLACE_WITH_OUTPUT_OF_openssl_rand_hex_32", "guessed"),
        ("48 random bytes in base64, as the table says", "guessed"),
        ("https://desk.example.org/secret-key", "guessed"),
        ("the quick brown fox jumps over the lazy dog", "guessed"),
    ],
)
def test_a_key_that_can_be_guessed_is_refused(key: str, why: str) -> None:
    """Short ones, words, patterns, rows of the keyboard, and samples of documents."""
    with pytest.raises(UnusableError, match=why) as refused:
        rules.refuse_weak_key(key)
    assert len(key) < rules.SHORTEST_KEY or key not in refused.value.message


@pytest.mark.parametrize("number", range(20))
def test_a_random_key_is_taken_whatever_it_is_written_with(number: int) -> None:
    """Base64, hexadecimal, a UUID, small letters, digits."""
    del number
    letters = (string.ascii_lowercase, string.ascii_letters + string.digits)
    for key in (
        secrets.token_urlsafe(24),
        secrets.token_urlsafe(48),
        secrets.token_hex(16),
        str(uuid.uuid4()),
        *("".join(secrets.choice(some) for _ in range(32)) for some in letters),
    ):
        rules.refuse_weak_key(key)
        assert not is_guessable(key)


def test_a_sentence_of_rare_words_is_a_key() -> None:
    """Six words by dice are hard to guess."""
    sentence = "gravel otter nimbus quartz velvet sonnet"
    rules.refuse_weak_key(sentence)
    assert not is_guessable(sentence)


def test_the_key_of_the_tests_is_known_to_everybody() -> None:
    """It is long enough to test with, and no desk may serve with it."""
    rules.refuse_weak_key(SECRET_KEY)
    with pytest.raises(UnusableError, match="public tests"):
        rules.refuse_published_key(SECRET_KEY)
    rules.refuse_published_key(secrets.token_urlsafe(48))


@pytest.mark.parametrize(
    ("given", "name", "address"),
    [
        ("desk@example.org", "", "desk@example.org"),
        ("  desk@example.org ", "", "desk@example.org"),
        ("<desk@example.org>", "", "desk@example.org"),
        ("desk@localhost", "", "desk@localhost"),
        ("Desk <desk@Example.ORG>", "Desk", "desk@example.org"),
        ("Desk, Migration <desk@example.org>", "Desk, Migration", "desk@example.org"),
        ('"Desk, Migration" <desk@example.org>', "Desk, Migration", "desk@example.org"),
        ('"The \\"Desk\\"" <desk@example.org>', 'The "Desk"', "desk@example.org"),
        ('The "Desk" <desk@example.org>', 'The "Desk"', "desk@example.org"),
        ("Büro für Umzüge <desk@example.org>", "Büro für Umzüge", "desk@example.org"),
        ("마이그레이션 <desk@example.org>", "마이그레이션", "desk@example.org"),
        ("desk@bücher.example", "", "desk@xn--bcher-kva.example"),
        (
            "Desk @ work; etc. (all) <d.e+s-k@example.org>",
            "Desk @ work; etc. (all)",
            "d.e+s-k@example.org",
        ),
    ],
)
def test_a_sender_is_a_name_and_an_address(given: str, name: str, address: str) -> None:
    """The name may hold whatever a person writes in a name."""
    assert rules.sender(given) == (name, address)


@pytest.mark.parametrize(
    "given",
    [
        "Desk",
        "Desk <>",
        "Desk <desk>",
        "Desk <desk@>",
        "<a@example.org> <b@example.org>",
        "a@example.org, b@example.org",
        "A <a@example.org>, B <b@example.org>",
        "Desk <desk@example.org> x",
        "Desk <<desk@example.org>>",
        "desk@example.org\n",
        "Desk\r\nBcc: x@example.org <desk@example.org>",
        "desk @example.org",
        "desk@exam ple.org",
        "desk@@example.org",
        "desk..x@example.org",
        ".desk@example.org",
        "desk@example..org",
        "desk@-example.org",
        "desk@[127.0.0.1]",
        "desk@1.2.3.4",
        "desk@[::1]",
        "bücher@example.org",
        f"{'a' * 65}@example.org",
        "desk@example.org (Desk)",
        "mailto:desk@example.org",
        "\ud800 <desk@example.org>",
    ],
)
def test_a_sender_that_no_mail_takes_is_refused_with_a_sample(given: str) -> None:
    """Each mail would be lost, one after the other."""
    with pytest.raises(UnusableError, match=r"desk@example\.org>"):
        rules.sender(given)


@pytest.mark.parametrize("given", ["ops", "Ops <ops@example.org>", "ops@example.org;x@example.org"])
def test_an_address_to_mail_to_stands_alone(given: str) -> None:
    """Names and other marks between addresses are not read."""
    with pytest.raises(UnusableError, match="mail address"):
        rules.mailbox(given)


@pytest.mark.parametrize(
    "url",
    [
        "smtp://127.0.0.1:2525",
        "smtps://desk:p%40ss@mail.example.org",
        "smtp+starttls://mail.example.org:587/",
        "smtp://[::1]:25",
        "SMTPS://mail.example.org",
    ],
)
def test_a_mail_server_has_a_scheme_of_mail_and_a_host(url: str) -> None:
    """User and password are percent-encoded."""
    assert not is_refused(rules.refuse_mail_server, url)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://:25",
        "smtp://mail.example.org:mail",
        "smtp://mail.example.org:99999",
        "smtp://mail.example.org:0",
        "smtp://mail.example.org?tls=yes",
        "smtp://mail.example.org/x",
        "smtp://mail.example.org#x",
        "smtp://desk:hidden/word@mail.example.org",
        "smtp://desk:hidden#word@mail.example.org",
        "smtp://mail.example.org\n",
        "smtp://mail example.org",
        "smtp://[::1",
    ],
)
def test_what_is_no_mail_server_is_refused_without_a_word_of_it(url: str) -> None:
    """It may hold a password."""
    with pytest.raises(UnusableError) as refused:
        rules.refuse_mail_server(url)
    assert "hidden" not in refused.value.message


@pytest.mark.parametrize(
    "url",
    [
        "memory://",
        "redis://127.0.0.1:6379/0",
        "rediss://:word@cache.example.org",
        "redis+unix:///run/redis.sock",
        "redis+sentinel://a:26379,b:26379/main",
    ],
)
def test_limits_are_counted_in_memory_or_in_redis(url: str) -> None:
    """Redis alone, with a socket, watched over or in several parts."""
    assert not is_refused(rules.refuse_other_limits, url)


@pytest.mark.parametrize(
    "url", ["redis", "memcached://x", "redis://", "redis://h:port", "redis://h\n", "memory"]
)
def test_another_storage_of_limits_is_refused(url: str) -> None:
    """It would fail at the first request."""
    with pytest.raises(UnusableError):
        rules.refuse_other_limits(url)


def test_an_apprise_url_begins_with_its_service() -> None:
    """Whether there is such a service, Apprise says."""
    assert not is_refused(rules.refuse_other_services, " discord://id/token, tgram://x/y\n")
    with pytest.raises(UnusableError, match="Apprise"):
        rules.refuse_other_services("ops@example.org")
