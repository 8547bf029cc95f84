"""What stands where a secret stood: in stored words, and while the words around it are read."""

from __future__ import annotations

import re

from trustops.guard.kinds import SecretKind

PLACEHOLDER = re.compile(r"\[REDACTED:\w+\]")
BREAK = "[redacted]"
"""A placeholder without the words of its kind, some of which are on the list."""


def placeholder(kind: SecretKind) -> str:
    """What stands where a secret stood."""
    return f"[REDACTED:{kind}]"


def without_placeholders(text: str) -> str:
    """The text as it is looked at: a placeholder parts words, and is none itself."""
    return PLACEHOLDER.sub(BREAK, text)
