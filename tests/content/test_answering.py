"""Who answers for a site, in the words of its pages: what nobody named is said to be so."""

from __future__ import annotations

import pytest

from trustops.content.answering import facts, in_words
from trustops.content.facts import NOT_NAMED, Facts
from trustops.content.operator import DEMO_OPERATOR, NOBODY, Operator

SOMEBODY = Operator("Example Foundation", "It issued the token.", "The form on this site.")
SAID_OF_NOBODY = Operator(NOT_NAMED, NOT_NAMED, NOT_NAMED)


def test_somebody_is_told_as_the_file_has_it() -> None:
    """Name, relation to the project, contact."""
    assert in_words(SOMEBODY) == SOMEBODY


@pytest.mark.parametrize(
    "operator",
    [NOBODY, Operator("not named yet", "the team", "a form"), Operator("TODO", "x", "y")],
)
def test_without_a_name_nothing_is_told_of_them(operator: Operator) -> None:
    """A relation or a contact of nobody would pass for somebody's."""
    assert in_words(operator) == SAID_OF_NOBODY


@pytest.mark.parametrize("blank", ["", "  ", "TBD", "not named yet"])
def test_what_is_missing_beside_a_name_is_said_to_be_missing(blank: str) -> None:
    """The reader learns that there is no contact, rather than read an empty line."""
    assert in_words(Operator("C", blank, blank)) == Operator("C", NOT_NAMED, NOT_NAMED)


def test_the_demo_is_named_in_a_demo_alone() -> None:
    """Elsewhere nobody runs it."""
    demo = Operator(DEMO_OPERATOR, "A demonstration.", "Nobody: this is a demonstration.")
    assert in_words(demo, demo=True) == demo
    assert in_words(demo) == SAID_OF_NOBODY


def test_prose_may_always_ask_who_answers() -> None:
    """Also while the manifest is withheld, and where nobody told."""
    told = Facts(of_site=facts(SOMEBODY)).without_official("not signed yet")
    fact = told.find("operator.contact")
    assert fact is not None
    assert fact.text == SOMEBODY.contact
    asked = Facts().find("operator.name")
    assert asked is not None
    assert asked.text == NOT_NAMED
