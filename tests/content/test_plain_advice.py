"""What a publisher is told who is no developer: the mend in plain words, one message a mistake.

Each case is a mistake that somebody made while editing, with the words that have to be there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.conftest import ANSWER, PAGE, REPLY, SITE, put
from tests.content.test_check_messages import SLA, of_toml, problems_in, problems_of
from trustops.content.causes import causes_first
from trustops.content.facts import Facts
from trustops.content.library import load_library
from trustops.content.typed_days import days_meant
from trustops.content.values import ContentError, Problem, in_order


def of_text(folder: Path, facts: Facts, words: str) -> list[tuple[int, str]]:
    """Line and message of what is wrong with some words on a page; they begin on line 7."""
    return [(item.line, item.message) for item in problems_in(folder, facts, words)]


def causes_of(folder: Path, facts: Facts) -> list[tuple[str, str]]:
    """File and message of what is left after whatever follows from wrong names."""
    try:
        load_library(folder, facts)
    except ContentError as error:
        return [(item.file, item.message) for item in causes_first(folder, error.problems)]
    return []


@pytest.mark.parametrize(
    ("words", "line", "fix"),
    [
        ("1. one\n  a. two\n2. three", 8, "begins with a letter"),
        ("- one\n  ii) two", 8, "begins with a letter"),
        ("- one\n  (b) two", 8, "begins with a letter"),
        ("Do this:\na. first", 8, "begins with a letter"),
        ("1. \ud558\ub098\n   \uac00. \ub458", 8, "begins with a letter"),
        ("## Fourth {id=four}", 7, "write {#four}"),
        ("## Fourth {#Four Five}", 7, "write {#four-five}"),
        ("## Fourth {four}", 7, "write {#four}"),
        ("## Fourth [#four]", 7, "write {#four}"),
        ("## Fourth {#four", 7, "write {#four}"),
        ("See [x](</exchanges>).", 7, "write [x](/exchanges)"),
        ("One <br> two.", 7, "<br>"),
        ("One <b>two</b>.", 7, "** around the words"),
        ("One\n<!-- two -->", 8, "a remark"),
        ("See\n![a map](/map.png).", 8, "![a map](/map.png)"),
        ("2026. 2. 4.\uc5d0 \ub05d\ub0ac\uc2b5\ub2c8\ub2e4.", 7, "the date 2026. 2. 4"),
        ("26. 2. 4. \ub9c8\uac10", 7, "the date 26. 2. 4"),
        ("\ub9c8\uac10: 2026. 02. 04. 23\uc2dc", 7, "the date 2026. 02. 04"),
        ("See [x](https://example.com/x).", 7, "fact.domain"),
        ("See [example.com](https://example.com/x).", 7, "fact.domain"),
        ("See <https://example.com/x>.", 7, "fact.domain"),
        ("See docs.example.org.", 7, "write {{ fact.domain.docs }}"),
        ("See [x](/Exchanges).", 7, "write /exchanges"),
        ("See [x](/exchanges/).", 7, "write /exchanges"),
        ("See [x](../faq/ratio).", 7, "write /faq/ratio"),
        ("See [x](/faq/ratio/en.md#x).", 7, "write /faq/ratio#x"),
        ("One\n---\n", 8, "leave a line empty above it"),
        ("One\n===\n", 8, "use ##"),
    ],
)
def test_one_mistake_in_a_text_is_one_message_with_its_mend(
    small: Path, facts: Facts, words: str, line: int, fix: str
) -> None:
    """On its line, and without another message that follows from it."""
    ((told, message),) = of_text(small, facts, words)
    assert told == line
    assert fix in message


def test_each_tag_and_each_heading_of_the_title_is_told(small: Path, facts: Facts) -> None:
    """Whoever mends the first one need not run the check for the second."""
    lines = of_text(
        small, facts, "# One\n\n# Two\n\nA <i>b</i> and <u>c</u>.\n\n![d](e)\n\n![f](g)"
    )
    assert [line for line, _ in lines] == [7, 9, 11, 11, 13, 15]


@pytest.mark.parametrize(
    "words",
    [
        "It takes 32 confirmations, and Ethereum 12 to 15, before it counts.",
        "A block takes 12 seconds, others 3 to 5.",
        "Solana waits for 32 blocks, Ethereum for 12 to 15.",
        "- one\n  that goes on (see below)\n- two",
        "It is 3 < 5, and a <- b.",
    ],
)
def test_what_is_no_mistake_is_not_told(small: Path, facts: Facts, words: str) -> None:
    """Spans of time and counts of confirmations are no ratio."""
    put(small, "pages/safety/en.md", PAGE.replace("Words.", words))
    assert load_library(small, facts).documents


@pytest.mark.parametrize(
    "words",
    ["The window took 90 days. It was 1 to 6.", "In 90 days tokens were swapped at 2 to 3."],
)
def test_a_ratio_beside_a_span_is_told(small: Path, facts: Facts, words: str) -> None:
    """A count before it excuses no ratio."""
    ((_, message),) = of_text(small, facts, words)
    assert "the ratio" in message


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("29.11.2026", ("2026-11-29",)),
        ("29/11/2026", ("2026-11-29",)),
        ("11/29/2026", ("2026-11-29",)),
        ("29-11-2026", ("2026-11-29",)),
        ("29 November 2026", ("2026-11-29",)),
        ("Sunday, 29th of Nov. 2026", ("2026-11-29",)),
        ("November 29, 2026", ("2026-11-29",)),
        ("2026/11/29", ("2026-11-29",)),
        ("2026. 11. 29.", ("2026-11-29",)),
        ("2026-11-5", ("2026-11-05",)),
        ("2026\ub144 11\uc6d4 29\uc77c", ("2026-11-29",)),
        ("20261129", ("2026-11-29",)),
        ("5.11.2026", ("2026-11-05", "2026-05-11")),
        ("11.11.2026", ("2026-11-11",)),
        ("29.11.26", ()),
        ("31.11.2026", ()),
        ("soon", ()),
    ],
)
def test_a_day_in_another_form_is_offered_in_ours(
    small: Path, facts: Facts, typed: str, days: tuple[str, ...]
) -> None:
    """Both days where it could be either, and an example where no day was typed."""
    assert days_meant(typed) == days
    put(small, "replies/thanks.md", REPLY.replace("2026-11-23", f'"{typed}"'))
    (problem,) = problems_of(small, facts)
    assert " or ".join(days or ("as in 2026-11-29",)) in problem.message


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("category\uff1a tokens", "wide colon"),
        ("category tokens", "write category: tokens"),
        ("category = tokens", "write category: tokens"),
        ("\ubd84\ub958: tokens", "write category"),
        ("summary: x\nCategory: tokens", "its name is category"),
    ],
)
def test_a_field_that_cannot_be_read_is_not_missing_too(
    small: Path, facts: Facts, line: str, fix: str
) -> None:
    """One message, on the line that has the mistake."""
    text = ANSWER.replace("category: tokens", line)
    put(
        small, "faq/ratio/en.md", text.replace("summary: One fixed ratio.\n", "", "summary" in line)
    )
    told = [item.message for item in problems_of(small, facts) if item.file == "faq/ratio/en.md"]
    assert len(told) == 1
    assert fix in told[0]


@pytest.mark.parametrize(
    ("name", "new", "file", "fix"),
    [
        ("faq/ratio", "faq/Ratio", "faq/Ratio", "rename it to ratio"),
        ("faq/ratio/en.md", "faq/ratio/EN.md", "faq/ratio/EN.md", "en.md"),
        ("faq/ratio/en.md", "faq/ratio/en.md.txt", "faq/ratio/en.md.txt", "en.md"),
        ("faq/ratio/en.md", "faq/ratio/en.docx", "faq/ratio/en.docx", "as plain text in en.md"),
        ("faq/ratio/en.md", "faq/ratio/answer.md", "faq/ratio/answer.md", "rename it"),
        ("policy/said-once.md", "policy/Said once.md", "policy/Said once.md", "said-once.md"),
        ("policy/said-once.md", "policy/said-once.md.txt", "policy/said-once.md.txt", "said-once"),
        ("pages/safety", "pages/Safety", "pages/Safety", "rename it to safety"),
    ],
)
def test_a_wrong_name_is_told_alone_with_the_right_one(
    small: Path, facts: Facts, name: str, new: str, file: str, fix: str
) -> None:
    """Links to it lead nowhere until then, and their authors are not to blame."""
    put(small, "replies/thanks.md", REPLY + "See [it](/faq/ratio) and [once](/faq/rate).\n")
    (small / name).rename(small / new)
    ((told, message),) = causes_of(small, facts)
    assert told == file
    assert fix in message


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("faq/ratio/en.docx", "en.md is there beside it"),
        ("faq/ratio/en.md.txt", "en.md is there beside it"),
        ("faq/ratio/en (1).md", "a copy of en.md"),
        ("faq/ratio/map.png", "a picture"),
        ("faq/new-one.md", "move it to faq/new-one/en.md"),
        ("policy/said-once.docx", "said-once.md is there beside it"),
        ("policy/New thing.docx", "as plain text in new-thing.md"),
    ],
)
def test_a_file_beside_the_others_is_told_what_to_do_with(
    small: Path, facts: Facts, name: str, fix: str
) -> None:
    """It is moved, saved again or taken out."""
    put(small, name, ANSWER)
    ((told, message),) = causes_of(small, facts)
    assert told == name
    assert fix in message


def test_a_renamed_answer_is_told_with_the_file_for_its_alias(small: Path, facts: Facts) -> None:
    """Where the former name belongs."""
    (small / "faq/ratio").rename(small / "faq/ratios")
    ((_, message),) = causes_of(small, facts)
    assert "aliases: [ratio] into the front matter of faq/ratios/en.md" in message


def test_entries_are_counted_from_one_and_in_words() -> None:
    """As whoever reads a file from its top counts them."""
    places = {
        "claims.0.says": "says of the first [[claims]]",
        "contracts.1.events.2.map": "map of the third [[events]] of the second [[contracts]]",
        "locales.3": "the fourth of locales",
        "domains.13.name": "name of number 14 [[domains]]",
        "facts.ratio.value": "facts.ratio.value",
    }
    assert {field: Problem("x", 1, field, "").place for field in places} == places


def test_faults_of_a_file_stand_together_from_its_top() -> None:
    """Each once, whichever check found it first."""
    one, two, other = (Problem("a", line, "text", "x") for line in (3, 9, 5))
    third = Problem("b", 1, "text", "x")
    assert in_order([two, third, one, other, two]) == (one, other, two, third)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        (SITE.replace('"EX"', '"ex"'), "write EX"),
        (SITE.replace('"example"', '"The Example"'), "write the-example"),
        (SITE.replace("short_name", "shrt_name"), "its name is short_name"),
    ],
)
def test_a_value_in_another_form_is_offered_in_its_own(small: Path, text: str, fix: str) -> None:
    """Where small changes make it one that the field takes."""
    ((_, message),) = of_toml(small, "site.toml", text)
    assert fix in message


def test_a_table_that_is_declared_twice_hears_of_both_brackets(small: Path) -> None:
    """And the first head has to get them too."""
    text = SLA.replace("[[policies]]", "[policies]")
    ((line, message),) = of_toml(small, "sla.toml", f"{text}\n{text}")
    assert line == 7
    assert "write [[policies]] with two brackets on both sides above each of them" in message


def test_both_long_dashes_of_a_word_processor_are_told_at_once(small: Path, facts: Facts) -> None:
    """With whatever else is wrong between them."""
    text = ANSWER.replace("---", "\N{EM DASH}").replace("order: 20", "order: ten")
    put(small, "faq/ratio/en.md", text)
    found = [item for item in problems_of(small, facts) if item.file == "faq/ratio/en.md"]
    assert [item.line for item in found] == [1, 6, 9]
