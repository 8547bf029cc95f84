"""Who answers for this desk, in the words that readers see: what nobody named is said to be so.

Every public page has them at its foot, and prose may name them as `operator.name`,
`operator.relation` and `operator.contact`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from trustops.content.facts import NOT_NAMED, Fact, FactKind
from trustops.content.operator import Operator


def in_words(operator: Operator, *, demo: bool = False) -> Operator:
    """The operator as readers see them; of one who is not named, nothing.

    Args:
        operator: as `site.toml` names them.
        demo: whether this is a demo, whose own operator counts there alone.
    """
    if not operator.is_named(demo=demo):
        return Operator(NOT_NAMED, NOT_NAMED, NOT_NAMED)
    return Operator(operator.name, _or_not(operator.relation), _or_not(operator.contact))


def facts(operator: Operator, *, demo: bool = False) -> Mapping[str, Fact]:
    """The same as facts that prose may name."""
    words = asdict(in_words(operator, demo=demo))
    named = {f"operator.{name}": text for name, text in words.items()}
    return {name: Fact(name, FactKind.TEXT, text) for name, text in named.items()}


def _or_not(text: str) -> str:
    """A text of the table; what is blank or waits to be filled in says nothing, as in a name."""
    return text if Operator(text).is_named(demo=True) else NOT_NAMED
