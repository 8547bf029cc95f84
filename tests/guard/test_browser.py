"""What the guard of browsers is given: every list, and every pattern in their notation.

That the script comes to the same verdicts is shown in a browser (`tests/e2e/test_guard.py`).
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from trustops import guard
from trustops.guard import ADVICE, QUESTIONS, SecretKind
from trustops.guard.advice import WARNINGS, WARNINGS_IN_DOUBT
from trustops.guard.browser import browser_data
from trustops.guard.browser_patterns import for_browsers
from trustops.guard.words import CHINESE, LEXICONS, PHRASE_LANGUAGES

LARGEST_PACKED = 110_000
AT_WORD = r"(?:(?<=[\p{L}\p{N}_])(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_])(?=[\p{L}\p{N}_]))"


def test_the_document_holds_every_list_in_its_order() -> None:
    """All ten of BIP-39, and SLIP-39: none is left to the server alone."""
    data = json.loads(browser_data())
    given = {item["language"]: item["listed"].split(" ") for item in data["lexicons"]}
    given |= {item["language"]: item["listed"].split(" ") for item in data["chinese"]}
    assert given == {lexicon.language: list(lexicon.listed) for lexicon in (*LEXICONS, *CHINESE)}
    assert set(PHRASE_LANGUAGES) <= set(given)


def test_the_document_is_small_enough_for_a_phone() -> None:
    """Packed, as it goes over the line, once for each version."""
    assert len(gzip.compress(browser_data(), 6)) < LARGEST_PACKED


def test_a_warning_begins_as_the_refusal_does_and_claims_nothing_that_did_not_happen() -> None:
    """One voice before and after; before, nothing has passed through any network."""
    for warnings, refusals in ((WARNINGS, ADVICE), (WARNINGS_IN_DOUBT, QUESTIONS)):
        for kind, words in warnings.items():
            assert words.split(". ")[0].split("? ")[0] in refusals[kind]
            assert "has not left this page" in words
            assert "Nobody here will ever ask for it." in words
            assert "passed through" not in words
    assert set(WARNINGS) == set(SecretKind)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (r"(?P<digits>[0-9a-f]{60,})", r"(?<digits>[0-9a-f]{60,})"),
        (r"[^\W\d_]", r"[[^[[^\p{L}\p{N}_]]\p{Nd}\x5f]]"),
        (r"[\s:,;\-_./]", r"[\s\x3a\x2c\x3b\x2d\x5f\x2e\x2f]"),
        (r"[^]-]a-z", r"[[^\x5d\x2d]]a-z"),
        (r"(?i:nsec1)[a-]", r"(?:[nN][sS][eE][cC]1)[a\x2d]"),
        (r"(?i:[a-z0-9]_)[a-z]", r"(?:[a-zA-Z0-9]_)[a-z]"),
        (r"(?<!\w)a$", r"(?<![\p{L}\p{N}_])a(?=\n?$)"),
        (r"a\Z", "a$"),
        (r"\bq{\u3000", rf"{AT_WORD}q\{{\u3000"),
        (r"\{a{2}\"\#", r"\{a{2}" + '"#'),
    ],
)
def test_a_pattern_is_written_as_browsers_read_it(ours: str, theirs: str) -> None:
    """Classes of all scripts, names, cases, ends; a dash and a bracket for themselves."""
    assert for_browsers(re.compile(ours)) == (theirs, "")


def test_a_dot_that_stands_for_line_ends_says_so() -> None:
    """The one flag that patterns of the room have."""
    assert for_browsers(re.compile("a.b", re.DOTALL)) == ("a.b", "s")


def test_what_no_browser_can_write_fails_aloud() -> None:
    """Rather than that a pattern means something else there."""
    with pytest.raises(ValueError, match="no browser knows"):
        for_browsers(re.compile(r"a\B"))


def test_the_script_names_no_number_that_the_document_lacks() -> None:
    """A number that moves to another module leaves the browser with none, and no error."""
    numbers = json.loads(browser_data())["numbers"]
    folder = Path(guard.__file__).parents[1] / "web" / "static" / "js" / "guard"
    for file in folder.glob("*.js"):
        script = file.read_text("utf-8")
        named = set(re.findall(r'guard\.number\("([\w.]+)"\)', script))
        for short, module in re.findall(r'(\w+) = guard\.numbersOf\("(\w+)"\)', script):
            own = re.findall(rf'(?<![\w.]){short}\("([A-Z_0-9]+)"\)', script)
            named |= {f"{module}.{name}" for name in own}
        assert named <= set(numbers), file.name
