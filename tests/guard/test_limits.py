"""The guard reads whatever it is given, quickly, and never fails.

It stands before everything else, so a text that broke or stopped it would stop the desk.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guard.languages import BIP39, composed
from tests.guard.samples import WORD_LIST, wif
from trustops.guard import SecretKind, find_secrets, redact, scan, scan_messages
from trustops.guard.words import CHINESE, ENGLISH, Lexicon

MEGABYTE = 1_000_000
KINDS = set(SecretKind)


def seconds(text: str) -> float:
    """Processor time for one text."""
    start = time.process_time()
    find_secrets(text)
    return time.process_time() - start


@pytest.mark.no_cover
def test_a_megabyte_of_list_words_is_refused_at_once() -> None:
    """The first run is enough; half a second, and four times that on a slow machine."""
    text = (" ".join(WORD_LIST) + " ") * 100
    assert seconds(text[:MEGABYTE]) < 2
    assert find_secrets(text[:MEGABYTE])


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "piece",
    [
        "We were on the way to the river with them. ",
        "code ",
        "ab cd ",
        "a1b2",
        "12 34 ",
        "1,",
        "a.",
        "-",
        " ",
        "<a",
        "&#65;",
        "%41",
        "\\u0061",
        "card net work ",
        "\u0430\u0301",
        "5Kb8kLf9zg ",
        "begin private key --",
        "word is ",
        "0x",
        "seed ",
        "12 words ",
        "01" * 300 + "2 ",
        "01101001 10",
    ],
)
def test_time_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    """Forty thousand characters of anything that repeats, in less than three seconds."""
    assert seconds((piece * (MEGABYTE // len(piece)))[: MEGABYTE // 25]) < 3


@pytest.mark.long
@pytest.mark.parametrize("lexicon", BIP39, ids=lambda lexicon: lexicon.language)
def test_ten_times_the_text_takes_at_most_twelve_times_as_long(lexicon: Lexicon) -> None:
    """Words of each list with a stranger after every third, so that nothing ends the search.

    A megabyte of English and of Chinese, which together pass every rule, and a fifth of it of the
    others; `make bench NAME=guard` takes a megabyte of each. The least of three, because a shared
    machine is slow now and then.
    """
    words = composed(lexicon.listed)
    piece = " ".join(" ".join([*words[at : at + 3], "the"]) for at in range(0, len(words), 3))
    size = MEGABYTE if lexicon in {ENGLISH, CHINESE[0]} else MEGABYTE // 5
    text = (piece + " ") * (size // len(piece) + 1)
    small = min(seconds(text[: size // 10]) for _ in range(3))
    large = min(seconds(text[:size]) for _ in range(1 if size == MEGABYTE else 2))
    assert large < 12 * small


@pytest.mark.no_cover
@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_whatever_makes_the_guard_fail(text: str) -> None:
    """Every function takes every string."""
    for finding in find_secrets(text, field="f", transaction=True):
        assert finding.kind in KINDS
        assert finding.field == "f"
    assert {finding.field for finding in scan([("a", text), ("b", text)])} <= {"a", "b"}
    assert {finding.field for finding in scan_messages([text, text], text)} <= {""}
    assert isinstance(redact(text), str)


@pytest.mark.no_cover
@given(
    st.lists(
        st.sampled_from(
            [
                *"0123456789abcdefx{}[]()<>&;%\\:/=-.,'\"\n\t \u200b\u0301\ud800",
                *("0x", "&#", "\\u", "%E2", "abandon", "seed", "tx", "key", wif("a")),
                *("-----BEGIN", "private key", "ciphertext", "kdf"),
            ]
        ),
        max_size=80,
    ).map("".join)
)
@settings(max_examples=150, deadline=None)
def test_no_mixture_of_what_the_guard_looks_for_makes_it_fail(text: str) -> None:
    """And whatever it redacts is free of secrets afterwards."""
    assert find_secrets(redact(text)) == ()
