"""Words of the shipped content that carry weight wherever they stand: the same limits each time."""

from __future__ import annotations

import re

import pytest

from trustops.chain.packs import load_packs
from trustops.settings import PROJECT_ROOT

SHIPPED = PROJECT_ROOT / "content"
COMMIT = re.compile(r"\b[0-9a-f]{12}\b")
SECOND_HAND = re.compile(r"\bsummary\b|\bsummaries\b|machine-written")


def texts(*folders: str) -> dict[str, str]:
    """The text of every document of some folders, by its file."""
    paths = (path for folder in folders for path in sorted((SHIPPED / folder).rglob("*.md")))
    return {str(path.relative_to(SHIPPED)): path.read_text(encoding="utf-8") for path in paths}


ALL = texts("pages", "faq", "policy", "known-issues", "replies")


@pytest.mark.parametrize(
    ("begins", "goes_on", "least"),
    [
        (r"unable to do so", r"unable to do so (?:now|at that time)\b", 6),
        (r"Sign nothing more|sign nothing more", r"ign nothing more that they ask for\b", 5),
        (r"no date that you can miss", r"In a wallet of your own we know of no date that", 2),
    ],
)
def test_a_limit_stands_wherever_its_sentence_does(begins: str, goes_on: str, least: int) -> None:
    """What staff said of one day is not told for ever, and no step forbids the rescue after it."""
    found = {name: len(re.findall(begins, text)) for name, text in ALL.items()}
    assert sum(found.values()) >= least
    assert {name: number for name, number in found.items() if number} == {
        name: len(re.findall(goes_on, text)) for name, text in ALL.items() if found[name]
    }


def test_whoever_is_told_to_sign_nothing_is_told_that_the_rest_may_be_moved() -> None:
    """The steps that follow ask for exactly that."""
    told = [name for name, text in ALL.items() if "ign nothing more" in text]
    assert "pages/migration-safety/en.md" in told
    moved = "You may still move what is left to a new wallet of your own"
    assert [name for name in told if moved not in ALL[name]] == []


def test_a_day_of_a_summary_names_its_file_and_its_commit() -> None:
    """A summary changes, and a day alone leads nobody to what was read."""
    (pack,) = load_packs(SHIPPED)
    rests = {
        name: fact.evidence
        for name, fact in pack.facts.items()
        if SECOND_HAND.search(fact.evidence)
    }
    assert len(rests) >= 40
    assert [name for name, evidence in rests.items() if not COMMIT.search(evidence)] == []


def test_a_day_on_which_we_read_is_our_own() -> None:
    """What we did ourselves is no statement of the project; what others wrote is none of ours."""
    (pack,) = load_packs(SHIPPED)
    assert pack.facts["evidence_read"].grade == "A"
    assert pack.facts["read_up_to"].grade == "D"


def test_what_staff_said_of_listings_in_december_is_told_of_that_day() -> None:
    """Two of these listings were reported to end, and nobody looked at the others since."""
    paths = sorted((SHIPPED / "exchanges").glob("*.toml"))
    rows = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    telling = {name for name, text in rows.items() if "request 34676" in text}
    assert telling == {"binance", "bitget", "bybit", "crypto-com", "kucoin", "mexc"}
    assert [name for name in telling if "listed the new token then" not in rows[name]] == []
