"""A small content folder with a file of every kind, and instances that show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from trustops.official.signing import sign_demo
from trustops.settings import Settings

OLD = "So11111111111111111111111111111111111111112"
NEW = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
DOMAIN = "migrate.example.org"

_FILES = {
    "site.toml": """\
name = "Example desk"
short_name = "Desk"
reference_prefix = "EX"
locales = ["en"]
migration = "example"

[operator]
name = "Example Foundation"
relation = "The foundation that issued the token."
contact = "The form on this site."
""",
    "intake.toml": """\
[[topics]]
id = "other"
title = "Something else"
""",
    "sla.toml": """\
[[policies]]
name = "promise"
metric = "first_response"
target_hours = 48
at_risk_percent = [50, 80]
""",
    "components.toml": """\
[[components]]
id = "desk"
name = "Answers"
description = "Whether people get an answer in time."
watches = "desk"

[[components]]
id = "official"
name = "Official addresses"
description = "Whether they can be verified."
watches = "official"
""",
    "migrations/example.toml": """\
id = "example"
name = "Old to new"

[window]
state = "closed"

[ratio]
numerator = 6
denominator = 1

[[chains]]
name = "solana"
kind = "solana"

[facts.snapshot]
kind = "date"
value = 2025-11-11
grade = "C"
evidence = "A statement of the project."
""",
    "exchanges/binance.toml": """\
name = "Binance"
products = "Spot"
who_acts = "unknown"
user_note = "Ask their support."
""",
    "official/source.toml": f"""\
project = "Example"

[[tokens]]
chain = "solana"
role = "old"
symbol = "OLD"
address = "{OLD}"

[[tokens]]
chain = "solana"
role = "new"
symbol = "NEW"
address = "{NEW}"

[[domains]]
id = "portal"
name = "{DOMAIN}"
""",
    "pages/migration-safety/en.md": """\
---
title: How to stay safe
summary: What is official, and what nobody of us ever asks for.
updated: 2026-11-20
---
The new token is {{ fact.new_token.solana }}, and the portal is {{ fact.domain.portal }}.

## Never {#never}

Nobody of us writes to you first.
""",
    "faq/is-it-over/en.md": """\
---
title: Is it over?
summary: Yes, the window is closed.
category: late
order: 1
updated: 2026-11-20
aliases: [over]
---
It is. The snapshot was taken on {{ fact.migration.snapshot }}.
[Stay safe](/migration-safety#never).
""",
    "faq/taken-back/en.md": """\
---
title: Was this right?
summary: No.
category: late
order: 2
updated: 2026-11-20
status: withdrawn
---
It was taken back.
""",
    "faq/not-yet/en.md": """\
---
title: Is this published?
summary: Not yet.
category: late
order: 3
updated: 2026-11-20
status: draft
---
A sentence that only a preview shows.
""",
    "policy/closed.md": """\
---
title: The window is closed
updated: 2026-11-20
said_on: 2026-04-12
speaker: The project
said_in: An issue
topic: window
evidence: {grade: C, note: "Read in a copy.", checked: 2026-11-20}
standing: in-force
---
It was declared complete.
""",
    "known-issues/copies.md": """\
---
title: Copies of our pages
updated: 2026-11-20
summary: Somebody copies our pages.
state: open
since: 2026-11-01
affects: Everybody.
evidence: {grade: C, note: "We saw them.", checked: 2026-11-20}
---
Type the address yourself.
""",
    "replies/late.md": """\
---
title: Too late
updated: 2026-11-20
topic: other
order: 1
---
The window is closed.
""",
}

BROKEN: dict[str, tuple[str, str, str]] = {
    "site.toml": ('name = "Desk"', 'name = "Desk"\nshort_nam = 3', "site.toml:3: short_nam"),
    "intake.toml": (
        'id = "other"',
        'id = "Other thing"',
        "intake.toml:2: id of the first [[topics]]",
    ),
    "sla.toml": (
        "target_hours = 48",
        "target_hours = 0",
        "sla.toml:4: target_hours of the first [[policies]]",
    ),
    "components.toml": (
        'watches = "official"',
        'watches = "the moon"',
        "components.toml:11: watches of the second [[components]]",
    ),
    "migrations/example.toml": (
        "numerator = 6",
        "numerator = -6",
        "migrations/example.toml:8: ratio.numerator",
    ),
    "exchanges/binance.toml": (
        'who_acts = "unknown"',
        'who_acts = "somebody"',
        "exchanges/binance.toml:3: who_acts",
    ),
    "pages/migration-safety/en.md": (
        "fact.new_token.solana",
        "fact.domain.nothing",
        "pages/migration-safety/en.md:6:",
    ),
    "faq/is-it-over/en.md": ("order: 1", "order: first", "faq/is-it-over/en.md:5: order"),
    "policy/closed.md": ("said_on: 2026-04-12", "said_on: spring", "policy/closed.md:4: said_on"),
    "known-issues/copies.md": (
        "Type the address",
        "Type https://evil.example",
        "known-issues/copies.md:10:",
    ),
    "replies/late.md": ("topic: other", "topics: other", "replies/late.md:"),
}
"""A fault for each file: what is there, what takes its place, and how the fault is named."""


def a_folder(folder: Path) -> Path:
    """Write the content folder; gives its path."""
    for name, text in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def damage(folder: Path, name: str) -> str:
    """Put the fault of a file in place; gives how it is named."""
    before, after, named = BROKEN[name]
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    return named


def showing(settings: Settings, folder: Path, now: datetime, *, signed: bool = True) -> Settings:
    """Settings of an instance that shows a folder, whose manifest is signed at that moment."""
    key = sign_demo(folder, settings.instance_dir, now) if signed else ""
    return replace(settings, content_dir=folder, official_key=key)
