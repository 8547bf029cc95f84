"""What the matrix may say: evidence decides the words, age takes the colour away.

An exchange itself (class A, B) says that something is so. The project, press and community (C, D)
only report it. No evidence is said as such, and is never a no.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.status.things import a_claim, an_exchange
from trustops.exchanges.rules import (
    LABELS,
    LONGEST_REST,
    Tone,
    counts,
    matrix,
    rest_of,
    stale_words,
    tone,
)
from trustops.exchanges.values import Claim, Row, State

TODAY = date(2026, 11, 22)


def row(*claims: Claim, today: date = TODAY) -> Row:
    """The one row of an exchange with these claims."""
    (found,) = matrix((an_exchange(*claims),), today)
    return found


def said(state: State, grade: str, days_ago: int = 0) -> Claim:
    """A claim of some days ago that was looked at today."""
    return a_claim(state=state, grade=grade, said_on=TODAY - timedelta(days=days_ago))


def test_an_exchange_without_evidence_is_shown_and_said_to_be_unknown() -> None:
    """It is in the matrix, and the words are no answer in either direction."""
    found = row()
    assert (found.state, found.label) == (State.UNKNOWN, "We have no evidence")
    assert (found.claim, found.history, found.reported, found.stale) == (None, (), False, False)
    assert tone(found) is Tone.NEUTRAL
    assert stale_words(found) == ""


@pytest.mark.parametrize("grade", ["A", "B"])
def test_only_the_exchange_itself_can_say_that_it_completed(grade: str) -> None:
    """By its notice, or by its answer to somebody."""
    found = row(said(State.COMPLETED, grade))
    assert (found.label, found.reported, tone(found)) == ("Completed", False, Tone.GOOD)


@pytest.mark.parametrize("grade", ["C", "D"])
@pytest.mark.parametrize(
    "state", sorted(set(State) - {State.UNKNOWN, State.DISPUTED, State.CONTACTED})
)
def test_what_others_say_is_reported_and_never_good_news(grade: str, state: State) -> None:
    """Whatever it is, the label begins with the word, and no row of it turns green or red."""
    found = row(said(state, grade))
    assert found.label == f"Reported: {LABELS[state][0].lower()}{LABELS[state][1:]}"
    assert found.reported
    assert tone(found) in {Tone.NEUTRAL, Tone.CAUTION, Tone.MOVING}


def test_that_we_wrote_to_an_exchange_is_known_to_the_project() -> None:
    """It needs no notice of the exchange; that press says so still does."""
    assert row(said(State.CONTACTED, "C")).label == "Contacted, no answer"
    assert row(said(State.CONTACTED, "D")).label == "Reported: contacted, no answer"


def test_every_state_has_words() -> None:
    """Words stand beside colour and shape."""
    assert set(LABELS) == set(State)
    assert len(set(LABELS.values())) == len(State)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.ANNOUNCED, Tone.NEUTRAL),
        (State.IN_PROGRESS, Tone.MOVING),
        (State.COMPLETED_EXCEPTIONS, Tone.NEUTRAL),
        (State.HALTED, Tone.CAUTION),
        (State.CAUTION, Tone.CAUTION),
        (State.DISPUTED, Tone.CAUTION),
        (State.DECLINED, Tone.BAD),
        (State.NOT_SUPPORTED, Tone.BAD),
        (State.DELISTING, Tone.BAD),
        (State.DELISTED, Tone.BAD),
    ],
)
def test_an_announcement_is_not_a_completion(state: State, expected: Tone) -> None:
    """Only what is done is good; what needs care or is refused says so."""
    assert tone(row(said(state, "A"))) is expected


def test_the_newest_claim_speaks_and_the_older_ones_stay_in_the_history() -> None:
    """In whatever order the file has them."""
    old, new = said(State.ANNOUNCED, "A", 9), said(State.COMPLETED, "A", 1)
    found = row(old, new)
    assert (found.state, found.claim) == (State.COMPLETED, new)
    assert found.history == (new, old)
    assert row(new, old) == found


def test_of_one_day_the_better_evidence_speaks() -> None:
    """And of equal evidence the later look."""
    press, notice = said(State.ANNOUNCED, "D"), said(State.IN_PROGRESS, "A")
    assert row(press, notice).claim == notice
    earlier = a_claim(verified=TODAY - timedelta(days=1), said_on=TODAY - timedelta(days=2))
    later = a_claim(verified=TODAY, said_on=TODAY - timedelta(days=2))
    assert row(earlier, later).claim == later


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (said(State.NOT_SUPPORTED, "A", 9), said(State.COMPLETED, "D", 1), State.DISPUTED),
        (said(State.COMPLETED, "B", 9), said(State.DELISTING, "D", 1), State.DISPUTED),
        (said(State.ANNOUNCED, "D", 1), said(State.DECLINED, "D", 1), State.DISPUTED),
        (said(State.DECLINED, "A", 9), said(State.ANNOUNCED, "A", 1), State.ANNOUNCED),
        (said(State.DECLINED, "D", 9), said(State.ANNOUNCED, "A", 1), State.ANNOUNCED),
        (said(State.ANNOUNCED, "A", 9), said(State.COMPLETED, "D", 1), State.COMPLETED),
        (said(State.ANNOUNCED, "A", 9), said(State.HALTED, "D", 1), State.HALTED),
        (said(State.DELISTED, "A", 9), said(State.CAUTION, "D", 1), State.CAUTION),
    ],
)
def test_weaker_evidence_does_not_overturn_better(
    older: Claim, newer: Claim, expected: State
) -> None:
    """It makes the matter disputed; equal or better evidence of a later day replaces it."""
    assert row(older, newer).state is expected


def test_a_dispute_is_said_as_such_and_not_as_a_report() -> None:
    """Two sources stand in the history; neither is chosen."""
    found = row(said(State.NOT_SUPPORTED, "A", 9), said(State.COMPLETED, "D", 1))
    assert (found.label, found.reported) == ("Sources contradict each other", False)
    assert tone(found) is Tone.CAUTION


def test_a_row_that_nobody_looked_at_for_too_long_loses_its_green() -> None:
    """On the last day it still counts; the day after it says since when nobody looked."""
    claim = a_claim(verified=date(2026, 8, 24), verify_by=TODAY)
    fresh, stale = row(claim), row(claim, today=TODAY + timedelta(days=1))
    assert (fresh.stale, tone(fresh), stale_words(fresh)) == (False, Tone.GOOD, "")
    assert (stale.stale, tone(stale)) == (True, Tone.NEUTRAL)
    assert stale.label == "Completed"
    assert stale_words(stale) == "Not checked since 24 August 2026"


def test_a_look_in_the_future_is_a_slip_of_the_pen_and_counts_as_stale() -> None:
    """Else a wrong year would keep a row fresh for a lifetime; a day ahead is another time zone."""
    ahead = TODAY + timedelta(days=1)
    assert not row(a_claim(verified=ahead)).stale
    assert row(a_claim(verified=ahead + timedelta(days=1))).stale


@pytest.mark.parametrize(
    ("state", "days"),
    [
        (State.HALTED, 2),
        (State.IN_PROGRESS, 2),
        (State.DELISTING, 2),
        (State.ANNOUNCED, 7),
        (State.NOT_SUPPORTED, 7),
        (State.COMPLETED, 90),
        (State.COMPLETED_EXCEPTIONS, 90),
        (State.DELISTED, 90),
    ],
)
def test_how_long_a_look_counts_depends_on_how_fast_things_move(state: State, days: int) -> None:
    """Two days in motion, a week at rest, a season once it is over."""
    assert rest_of(state) == timedelta(days=days)
    assert rest_of(state) <= LONGEST_REST


def test_the_matrix_stands_by_name_and_leaves_nobody_out() -> None:
    """Capital letters do not matter."""
    some = (
        an_exchange(id="c", name="gamma"),
        an_exchange(a_claim(), id="a", name="Alpha"),
        an_exchange(id="b", name="Beta"),
    )
    assert [found.name for found in matrix(some, TODAY)] == ["Alpha", "Beta", "gamma"]


def test_the_counts_name_every_label_the_most_frequent_first() -> None:
    """Reported rows are counted apart from what an exchange said itself."""
    rows = matrix(
        (
            an_exchange(id="a", name="A"),
            an_exchange(a_claim(), id="b", name="B"),
            an_exchange(id="c", name="C"),
            an_exchange(a_claim(grade="D"), id="d", name="D"),
        ),
        TODAY,
    )
    assert list(counts(rows).items()) == [
        ("We have no evidence", 2),
        ("Completed", 1),
        ("Reported: completed", 1),
    ]
