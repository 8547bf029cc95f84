"""Which sentences promise an answer in another time than the clock's, in three languages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from trustops.content.sentences import Speaker, promised_in

CLOCK = timedelta(hours=48)
INPUTS = Path(__file__).parent / "sentences"


def _lines(name: str) -> list[str]:
    return (INPUTS / name).read_text("utf-8").splitlines()


def _told(words: str, speaker: Speaker = Speaker.US) -> list[str]:
    """What differs from the clock."""
    return [span.words for _, span in promised_in(words, speaker) if span.longest != CLOCK]


def test_a_promise_that_differs_from_the_clock_is_named() -> None:
    """Whoever reads it counts on it; as agents and publishers write it in three languages."""
    assert [words for words in _lines("promises.txt") if not _told(words)] == []


def test_the_same_promise_in_other_words_and_the_times_of_others_may_stand() -> None:
    """Two days are 48 hours; exchanges, scammers and the reader have times of their own."""
    assert {words: _told(words) for words in _lines("others.txt") if _told(words)} == {}


def test_a_short_answer_to_how_long_is_a_promise_too() -> None:
    """A heading or a title asks, and the text gives a time alone."""
    asked = "How long until I get an answer?"
    for text in ("It takes one day.", f"## {asked}\n\nUsually one day."):
        title = "" if text.startswith("#") else asked
        told = [span.words for _, span in promised_in(text, Speaker.US, title)]
        assert told == ["one day"]
    assert list(promised_in("One day.", Speaker.US, "How long does the exchange take?")) == []


def test_a_note_about_an_exchange_speaks_of_the_exchange_unless_it_names_us() -> None:
    """Its support answers in a time of its own."""
    assert _told("Support answers within 3 days.", Speaker.OTHERS) == []
    assert _told("Write to us; we answer within 3 days.", Speaker.OTHERS) == ["3 days"]


def test_the_line_of_a_promise_is_the_one_in_which_its_time_stands() -> None:
    """A paragraph may be long."""
    text = "## Answers\n\nA person reads it.\nWe answer\nin 24 hours.\n\n- Replies take 3 days.\n"
    assert [(line, span.words) for line, span in promised_in(text, Speaker.US)] == [
        (4, "24 hours"),
        (6, "3 days"),
    ]


def test_a_hostile_text_ends_in_time() -> None:
    """One paragraph of many spans is looked at once."""
    assert len(_told("we answer 24 hours " * 1000)) == 1000
