"""What nobody sees in a file, and what stands a space aside: told with the place and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.conftest import ANSWER, FILES, INTAKE, PAGE, SITE, put
from tests.content.test_check_messages import SLA, of_toml, problems_in, problems_of
from tests.content.test_wrong_advice import CLAIM
from trustops.content import load
from trustops.content.agreement import disagreements
from trustops.content.facts import Facts
from trustops.content.invisible import hidden_in, hidden_lines
from trustops.content.library import load_library
from trustops.content.prose import literals
from trustops.content.values import ContentError
from trustops.exchanges.load import load_exchanges
from trustops.posts.schedule import load_schedule
from trustops.settings import PROJECT_ROOT


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\u200b", "zero width space, U+200B"),
        ("\u2060", "word joiner, U+2060"),
        ("\ufeff", "zero width no-break space, U+FEFF"),
        ("\u00ad", "soft hyphen, U+00AD"),
        ("\u202e", "right-to-left override, U+202E"),
        ("\u200e", "left-to-right mark, U+200E"),
        ("\u200d", "zero width joiner, U+200D"),
        ("\u3164", "hangul filler, U+3164"),
        ("\x07", "control character, U+0007"),
    ],
)
def test_a_character_that_nobody_sees_is_told_with_the_words_around_it(
    small: Path, facts: Facts, sign: str, name: str
) -> None:
    """Nobody finds it by looking, so the message says what to type again."""
    found = problems_in(small, facts, f"You con{sign}firm it.")
    assert [(problem.line, problem.field) for problem in found] == [(7, "text")]
    told = f'holds a character that nobody sees ({name}) between "con" and "firm"'
    assert found[0].message == f"{told}; delete confirm and type it again"


@pytest.mark.parametrize(
    "words",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "\U0001f469\u200d\U0001f4bb and \u2764\ufe0f\u200d\U0001f525",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_joiners_that_a_script_or_an_emoji_needs_may_stand(
    small: Path, facts: Facts, words: str
) -> None:
    """Persian and Hindi are misspelt without them."""
    checked = PAGE.replace("updated:", "reviewed_by: A reader of it\nupdated:")
    put(small, "pages/safety/en.md", checked.replace("Words.", words))
    assert load_library(small, facts).documents
    assert hidden_in(words) == ""


def test_what_nobody_sees_hides_no_other_fault_of_its_file(small: Path, facts: Facts) -> None:
    """Both are told in one run, in Markdown and in TOML; several on a line are counted."""
    found = problems_in(small, facts, "A\u200bb c\u200bd.\n\nBy 4 February 2026.")
    assert [problem.line for problem in found] == [7, 9]
    assert ", and 1 more on this line" in found[0].message
    text = SITE.replace('"Example desk"', '"Ex\u200bample desk"').replace('"EX"', '"ex"')
    lines = [line for line, _ in of_toml(small, "site.toml", text)]
    assert lines == [1, 3]
    assert list(hidden_lines("\ufeffone\r\ntwo \u200b\r\n")) == [2]


@pytest.mark.parametrize(
    ("words", "line", "told"),
    [
        ("- one\n - two\n- three", 8, "one space"),
        ("- one\n - two\n- three", 8, "write 2 spaces before it to put it under the item above"),
        ("1. one\n - two\n2. three", 8, "write 3 spaces before it to put it under the item above"),
        ("- one\n  - two\n - three", 9, "write 2 spaces before it, as before the others"),
        ("- one\n      - two", 8, "write 2 spaces before it"),
        ("- one\n\n      - two", 9, "so far in that its sign is shown as it is written"),
    ],
)
def test_an_item_that_is_shown_on_another_level_is_told_with_its_spaces(
    small: Path, facts: Facts, words: str, line: int, told: str
) -> None:
    """What stands further in belongs under the item above, as its author sees it."""
    (problem,) = problems_in(small, facts, words)
    assert (problem.line, problem.field) == (line, "text")
    assert told in problem.message


@pytest.mark.parametrize(
    "words",
    [
        "- one\n  - two\n    - three\n- four",
        "- one\n   - two\n  - three",
        "1. one\n  - two\n2. three",
        "- one\n    - two\n        - three",
        " - one\n - two\n- three",
        " 9. one\n10. two",
        "Text\n - one\n - two",
        "* * *\n\n- one",
        "- one\n\n  words\n\n  - two",
        "```\n- one\n - two\n```",
    ],
)
def test_lists_that_are_shown_as_they_stand_are_no_mistake(
    small: Path, facts: Facts, words: str
) -> None:
    """Two spaces, three or four, as long as every item of a level stands alike."""
    put(small, "pages/safety/en.md", PAGE.replace("Words.", words))
    assert load_library(small, facts).documents


@pytest.mark.parametrize("head", ["[[claim]]", "[[Claims]]", "[claims]", "[claim]"])
def test_faults_under_a_mistyped_head_are_told_with_the_head(tmp_path: Path, head: str) -> None:
    """In one run: what stands below is read under the name that was meant."""
    text = CLAIM.replace("[[claims]]", head).replace('grade = "A"', 'grade = "Z"')
    put(tmp_path, "exchanges/example.toml", text.replace('says = "', 'says = "see example.com '))
    with pytest.raises(ContentError) as caught:
        load_exchanges(tmp_path)
    found = {problem.line: problem for problem in caught.value.problems}
    assert sorted(found) == [4, 6, 8]
    assert "[[claims]]" in found[4].message
    assert "example.com" in found[6].message
    assert found[8].field == "claims.0.grade"


def test_a_mistyped_head_of_one_table_is_read_too(small: Path) -> None:
    """Capitals count, and a table below the one that is meant keeps its own name."""
    text = f"{SITE}\n[Operator]\nname = 5\n"
    assert of_toml(small, "site.toml", text) == [
        (7, "is no field of this file; write [operator]"),
        (8, "has to be words; put them in straight quotes"),
    ]
    put(small, "site.toml", FILES["site.toml"])
    text = INTAKE.replace("[[topics]]", "[[topic]]").replace('title = "', 'titel = "')
    assert [line for line, _ in of_toml(small, "intake.toml", text)] == [1, 3]


def test_another_table_beside_the_right_one_is_left_as_it_is(small: Path) -> None:
    """Two heads of one name are told as such."""
    text = f'{SITE}\n[operator]\nname = "We"\n\n[Operator]\nname = 5\n'
    ((line, told),) = of_toml(small, "site.toml", text)
    assert line == 10
    assert "did you mean operator?" in told


@pytest.mark.parametrize(
    "typed", ["[90, 75%]", "[90, 75]", "90%, 75%", "[90; 75]", "[75% 90%]", "[90, 75, 75]"]
)
def test_percentages_that_have_to_rise_are_advised_in_their_order(small: Path, typed: str) -> None:
    """So that what is copied from the message is right at once."""
    text = SLA.replace("[75, 90]", typed)
    ((line, told),) = of_toml(small, "sla.toml", text)
    assert line == 5
    assert told.endswith("[75, 90]")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("2025-11-06", "2O25-11-O6", "write said_on = 2025-11-06"),
        ("2025-11-06", "2025-11-06,", "has a comma behind its value; write said_on = 2025-11-06"),
        ('"spot"', '"spot",', 'has a comma behind its value; write products = "spot"'),
        ("[[claims]]", "[[claims]", "write [claims] or [[claims]]"),
    ],
)
def test_a_slip_of_one_sign_is_told_with_the_line_as_it_has_to_be(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    """A letter for a digit, a comma as in another format, a bracket too few."""
    put(tmp_path, "exchanges/example.toml", CLAIM.replace(before, after))
    with pytest.raises(ContentError) as caught:
        load_exchanges(tmp_path)
    assert any(told in problem.message for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("It closed on 4 February.", "4 February"),
        ("It closed on 4 Feb. 2026.", "4 Feb. 2026"),
        ("Deposits close 04FEB26.", "04FEB26"),
        ("It ended Feb 4th, 12:00 UTC.", "Feb 4th"),
        ("Trading ends for good. 2/4 12:00 KST", "2/4"),
    ],
)
def test_a_date_is_quoted_without_the_stop_of_its_sentence(words: str, date: str) -> None:
    """And without the hour behind it."""
    assert [literal.text for literal in literals(words)] == [date]


def test_a_footnote_is_told_once(small: Path, facts: Facts) -> None:
    """Not as a link that leads nowhere besides."""
    (problem,) = problems_in(small, facts, "Words[^1].\n\n[^1]: note")
    assert "footnote" in problem.message


def test_a_template_of_a_heartbeat_is_looked_at_too(tmp_path: Path) -> None:
    """What goes out to networks is pasted as well."""
    put(tmp_path, "heartbeat/full.md.j2", "Over\u200bdue.\n")
    put(tmp_path, "heartbeat/short.md.j2", "Overdue.\n")
    put(tmp_path, "heartbeat.toml", (PROJECT_ROOT / "content/heartbeat.toml").read_text("utf-8"))
    with pytest.raises(ContentError) as caught:
        load_schedule(tmp_path)
    assert any("delete Overdue and type it again" in it.message for it in caught.value.problems)


def test_a_content_folder_is_read_as_it_was_meant(small: Path) -> None:
    """Nothing of this is told of files that are right."""
    put(small, "sla.toml", SLA)
    assert load(small).name == "Example desk"


def test_front_matter_with_a_dash_for_its_colon_is_told_with_the_colon(
    small: Path, facts: Facts
) -> None:
    """Word processors make a long dash of it."""
    text = PAGE.replace("updated: 2026-11-23", "updated \u2013 2026-11-23")
    put(small, "pages/safety/en.md", text)
    (problem,) = problems_of(small, facts)
    assert problem.line == 4
    assert problem.message == "has \u2013 behind its name; write updated: 2026-11-23"


def test_a_category_of_another_form_is_told_once(small: Path) -> None:
    """Its model says how to write it; that no other answer has it follows from that."""
    put(small, "faq/other/en.md", ANSWER.replace("aliases: [rate]\n", ""))
    put(small, "faq/third/en.md", ANSWER.replace("aliases: [rate]\n", ""))
    put(small, "faq/ratio/en.md", ANSWER.replace("category: tokens", "category: Tokens"))
    assert list(disagreements(small)) == []
