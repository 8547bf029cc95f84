"""What fifteen edits of a publisher who is no developer brought to light, as a specification.

A mistake is told where it stands, in words that would be right if somebody followed them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.conftest import ANSWER, PAGE, STATEMENT, put
from tests.content.test_check_messages import problems_in, problems_of
from tests.content.test_plain_advice import of_text
from trustops.chain.schema import FactPart
from trustops.content.facts import Facts
from trustops.content.library import load_library
from trustops.content.schema import SlaFile
from trustops.content.toml_file import read_toml
from trustops.content.values import Problem


@pytest.mark.parametrize(
    ("words", "fix"),
    [
        ("See [x](faq/ratio.md).", "write /faq/ratio"),
        ("See [x](../ratio/en.md).", "write /faq/ratio"),
        ("See [x](/content/faq/ratio/en.md).", "write /faq/ratio"),
        ("See [x](../../pages/safety/en.md).", "write /safety"),
        ("See [x](ratio).", "write /faq/ratio"),
        ("See [x](faq/ratio/en.md#why).", "write /faq/ratio#why"),
        ("See [x](policy/said-once.md).", "write /policy#said-once"),
        ("See [x](/policy/said-once).", "write /policy#said-once"),
    ],
)
def test_a_link_to_a_file_hears_of_its_page(
    small: Path, facts: Facts, words: str, fix: str
) -> None:
    """Once, and not as a domain that ends in `.md`."""
    ((line, message),) = of_text(small, facts, words)
    assert line == 7
    assert message.endswith(fix)


@pytest.mark.parametrize("words", ["See ratio.md.", "See [x](https://ratio.md/en.md)."])
def test_the_name_of_a_site_that_ends_like_a_file_is_a_domain(
    small: Path, facts: Facts, words: str
) -> None:
    """Where it is no link to a file."""
    ((_, message),) = of_text(small, facts, words)
    assert "holds the domain" in message


@pytest.mark.parametrize(
    ("title", "fix"),
    [
        ("Staff said on 20 June 2026 no", "write June 2026, and"),
        ("Staff said on 2026-06-20 no", "write June 2026, and"),
        ("Staff said on 4/5/2026 no", "as in November 2025"),
        ("Staff said 1:6", "write the sentence without it"),
    ],
)
def test_a_title_is_offered_no_fact(small: Path, facts: Facts, title: str, fix: str) -> None:
    """As none can stand there; a month with its year can."""
    old = next(line for line in STATEMENT.split("\n") if line.startswith("title:"))
    put(small, "policy/said-once.md", STATEMENT.replace(old, f'title: "{title}"'))
    (message,) = [item.message for item in problems_of(small, facts) if item.field == "title"]
    assert fix in message
    assert "{{" not in message


@pytest.mark.parametrize("words", ["It was one : six.", "It was one:six.", "It was 1 : six."])
def test_a_ratio_in_words_with_a_colon_is_told(small: Path, facts: Facts, words: str) -> None:
    """As one in digits is."""
    ((_, message),) = of_text(small, facts, words)
    assert "the ratio" in message


@pytest.mark.parametrize(
    "words",
    ["Step one: two screenshots.", "One: six of them wrote.", "Rule two: three people read it."],
)
def test_a_number_that_a_sentence_goes_on_behind_is_no_ratio(
    small: Path, facts: Facts, words: str
) -> None:
    """A colon of a sentence stands close to the word before it, and apart from that behind."""
    put(small, "pages/safety/en.md", PAGE.replace("Words.", words))
    assert load_library(small, facts).documents


def test_a_heading_that_leaves_a_level_out_is_told(small: Path, facts: Facts) -> None:
    """Once, with the marks to write; what stands under it is measured by what was meant."""
    words = "## One\n\n#### Two\n\n#### Three\n\n## Four\n\n### Five\n\n#### Six"
    found = [(it.line, it.message.split("; ")[1]) for it in problems_in(small, facts, words)]
    assert found == [(9, "use ###")]


def test_curly_quotes_around_an_id_are_told_once(small: Path, facts: Facts) -> None:
    """What the quotes hold is looked up without them."""
    put(
        small,
        "faq/other/en.md",
        ANSWER.replace("order: 20", "order: 20\nrelated: [\u201cratio\u201d]"),
    )
    told = [it.message for it in problems_of(small, facts) if it.file == "faq/other/en.md"]
    assert not [message for message in told if "there is no" in message]
    assert len([message for message in told if "curly quotes" in message]) == 1


FACT = 'kind = "text"\nvalue = "x"\ngrade = "A"\nevidence = "x"\n'


def toml_faults(folder: Path, text: str) -> list[tuple[int, str]]:
    """Line and message of what is wrong with the form of a TOML file."""
    problems: list[Problem] = []
    put(folder, "x.toml", text)
    read_toml(folder, "x.toml", SlaFile, problems)
    return [(it.line, it.message) for it in problems if it.field == "file"]


def test_a_head_with_a_space_hears_how_to_write_it(small: Path) -> None:
    """Its brackets are right."""
    ((line, message),) = toml_faults(small, f"[facts.New Fact]\n{FACT}")
    assert line == 1
    assert message.endswith("write [facts.new_fact]")


def test_a_second_fact_of_one_name_hears_that_it_needs_another(small: Path) -> None:
    """Facts have names, so two brackets would be no help."""
    text = f"[facts.promise]\n{FACT}\n[facts.promise]\n{FACT}"
    ((line, message),) = toml_faults(small, text)
    assert line == 7
    assert "another name than facts.promise" in message
    assert "[[" not in message


@pytest.mark.parametrize(
    ("kind", "value", "fix"),
    [
        ("date", "7 Nov 2025", "write value = 2025-11-07 without quotes"),
        ("date", "soon", "write value = 2026-11-29 without quotes"),
        ("number", "6", "write value = a whole number without quotes"),
        ("ratio", 6, 'write value = the ratio in quotes, as in "1:6"'),
    ],
)
def test_a_fact_of_another_kind_hears_how_its_value_is_written(
    kind: str, value: object, fix: str
) -> None:
    """At the value, not at the head of the fact."""
    given = {"kind": kind, "value": value, "grade": "A", "evidence": "x"}
    with pytest.raises(ValueError, match="is no value of the kind") as caught:
        FactPart.model_validate(given)
    assert fix in str(caught.value)
    assert "\nvalue\n" in str(caught.value)
