"""Values that another value contradicts: in a pack, in the official list, by the name of a file.

And names that nobody reads: whoever renames a folder hears of that alone, not of what it causes.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trustops.content.agreement import disagreements
from trustops.content.days import far_days
from trustops.content.unfinished import unfinished_words
from trustops.content.values import Problem
from trustops.settings import PROJECT_ROOT
from trustops.site.files import check

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
PACK = "migrations/ai16z-elizaos.toml"
SOURCE = "official/source.toml"
ENTRY = "policy/2025-11-13-pool-limit.md"
ANSWER = "faq/ratio/en.md"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped content, in which nothing is wrong."""
    return Path(shutil.copytree(PROJECT_ROOT / "content", tmp_path / "content"))


def change(folder: Path, name: str, before: str, after: str) -> None:
    """Write something else into a file, once."""
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")


def told(folder: Path) -> list[tuple[str, str, str]]:
    """File, field and message of everything that the check says."""
    return [(item.file, item.field, item.message) for item in check(folder, now=NOW)]


def wrong_values(folder: Path) -> list[Problem]:
    """Values that contradict each other, and days that cannot be meant."""
    return [*disagreements(folder), *far_days(folder, NOW)]


@pytest.mark.parametrize(
    ("name", "before", "after", "field", "words"),
    [
        (PACK, '"1:6"', '"1:7"', "facts.ratio.value", "[ratio] makes 6 new tokens of 1"),
        (PACK, '"1:6"', '"6:1"', "facts.ratio.value", "[ratio] makes 6 new tokens of 1"),
        (PACK, "numerator = 6", "numerator = 5", "facts.ratio.value", "makes 5 new tokens"),
        (PACK, "opens = 2025-11-06", "opens = 2025-11-07", "facts.window_opened.value", "opens of"),
        (PACK, 'value = "elizaOS"', 'value = "ai16z"', "facts.new_symbol.value", "new tokens have"),
        (SOURCE, "4V98jwC", "4V98jwD", "tokens.0.address", "another address than migrations/"),
        (ENTRY, "said_on: 2025-11-13", "said_on: 2025-11-14", "said_on", "aliases: [2025-11-13-po"),
        (ENTRY, "November 2025", "March 2026", "title", "another month than said_on"),
        (
            ANSWER,
            "category: tokens-and-wallets",
            "category: token-and-wallets",
            "category",
            "safety",
        ),
        ("site.toml", '"ko"', '"kr"', "locales.1", "did you mean ko?"),
        ("site.toml", '"ko"', '"xx"', "locales.1", "known are en, ko, zh-Hans"),
        (ANSWER, "updated: 2026", "updated: 2016", "updated", "more than 5 years ago"),
        (ENTRY, "said_on: 2025", "said_on: 2005", "said_on", "more than 10 years ago"),
        (ENTRY, "review_by: 2027", "review_by: 2207", "review_by", "more than 2 years ahead"),
        (PACK, "opens = 2025", "opens = 2027", "window.opens", "the state is closed"),
        (PACK, "opens = 2025-11-06", "closes = 2027-11-06", "window.closes", "the state is closed"),
        (
            PACK,
            'opens = 2025-11-06\nstate = "closed"',
            'closes = 2025-11-06\nstate = "open"',
            "window.closes",
            "the state is open",
        ),
        (
            PACK,
            "opens = 2025-11-06",
            "opens = 2025-11-06\ncloses = 2025-11-05",
            "window.closes",
            "before it opens",
        ),
    ],
)
def test_what_cannot_be_right_is_told_with_what_it_contradicts(
    shipped: Path, name: str, before: str, after: str, field: str, words: str
) -> None:
    """Another value, the name of its file, today, or the state of its window.

    Which of two is right nobody but their author knows; so far away a digit is mistyped.
    """
    if "review_by" in before:
        change(shipped, name, "said_on:", "review_by: 2027-11-29\nsaid_on:")
    assert wrong_values(shipped) == []
    change(shipped, name, before, after)
    # A day so far away contradicts the name of its file, or the fact of its window, besides.
    (problem,) = [item for item in wrong_values(shipped) if words in item.message]
    assert (problem.file, problem.field) == (name, field)


def test_an_address_of_an_evm_chain_is_the_same_in_any_capitals(shipped: Path) -> None:
    """A pack may spell it in small letters."""
    text = (shipped / PACK).read_text(encoding="utf-8")
    address = "0xea17Df5Cf6D172224892B5477A16ACb111182478"
    (shipped / PACK).write_text(text.replace(address, address.lower()), encoding="utf-8")
    assert list(disagreements(shipped)) == []


@pytest.mark.parametrize(
    ("name", "renamed"),
    [
        ("policy", "policies"),
        ("faq", "FAQ"),
        ("pages", "page"),
        ("exchanges", "exchange"),
        ("migrations", "migration"),
        ("official", "official-list"),
        ("known-issues", "known_issues"),
    ],
)
def test_a_renamed_folder_is_the_one_thing_that_is_told(
    shipped: Path, name: str, renamed: str
) -> None:
    """What follows from it is counted: nobody has to find the cause among a hundred faults."""
    (shipped / name).rename(shipped / renamed)
    ((file, _, message),) = told(shipped)
    assert file == renamed
    assert f"did you mean {name}?" in message
    has_followers = name not in {"official", "known-issues"}  # nothing else points to these
    assert ("left out" in message) is has_followers


def test_other_faults_are_told_beside_a_renamed_folder(shipped: Path) -> None:
    """Only what its absence brings about is left out."""
    (shipped / "policy").rename(shipped / "policies")
    change(shipped, "sla.toml", "[75, 90]", "[90, 75]")
    assert [file for file, _, _ in told(shipped)] == ["policies", "sla.toml"]


@pytest.mark.parametrize(
    ("name", "renamed", "fix"),
    [
        ("sla.toml", "sla.toml.txt", "did you mean sla.toml?"),
        ("sla.toml", "SLA.toml", "did you mean sla.toml?"),
        ("official/source.toml", "official/sources.toml", "did you mean source.toml?"),
        (PACK, f"{PACK}.txt", "has to end in .toml"),
    ],
)
def test_a_renamed_file_is_told_first(shipped: Path, name: str, renamed: str, fix: str) -> None:
    """Editors hide or add an ending, and then the desk has no promise."""
    (shipped / name).rename(shipped / renamed)
    file, _, message = told(shipped)[0]
    assert file == renamed
    assert fix in message


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("faq/ratio/kr.md", "did you mean ko.md?"),
        ("faq/ratio/zh-cn.md", "did you mean zh-Hans.md?"),
        ("faq/ratio/xx.md", "is none of en.md, ko.md, zh-Hans.md"),
        ("faq/ko/ratio.md", "the folder is the id and the file the language"),
        ("pages/kr/safety.md", "the folder is the id and the file the language"),
    ],
)
def test_a_wrong_language_is_told_with_those_that_there_are(
    shipped: Path, name: str, fix: str
) -> None:
    """The code of a country is no code of a language."""
    (shipped / name).parent.mkdir(exist_ok=True)
    (shipped / name).write_text("x", encoding="utf-8")
    ((_, _, message),) = told(shipped)
    assert fix in message


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "before", "after", "words"),
    [
        ("exchanges/upbit.toml", "We have", "At {{ fact.migration.ratio }} we have", "Markdown"),
        ("exchanges/upbit.toml", "We have", "At {fact.migration.ratio} we have", "Markdown"),
        ("exchanges/upbit.toml", "We have", "At {ratio} we have", "as it is written"),
        ("intake.toml", "Never send", "By {{ fact.migration.ratio }} send", "Markdown"),
        ("intake.toml", 'title = "Some', 'title = "{migration.name} Some', "Markdown"),
        ("components.toml", "The pages", "The {{ fact.domain.docs }} pages", "Markdown"),
        (PACK, 'title = "Solana"', 'title = "{{ fact.migration.name }}"', "Markdown"),
        ("site.toml", "elizaOS migration", "{{ fact.migration.name }} migration", "Markdown"),
        (ANSWER, "title: ", "title: TBD ", "left to be filled in"),
        (ENTRY, 'note: "', 'note: "Lorem ipsum ', "left to be filled in"),
        ("intake.toml", "Never send", "XXX Never send", "left to be filled in"),
    ],
)
def test_what_would_be_shown_as_it_is_written_is_told(
    shipped: Path, name: str, before: str, after: str, words: str
) -> None:
    """A fact is filled in within the text of Markdown files, and nowhere else."""
    change(shipped, name, before, after)
    ((file, _, message),) = told(shipped)
    assert file == name
    assert words in message


@pytest.mark.parametrize("word", ["TODO: more", "It is TBD.", "XXX", "FIXME", "lorem ipsum dolor"])
def test_words_to_fill_in_are_told_unless_they_are_a_draft_or_code(
    shipped: Path, word: str
) -> None:
    """A draft is for its authors."""
    text = (shipped / ANSWER).read_text(encoding="utf-8")
    (shipped / ANSWER).write_text(f"{text}\n{word}\n", encoding="utf-8")
    (problem,) = unfinished_words(shipped)
    assert (problem.file, problem.field) == (ANSWER, "text")
    (shipped / ANSWER).write_text(f"{text}\n`{word}`\n", encoding="utf-8")
    assert list(unfinished_words(shipped)) == []
    draft = f"{text}\n{word}\n".replace("title:", "status: draft\ntitle:", 1)
    (shipped / ANSWER).write_text(draft, encoding="utf-8")
    assert list(unfinished_words(shipped)) == []


def _renamed(folder: Path) -> Problem:
    (problem,) = [item for item in check(folder, now=NOW) if item.field != "text"]
    return problem


@pytest.mark.long
def test_a_renamed_answer_hears_of_aliases(shipped: Path) -> None:
    """So that the addresses which holders have kept still lead there."""
    (shipped / "faq/ratio").rename(shipped / "faq/the-rate")
    change(shipped, "faq/decimals/en.md", "\n---\n\n", "\n---\n\nSee [it](/faq/ratio). ")
    messages = [message for _, _, message in told(shipped)]
    assert all("aliases: [ratio]" in message for message in messages)
    change(shipped, "faq/the-rate/en.md", "category:", "aliases: [ratio]\ncategory:")
    assert "it is the-rate now" in _renamed(shipped).message


@pytest.mark.long
def test_a_renamed_statement_hears_of_its_new_id(shipped: Path) -> None:
    """With an alias the new one is named."""
    new = "2025-11-13-limit-of-pools"
    (shipped / ENTRY).rename(shipped / f"policy/{new}.md")
    assert all("aliases: [2025-11-13-pool-limit]" in message for _, _, message in told(shipped))
    change(shipped, f"policy/{new}.md", "said_on", "aliases: [2025-11-13-pool-limit]\nsaid_on")
    assert all(f"it is {new} now" in message for _, _, message in told(shipped))
