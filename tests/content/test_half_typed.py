"""What Markdown does not read as its author meant it is a mistake; what it reads may stand.

Holders would be shown the signs themselves: a star before a word, half a link, a list in one line.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.conftest import PAGE, STATEMENT, put
from tests.content.test_check_messages import problems_in, problems_of
from trustops.content.facts import Facts
from trustops.content.library import load_library

ORDINARY = [
    "*emphasis* at the start",
    "**bold** at the start",
    "***both***, __strong__ and _em_",
    "**\uad75\uac8c** \uc4f4 \ub9d0\uacfc *\uae30\uc6b8\uc784*",
    "**Note:** words",
    "- [ ] open\n- [x] done",
    "* one\n* two",
    "+ one\n+ two",
    "1. one\n2. two",
    "1) one\n2) two",
    "3. three goes on",
    "Text:\n- one\n- two",
    "- one\n  - two\n\n  and more",
    "-5 % of it",
    "\u22125 % of it",
    "It takes 1.5 hours.",
    "1.5 hours as before",
    "Version 3.x of it.",
    "2.0 is newer",
    "snake_case and a_b_c",
    "math a*b and 2 * 3",
    "2 ** 3 is eight",
    "Price* with a star, and 010-****-12",
    "Use `[x]`, `**` and `*one` in code.",
    "`a ** b` and ``x ` y``",
    "`code over\ntwo lines` is read",
    "```\n-one\n**two\n<<<<<<< HEAD\n```",
    "See [the page][p] and [p].\n\n[p]: /safety",
    "See [**bold** words](/safety) and [docs]({{ fact.domain.docs }}).",
    "[A link at the start](/safety) goes on",
    '> "Words," said [the team], and more',
    "They said \u201cthe [project] is closed\u201d then.",
    "Source [1] and [2, 3], [sic], [\u2026], [...].",
    "We waited\n\u2013 and waited \u2013 for it.",
    "A \u2013 B \u2014 C",
    "> Words.\n>\n> \u2014 A name",
    "\\*one, \\[half\\], \\` and \\_x",
    "Two spaces  \nand another line.",
    "\uc2e0\uccad \u2460 \uc811\uc218 \u2461 \ud655\uc778",
    "\u2460 \uc2e0\uccad \u2461 \ud655\uc778",
    "\u203b \ucc38\uace0\ud558\uc138\uc694.",
    "(1) one thing alone.",
    "A. Name wrote it.",
    "Q & A, R&D; AT&T",
    "Step 1: open the page.",
    "It takes 5 to 10 minutes: see below.",
    "| a | b |\n|---|---|\n| *x* | `y` |",
    "Safety\n------",
    "above\n\n---\n\nbelow",
]


@pytest.mark.parametrize("words", ORDINARY)
def test_ordinary_markdown_may_stand(small: Path, facts: Facts, words: str) -> None:
    """A check that cries at what is right is one that nobody reads."""
    put(small, "pages/safety/en.md", PAGE.replace("Words.", words))
    assert load_library(small, facts).documents


@pytest.mark.parametrize(
    ("words", "fix"),
    [
        ("-one\n-two", "write - and a space"),
        ("+one", "write - and a space"),
        ("-[ ] open", "write - and a space"),
        ("*one\n*two", "write * and a space"),
        ("\u2013 one\n\u2013 two", "write - and a space"),
        ("Text:\n\u2013 one", "write - and a space"),
        ("\u2014 one\n\u2014 two", "write - or 1. and a space"),
        ("\u2212one", "write - and a space"),
        ("\u2023 one", "write - and a space"),
        ("o one\no two", "write - and a space"),
        ("\u2460 one\n\u2461 two", "write 1. and a space"),
        ("1 . one", "write 1. and a space"),
        ("1.one\n2.two", "write 1. and a space"),
        ("1)one", "write 1. and a space"),
        ("1.**one**", "write 1. and a space"),
        ("1\uff0e one", "write 1. and a space"),
        ("1\u3001\u4e00\n2\u3001\u4e8c", "write - or 1. and a space"),
        ("(1) one\n(2) two", "write - or 1. and a space"),
        ("a) one\nb) two", "write - or 1. and a space"),
        ("\uac00. \ud558\ub098\n\ub098. \ub458", "write - or 1. and a space"),
        ("Text:\n2. two\n3. three", "write - or 1. and a space"),
        ("0. zero\n1. one", "begins its list with 0"),
        ("> -one", "write - and a space"),
    ],
)
def test_a_list_that_is_none_is_named_on_each_of_its_lines(
    small: Path, facts: Facts, words: str, fix: str
) -> None:
    """Its lines would run together, with their marks between the words."""
    problems = problems_in(small, facts, words)
    assert problems
    assert all(fix in problem.message for problem in problems)
    assert len({problem.line for problem in problems}) == len(problems)


@pytest.mark.parametrize(
    ("words", "fix"),
    [
        ("See [half written](", "[half written](/path)"),
        ("See [half written](/safety and more.", "[half written](/path)"),
        ("See [half written] there.", "[half written](/path)"),
        ("See [half written there.", "no ] ends"),
        ("See half](/safety) there.", "[words](/path)"),
        ("See (the words)[/safety].", "[the words](/path)"),
        ("See [the words](the page).", "a space in its target"),
        ("See [](/safety).", "[words](/safety)"),
        ("See [the words]().", "[the words](/path)"),
        ("See [[the words]].", "[the words](/path)"),
        ("See [the words][there].", "[the words](/path)"),
        ("See it.[^1]", "footnote"),
        ("> [!NOTE]\n> Words", "another program"),
        ("It is **bold and more.", "right beside the words"),
        ("It is ** bold ** and more.", "right beside the words"),
        ('**"\ub2e8\uc5b4"**\ub294 \uadf8\ub807\ub2e4.', "right beside the words"),
        ("It is *half of it.", "on both sides"),
        ("It is _half of it.", "on both sides"),
        ("It is `code and more.", "on both sides of code"),
        ("It`s here.", "for an apostrophe"),
        ("It is ~~gone~~ now.", "take it out"),
        ("It is ==marked== now.", "write ** instead"),
        ("It is&nbsp;here.", "the sign itself"),
        ("It is :warning: here.", "the sign itself"),
        ("| a |\n|---|\n| [half written] |", "[half written](/path)"),
        ("## A [half written] heading", "[half written](/path)"),
        ("- an [half written] item", "[half written](/path)"),
    ],
)
def test_half_a_link_or_sign_is_named_with_its_mend(
    small: Path, facts: Facts, words: str, fix: str
) -> None:
    """Nothing that was meant as markup is left to be read as it stands."""
    (problem,) = problems_in(small, facts, words)
    assert fix in problem.message


def test_each_fault_has_its_own_line(small: Path, facts: Facts) -> None:
    """Also in a table, in a list, and where an answer is linked to twice and once by mistake."""
    words = (
        "See [a](/safety) and `x`\nand [half one]\n\n| a |\n|---|\n| b |\n| [half two] |\n\n"
        "- one\n- [half three]\n\n[a](/safety)\n[b](/safe)"
    )
    problems = problems_in(small, facts, words)
    assert [problem.line for problem in problems] == [8, 13, 16, 19]
    assert "did you mean safety" in problems[-1].message


def test_what_a_merge_leaves_is_named_once_a_line(small: Path, facts: Facts) -> None:
    """Both versions would stand on the page, one of them as the title of the other."""
    words = "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> branch"
    problems = problems_in(small, facts, words)
    assert [problem.line for problem in problems] == [7, 9, 11]
    assert all("two versions that were merged" in problem.message for problem in problems)


def test_a_fault_in_a_field_hides_none_in_another(small: Path, facts: Facts) -> None:
    """Where the front matter cannot be used, its references and its words are looked at too."""
    text = STATEMENT.replace("unclear", "in force\ncontradicts: [said-never]")
    put(small, "policy/said-once.md", text.replace("A summary", "A page at example.com"))
    fields = [problem.field for problem in problems_of(small, facts)]
    assert sorted(fields) == ["contradicts.0", "said_in", "standing"]
