"""The patterns of `outgoing.toml`, read once: what asks, what denies, what promises."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trustops.guard.outgoing_reasons import Code

_FILE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("outgoing.toml").read_text(encoding="utf-8")
)
_NAME = re.compile("«([a-z_]+)»")


def _whole(pattern: str) -> str:
    """A pattern with every part that it names put in, and the parts of those."""
    return _NAME.sub(lambda match: _whole(_FILE["parts"][match[1]]), pattern)


def _compiled(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_whole(pattern)) for pattern in patterns)


WEIGH: Mapping[str, re.Pattern[str]] = {
    name: re.compile(_whole(pattern)) for name, pattern in _FILE["weigh"].items()
}
"""What is weighed for and against an ask, by name."""

ASKS: tuple[tuple[Code, str, re.Pattern[str]], ...] = tuple(
    (Code(ask["code"]), ask["language"], re.compile(_whole(ask["pattern"])))
    for ask in _FILE["asks"]
)
"""What asks, by its kind and language; each within one sentence."""

EXCUSE = re.compile(_whole(_FILE["nets"]["excuse"]))
"""What makes a warning of a sentence that a net would hold."""

CLAUSE = re.compile(_whole(_FILE["nets"]["clause"]))
"""Where what excuses the words of a sentence ends."""

SOOTHES = re.compile(_whole(_FILE["nets"]["soothes"]))
"""What calms a reader and denies no ask."""

PROTECTS = re.compile(_whole(_FILE["nets"]["protects"]))
"""What makes a word about a secret one about keeping it."""

NETS: tuple[tuple[Code, re.Pattern[str]], ...] = tuple(
    (Code(net["code"]), re.compile(_whole(net["pattern"]))) for net in _FILE["nets"]["hold"]
)
"""What a phished answer turns about though it asks for nothing outright."""

ENGLISH = frozenset(_FILE["nets"]["languages"]["english"].split())
"""Words of English sentences, some of which other languages have too."""

OTHER_LANGUAGES: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split()) for words in _FILE["nets"]["languages"]["words"].split("|")
)
"""Words of sentences in languages in which no ask is known, one set for each."""

TELLS_ALONE = frozenset(_FILE["nets"]["languages"]["alone"].split())
"""Words of which one is enough where a sentence has no word of English."""

OTHER_SECRETS = re.compile(_FILE["nets"]["languages"]["secrets"])
"""Words for phrases and wallets in those languages."""

DATES = _compiled(_FILE["promises"]["dates"])
AMOUNTS = _compiled(_FILE["promises"]["amounts"])
"""Promises of a moment and of an amount."""
