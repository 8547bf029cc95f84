"""Where a text cannot be sent back, its secrets are cut out, and in doubt the whole text goes.

Of a phrase not one word may remain, because eleven of twelve words give the twelfth.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guard.layouts import LAYOUTS, SEPARATORS, WORD_STYLES
from tests.guard.samples import base58_of, digits, extended_key, lots, phrase, solana_pair, wif
from trustops.guard import MAX_SCAN_CHARS, find_secrets, redact

PHRASE = "[REDACTED:recovery_phrase]"
KEY = "[REDACTED:private_key]"
AROUND = "Hello team,\nI cannot open it.\n{}\nWith many thanks to you\n"


def test_a_text_without_a_secret_stays_as_it_is() -> None:
    """To the letter, odd characters included."""
    text = "Hello\u200b\r\n\tteam, \u0430 word \ufffd \ud800"
    assert redact(text) == text


def test_a_phrase_is_replaced_and_the_sentences_around_it_stay() -> None:
    """The whole run, with what else stands on its lines."""
    text = AROUND.format("it is: " + "\n".join(lots("lines")))
    assert redact(text) == AROUND.format(PHRASE)


def test_the_words_before_and_behind_a_find_go_with_it() -> None:
    """Twenty-four words with slips in them are one phrase, though twelve would do for a find."""
    words = lots("long", 24)
    words[13], words[17], words[21] = "qqqqq", "bonjour", "zzzzzz"
    for ordered in (words, words[::-1]):
        redacted = redact(AROUND.format("\n".join(ordered)))
        assert PHRASE in redacted
        assert [word for word in words if word in redacted.replace(PHRASE, "")] == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_word_of_a_phrase_remains_in_any_layout(name: str) -> None:
    """Neither as it was written nor as it would be read."""
    for seed in range(2):
        words = [word for word in lots(f"{name} {seed}", 20) if word not in AROUND.lower()][:12]
        redacted = redact(AROUND.format(LAYOUTS[name](words)))
        assert PHRASE in redacted
        remaining = redacted.replace(PHRASE, "")
        assert [word for word in words if len(word) > 3 and word in remaining.lower()] == []


@given(
    seed=st.integers(0, 10_000),
    size=st.sampled_from([12, 15, 18, 21, 24]),
    style=st.sampled_from(sorted(WORD_STYLES)),
    separator=st.sampled_from(SEPARATORS),
)
@settings(max_examples=60, deadline=None)
def test_nothing_is_found_in_what_was_redacted(
    seed: int, size: int, style: str, separator: str
) -> None:
    """The result can be stored, logged and sent."""
    words = [word for word in phrase(str(seed), size + 4) if word not in AROUND.lower()][:size]
    text = AROUND.format(separator.join(map(WORD_STYLES[style], words)))
    redacted = redact(text)
    assert PHRASE in redacted
    assert find_secrets(redacted) == ()
    rest = redacted.replace(PHRASE, "")
    assert [word for word in words if WORD_STYLES[style](word) in rest and len(word) > 4] == []


def test_remaining_words_in_a_row_take_the_whole_text_with_them() -> None:
    """They may be of the phrase; a text without them is only a loss of words."""
    words = lots("rest", 15)
    text = f"It is\n{' '.join(words[:12])}\nThis was it.\nBut for {{}} to us"
    assert redact(text.format(" ".join(words[12:]))) == PHRASE
    assert redact(text.format("them")) == f"It is\n{PHRASE}\nBut for them to us"


def test_a_secret_that_shows_only_when_decoded_takes_the_whole_text_with_it() -> None:
    """Its place in the text is not known."""
    assert redact(AROUND.format(LAYOUTS["percent-encoded"](lots("hidden")))) == PHRASE


def test_a_long_text_with_a_secret_goes_as_a_whole() -> None:
    """Longer than a message may be."""
    filler = "We were on the way to the river with them. " * 600
    assert len(filler) > MAX_SCAN_CHARS
    assert redact(filler) == filler
    assert redact(filler + "\n" + " ".join(lots("long"))) == PHRASE


@pytest.mark.parametrize(
    "value",
    [
        digits("key"),
        " ".join(digits("key")),
        "\u200b".join(digits("key")),
        wif("key"),
        extended_key("key"),
        base58_of(solana_pair("key")),
        json.dumps(list(solana_pair("key")))[1:-1],
        "-----BEGIN PRIVATE KEY-----\nMHcCAQEE\n-----END PRIVATE KEY-----",
    ],
)
def test_a_key_is_replaced_and_its_line_stays(value: str) -> None:
    """Nothing but the key itself goes."""
    assert redact(f"Hello,\nthis here [{value}] is it\n") == f"Hello,\nthis here [{KEY}] is it\n"


def test_a_key_without_its_end_takes_the_rest_of_the_text_with_it() -> None:
    """A block that begins and does not end."""
    assert redact("Hello\n-----BEGIN PRIVATE KEY-----\nMHcC\nAQEE") == f"Hello\n{KEY}"


def test_a_wallet_file_goes_as_a_whole() -> None:
    """Its parts stand all over the text."""
    text = 'Hello, this is it: {"crypto": {"ciphertext": "00", "mac": "00"}} thanks'
    assert redact(text) == "[REDACTED:keystore]"


def test_several_secrets_are_replaced_each() -> None:
    """A key, a token and a phrase."""
    token = "tod_0123456789_" + "aB3" * 16
    text = f"first {wif('key')} second\nthen {token} third\n{' '.join(lots('several'))}\nregards"
    assert redact(text) == f"first {KEY} second\nthen [REDACTED:api_token] third\n{PHRASE}\nregards"


def test_kinds_of_a_text_that_goes_as_a_whole_are_named_each_once() -> None:
    """So that a reader knows what was there."""
    text = f"{wif('key')} {wif('other')}" + LAYOUTS["percent-encoded"](lots("hidden"))
    assert redact(text) == f"{PHRASE} {KEY}"
