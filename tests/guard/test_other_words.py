"""Phrases that are no list of BIP-39 words: Monero's words, and the places of words as numbers."""

from __future__ import annotations

import pytest

from tests.guard.languages import (
    BY_NAME,
    MONERO,
    PLACES,
    SIZES,
    TWELVE,
    monero_phrase,
    valid_phrase,
)
from tests.guard.vectors import ROWS
from trustops.guard import Finding, SecretKind, find_secrets

PHRASE = (Finding(SecretKind.RECOVERY_PHRASE, ""),)


@pytest.mark.parametrize("layout", TWELVE)
def test_phrases_of_monero_are_found_in_twelve_layouts(layout: str) -> None:
    """Twenty-five words of a list of their own."""
    assert len(MONERO.words) == 1626
    for number in range(3):
        text = TWELVE[layout](monero_phrase(str(number)))
        assert find_secrets(text) == PHRASE, text
        assert find_secrets(f"Hello,\nmy wallet is empty.\n{text}\nWhat now?") == PHRASE, text


@pytest.mark.parametrize("layout", PLACES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("first", [0, 1])
def test_the_places_of_the_words_are_a_phrase_where_it_is_named(
    layout: str, size: int, first: int
) -> None:
    """Counted from nought or from one, in a row or numbered."""
    english = BY_NAME["English"]
    phrase = valid_phrase(english, "places", size)
    text = PLACES[layout]([english.place[word] + first for word in phrase])
    assert find_secrets(f"My seed as BIP-39 numbers:\n{text}") == PHRASE
    assert find_secrets(f"{text}\nare the words of my wallet") == PHRASE
    assert find_secrets(f"Blocks in which it was sent:\n{text}") == ()


@pytest.mark.parametrize(
    "numbers",
    [*ROWS.values(), "2047 1200 340 55 600 777 818 90 254 313 88 121 1"],
)
def test_other_rows_of_numbers_are_no_phrase(numbers: str) -> None:
    """Rows that count, repeat, have bytes, or are too large or too many."""
    assert find_secrets(f"The seed of the game was {numbers}") == ()
