"""What the files of exchanges say, an answer may repeat; any other day is a promise without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchanges.claims import claim_text
from trustops.exchanges.told import ExchangeFacts
from trustops.guard.outgoing import Allowed, Code, judge

ENDS = "Says that deposits end on 12 February 2026; it swaps 6 new tokens for 1 old one."
HEAD = 'name = "Exchange One"\nproducts = "spot"\nuser_note = "It sends 40 tokens back."\n'


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one exchange."""
    (tmp_path / "exchanges").mkdir()
    write(tmp_path, ENDS)
    return tmp_path


def write(content: Path, says: str) -> None:
    """Put the exchange there with what it says."""
    claim = claim_text("announced", says, "2026-01-08", "2026-01-09")
    (content / "exchanges" / "exchange-one.toml").write_text(HEAD + claim, encoding="utf-8")


def codes(words: str, facts: frozenset[str]) -> set[Code]:
    """Why words would wait."""
    return {reason.code for reason in judge(words, Allowed(facts=facts)).reasons}


@pytest.mark.parametrize(
    ("known", "other"),
    [
        (
            "The window closes on 12 February 2026.",
            "The window closes on 13 February 2026.",
        ),
        ("창구는 2026년 2월 12일에 닫힙니다.", "창구는 2026년 2월 13일에 닫힙니다."),
        ("兑换窗口将于2026年2月12日关闭。", "兑换窗口将于2026年2月13日关闭。"),
        ("You will get 40 tokens.", "You will get 41 tokens."),
        ("The exchange rate is 6 new tokens for 1 old.", "The exchange rate is 7 for 1 old token."),
    ],
)
def test_figures_of_an_exchange_are_facts_and_no_others(
    content: Path, known: str, other: str
) -> None:
    """Days, amounts and ratios, in the languages of answers."""
    facts = ExchangeFacts(content, content / "instance").current()
    assert codes(known, frozenset())
    assert not codes(known, facts)
    assert codes(other, facts)


def test_the_day_on_which_somebody_said_something_is_no_ground_for_a_promise(content: Path) -> None:
    """Nothing comes to pass on it."""
    facts = ExchangeFacts(content, content / "instance").current()
    assert codes("You will get it by 8 January 2026.", facts) == {Code.PROMISED_DATE}


def test_a_changed_file_changes_the_facts_and_a_fault_keeps_the_last(content: Path) -> None:
    """So that an answer may repeat what the page shows meanwhile."""
    store = ExchangeFacts(content, content / "instance")
    assert ENDS in store.current()
    write(content, "Says that deposits end on 3 March 2026.")
    assert "Says that deposits end on 3 March 2026." in store.current()
    (content / "exchanges" / "exchange-one.toml").write_text("broken", encoding="utf-8")
    assert "Says that deposits end on 3 March 2026." in store.current()


def test_a_folder_without_exchanges_has_no_facts(tmp_path: Path) -> None:
    """And nothing breaks."""
    assert ExchangeFacts(tmp_path, tmp_path / "instance").current() == frozenset()
