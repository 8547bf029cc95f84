"""The examples of `vectors.json` hold here, and for any other guard, such as one in the browser.

The file has phrases of list words and clean texts; keys are made in `samples.py` and never stored.
Each example: `name`, `text`, and `expected`, the kinds that are found.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trustops.guard import find_secrets, redact

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_an_example_holds(vector: dict[str, object]) -> None:
    """What is expected is found, and nothing else."""
    text = str(vector["text"])
    assert [finding.kind for finding in find_secrets(text)] == vector["expected"]
    assert (redact(text) != text) == bool(vector["expected"])


def test_there_are_examples_of_both_sorts() -> None:
    """Enough to hold a second implementation to the first."""
    expected = [vector["expected"] for vector in VECTORS]
    assert expected.count([]) >= 50
    assert expected.count(["recovery_phrase"]) >= 60
