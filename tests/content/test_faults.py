"""A fault in a content file is told with its file, its line and its field, all faults at once.

Nothing is served from a folder in which one file is broken, so whoever edits has to see where.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.content.conftest import (
    ANSWER,
    EVM,
    ISSUE,
    PAGE,
    REPLY,
    SITE,
    STATEMENT,
    put,
)
from trustops.content.facts import Facts
from trustops.content.library import fingerprint_of, load_library
from trustops.content.toml_file import LARGEST_BYTES
from trustops.content.values import ContentError, Problem


def problems_of(folder: Path, facts: Facts) -> tuple[Problem, ...]:
    """Everything that is wrong with a folder."""
    with pytest.raises(ContentError) as caught:
        load_library(folder, facts)
    return caught.value.problems


FAULTS = [
    ("key", "faq/ratio/en.md", ANSWER.replace("20\n", "20\nordre: 5\n"), 7, "ordre"),
    ("tagged", "faq/ratio/en.md", ANSWER.replace("20\n", '!!int ""\n'), 6, "order"),
    ("no truth", "faq/ratio/en.md", ANSWER.replace("20\n", "!!bool maybe\n"), 6, "order"),
    ("no day", "faq/ratio/en.md", ANSWER.replace("20\n", "!!timestamp soon\n"), 6, "order"),
    ("type", "faq/ratio/en.md", ANSWER.replace("20\n", "soon\n"), 6, "order"),
    ("missing", "faq/ratio/en.md", ANSWER.replace("category: tokens\n", ""), 2, "category"),
    ("date", "pages/safety/en.md", PAGE.replace("-11-23", "-13-23"), 4, "updated"),
    (
        "nested",
        "policy/said-once.md",
        STATEMENT.replace("grade: D", "grade: E"),
        10,
        "evidence.grade",
    ),
    (
        "in a list",
        "faq/ratio/en.md",
        ANSWER.replace("[rate]", "\n  - rate\n  - Rate"),
        10,
        "aliases.1",
    ),
    ("flow", "known-issues/stuck.md", ISSUE.replace("grade: A", "grade: Z"), 8, "evidence.grade"),
    ("url", "known-issues/stuck.md", ISSUE.replace("https:", "http:"), 8, "evidence.url"),
    (
        "broken YAML",
        "replies/thanks.md",
        REPLY.replace("title: Thanks", 'title: "Thanks'),
        2,
        "front matter",
    ),
    ("colon", "replies/thanks.md", REPLY.replace("other", "a: b"), 4, "front matter"),
    ("twice", "replies/thanks.md", REPLY.replace("order", "title: Two\norder"), 5, "title"),
    (
        "alias",
        "replies/thanks.md",
        REPLY.replace("Thanks", "&x Thanks").replace("other", "*x"),
        4,
        "front matter",
    ),
    ("tag", "replies/thanks.md", REPLY.replace("Thanks", "!!python/name:os.system x"), 2, "title"),
    ("no fields", "replies/thanks.md", "---\n- a\n- b\n---\n\nWords.\n", 1, "front matter"),
    ("deep", "replies/thanks.md", f"---\ntitle: {'[' * 2000}\n---\n\nWords.\n", 1, "front matter"),
    (
        "no character",
        "replies/thanks.md",
        REPLY.replace("Thanks", '"\ufdd0\ufffe"'),
        2,
        "title",
    ),
    (
        "all indented",
        "replies/thanks.md",
        "---\n  title: x\n bad: y\n---\n\nWords.\n",
        3,
        "front matter",
    ),
    ("no front", "replies/thanks.md", "Hello.\n", 1, "front matter"),
    ("not ended", "replies/thanks.md", "---\ntitle: x\n", 2, "front matter"),
    ("tab", "replies/thanks.md", REPLY.replace("Hello,", "Hello,\t"), 8, "text"),
    ("control", "replies/thanks.md", REPLY.replace("Hello", "He\x07llo"), 8, "text"),
    ("no text", "replies/thanks.md", REPLY.split("Hello", maxsplit=1)[0], 6, "text"),
    ("large", "replies/thanks.md", REPLY + "x" * LARGEST_BYTES, 1, "file"),
    (
        "fact",
        "faq/ratio/en.md",
        ANSWER.replace("fact.migration.ratio", "fact.migration.rate"),
        11,
        "text",
    ),
    (
        "braces",
        "faq/ratio/en.md",
        ANSWER.replace("{{ fact.migration.ratio", "{{ migration.ratio"),
        11,
        "text",
    ),
    ("address", "faq/ratio/en.md", ANSWER.replace("It was", f"{EVM} was"), 11, "text"),
    ("domain", "pages/safety/en.md", PAGE.replace("Words.", "See example.com."), 7, "text"),
    ("day", "pages/safety/en.md", PAGE.replace("Words.", "Until 4 February."), 7, "text"),
    ("ratio", "pages/safety/en.md", PAGE.replace("Words.", "It is 1:6."), 7, "text"),
    ("in front", "pages/safety/en.md", PAGE.replace("ever does.", "does on Feb 4."), 3, "summary"),
    (
        "fact in front",
        "pages/safety/en.md",
        PAGE.replace("Safety", '"{{ fact.domain.docs }}"'),
        2,
        "title",
    ),
    ("quote", "policy/said-once.md", STATEMENT.replace("at 1:6", "at example.com"), 8, "quote"),
    ("HTML", "pages/safety/en.md", PAGE.replace("Words.", "<b>Words.</b>"), 7, "text"),
    ("picture", "pages/safety/en.md", PAGE.replace("Words.", "![x](/x.png)"), 7, "text"),
    ("title twice", "pages/safety/en.md", PAGE.replace("Words.", "# Safety"), 7, "text"),
    ("answer", "pages/safety/en.md", PAGE.replace("/faq/ratio", "/faq/none"), 11, "text"),
    ("page", "pages/safety/en.md", PAGE.replace("/faq/ratio", "/none"), 11, "text"),
    ("section", "replies/thanks.md", REPLY.replace("#never", "#ever"), 8, "text"),
    ("own section", "pages/safety/en.md", PAGE.replace("/faq/ratio", "#ever"), 11, "text"),
    ("entry", "pages/safety/en.md", PAGE.replace("/faq/ratio", "/policy#none"), 11, "text"),
    ("escaped", "pages/safety/en.md", PAGE.replace("/faq/ratio", r"/no\_ne"), 11, "text"),
    ("underlined", "pages/safety/en.md", PAGE.replace("Words.", "Safety\n======"), 8, "text"),
    ("relative", "pages/safety/en.md", PAGE.replace("/faq/ratio", "faq"), 11, "text"),
    ("script", "pages/safety/en.md", PAGE.replace("/faq/ratio", "javascript:x"), 11, "text"),
    (
        "statement",
        "faq/ratio/en.md",
        ANSWER.replace("[said-once]", "[said-never]"),
        7,
        "statements.0",
    ),
    (
        "itself",
        "policy/said-once.md",
        STATEMENT.replace("standing", "supersedes: [said-once]\nstanding"),
        13,
        "supersedes.0",
    ),
    (
        "related",
        "faq/ratio/en.md",
        ANSWER.replace("aliases", "related: [other]\naliases"),
        8,
        "related.0",
    ),
    ("alias of one", "faq/ratio/en.md", ANSWER.replace("[rate]", "[x, ratio]"), 8, "aliases.1"),
    ("topic", "replies/thanks.md", REPLY.replace("topic: other", "topic: others"), 4, "topic"),
]


@pytest.mark.parametrize(
    ("name", "text", "line", "field"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_each_fault_is_named_by_file_line_and_field(
    small: Path, facts: Facts, name: str, text: str, line: int, field: str
) -> None:
    """One wrong word in one file gives one problem, and it says where to look."""
    put(small, name, text)
    (problem,) = problems_of(small, facts)
    assert (problem.file, problem.line, problem.field) == (name, line, field)
    assert problem.message


def test_bytes_that_are_no_text_are_named(small: Path, facts: Facts) -> None:
    """With the line on which they stand."""
    (small / "replies/thanks.md").write_bytes(REPLY.encode().replace(b"Hello", b"Hell\xff"))
    (problem,) = problems_of(small, facts)
    assert str(problem) == "replies/thanks.md:8: file: is not UTF-8 text; save it as UTF-8"


def test_all_faults_of_all_files_are_told_at_once(small: Path, facts: Facts) -> None:
    """In the order of the folder. What leads to a broken file is not blamed for it."""
    put(small, "site.toml", SITE.replace('"EX"', '"ex"'))
    put(small, "pages/safety/en.md", PAGE.replace("updated", "update"))
    put(small, "faq/ratio/en.md", ANSWER.replace("order: 20\n", "") + "example.com")
    put(small, "policy/said-once.md", "Nothing.\n")
    put(small, "known-issues/stuck.md", ISSUE + "On 2026-02-04.\nAt 1:6.\n")
    put(small, "components.toml", "[[components]]\nid = 5\n")
    found = [(problem.file, problem.line, problem.field) for problem in problems_of(small, facts)]
    assert found == [
        ("components.toml", 1, "components.0.description"),
        ("components.toml", 1, "components.0.name"),
        ("components.toml", 1, "components.0.watches"),
        ("components.toml", 2, "components.0.id"),
        ("faq/ratio/en.md", 2, "order"),
        ("faq/ratio/en.md", 11, "text"),
        ("known-issues/stuck.md", 12, "text"),
        ("known-issues/stuck.md", 13, "text"),
        ("pages/safety/en.md", 4, "update"),
        ("policy/said-once.md", 1, "front matter"),
        ("site.toml", 3, "reference_prefix"),
    ]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("faq/Ratio/en.md", "faq/Ratio"),
        ("faq/a_b/en.md", "faq/a_b"),
        (f"faq/{'a' * 49}/en.md", f"faq/{'a' * 49}"),
        ("faq/loose.md", "faq/loose.md"),
        ("faq/ratio/fr.md", "faq/ratio/fr.md"),
        ("faq/ratio/en.txt", "faq/ratio/en.txt"),
        ("policy/Said.md", "policy/Said.md"),
        ("policy/notes.txt", "policy/notes.txt"),
        ("policy/folder.md/x", "policy/folder.md"),
        ("faq/only-korean/ko.md", "faq/only-korean/en.md"),
    ],
)
def test_a_file_in_the_wrong_place_is_named(
    small: Path, facts: Facts, name: str, file: str
) -> None:
    """Nothing lies in the folder of a kind unread."""
    put(small, name, ANSWER.replace("aliases: [rate]\n", ""))
    (problem,) = problems_of(small, facts)
    assert (problem.file, problem.line, problem.field) == (file, 1, "file")


@pytest.mark.parametrize("letter", [r"\0", r"\u202E", r"\e"])
def test_an_escape_brings_in_nothing_that_is_no_text(
    small: Path, facts: Facts, letter: str
) -> None:
    """However it is written, a database refuses the one, and the other turns a line around."""
    put(small, "replies/thanks.md", REPLY.replace("title: Thanks", f'title: "a{letter}b"'))
    (problem,) = problems_of(small, facts)
    assert (problem.file, problem.line, problem.field) == ("replies/thanks.md", 2, "title")


def test_a_folder_that_leads_to_itself_and_a_name_of_any_bytes_are_named(
    small: Path, facts: Facts
) -> None:
    """They are told like every other fault, and can be printed and kept."""
    (small / "faq/loop").symlink_to("loop")
    (small / os.fsdecode(b"policy/\xff.md")).write_text("x")
    assert fingerprint_of(small)
    assert [(item.file, item.field) for item in problems_of(small, facts)] == [
        ("faq/loop", "file"),
        (r"policy/\xff.md", "file"),
    ]


@pytest.mark.parametrize("name", ["policy/.hidden", "faq/.DS_Store", "policy/said-once.md~"])
def test_what_editors_leave_behind_is_passed_over(small: Path, facts: Facts, name: str) -> None:
    """Saving a file is no fault."""
    put(small, name, "x")
    assert load_library(small, facts).documents


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        (SITE.replace('"EX"', '"E\x08X"'), 3, "reference_prefix"),
        (SITE + "# a remark \u202e turned\n", 6, "migration"),
        (SITE.replace('"EX"', '"E\\u202eX"'), 3, "reference_prefix"),
    ],
)
def test_a_character_that_is_no_text_is_named_in_toml(
    small: Path, facts: Facts, text: str, line: int, field: str
) -> None:
    """Raw, as an escape, and in a remark that the next reader would be misled by."""
    put(small, "site.toml", text)
    (problem,) = problems_of(small, facts)
    assert (problem.file, problem.line, problem.field) == ("site.toml", line, field)


def test_a_wrong_locale_is_the_fault_of_the_site_alone(small: Path, facts: Facts) -> None:
    """No document is blamed for it."""
    put(small, "site.toml", SITE.replace('"en"', '"eng", "en"'))
    assert {problem.file for problem in problems_of(small, facts)} == {"site.toml"}
    put(small, "faq/ratio/ko.md", ANSWER)
    put(small, "site.toml", SITE.replace('["en", "ko"]', '["en"]'))
    (problem,) = problems_of(small, facts)
    assert (problem.file, problem.field) == ("site.toml", "locales")


@pytest.mark.long
def test_a_paragraph_of_brackets_is_refused_before_it_takes_minutes(
    small: Path, facts: Facts
) -> None:
    """The time for them grows with their square."""
    put(small, "pages/safety/en.md", PAGE.replace("Words.", "[" * 60_000))
    (problem,) = problems_of(small, facts)
    assert (problem.line, problem.field) == (7, "text")


def test_front_matter_without_a_field_misses_them_all(small: Path, facts: Facts) -> None:
    """It was read, and says nothing: the document must not vanish without a word."""
    put(small, "replies/thanks.md", "---\n{}\n---\n\nWords.\n")
    missing = {problem.field for problem in problems_of(small, facts)}
    assert {"title", "updated"} <= missing
