"""File names that nothing reads, in words that say how to name the file instead. Pure.

Windows hides endings, word processors save their own, and capitals come by themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePath

LONGEST_ID = 48
"""Characters of an id, which is part of a public address for ever."""

_ENDING = re.compile(
    r"(?P<stem>.+)\.(?:md|markdown|txt|text|toml|tml|docx?|odt|rtf|pages|html?|pdf|json|ya?ml)",
    re.IGNORECASE,
)
_OF_A_PROGRAM = frozenset({".doc", ".docx", ".odt", ".rtf", ".pages", ".pdf", ".htm", ".html"})
_PICTURES = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".heic", ".bmp", ".tiff", ".mp4", ".mov"}
)
_COPY = re.compile(
    r"(?i:[\s_-]*(?:\(\d+\)|\bcopy(?:\s?\d+)?|\bfinal|\bnew|\bv\d+)\s*)+\Z|^copy of "
)


def stem_of(name: str) -> str:
    """A file name without its ending, or without all of them, as in `en.md.txt`."""
    while match := _ENDING.fullmatch(name):
        name = match["stem"]
    return name


def id_meant(name: str) -> str:
    """The id that a name stands for: small letters and digits with `-` between; may be empty."""
    plain = unicodedata.normalize("NFKD", stem_of(name)).casefold()
    words = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "-".join(re.findall(r"[a-z0-9]+", words))[:LONGEST_ID].strip("-")


def wrong_name(name: str, meant: str, beside: Collection[str] = ()) -> str:
    """What to do about a file that nothing reads under its name.

    Args:
        name: the name that it has.
        meant: the one that it should have; empty where nobody knows.
        beside: the names of the files beside it.
    """
    ending = PurePath(name).suffix.lower()
    if ending in _PICTURES:
        return "is a picture, which no page shows; take it out of this folder"
    if meant in beside:
        return f"is read by nothing; {meant} is there beside it, so take this one out"
    original = _COPY.sub("", stem_of(name)) + PurePath(meant or name).suffix
    if original in beside and original != name:
        return f"is read by nothing; it looks like a copy of {original}, so take it out"
    if not meant:
        return ""
    if ending in _OF_A_PROGRAM:
        return f"is no plain text, so nothing reads it; save its words as plain text in {meant}"
    return f"is read by nothing under this name; rename it to {meant}"
