"""What an author left to fill in, in words that readers see: `TODO`, sample text, empty braces.

Told by the check alone: a page that says `TBD` is better than none. Drafts may hold such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from trustops.content.braces import PLAIN_BRACES, braces_in
from trustops.content.fences import without_code
from trustops.content.fronts import Plain, plain_files
from trustops.content.prose import FACT
from trustops.content.toml_places import Where, strings_of
from trustops.content.values import Problem

_TO_DO = re.compile(
    r"(?<![\w$#@-])(?:TODO|TO-DO|TBD|TBC|TBA|FIXME|X{3,}|lorem ipsum|[Ll]orem(?= ipsum\b|\b)|"
    r"(?i:\[?(?:insert|fill in|your text|placeholder)\b[^\]\n]{0,30}\])|\?{3,})(?![\w-])"
)
_BRACE = re.compile(r"\{[^{}\n]{0,60}\}")
_OF_CODE = frozenset({"abi", "call", "meaning"})
"""Fields of packs that hold what machines read."""


def unfinished_words(folder: Path) -> Iterator[Problem]:
    """Every place that waits to be filled in; the operator may wait, as pages say so."""
    for plain in plain_files(folder):
        if plain.values.get("status") in {"draft", "withdrawn"}:
            continue
        for where, words in strings_of(plain.values, ()):
            yield from _in_a_field(plain, where, words)
        for number, line in enumerate(without_code(plain.body.split("\n")).lines):
            if match := _TO_DO.search(line):
                words = _said(match.group())
                yield Problem(plain.file, plain.body_line + number, "text", words)


def _in_a_field(plain: Plain, where: Where, words: str) -> Iterator[Problem]:
    if plain.file == "site.toml" and str(where[:1]).casefold() == "('operator',)":
        return
    if match := _TO_DO.search(words):
        told = _said(match.group())
        is_page = plain.file.endswith(".md")
        yield plain.at(where, told if is_page else told.partition(", or set status")[0])
    is_code = bool(_OF_CODE.intersection(where))
    if is_code or FACT.search(words) or any(braces_in(words)):
        return
    if match := _BRACE.search(words.translate(PLAIN_BRACES)):
        told = f"has {match.group()}, which is shown as it is written; write the words themselves"
        yield plain.at(where, told)


def _said(word: str) -> str:
    return f"has {word}, left to be filled in; write what belongs there, or set status: draft"
