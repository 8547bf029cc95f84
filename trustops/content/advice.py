"""What to write instead of a sign or a value, by its form: the tables of `advice.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from trustops.content.blocks import FACT_MARK

Advice = Sequence[tuple[re.Pattern[str], str]]
"""Forms with what is wrong with them, in the order in which they are looked for."""

_PARTS = {"«opens»": rf"(?:/|#|https?:|www\.|{FACT_MARK})"}
"""What several forms share."""


def _compiled(form: str) -> re.Pattern[str]:
    for name, part in _PARTS.items():
        form = form.replace(name, part)
    return re.compile(form)


ADVICE: Mapping[str, Advice] = {
    name: tuple((_compiled(row["form"]), row["words"]) for row in rows)
    for name, rows in tomllib.loads(
        Path(__file__).with_name("advice.toml").read_text(encoding="utf-8")
    ).items()
}
"""The tables by name: `links`, `signs` and `values`."""
