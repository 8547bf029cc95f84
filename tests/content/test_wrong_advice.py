"""What a message advises is what its author meant: it names the value as it has to be written.

No message holds words of a parser or a regular expression.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from tests.content.conftest import ANSWER, FILES, REPLY, SITE, STATEMENT, put
from tests.content.test_check_messages import SLA, of_toml, problems_of
from tests.exchanges.claims import claim_text
from trustops.chain.schema import Pack
from trustops.content import load
from trustops.content.facts import Facts
from trustops.content.fixes import form_of
from trustops.content.json_schema import schemas
from trustops.content.toml_file import read_toml
from trustops.content.values import ContentError, Problem
from trustops.exchanges.load import load_exchanges
from trustops.exchanges.schema import ExchangeFile
from trustops.official.schema import OfficialSource
from trustops.posts.schema import HeartbeatFile

CLAIM = 'name = "Example"\nproducts = "spot"\n' + claim_text(
    "completed", "It was converted.", "2025-11-06", "2026-11-22", 'url = "https://example.org/x"'
)
PARSER = re.compile(
    r"line \d+, column|Invalid|Expected|expected|Unclosed|mapping values|scanner|token |"
    r"Input should|validation|\^\[|\\S|document start|Cannot|datetime|NoneType"
)
"""Words that a parser or a model says, and that no author can do anything with."""


def of_claim(folder: Path, before: str, after: str) -> list[tuple[int, str]]:
    """Line and message of each problem of an exchange's file after a change."""
    assert before in CLAIM
    put(folder, "exchanges/example.toml", CLAIM.replace(before, after))
    with pytest.raises(ContentError) as caught:
        load_exchanges(folder)
    problems = caught.value.problems
    assert not any(PARSER.search(problem.message) for problem in problems)
    return [(problem.line, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("value", "fix"),
    [
        ("6 November 2025", "write said_on = 2025-11-06"),
        ("November 6, 2025", "write said_on = 2025-11-06"),
        ("6th Nov. 2025", "write said_on = 2025-11-06"),
        ("2025\ub144 11\uc6d4 6\uc77c", "write said_on = 2025-11-06"),
        ("06.11.2025", "write said_on = 2025-11-06 or said_on = 2025-06-11"),
        ("2025-13-06", "write said_on = 2025-06-13"),
        ("today", "has words without quotes"),
        ("2025-11-06T12:00:00", "write the day alone"),
        ('"6 November 2025"', "has to be a day"),
        ("", "has no value"),
    ],
)
def test_a_day_that_is_none_is_written_as_a_day(small: Path, value: str, fix: str) -> None:
    """The day that was meant, where it can be read."""
    ((line, message),) = of_claim(small, "said_on = 2025-11-06", f"said_on = {value}")
    assert line == 7
    assert fix in message


@pytest.mark.parametrize(
    ("value", "fix"),
    [
        ("[75%, 90%]", "write at_risk_percent = [75, 90]"),
        ("75, 90", "write at_risk_percent = [75, 90]"),
        ("[75 90]", "write at_risk_percent = [75, 90]"),
        ("[75; 90]", "write at_risk_percent = [75, 90]"),
        ("[75, 90", "write at_risk_percent = [75, 90]"),
        ("75 and 90", "write at_risk_percent = [75, 90]"),
        ("(75, 90)", "write at_risk_percent = [75, 90]"),
        ("75", "has to be a list in square brackets"),
        ('["75", "90"]', "a whole number without quotes"),
    ],
)
def test_a_list_that_is_none_is_written_as_a_list(small: Path, value: str, fix: str) -> None:
    """With its brackets, its commas, and without units."""
    messages = of_toml(small, "sla.toml", SLA.replace("[75, 90]", value))
    assert all(fix in message and not PARSER.search(message) for _, message in messages)


@pytest.mark.parametrize(
    ("after", "line", "fix"),
    [
        ("= 1,000", 4, "write target_hours = 1000"),
        ("= 048", 4, "write target_hours = 48"),
        ("= ~48", 4, "write the number alone, as in target_hours = 48"),
        (": 48", 4, "write target_hours"),
        ("= 12:00", 4, 'write target_hours = "12:00"'),
        ("= 48.0", 4, "a whole number"),
        ("= yes", 4, "true or false"),
        ("= 48\n<<<<<<< HEAD", 5, "two versions that were merged"),
        ("= 48\nWe answer soon.", 5, 'write it as name = "value"'),
        ("= \u2026", 4, "straight quotes"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_with_its_mend(
    small: Path, after: str, line: int, fix: str
) -> None:
    """What people write, and how TOML takes it."""
    ((told, message),) = of_toml(small, "sla.toml", SLA.replace("= 48", after))
    assert told == line
    assert fix in message
    assert not PARSER.search(message)


@pytest.mark.parametrize(
    ("value", "fix"),
    [
        ('["en" "ko"]', 'write locales = ["en", "ko"]'),
        ("[en, ko]", 'write locales = ["en", "ko"]'),
        ('"en", "ko"', 'write locales = ["en", "ko"]'),
        ('[\n  "en"\n  "ko"\n]', "a comma at the end of the line above"),
    ],
)
def test_a_list_of_words_has_its_quotes_and_commas(small: Path, value: str, fix: str) -> None:
    """Also where it stands on several lines."""
    ((_, message),) = of_toml(small, "site.toml", SITE.replace('["en", "ko"]', value))
    assert fix in message


def test_one_bracket_too_few_and_one_too_many_are_named(small: Path) -> None:
    """Of what there may be several, each has two on both sides."""
    ((_, message),) = of_claim(small, "[[claims]]", "[claims]")
    assert "write [[claims]]" in message
    two = CLAIM[CLAIM.index("[[claims]]") :]
    ((line, message),) = of_claim(small, CLAIM, CLAIM.replace("[[", "[").replace("]]", "]") + two)
    assert line == 4
    assert "write [[claims]]" in message
    ((_, message),) = of_toml(small, "site.toml", SITE + '[[operator]]\nname = "Us"\n')
    assert "write [operator]" in message


def test_a_head_behind_a_remark_is_the_cause_of_what_follows(small: Path) -> None:
    """To take one of the two names out, as they stand twice, would lose the name of the site."""
    table = '# [operator]\nname = "Us"\nrelation = "Them"\ncontact = "The form"\n'
    ((line, message),) = of_toml(small, "site.toml", SITE + table)
    assert line == 6
    assert "take the # out: [operator]" in message
    ((line, message),) = of_claim(small, "[[claims]]", "# [[claims]]")
    assert line == 4
    assert "take the # out: [[claims]]" in message


def test_a_remark_that_no_field_follows_is_no_fault(small: Path) -> None:
    """As it is shipped, with every line of the table a remark."""
    put(small, "sla.toml", SLA)
    put(small, "site.toml", SITE + '# [operator]\n# name = "..."\n')
    assert load(small).name


@pytest.mark.parametrize(
    ("before", "after", "line", "fix"),
    [
        ("title: ", " title: ", 2, "begins with a space"),
        ("topic: ", " topic: ", 4, "begins with a space"),
        ("title: Thanks", "title:", 2, "is empty"),
        ("title: Thanks", "title = Thanks", 2, "write title: Thanks"),
        ("updated: 2026-11-23", "updated: 2026-11-23 10:30", 3, "write the day alone"),
        ("updated: 2026-11-23", "updated: 23 November 2026", 3, "has to be a day"),
        ("title: Thanks", "<<<<<<< HEAD\ntitle: Thanks", 2, "two versions that were merged"),
        ("---\ntitle", "---\n---\ntitle", 2, "two lines of ---"),
        ("order: 10\n---", "order: 10\n---\n---", 7, "second line of ---"),
        ("title: Thanks", "id: thanks\ntitle: Thanks", 2, "the id is the name of the file"),
        ("topic: other", "topic: othr", 4, "its topics are other; did you mean other?"),
        ("order: 10", "order: ten", 5, "a whole number"),
    ],
)
def test_a_fault_of_front_matter_is_told_once_with_its_mend(
    small: Path, facts: Facts, before: str, after: str, line: int, fix: str
) -> None:
    """And nothing that follows from it: no field is called missing that stands there."""
    put(small, "replies/thanks.md", REPLY.replace(before, after, 1))
    (problem,) = problems_of(small, facts)
    assert problem.line == line
    assert fix in problem.message
    assert not PARSER.search(problem.message)


def test_no_mistake_of_intake_hides_another(small: Path) -> None:
    """A topic that stands twice is told beside an id that cannot be one."""
    text = FILES["intake.toml"] + '[[topics]]\nid = "other"\ntitle = "x"\n'
    text += '[[topics]]\nid = "Bad Id"\ntitle = "y"\n'
    found = sorted(of_toml(small, "intake.toml", text))
    assert [line for line, _ in found] == [5, 8]
    assert "stands twice" in found[0][1]


def test_no_mistake_of_a_statement_hides_another(small: Path, facts: Facts) -> None:
    """A word that is no standing, a statement that is not there, a link and a day in words."""
    text = STATEMENT.replace("unclear", "in force\ncontradicts: [said-never]")
    text = text.replace("Words on it.", "See [it](/faq/none), on 4 February 2026.")
    put(small, "policy/said-once.md", text.replace("It was said", "Said on 4 February 2026"))
    fields = sorted(problem.field for problem in problems_of(small, facts))
    assert fields == ["contradicts.0", "standing", "text", "text", "title"]


def test_a_link_to_an_answer_that_was_renamed_hears_of_aliases(small: Path, facts: Facts) -> None:
    """As whoever has kept its address would get nothing."""
    put(small, "faq/rate/en.md", ANSWER.replace("aliases: [rate]\n", ""))
    (small / "faq/ratio/en.md").unlink()
    (small / "faq/ratio").rmdir()
    (problem,) = problems_of(small, facts)
    assert "aliases: [ratio]" in problem.message


def patterns_in(schema: object) -> Iterator[str]:
    """Every pattern of a JSON Schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for part in schema.values():
            yield from patterns_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from patterns_in(part)


def test_every_form_of_a_field_has_words() -> None:
    """No field has a form that its message could not describe."""
    others: dict[str, type[BaseModel]] = {
        "source": OfficialSource,
        "exchange": ExchangeFile,
        "pack": Pack,
        "heartbeat": HeartbeatFile,
    }
    found = set(patterns_in(json.loads(json.dumps(schemas(others)))))
    assert len(found) > len(others)
    assert [form for form in found if "another form" in form_of(form)] == []


def test_a_host_with_more_than_its_name_is_told_with_an_example(small: Path) -> None:
    """A link is no host."""
    text = """\
project = "Example"

[[tokens]]
chain = "solana"
address = "HeLp6NuQkmYB4pYWo2zYs22mESHXPQYzXbB8n4V98jwC"
symbol = "old"
role = "old"

[[domains]]
id = "docs"
name = "https://docs.example.org/"
"""
    put(small, "official/source.toml", text)
    problems: list[Problem] = []
    assert read_toml(small, "official/source.toml", OfficialSource, problems) is None
    (problem,) = problems
    assert problem.line == 11
    assert "such as docs.example.org, without https://" in problem.message
