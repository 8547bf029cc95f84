"""The demo's contracts: what is shipped compiled is what the sources say.

Run as a module, `python -m tests.demo.test_contracts`, this writes the artefacts anew.
"""

from __future__ import annotations

import json
from typing import Any

from vyper import compile_code

from trustops.demo.chain import artefacts


def compiled() -> dict[str, dict[str, Any]]:
    """Every source compiled now, by its name."""
    return {
        source.stem: compile_code(
            source.read_text(encoding="utf-8"), output_formats=["abi", "bytecode"]
        )
        for source in sorted(artefacts.FOLDER.glob("*.vy"))
    }


def test_the_artefacts_are_the_sources_compiled() -> None:
    """A source that was changed without compiling it is found here."""
    shipped = json.loads(artefacts.FILE.read_text(encoding="utf-8"))
    assert compiled() == shipped


def test_the_migrator_tells_what_it_does_in_two_events() -> None:
    """The pack of the demo names both of them."""
    events = {item["name"] for item in artefacts.load("migrator").abi if item["type"] == "event"}
    assert events == {"Migrated", "Returned"}


if __name__ == "__main__":
    text = json.dumps(compiled(), indent=1, sort_keys=True)
    artefacts.FILE.write_text(f"{text}\n", encoding="utf-8")
