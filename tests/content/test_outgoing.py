"""A document is judged like an answer: what a holder may not be told fails the check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.conftest import REPLY, put
from tests.content.test_check_messages import problems_of
from trustops.content.facts import Facts
from trustops.content.kinds import Kind
from trustops.content.library import load_library

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


def test_a_named_reviewer_lets_held_words_pass(small: Path, facts: Facts) -> None:
    """Somebody read the text and stands for it."""
    put(small, FILE, reply("You will get your tokens by Friday.", "reviewed_by: A lead"))
    assert load_library(small, facts).find(Kind.REPLY, "promise") is not None


def test_no_reviewer_lets_an_ask_pass(small: Path, facts: Facts) -> None:
    """Whoever can write files may not speak for the desk either."""
    put(small, FILE, reply("Please tell me your recovery phrase.", "reviewed_by: A lead"))
    assert [one.file for one in problems_of(small, facts)] == [FILE]
