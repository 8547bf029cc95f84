"""A field under another name, and front matter without its lines: one fault each, with its mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.conftest import ANSWER, PAGE, STATEMENT, put
from tests.content.test_check_messages import problems_of
from trustops.content.facts import Facts


def told(folder: Path, text: str, facts: Facts) -> list[tuple[int, str]]:
    """Line and message of what is wrong with an answer."""
    put(folder, "faq/ratio/en.md", text)
    found = [item for item in problems_of(folder, facts) if item.file == "faq/ratio/en.md"]
    return [(item.line, item.message) for item in found]


@pytest.mark.parametrize("name", ["Summary", "su-mmary", "sum_mary"])
def test_a_mistyped_field_is_one_fault_that_says_its_name(
    small: Path, facts: Facts, name: str
) -> None:
    """Not a field that nobody knows and, elsewhere, one that is missing."""
    ((_, message),) = told(small, ANSWER.replace("summary:", f"{name}:"), facts)
    assert message == "is no field of this file; its name is summary"


def test_a_field_in_another_language_is_told_to_be_english(small: Path, facts: Facts) -> None:
    """It is no typing mistake."""
    messages = [message for _, message in told(small, ANSWER.replace("title:", "제목:"), facts)]
    assert any("stay in English" in message for message in messages)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (ANSWER.replace("---", "\N{EM DASH}", 1), 1, "write --- there"),
        (" " + ANSWER, 1, "take out the space before ---"),
        ("\n\n" + ANSWER, 3, "take out the lines above it"),
        (ANSWER.replace("---\n", "", 1), 1, "in a line of its own above this one"),
        ("", 1, "is empty"),
        ("---\ntitle: One\norder: 1\n\nWords.\n", 3, "in a line of its own below this one"),
        (ANSWER.replace("\n---\n", "\n----\n"), 9, "has ---- where it ends; write --- there"),
    ],
)
def test_front_matter_without_its_lines_is_told_where_they_belong(
    small: Path, facts: Facts, text: str, line: int, words: str
) -> None:
    """A word processor makes one long dash of three short ones."""
    ((at, message),) = told(small, text, facts)
    assert at == line
    assert words in message


def test_a_field_that_lost_its_spaces_is_sent_back_to_its_group(small: Path, facts: Facts) -> None:
    """One mistake, and not the fields below it, which stand where they belong."""
    put(small, "policy/said-once.md", STATEMENT.replace("  note:", "note:"))
    found = [item for item in problems_of(small, facts) if item.file == "policy/said-once.md"]
    assert [item.message for item in found] == ["belongs to evidence; put two spaces before it"]


def test_what_leads_to_a_draft_hears_that_it_is_one(small: Path, facts: Facts) -> None:
    """It is there, so nothing was renamed or mistyped."""
    put(small, "faq/ratio/en.md", ANSWER.replace("title:", "status: draft\ntitle:"))
    put(small, "pages/safety/en.md", PAGE + "\n[The ratio](/faq/ratio)\n")
    assert any("ratio is a draft" in item.message for item in problems_of(small, facts))
