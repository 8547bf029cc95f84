"""Signs of Markdown that are half typed or of another program: holders would be shown them. Pure.

They are looked for in what Markdown left of each block, so whatever it read is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustops.content.advice import ADVICE
from trustops.content.blocks import FACT_MARK, Block

_EMPTY_TASK = re.compile(r"[ xX]?\Z")
_ASIDE = re.compile(r"\d{1,3}(?:[,\s-]+\d{1,3})*\Z|sic\Z|\.{2,4}\Z|\u2026\Z|.\Z", re.IGNORECASE)
"""What stands in square brackets and is no link: a box, a number of a source, words left out."""

_QUOTED = re.compile(
    r'"[^"\n]*"|\u201c[^\u201d]*\u201d|\u300c[^\u300d]*\u300d|\u300e[^\u300f]*\u300f'
)


def left_signs(block: Block) -> Iterator[tuple[int, str]]:
    """What holders would be shown of the signs of a block.

    Yields:
        the line, from 1, and what to write instead.
    """
    yield from _empty_links(block)
    text = block.text
    for form, words in ADVICE["links"]:
        for match in form.finditer(text):
            if words and not _is_an_aside(match, block):
                yield block.line_at(match.start(), match.group()), _said(words, match)
        text = form.sub(lambda match: _blank(match, block), text)
    for form, words in ADVICE["signs"]:
        if first := form.search(text):
            yield block.line_at(first.start(), first.group()), _said(words, first)


def _empty_links(block: Block) -> Iterator[tuple[int, str]]:
    """Links that lead nowhere, and links that nobody sees."""
    for link in block.links:
        words = link.words or "words"
        if not link.target.strip():
            yield link.line, f"has a link without its target; write [{words}](/path)"
        elif not link.words:
            yield link.line, f"has a link without words; write [words]({_target(link.target)})"


def _said(words: str, match: re.Match[str]) -> str:
    parts = {name: " ".join(part.split()) for name, part in match.groupdict("").items()}
    return words.format(all=match.group(), **parts)


def _blank(match: re.Match[str], block: Block) -> str:
    """Spaces in place of what was told, its lines as they are."""
    if _is_an_aside(match, block):
        return match.group()
    return re.sub(r"[^\n]", " ", match.group())


def _is_an_aside(match: re.Match[str], block: Block) -> bool:
    """Whether brackets are those of an editor: in a quote, around a number or what is left out."""
    words = match.groupdict().get("words")
    if words is None or match.group() != f"[{words}]":
        return False
    if block.is_quoted or _EMPTY_TASK.match(words) or _ASIDE.match(words):
        return True
    return any(
        quote.start() < match.start() < quote.end() for quote in _QUOTED.finditer(block.text)
    )


def _target(target: str) -> str:
    return "/path" if re.search(FACT_MARK, target) else target
