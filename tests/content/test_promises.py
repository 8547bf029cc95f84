"""Promises that differ from the clock, each in its file."""

from __future__ import annotations

from pathlib import Path

from tests.content.conftest import PAGE, REPLY, STATEMENT, put
from trustops.content.promises import other_promises

SLA = """\
[[policies]]
name = "promise"
metric = "first_response"
target_hours = 48
"""
PACK = """\
[facts.promise]
kind = "text"
value = "48 hours"
checked = 2026-11-22
"""


def test_a_promise_is_told_in_its_file_with_what_the_clock_says(small: Path) -> None:
    """So that the author knows which of the two to mend."""
    put(small, "sla.toml", SLA)
    put(small, "replies/thanks.md", REPLY + "We answer within 24 hours.\n")
    (problem,) = other_promises(small)
    assert (problem.file, problem.line, problem.field) == ("replies/thanks.md", 9, "text")
    assert "48 hours" in problem.message


def test_the_promise_of_the_pack_and_of_a_summary_are_looked_at(small: Path) -> None:
    """Each where it stands; what others said promises nothing of ours."""
    put(small, "sla.toml", SLA.replace("48", "24"))
    put(small, "migrations/example.toml", PACK)
    summary = "We answer you within 48 hours."
    put(small, "pages/safety/en.md", PAGE.replace("What nobody of us ever does.", summary))
    put(small, "policy/said-once.md", STATEMENT + "We answer you within 72 hours.\n")
    assert [(item.file, item.line, item.field) for item in other_promises(small)] == [
        ("pages/safety/en.md", 3, "summary"),
        ("migrations/example.toml", 3, "facts.promise.value"),
    ]


def test_a_promise_of_the_pack_without_a_time_is_told(small: Path) -> None:
    """Pages would say it as the promise."""
    put(small, "sla.toml", SLA)
    put(small, "migrations/example.toml", PACK.replace("48 hours", "soon"))
    (problem,) = other_promises(small)
    assert "says no time" in problem.message
    assert '"48 hours"' in problem.message
