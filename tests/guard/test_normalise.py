"""What hides letters from a program does not hide them from the guard.

Folding keeps case and length rules so that places lead back to the text as it was written.
"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustops.guard.confusables import CONFUSABLES
from trustops.guard.normalise import decode, fold, fold_offsets, views


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("abandon", "abandon"),
        ("Ａｂａｎｄｏｎ", "Abandon"),
        ("a\u0301b\u0308andon", "abandon"),
        ("\u00e1b\u00e4ndon", "abandon"),
        ("\u0430b\u0430nd\u043en", "abandon"),
        ("\u03b1band\u03bfn", "abandon"),
        ("a\u200bb\u200ca\u200dn\u2060d\ufeffo\u00adn", "abandon"),
        ("\u202eab\u202candon", "abandon"),
        ("\U0001d41abandon", "abandon"),
        ("\u24d0bandon", "abandon"),
        ("ab\0an\x1fdon\x7f", "abandon"),
        ("\u3164aban\u115fdon", "abandon"),
        ("a\ufe0fbandon", "abandon"),
        ("\ufb01x", "fix"),
        ("one\u00a0two\u3000three\u2003four", "one two three four"),
        ("one\u2028two\u0085three", "one\ntwo\nthree"),
        ("one\u2014two\u2013three", "one-two-three"),
        ("\u201cone\u201d \u2018two\u2019", "\"one\" 'two'"),
        ("\u00df\u00e6\u0153", "ssaeoe"),
        ("I\u0307\u0130", "II"),
        ("\uff10\uff58\uff11\u00b2", "0x12"),
        ("\U000e0061\U000e007a", "az"),
        ("\U0001f1e6\U0001f170", "AA"),
        ("漢字 한글 \U0001f525", "漢字 한글 \U0001f525"),
    ],
)
def test_folding_gives_what_a_reader_sees(written: str, read: str) -> None:
    """Accents, look-alikes, invisible characters, styles, spaces, dashes and quotes."""
    assert fold(written) == read


def test_every_character_can_be_folded_and_keeps_its_length_in_lower_case() -> None:
    """Also surrogates and such as are not assigned; there are more than the table remembers."""
    text = "".join(map(chr, [*range(0x11000), *range(0x1D400, 0x1D800), *range(0xE0000, 0xE0200)]))
    folded = fold(text)
    assert len(folded.lower()) == len(folded)
    assert not [char for char in set(folded) if unicodedata.category(char) == "Cf"]


def test_look_alikes_stand_for_letters_and_signs_alone() -> None:
    """Nothing that folding would have to fold again."""
    assert all(letters.isascii() for letters in CONFUSABLES.values())
    assert not any(char.isascii() for char in CONFUSABLES)


@given(st.text())
def test_every_folded_character_leads_back_to_the_one_it_came_from(text: str) -> None:
    """And the end of the folded text to the end of the text."""
    offsets = fold_offsets(text)
    assert len(offsets) == len(fold(text)) + 1
    assert offsets[-1] == len(text)
    assert offsets == sorted(offsets)
    assert all(fold(text[place]) for place in offsets[:-1])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("one%20two%2C", "one two,"),
        ("one%2520two", "one two"),
        ("one%25252520two", "one%20two"),
        ("%E2%80%8Bone%FF", "\u200bone\ufffd"),
        ("100% sure %zz", "100% sure %zz"),
        ("one&nbsp;two&#44;&#x2c;&shy;", "one\u00a0two,,\u00ad"),
        ("&nosuchentity; & &;", "&nosuchentity; & &;"),
        ("&amp;amp;#65;", "A"),
        ("\\u0061bandon\\x21", "abandon!"),
        ("\\u{61}b \\U00000061b", "ab ab"),
        ("one\\ntwo\\tthree", "one\ntwo\nthree"),
        ('\\"one\\" \\/ \\q', '"one" / \\q'),
        ("aGVsbG8gd29ybGQg" * 5, "hello world " * 5),
        ("aGVsbG8gd29ybGQg" * 3, "aGVsbG8gd29ybGQg" * 3),
        ("/" * 64, "/" * 64),
        (b"hello world ".hex() * 5, "hello world " * 5),
        ("ff" * 60, "ff" * 60),
    ],
)
def test_decoding_undoes_escapes_up_to_three_deep(written: str, read: str) -> None:
    """What does not decode to text stays as it is."""
    assert decode(written) == read


def test_a_text_without_escapes_or_markup_has_one_view() -> None:
    """So that most texts are read once."""
    assert [view.text for view in views("one two")] == ["one two"]


def test_markup_is_read_as_a_space_and_as_nothing() -> None:
    """Beside the text as it stands, because a phrase can be inside a tag."""
    texts = [view.text for view in views("<b>on</b>e < two &lt;i&gt;")]
    assert texts == [
        "<b>on</b>e < two &lt;i&gt;",
        "<b>on</b>e < two <i>",
        " on e < two  ",
        "one < two ",
    ]
