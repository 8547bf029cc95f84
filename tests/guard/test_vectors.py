"""The examples of `vectors.json` hold here, and in browsers (`tests/e2e/test_guard.py`)."""

from __future__ import annotations

import pytest

from tests.guard.languages import BIP39
from tests.guard.vectors import Vector, vectors
from trustops.guard import find_secrets, redact

VECTORS = vectors()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_an_example_holds(vector: Vector) -> None:
    """What is expected is found, and nothing else; what is in doubt is in doubt."""
    found = [(item.kind.value, item.is_certain) for item in find_secrets(vector.text)]
    assert found == vector.verdict
    assert (redact(vector.text) != vector.text) == bool(vector.expected)


def test_there_are_examples_of_every_sort() -> None:
    """Enough to hold a second implementation to the first, in every language."""
    assert sum(not vector.expected for vector in VECTORS) >= 300
    assert sum("recovery_phrase" in vector.expected for vector in VECTORS) >= 300
    assert sum("private_key" in vector.expected for vector in VECTORS) >= 80
    assert sum(bool(vector.asked) for vector in VECTORS) >= 40
    refused = {vector.name for vector in VECTORS if vector.expected and not vector.asked}
    for lexicon in BIP39:
        assert sum(lexicon.language in name for name in refused) >= 15
