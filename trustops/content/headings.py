"""The addresses of sections: an id given by hand, or one made of the words of the heading alone.

Made of the words, in whatever script they are, an address stays when another heading is put
before it. Letters are those of Unicode, so a browser shows `#마감` as it is written.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from markdown_it.token import Token

_GIVEN = re.compile(r"\s*\{:?\s*#(?P<id>[^\s{}#]+)\s*\}\s*\Z")
_LIKE_AN_ID = re.compile(
    r" {0,3}#{1,6} .*?(?P<braces>(?:\{:?|\[)\s*(?:#\s*[^\W\d]|\.\w|id\s*=)[^{}\[\]]*[}\]]?"
    r"|\{[^{}]+\})\s*$"
)
_BEFORE_AN_ID = re.compile(r"[\[{:\s]*(?:id\s*=|[#.]+)?[\s\"'#]*")
_SIGNS = str.maketrans({"#": " sharp ", "+": " plus "})
_AFTER_LETTER = re.compile(r"(?<=\w)[#+]+(?!\w)")
LONGEST = 100
"""Characters of an address; a heading may be longer."""


def split_anchor(tokens: Sequence[Token]) -> str:
    """Take `{#id}` off the end of a heading; gives the id, empty where there is none to take."""
    last = tokens[-1] if tokens else None
    if last is None or last.type != "text":
        return ""
    match = _GIVEN.search(last.content[-200:])
    if match is None or not is_anchor(match["id"]):
        return ""
    last.content = last.content[: len(last.content) - len(match.group())]
    return match["id"]


def braces_of_id(line: str) -> str:
    """What stands at the end of a heading for its address, right or not; empty without any."""
    match = _LIKE_AN_ID.match(line)
    return match["braces"] if match else ""


def wrong_id(braces: str) -> str:
    """What is wrong with the address that a heading is given; empty where nothing is."""
    given = _GIVEN.fullmatch(braces)
    if not braces or (given and is_anchor(given["id"])):
        return ""
    words = re.sub(r"[\]}\"'\s]+\Z", "", _BEFORE_AN_ID.sub("", braces, count=1))
    fix = f"write {{#{spelled(words)}}}, or take it out" if words else "take it out"
    return f"has {braces}, which gives the heading no address; {fix}"


def spelled(title: str) -> str:
    """The address that a heading has by its words: its letters and digits, small, `-` between.

    `C#` is `c-sharp`, so that it is not taken for `C`. A heading of signs alone gets an address
    that depends on these signs.
    """
    plain = unicodedata.normalize("NFKC", title).casefold()
    plain = _AFTER_LETTER.sub(lambda signs: signs.group().translate(_SIGNS), plain)
    words = "".join(letter if _is_letter(letter) else " " for letter in plain).split()
    name = unicodedata.normalize("NFC", "-".join(words))[:LONGEST].strip("-")
    if name:
        return name
    digest = hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"section-{digest}" if title else "section"


def is_anchor(name: str) -> bool:
    """Whether an id can be an address: letters and digits in small letters, `-` between."""
    parts = name.split("-")
    return (
        name == name.casefold()
        and len(name) <= 2 * LONGEST
        and all(part and all(_is_letter(letter) for letter in part) for part in parts)
    )


def _is_letter(letter: str) -> bool:
    """Letters, digits, and the marks that many scripts write vowels with."""
    return unicodedata.category(letter)[0] in "LNM"
