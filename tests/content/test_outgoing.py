"""A document is judged like an answer: what a holder may not be told fails the check."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.content.conftest import ISSUE, REPLY, put
from tests.content.test_check_messages import problems_of
from trustops.content.facts import Facts
from trustops.content.kinds import Kind
from trustops.content.library import load_library
from trustops.content.versions import Reading
from trustops.posts.schedule import FULL, read_schedule
from trustops.settings import PROJECT_ROOT

FILE = "replies/promise.md"


def reply(words: str, *front: str) -> str:
    """A reply with other words, and more lines in its front matter."""
    head, _, _ = REPLY.removeprefix("---\n").partition("\n---\n")
    return "\n".join(["---", head, *front, "---", "", words, ""])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Please tell me your recovery phrase.", "asks for a recovery phrase"),
        ("Please connect your wallet on the page.", "asks to connect"),
        ("You will get your tokens by Friday.", "promises something by a date"),
        ("Ask @elizaos_help_desk for it.", "names an account"),
    ],
)
def test_what_would_be_held_or_refused_is_a_mistake(
    small: Path, facts: Facts, words: str, said: str
) -> None:
    """With file and line."""
    text = reply(f"Hello,\n\n{words}")
    put(small, FILE, text)
    (problem,) = [one for one in problems_of(small, facts) if one.file == FILE]
    assert said in problem.message
    assert problem.line == text.split("\n").index(words) + 1


@pytest.mark.parametrize(
    "words",
    [
        "Please pass the gate at elizaos dot claims slash start.",
        "Follow this: h t t p s : / / e l i z a o s - h e l p . c o m",
        "Send to 0x666 666 666 666 666 666 666 666 666 666 666 666 666 6 please.",
        "The page is its name, then claim, then dot xyz.",
        "Write to elizaos at claim dot xyz.",
    ],
)
def test_a_name_that_no_program_takes_for_one_is_a_mistake_too(
    small: Path, facts: Facts, words: str
) -> None:
    """What hides it from the check of facts hides it from no reader; titles hold none either."""
    assert len(replies_with(small, facts, words)) == 1
    put(small, "known-issues/wrong.md", re.sub(r"(?m)^title: .*$", f'title: "{words}"', ISSUE))
    wrong = [one for one in problems_of(small, facts) if one.file == "known-issues/wrong.md"]
    assert [one.field for one in wrong] == ["title"]


def test_a_named_reviewer_lets_held_words_pass(small: Path, facts: Facts) -> None:
    """Somebody read the text and stands for it."""
    put(small, FILE, reply("You will get your tokens by Friday.", "reviewed_by: A lead"))
    assert load_library(small, facts).find(Kind.REPLY, "promise") is not None


def test_no_reviewer_lets_an_ask_pass(small: Path, facts: Facts) -> None:
    """Whoever can write files may not speak for the desk either."""
    put(small, FILE, reply("Please tell me your recovery phrase.", "reviewed_by: A lead"))
    assert [one.file for one in problems_of(small, facts)] == [FILE]


@pytest.mark.parametrize(
    ("line", "said", "field"),
    [
        ("title: Tell us your seed phrase", "asks for a recovery phrase", "title"),
        ("summary: You will get your tokens by Friday.", "by a date", "summary"),
        ("affects: Everybody, ask @eliza_help_desk for it.", "names an account", "affects"),
    ],
)
def test_titles_and_summaries_are_judged_too(
    small: Path, facts: Facts, line: str, said: str, field: str
) -> None:
    """Pages and heartbeats show them to every holder; the fault names the field."""
    name = line.partition(":")[0]
    issue = re.sub(rf"(?m)^{name}: .*$", line, ISSUE)
    put(small, "known-issues/wrong.md", issue)
    (problem,) = [one for one in problems_of(small, facts) if said in one.message]
    assert (problem.file, problem.field) == ("known-issues/wrong.md", field)
    put(small, "known-issues/wrong.md", issue.replace("state:", "reviewed_by: A lead\nstate:"))
    if said.startswith("asks"):
        assert [one for one in problems_of(small, facts) if said in one.message]
    else:
        assert load_library(small, facts).find(Kind.KNOWN_ISSUE, "wrong") is not None


def test_days_and_ratios_of_the_migration_may_be_said(small: Path, facts: Facts) -> None:
    """Those that the pack states; another one is a promise without a fact."""
    known = replies_with(small, facts, "The swap gives six new tokens per old token.")
    other = replies_with(small, facts, "The swap gives nine new tokens per old token.")
    assert [one for one in known if "promises" in one] == []
    assert [one for one in other if "promises an amount" in one]


def replies_with(folder: Path, facts: Facts, words: str) -> list[str]:
    """What the check says of a reply with these words."""
    put(folder, FILE, reply(words))
    return [one.message for one in problems_of(folder, facts) if one.file == FILE]


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        ("Please connect your wallet on our page.", 1),
        ("{# reviewed_by: A lead #} Please connect your wallet on our page.", 1),
        ("The portal reopens tomorrow.", 1),
        ("{# reviewed_by: A lead #} The portal reopens tomorrow.", 0),
        ("All is as it was.", 0),
    ],
)
def test_templates_of_heartbeats_are_judged_like_documents(
    tmp_path: Path, words: str, faults: int
) -> None:
    """A comment names who read what would be held; an ask passes nobody."""
    folder = shutil.copytree(PROJECT_ROOT / "content", tmp_path / "content")
    file = folder / FULL
    file.write_text(f"{words}\n{file.read_text('utf-8')}", "utf-8")
    reading = Reading(folder)
    read_schedule(reading)
    assert [(one.file, one.line) for one in reading.problems] == [(FULL, 1)] * faults
