"""What the matrix says in words: advice for every state, the age of a row, a sentence of counts.

Advice is what a reader can do. No sentence says what an exchange will do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.status.things import a_claim, an_exchange
from trustops.exchanges.rules import Tone, matrix
from trustops.exchanges.values import Claim, Row, State
from trustops.exchanges.wording import ADVICE, Counted, age_words, sentence, summary

TODAY = date(2026, 11, 22)
PROMISE = re.compile(r"\b(?:will|shall|guarantee\w*|going to|promise\w*)\b", re.IGNORECASE)
BLAME = re.compile(r"!|\byour fault\b|\byou should have\b", re.IGNORECASE)


def row(*claims: Claim, today: date = TODAY) -> Row:
    """The one row of an exchange with these claims."""
    (found,) = matrix((an_exchange(*claims),), today)
    return found


def looked(days_ago: int, rest_days: int = 30) -> Claim:
    """A claim that somebody looked at some days ago, and that may rest so long."""
    day = TODAY - timedelta(days=days_ago)
    return a_claim(said_on=min(day, TODAY), verified=day, verify_by=day + timedelta(days=rest_days))


@pytest.mark.parametrize("state", list(State))
def test_every_state_says_what_one_can_do(state: State) -> None:
    """In one to three sentences of its own, without a promise, without blame."""
    words = ADVICE[state]
    assert words.endswith(".")
    assert 1 <= len(re.findall(r"\.(?:\s|$)", words)) <= 3
    assert not PROMISE.search(words)
    assert not BLAME.search(words)
    assert [other for other in State if ADVICE[other] == words] == [state]


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_a_sentence_that_says_who_says_it(state: State) -> None:
    """A word alone would be taken for a fact that we stand for."""
    said = sentence(replace(row(a_claim()), state=state, reported=False))
    reported = sentence(replace(row(a_claim()), state=state, reported=True))
    assert all(re.fullmatch(r"[A-Z][^.]+\.", words) for words in (said, reported))
    if state not in {State.UNKNOWN, State.CONTACTED, State.DISPUTED}:
        assert re.match(r"It (?:says|announced) ", said)
        assert reported.startswith("Others say that it ")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "Checked today"),
        (0, "Checked today"),
        (1, "Checked 1 day ago"),
        (12, "Checked 12 days ago"),
        (30, "Checked 30 days ago"),
        (31, "Not checked since 22 October 2026 (31 days)"),
        (-2, "The day of the last check is wrong"),
        (-365, "The day of the last check is wrong"),
    ],
)
def test_a_row_says_how_old_it_is(days: int, words: str) -> None:
    """A day ahead is another time zone; more is a slip, of which nobody knows the age."""
    assert age_words(row(looked(days)), TODAY) == words


def test_a_row_that_may_rest_for_no_day_is_one_day_old_tomorrow() -> None:
    """One day is no days."""
    assert age_words(row(looked(1, rest_days=0)), TODAY).endswith("(1 day)")


def test_a_row_without_evidence_has_no_age() -> None:
    """It says so, and not that somebody checked."""
    assert age_words(row(), TODAY) == "Nothing to check yet"


def test_the_summary_counts_every_row_once_the_most_frequent_first() -> None:
    """What is reported is counted apart from what an exchange said itself."""
    rows = matrix(
        (
            an_exchange(id="a", name="A"),
            an_exchange(a_claim(), id="b", name="B"),
            an_exchange(id="c", name="C"),
            an_exchange(a_claim(grade="D"), id="d", name="D"),
        ),
        TODAY,
    )
    assert [(item.count, item.words, item.tone) for item in summary(rows)] == [
        (2, "We have no evidence.", Tone.NEUTRAL),
        (1, "It says that it is done.", Tone.GOOD),
        (1, "Others say that it is done.", Tone.NEUTRAL),
    ]


def test_the_summary_shows_no_good_news_that_one_of_its_rows_is_not() -> None:
    """A stale row takes the green from the number that it is part of."""
    rows = matrix(
        (
            an_exchange(a_claim(), id="a", name="A"),
            an_exchange(looked(31), id="b", name="B"),
        ),
        TODAY,
    )
    (counted,) = summary(rows)
    assert counted == Counted(2, "They say that they are done.", Tone.NEUTRAL)


@pytest.mark.parametrize("grade", ["A", "D"])
def test_the_summary_tells_every_state_apart_in_sentences(grade: str) -> None:
    """Of one exchange as in its row; of two in the plural, in words of its own."""
    of_two = set()
    for state in set(State) - {State.UNKNOWN, State.DISPUTED}:
        one = row(a_claim(state=state, grade=grade))
        assert summary((one,))[0].words == sentence(one)
        of_two.add(summary((one, one))[0].words)
    assert len(of_two) == len(State) - 2
    assert all(re.fullmatch(r"They [^.]+\.", words) for words in of_two)
    assert not any(re.search(r"\b(?:is|has|does)\b", words) for words in of_two)
