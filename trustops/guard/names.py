"""Names of sites, mailboxes and accounts in a text: their letters are no words of a phrase.

Somebody who tells of `t.me/eliza_help` says nothing of a phrase, though *help* is on the list.
"""

from __future__ import annotations

import re

from trustops.guard.words import ENGLISH

FEWEST_OF_A_PHRASE = 5
"""List words in a name that are rather a phrase, parted by the signs of an address."""

NOBODY = "xxx"
"""What stands for a name."""

_NAME = re.compile(
    r"(?i:https?://[^\s<>\"']+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|(?<![\w/])@\w+"
    r"|(?<![\w.-])(?:[\w-]{1,63}\.){1,8}"
    r"(?:com|org|net|io|ai|app|xyz|me|gg|co|dev|info|eth|sol|tv|site|top|example|[a-z]{2}(?=/))"
    r"(?![\w.-]*\w)(?:/[^\s<>\"']*)?|(?<!\w)[^\W_]{1,64}(?:_[^\W_]{1,64}){1,8})"
)
_PART = re.compile(r"[a-z]{2,}")


def _blank(match: re.Match[str]) -> str:
    if len(match[0]) <= len(NOBODY):
        return match[0]
    parts = _PART.findall(match[0].lower())
    listed = sum(part in ENGLISH.words for part in parts)
    is_phrase = listed >= FEWEST_OF_A_PHRASE or listed == len(parts)
    return match[0] if is_phrase else NOBODY + " " * (len(match[0]) - len(NOBODY))


def without_names(text: str) -> str:
    """The text with a word that is on no list for each of its names, of the same length."""
    return _NAME.sub(_blank, text) if "." in text or "@" in text or "_" in text else text
