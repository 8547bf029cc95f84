"""The guard reads whatever it is given, quickly, and never fails.

It stands before everything else, so a text that broke or stopped it would stop the desk.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guard.languages import BIP39, composed
from tests.guard.samples import WORD_LIST, wif
from tests.pace import explodes
from trustops.guard import SecretKind, find_secrets, redact, scan, scan_messages
from trustops.guard.words import Lexicon

MEGABYTE = 1_000_000
KINDS = set(SecretKind)


@pytest.mark.no_cover
def test_a_megabyte_of_list_words_is_refused_at_once() -> None:
    """The first run is enough."""
    words = " ".join(WORD_LIST) + " "
    assert find_secrets((words * 100)[:MEGABYTE])
    assert not explodes(find_secrets, words, MEGABYTE)


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
    """Forty thousand characters of anything that repeats."""
    assert not explodes(find_secrets, piece, MEGABYTE // 25)


@pytest.mark.long
@pytest.mark.parametrize("lexicon", BIP39, ids=lambda lexicon: lexicon.language)
def test_time_grows_with_words_of_a_list_and_not_with_their_square(lexicon: Lexicon) -> None:
    """Words of each list with a stranger after every third, so that nothing ends the search.

    `make bench NAME=guard` takes a megabyte of each and holds it to twelve times a tenth of it.
    """
    words = composed(lexicon.listed)
    piece = " ".join(" ".join([*words[at : at + 3], "the"]) for at in range(0, len(words), 3))
    assert not explodes(find_secrets, piece + " ", MEGABYTE // 5)


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
