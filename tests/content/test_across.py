"""What no file can know alone: today, what we promise elsewhere, and what was public before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.content.conftest import ANSWER, PAGE, STATEMENT, put
from trustops.content.days import days_ahead, reviews_due
from trustops.content.kept_addresses import lost_addresses
from trustops.content.versions import LastGood
from trustops.settings import PROJECT_ROOT

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
PACK = """\
[facts.promise]
kind = "text"
value = "48 hours"
checked = 2026-11-22
"""


@pytest.mark.parametrize(
    ("name", "text", "line", "field"),
    [
        ("pages/safety/en.md", PAGE.replace("2026-11-23", "2027-11-23"), 4, "updated"),
        ("policy/said-once.md", STATEMENT.replace("2025-11-13", "2099-01-01"), 4, "said_on"),
        ("policy/said-once.md", STATEMENT.replace("-11-22", "-12-22"), 12, "evidence.checked"),
        ("migrations/example.toml", PACK.replace("-11-22", "-12-22"), 4, "facts.promise.checked"),
    ],
)
def test_a_day_that_is_to_come_is_no_day_on_which_something_was_done(
    small: Path, name: str, text: str, line: int, field: str
) -> None:
    """A typing mistake in a year dates a page or its evidence ahead of today."""
    assert list(days_ahead(small, NOW)) == []
    put(small, name, text)
    (problem,) = days_ahead(small, NOW)
    assert (problem.file, problem.line, problem.field) == (name, line, field)
    assert "ahead of today" in problem.message


def test_a_day_that_has_begun_in_the_east_is_today(small: Path) -> None:
    """An author in Seoul writes tomorrow's date of UTC, and is right."""
    put(small, "pages/safety/en.md", PAGE.replace("2026-11-23", "2026-11-30"))
    assert list(days_ahead(small, NOW)) == []
    assert len(list(days_ahead(small, NOW - timedelta(hours=6)))) == 1


def test_a_review_that_is_due_is_told_from_the_day_after(small: Path) -> None:
    """On the day itself there is still time."""
    put(small, "faq/ratio/en.md", ANSWER.replace("order", "review_by: 2026-11-29\norder"))
    assert list(reviews_due(small, NOW)) == []
    (problem,) = reviews_due(small, NOW + timedelta(days=1))
    assert (problem.file, problem.line, problem.field) == ("faq/ratio/en.md", 6, "review_by")


def test_an_address_that_was_public_has_to_lead_somewhere(small: Path, tmp_path: Path) -> None:
    """A renamed answer needs an alias, for links that others have."""
    good = LastGood(tmp_path / "instance")
    good.remember("example", {"faq/ratio", "pages/safety"})
    good.remember("example", {"faq/ratio"})
    published = good.addresses("example")
    assert list(lost_addresses(small, published)) == []
    (small / "faq/ratio").rename(small / "faq/how-many")
    (problem,) = lost_addresses(small, published)
    assert problem.file == "faq/ratio"
    assert "aliases: [ratio]" in problem.message
    put(small, "faq/how-many/en.md", ANSWER.replace("[rate]", "[rate, ratio]"))
    assert list(lost_addresses(small, published)) == []


def test_a_fresh_instance_knows_of_no_lost_address(small: Path, tmp_path: Path) -> None:
    """Nothing was public, so nothing is gone."""
    assert list(lost_addresses(small, LastGood(tmp_path).addresses("example"))) == []


def test_what_to_do_when_it_already_happened_is_one_text_that_all_others_lead_to() -> None:
    """Two lists of steps would contradict each other one day, before somebody in a hurry."""
    shipped = PROJECT_ROOT / "content"
    told = {
        path.relative_to(shipped).as_posix()
        for path in shipped.rglob("*.md")
        if "approval back" in path.read_text(encoding="utf-8")
    }
    assert told == {"pages/migration-safety/en.md"}
    for name in ("pages/troubleshooting/en.md", "faq/scam-happened/en.md"):
        assert "(/migration-safety#happened)" in (shipped / name).read_text(encoding="utf-8")
