"""How long a text is as Mastodon counts. Pure.

Characters count as a reader sees them, every link as 23 and of an account elsewhere only its local
part (Mastodon's `StatusLengthValidator`). Where that cannot be told apart here, a text counts as
longer than the network says, never as shorter.
"""

from __future__ import annotations

import re
import unicodedata

from trustops.channels.rules import PostLimits

_LINK = re.compile(r"https?://(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[/?#][^\s]*[^\s.,;:!?)\"'])?/?")
_ACCOUNT = re.compile(r"(?<![\w@/])(@\w+)@[\w.-]+\w")
_MARKS = frozenset({"Mn", "Me"})


def length(text: str, limits: PostLimits) -> int:
    """How many characters a text has as Mastodon counts them."""
    shortened = _ACCOUNT.sub(r"\1", _LINK.sub("x" * limits.link, text))
    composed = unicodedata.normalize("NFC", shortened)
    return sum(unicodedata.category(character) not in _MARKS for character in composed)
