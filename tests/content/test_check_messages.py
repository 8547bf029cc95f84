"""Mistakes of people who are no developers: each is named on its line, with what to write instead.

All mistakes of a file are named in one run, so that nobody mends one to learn of the next.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.conftest import ANSWER, FILES, PAGE, REPLY, SITE, put
from trustops.content import load
from trustops.content.facts import Facts
from trustops.content.folders import unknown_names
from trustops.content.library import load_library
from trustops.content.markdown import render
from trustops.content.values import ContentError, Problem

SLA = """\
[[policies]]
name = "promise"
metric = "first_response"
target_hours = 48
at_risk_percent = [75, 90]
"""


def problems_of(folder: Path, facts: Facts) -> tuple[Problem, ...]:
    """Everything that is wrong with the documents of a folder."""
    with pytest.raises(ContentError) as caught:
        load_library(folder, facts)
    return caught.value.problems


def problems_in(folder: Path, facts: Facts, words: str) -> tuple[Problem, ...]:
    """Everything that is wrong with some words on a page; they begin on line 7."""
    put(folder, "pages/safety/en.md", PAGE.replace("Words.", words))
    return problems_of(folder, facts)


def of_toml(folder: Path, name: str, text: str) -> list[tuple[int, str]]:
    """Line and message of each problem of a TOML file of a folder that is valid otherwise."""
    put(folder, "sla.toml", SLA)
    put(folder, name, text)
    with pytest.raises(ContentError) as caught:
        load(folder)
    assert {problem.file for problem in caught.value.problems} == {name}
    return [(problem.line, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "braces",
    [
        "{fact.migration.ratio}",
        "{ fact.migration.ratio }",
        "{{fact.migration.ratio}",
        "{fact.migration.ratio}}",
        "\uff5bfact.migration.ratio\uff5d",
        "`{fact.migration.ratio}`",
        "{migration.ratio}",
        "{{ facts.migration.ratio }}",
        "{{ Fact.migration.ratio }}",
        "${fact.migration.ratio}",
    ],
)
def test_braces_that_holders_would_see_are_a_mistake(
    small: Path, facts: Facts, braces: str
) -> None:
    """One brace too few shows the name to everybody; the message writes it as it has to be."""
    put(small, "pages/safety/en.md", PAGE.replace("Words.", f"At {braces} for all."))
    (problem,) = problems_of(small, facts)
    assert (problem.line, problem.field) == (7, "text")
    assert "{{ fact.migration.ratio }}" in problem.message


def test_braces_in_fields_and_in_toml_name_no_fact_either(small: Path, facts: Facts) -> None:
    """Facts stand in the text alone."""
    put(small, "pages/safety/en.md", PAGE.replace("ever does.", "does at {fact.migration.ratio}"))
    (problem,) = problems_of(small, facts)
    assert problem.field == "summary"
    topic = FILES["intake.toml"] + 'hint = "At {fact.migration.ratio}"\n'
    ((line, message),) = of_toml(small, "intake.toml", topic)
    assert line == 4
    assert "Markdown" in message


def test_code_may_hold_braces_and_html(small: Path, facts: Facts) -> None:
    """What stands in code is shown as it is, on purpose."""
    fence = '```json\n{"a": {"b": "<c>"}}\n```\n\nAnd `{x}` or `<y>`.'
    put(small, "pages/safety/en.md", PAGE.replace("Words.", fence))
    assert load_library(small, facts).documents


def test_a_misspelt_fact_names_the_one_that_was_meant(small: Path, facts: Facts) -> None:
    """Nobody has to look up the names."""
    put(small, "faq/ratio/en.md", ANSWER.replace("migration.ratio", "migration.ration"))
    (problem,) = problems_of(small, facts)
    assert "did you mean migration.ratio" in problem.message


@pytest.mark.parametrize(
    ("table", "line", "fix"),
    [
        ("| a | b |\n| 1 | 2 |", 7, "|---|---|"),
        ("| a | b |", 7, "|---|---|"),
        ("a | b\n1 | 2", 7, "|---|---|"),
        ("| a | b |\n|---|\n| 1 | 2 |", 8, "|---|---|"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", 9, "3 cells in a table with 2"),
        ("| a | b |\n|---|---|\n| 1 |", 9, "1 cells in a table with 2"),
        ("| a | b |\n|---|---|\n| `x|y` | 2 |", 9, "write \\| for a bar in a cell"),
    ],
)
def test_a_table_that_would_show_as_words_is_a_mistake(
    small: Path, facts: Facts, table: str, line: int, fix: str
) -> None:
    """Without its rule a table is a paragraph of bars, and a cell too many is lost."""
    put(small, "pages/safety/en.md", PAGE.replace("Words.", table))
    (problem,) = problems_of(small, facts)
    assert problem.line == line
    assert fix in problem.message


def test_a_table_with_its_rule_may_stand(small: Path, facts: Facts) -> None:
    """Also with alignment, and with a bar that is escaped, in code as well."""
    table = "| a | b |\n|:--|--:|\n| 1 \\| 1 | `x\\|y` |"
    put(small, "pages/safety/en.md", PAGE.replace("Words.", table))
    assert load_library(small, facts).documents


def test_two_headings_with_one_address_are_a_mistake(small: Path, facts: Facts) -> None:
    """The second would move as soon as another is put before it."""
    put(small, "pages/safety/en.md", PAGE.replace("Words.", "## Steps\n\n## Steps"))
    (problem,) = problems_of(small, facts)
    assert problem.line == 9
    assert "## Steps {#steps-again}" in problem.message


@pytest.mark.parametrize(
    ("title", "fix"),
    [
        ("title: What now: a guide", 'title: "What now: a guide"'),
        ('title: "It says "no" here"', "quotes that do not match"),
        ("title: @all", "put the words in quotes"),
        ("title: \u201cCurly\u201d", "straight"),
        ("title: Ticket #12", "put the words in quotes"),
        ("title\uff1a Wide", "wide colon"),
        ("title:\u00a0Narrow", "plain space"),
        ("title: 2026", "straight quotes"),
    ],
)
def test_a_line_of_front_matter_is_named_with_its_mend(
    small: Path, facts: Facts, title: str, fix: str
) -> None:
    """An unquoted colon, curly quotes, a remark that nobody meant, signs from another keyboard."""
    put(small, "replies/thanks.md", REPLY.replace("title: Thanks", title))
    problems = [item for item in problems_of(small, facts) if item.message != "is missing; add it"]
    assert [problem.line for problem in problems] == [2]
    assert fix in problems[0].message


def test_all_mistakes_of_a_document_are_named_in_one_run(small: Path, facts: Facts) -> None:
    """In the front matter, in the words, and in a link of them."""
    text = REPLY.replace("title: Thanks", "title: a: b").replace("order: 10", "order: ten")
    put(small, "replies/thanks.md", text + "It is 1:6.\n")
    lines = [problem.line for problem in problems_of(small, facts)]
    assert lines == [2, 5, 9]
    put(small, "replies/thanks.md", REPLY.replace("#never", "#ever") + "It is 1:6.\n")
    assert [problem.line for problem in problems_of(small, facts)] == [8, 9]


def test_no_message_is_a_regular_expression(small: Path, facts: Facts) -> None:
    """It says which form the field takes."""
    put(small, "faq/ratio/en.md", ANSWER.replace("category: tokens", "category: The Tokens"))
    (problem,) = problems_of(small, facts)
    assert "late-holder" in problem.message
    ((_, message),) = of_toml(small, "site.toml", SITE.replace('"EX"', '"ex"'))
    assert message == "has to be two to six capital letters, such as MIG; write EX"


@pytest.mark.parametrize(
    ("before", "after", "line", "fix"),
    [
        ("[[policies]]", "\ufeff[[policies]]", 1, "without BOM"),
        ('"promise"', "\u201cpromise\u201d", 2, "straight"),
        ("target_hours =", "target_hours\u00a0=", 4, "plain space"),
        ('"promise"', "promise", 2, 'name = "promise"'),
        ('"promise"', '"promise', 2, "quotes that do not match"),
        ('name = "promise"', "name", 2, "is no field"),
        ("= 48", "= 48h", 4, "the number alone"),
        ("= 48", "= 12/17/2025", 4, "write target_hours = 2025-12-17"),
        ("= 48", "= 48\ntarget_hours = 24", 5, "stands twice"),
    ],
)
def test_a_line_of_toml_is_named_with_its_mend(
    small: Path, before: str, after: str, line: int, fix: str
) -> None:
    """Word processors leave curly quotes, no-break spaces and a byte order mark behind."""
    ((found, message),) = of_toml(small, "sla.toml", SLA.replace(before, after))
    assert found == line
    assert fix in message


@pytest.mark.parametrize(
    ("words", "fix"),
    [
        ("• One thing", "write - and a space"),
        ("##Heading", "## and a space"),
        ("Read [this] (/safety).", "[this](/path)"),
        ("Read [this](/safety and more.", "[this](/path)"),
        ("——", "write ---"),
        ("```\ncode", "write ``` below"),
        ("It is [[fact.migration.ratio]].", "{{ fact.migration.ratio }}"),
        ("It is fact.migration.ratio now.", "{{ fact.migration.ratio }}"),
        ("It is {{ Fact.Migration.Ratio }}.", "{{ fact.migration.ratio }}"),
        ("It is {{ fact . migration . ratio }}.", "{{ fact.migration.ratio }}"),
        ("It is \uff5b\uff5bfact.migration.ratio\uff5d\uff5d.", "{{ fact.migration.ratio }}"),
        ("It is {{ fact.fact.migration.ratio }}.", "did you mean migration.ratio"),
        ("See [it](/exchanges#krakn).", "no such entry"),
        ("See [it](faq/ratio).", "write /faq/ratio"),
        ("At 23:59 it was over.", "a time of day"),
    ],
)
def test_what_is_pasted_or_half_typed_is_named_with_its_mend(
    small: Path, facts: Facts, words: str, fix: str
) -> None:
    """Readers would be shown the marks themselves, or sent to the top of a page."""
    (problem,) = problems_in(small, facts, words)
    assert fix in problem.message


def test_marks_that_mean_themselves_may_stand(small: Path, facts: Facts) -> None:
    """Within code, and where they are words."""
    text = "`##x`, #1 of all, a • between, [x] (y), and\n\n```\n• as it is\n```"
    put(small, "pages/safety/en.md", PAGE.replace("Words.", text))
    assert load_library(small, facts).documents


def test_a_colon_without_a_space_is_named(small: Path, facts: Facts) -> None:
    """YAML takes the whole line for words."""
    put(small, "replies/thanks.md", REPLY.replace("title: Thanks", "title:Thanks"))
    problems = [item for item in problems_of(small, facts) if item.message != "is missing; add it"]
    assert "no space behind the colon; write title: Thanks" in problems[0].message


def test_names_that_nothing_reads_are_told(small: Path) -> None:
    """A folder with an s too many would be a page that never appears."""
    put(small, "faqs/new/en.md", ANSWER)
    put(small, "heartbeats.toml", "weekday = 1")
    put(small, "README.md", "For authors.")
    told = [(item.file, item.message) for item in unknown_names(small)]
    assert told == [
        ("faqs", "is read by nothing here; did you mean faq?"),
        ("heartbeats.toml", "is read by nothing here; did you mean heartbeat.toml?"),
    ]


def test_all_mistakes_of_a_toml_file_are_named_in_one_run(small: Path) -> None:
    """Also where one of them stops the reader of TOML, and the next is a value that cannot be."""
    text = SLA.replace('"promise"', "\u201cpromise\u201d").replace("48", "0")
    assert [line for line, _ in of_toml(small, "sla.toml", text)] == [2, 4]
    twice = SLA.replace('"promise"', "promise").replace("= 48", "= soon")
    assert [line for line, _ in of_toml(small, "sla.toml", twice)] == [2, 4]


@pytest.mark.parametrize("marker", ["- ", "1. ", "12) "])
def test_a_fence_that_begins_beside_a_marker_ends_where_its_author_ended_it(
    small: Path, facts: Facts, marker: str
) -> None:
    """What stands below it is no code: it is shown, and it is checked."""
    text = f"{marker}```\n  code {{{{ x }}}}\n  ```\n\nAfter it {{ bad }}."
    put(small, "pages/safety/en.md", PAGE.replace("Words.", text))
    assert [problem.line for problem in problems_of(small, facts)] == [11]
    shown = render(text, facts).html
    assert "code {{ x }}" in shown.partition("</code>")[0]
    assert "After it" in shown.partition("</code>")[2]


@pytest.mark.parametrize(
    "words", ["We are here 24/7.", "3/4 of it.", "In 2025/26.", "Do steps 1 to 3 first."]
)
def test_two_numbers_that_count_no_tokens_are_no_ratio(
    small: Path, facts: Facts, words: str
) -> None:
    """A token has a letter in its name, and steps have numbers."""
    put(small, "pages/safety/en.md", PAGE.replace("Words.", words))
    assert load_library(small, facts).documents
