"""What no file can know alone: today, what we promise elsewhere, and what was public before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.content.conftest import ANSWER, PAGE, REPLY, STATEMENT, put
from trustops.content.days import days_ahead, reviews_due
from trustops.content.kept_addresses import lost_addresses
from trustops.content.promises import other_promises
from trustops.content.versions import LastGood
from trustops.settings import PROJECT_ROOT

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
SLA = """\
[[policies]]
name = "promise"
metric = "first_response"
target_hours = 48
"""
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


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("A person answers within 24 hours.", "text"),
        ("We reply in two business days.", "text"),
        ("You will hear from us within one day.", "text"),
        ("A person answers in 24-72 hours.", "text"),
        ("A person answers in 1.5 hours.", "text"),
        ("A person answers within a month.", "text"),
        ("저희는 24시간 이내에 답변합니다.", "text"),
        ("我们会在24小时内答复。", "text"),
        ("24시간 안에 답변합니다.", "text"),
        ("하루 안에 답변드립니다.", "text"),
        ("당일 답변해 드립니다.", "text"),
        ("一天内回复。", "text"),
        ("二十四小时内答复。", "text"),
        ("当天回复。", "text"),
        ("We answer the same day.", "text"),
        ("Our team replies at once.", "text"),
        ("A person answers tomorrow.", "text"),
        ("Our desk gets back to you inside 12 hours.", "text"),
        ("You can expect a reply by tomorrow.", "text"),
    ],
)
def test_a_promise_that_differs_from_the_clock_is_named(
    small: Path, words: str, field: str
) -> None:
    """Whoever reads it counts on it."""
    put(small, "sla.toml", SLA)
    put(small, "replies/thanks.md", REPLY + words + "\n")
    (problem,) = other_promises(small)
    assert (problem.file, problem.line, problem.field) == ("replies/thanks.md", 9, field)
    assert "48 hours" in problem.message


@pytest.mark.parametrize(
    "words",
    [
        "A person answers within 48 hours.",
        "We reply within two days.",
        "저희는 48시간 이내에 답변합니다.",
        "Look again after 24 hours.",
        "A person answers in 24-48 hours.",
        "If you do not hear from us within 7 days, write again.",
        "Wait 24 hours before you answer us again.",
        "Wait 5 to 10 days, then ask the exchange.",
        "이틀 안에 답변합니다.",
        "两天内回复。",
        "거래소는 24시간 이내에 답변합니다.",
        "We do not answer at once.",
        "Whoever asks you to answer at once is none of us.",
        "즉시 답변하지 않습니다.",
    ],
)
def test_the_same_promise_in_other_words_may_stand(small: Path, words: str) -> None:
    """Two days are 48 hours, and not every span of time is a promise."""
    put(small, "sla.toml", SLA)
    put(small, "replies/thanks.md", REPLY + words + "\n")
    assert list(other_promises(small)) == []


def test_the_promise_of_the_pack_and_of_a_summary_are_looked_at(small: Path) -> None:
    """Each where it stands; what others said promises nothing of ours."""
    put(small, "sla.toml", SLA.replace("48", "24"))
    put(small, "migrations/example.toml", PACK)
    summary = "We answer you within 48 hours."
    put(small, "pages/safety/en.md", PAGE.replace("What nobody of us ever does.", summary))
    put(small, "policy/said-once.md", STATEMENT + "We answer you within 72 hours.\n")
    assert [(item.file, item.line, item.field) for item in other_promises(small)] == [
        ("pages/safety/en.md", 3, "summary"),
        ("migrations/example.toml", 3, "facts.promise.value"),
    ]


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
