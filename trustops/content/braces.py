"""Braces that were meant to name a fact, and would be shown to holders as they stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustops.content.prose import FACT

PLAIN_BRACES = str.maketrans("\uff5b\uff5d", "{}")
"""Braces of full width, which Chinese and Korean keyboards write, as plain ones."""

_OF_A_FACT = re.compile(
    r"\{{1,3}\s*\$?\s*(?:(?i:facts?)\b|[A-Za-z0-9_-]{1,48}\s?\.\s?[A-Za-z])[^{}\n]{0,80}\}{0,3}"
    r"|\[\[\s*(?i:facts?)\s*\.[^\[\]\n]{1,80}\]\]"
    r"|(?<![\w.{/-])fact\.[a-z0-9_]+(?:\.[a-z0-9_]+)+"
)
_PREFIX = re.compile(r"^[^A-Za-z0-9_]*(?i:(?:facts?\s*[.:]?\s*)*)")
_NAME = re.compile(r"[A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)+")


def braces_in(words: str) -> Iterator[str]:
    """What is wrong with the braces of one line, outside of code as within it."""
    left = FACT.sub("", words).translate(PLAIN_BRACES)
    for match in _OF_A_FACT.finditer(left):
        name = _NAME.search(_PREFIX.sub("", match.group()))
        fix = re.sub(r"\s", "", name.group()).lower() if name else "<name>"
        yield f"has braces that name no fact: {match.group()}; write {{{{ fact.{fix} }}}}"
