"""A small content folder that a test may change, and the facts that its words may name."""

from __future__ import annotations

from pathlib import Path

import pytest

from trustops.content.facts import Fact, FactKind, Facts

EVM = "0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B"

SITE = """\
name = "Example desk"
short_name = "Desk"
reference_prefix = "EX"
locales = ["en", "ko"]
migration = "example"
"""

INTAKE = """\
[[topics]]
id = "other"
title = "Something else"
"""

PAGE = """\
---
title: Safety
summary: What nobody of us ever does.
updated: 2026-11-23
---

Words.

## Never {#never}

Nobody asks for a phrase. See [the answer](/faq/ratio).
"""

ANSWER = """\
---
title: "How many?"
summary: One fixed ratio.
updated: 2026-11-23
category: tokens
order: 20
statements: [said-once]
aliases: [rate]
---

It was {{ fact.migration.ratio }}. The token is {{ fact.new_token.base }}.
"""

STATEMENT = """\
---
title: It was said
updated: 2026-11-23
said_on: 2025-11-13
speaker: A helper
said_in: A summary
topic: eligibility
quote: "before 2026-02-04 at 1:6"
evidence:
  grade: D
  note: "Second-hand."
  checked: 2026-11-22
standing: unclear
---

Words on it.
"""

ISSUE = """\
---
title: Something does not work
summary: It is being looked at.
updated: 2026-11-23
state: open
since: 2026-11-01
affects: Some holders.
evidence: {grade: A, url: "https://example.org/x", checked: 2026-11-22}
---

What to do: wait.
"""

REPLY = """\
---
title: Thanks
updated: 2026-11-23
topic: other
order: 10
---

Hello, please [read this](/safety#never).
"""

FILES = {
    "site.toml": SITE,
    "intake.toml": INTAKE,
    "pages/safety/en.md": PAGE,
    "faq/ratio/en.md": ANSWER,
    "policy/said-once.md": STATEMENT,
    "known-issues/stuck.md": ISSUE,
    "replies/thanks.md": REPLY,
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """One document of each kind, all valid."""
    folder = tmp_path / "content"
    for name, text in FILES.items():
        put(folder, name, text)
    return folder


@pytest.fixture
def facts() -> Facts:
    """What a trusted manifest and a pack give."""
    return Facts.of(
        [
            Fact("new_token.base", FactKind.ADDRESS, EVM, chain="base"),
            Fact("new_token.solana", FactKind.ADDRESS, "So1anaAddress", chain="solana"),
            Fact("domain.docs", FactKind.DOMAIN, "docs.example.org"),
            Fact("handle.x", FactKind.HANDLE, "@example_desk_"),
        ],
        [
            Fact("migration.ratio", FactKind.RATIO, "1 to 6"),
            Fact("migration.closed", FactKind.DATE, "4 February 2026", instant="2026-02-04"),
            Fact(
                "migration.snapshot",
                FactKind.INSTANT,
                "11 November 2025, 11:40 UTC",
                instant="2025-11-11T11:40:00Z",
            ),
        ],
    )


def put(folder: Path, name: str, text: str) -> None:
    """Write a file of the content folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
