"""The demo's contracts, compiled beforehand: vyper is needed to change them, not to run them.

`tests/demo/test_contracts.py` compiles the sources anew and compares; after a change run
`python -m tests.demo.test_contracts`, which writes what it compiled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "contracts"
FILE = FOLDER / "artefacts.json"


@dataclass(frozen=True, slots=True)
class Artefact:
    """A contract as a chain takes it."""

    abi: Sequence[Mapping[str, Any]]
    bytecode: str


def load(name: str) -> Artefact:
    """The compiled contract with the name of its source, such as `token`."""
    made = json.loads(FILE.read_text(encoding="utf-8"))[name]
    return Artefact(made["abi"], made["bytecode"])
