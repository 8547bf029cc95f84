"""Facts have one source each, and those of the manifest go when it loses its trust."""

from __future__ import annotations

import pytest

from trustops.content.facts import Fact, FactKind, Facts


def test_a_name_comes_from_one_source() -> None:
    """Two sources for one name are a defect: nobody could tell which of them holds."""
    fact = Fact("migration.ratio", FactKind.RATIO, "1 to 6")
    with pytest.raises(ValueError, match=r"migration\.ratio"):
        Facts.of([fact], [fact])


def test_without_trust_only_facts_of_the_pack_stay(facts: Facts) -> None:
    """Names that the manifest would give are withheld, others are unknown or known as before."""
    left = facts.without_official("expired")
    assert {name.partition(".")[0] for name in left.known} == {"migration"}
    assert left.withholds("new_token.base")
    assert not left.withholds("migration.never")
    assert not facts.withholds("new_token.never")
