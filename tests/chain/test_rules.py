"""Ratios round down, sums are exact, and what the public reads fits what happened."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.conftest import NOON
from trustops.chain import rules
from trustops.chain.rules import Move, Rate, State, Sums

DAY = date(2026, 11, 21)
NEXT = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("rate", "old", "new", "back"),
    [
        (Rate(6, 1, 9, 9), 10, 60, 10),
        (Rate(1, 1, 18, 9), 1_999_999_999, 1, 1_000_000_000),
        (Rate(24_000, 1, 18, 18), 3, 72_000, 3),
        (Rate(1, 75, 18, 18), 149, 1, 75),
        (Rate(1, 1, 0, 18), 5, 5 * 10**18, 5),
    ],
)
def test_a_ratio_is_applied_in_whole_tokens_and_rounds_down(
    rate: Rate, old: int, new: int, back: int
) -> None:
    """As contracts divide: what is left over is dust."""
    assert rate.new_for(old) == new
    assert rate.old_for(new) == back


def test_sums_go_both_ways() -> None:
    """What came back is taken off what was issued."""
    moves = [Move("migrate", 10, 60, DAY), Move("unmigrate", 4, 24, NEXT)]
    sums = rules.sums_of(moves)
    assert sums == Sums(10, 4, 36, 2)
    assert sums.net == 6
    assert rules.net_by_day(moves) == {DAY: 10, NEXT: -4}
    assert rules.net_by_day([*moves, Move("migrate", 1, 6, NEXT)])[NEXT] == -3


@pytest.mark.parametrize(
    ("sums", "in_sink", "right"),
    [
        (Sums(10, 4, 0, 2), 6, True),
        (Sums(10, 4, 0, 2), 7, True),
        (Sums(10, 4, 0, 2), None, True),
        (Sums(10, 4, 0, 2), 5, False),
        (Sums(4, 10, 0, 2), None, False),
    ],
)
def test_sums_may_not_contradict_the_sink(sums: Sums, in_sink: int | None, right: bool) -> None:
    """More than the net may lie there, never less."""
    assert (rules.contradiction(sums, in_sink) == "") is right


@pytest.mark.parametrize(
    ("state", "opens", "closes", "word"),
    [
        ("open", None, date(2020, 1, 1), "open"),
        (None, None, None, "unknown"),
        (None, date(2026, 11, 22), None, "open"),
        (None, date(2026, 11, 23), None, "not-started"),
        (None, None, date(2026, 11, 22), "unknown"),
        (None, date(2026, 1, 1), date(2026, 11, 22), "open"),
        (None, date(2026, 1, 1), date(2026, 11, 21), "closed"),
        (None, date(2026, 1, 1), NOON, "closed"),
        (None, NOON + timedelta(seconds=1), None, "not-started"),
    ],
)
def test_the_window_is_known_from_state_or_dates(
    state: str | None, opens: date | None, closes: date | None, word: str
) -> None:
    """The last day counts to its end, in UTC."""
    assert rules.window_state(state, opens, closes, NOON) == word


def test_an_answer_of_a_contract_has_a_word_or_is_unknown() -> None:
    """Nothing is assumed of an answer that the pack does not name."""
    meaning = {"true": "paused", "2": "closed"}
    assert rules.status_on_chain(meaning, answer=True) == "paused"
    assert rules.status_on_chain(meaning, 2) == "closed"
    assert rules.status_on_chain(meaning, answer=False) == "unknown"


@pytest.mark.parametrize("state", list(State))
def test_every_state_but_a_good_one_has_a_sentence(state: State) -> None:
    """It names the chain, and is calm."""
    said = rules.problem("Base", state, good_at=NOON, now=NOON)
    assert (said == "") is (state is State.GOOD)
    assert said == "" or ("Base" in said and said.endswith("."))


def test_a_good_read_of_long_ago_is_a_problem() -> None:
    """A desk whose workers stand still does not show old figures as new ones."""
    limit = NOON - rules.UNREAD_AFTER
    assert rules.problem("Base", State.GOOD, good_at=limit, now=NOON) == ""
    late = rules.problem("Base", State.GOOD, good_at=limit - timedelta(seconds=1), now=NOON)
    assert "could not check" in late
    assert "could not check" in rules.problem("Base", State.GOOD, good_at=None, now=NOON)


def test_a_chain_that_is_not_read_is_no_zero() -> None:
    """It says that we cannot say."""
    assert "cannot say" in rules.not_read("Solana")


def test_alerts_open_once_for_what_happened_once() -> None:
    """By when it began, and by which block it was."""
    since = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
    first = rules.unread("p", "base", since=since, at=NOON)
    again = rules.unread("p", "base", since=since, at=NOON + timedelta(hours=1))
    assert first.dedupe_key == again.dedupe_key
    assert first.subject == rules.subject_of_chain("p", "base")
    one = rules.conflict("p", "base", block=7, was="0xaabb", at=NOON)
    other = rules.conflict("p", "base", block=8, was="0xaabb", at=NOON)
    assert one.dedupe_key != other.dedupe_key
    assert (first.severity, one.severity) == ("high", "critical")
