"""What readers see of each block of a text: its words, and the Markdown signs that stayed in them.

A sign that Markdown took for markup is gone, so whatever is left is shown to holders as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from markdown_it.token import Token

from trustops.content.markdown import tokens_of

APART = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for code, an escaped sign, and the beginning and the end of links and emphasis."""

FACT_MARK = "\ue000"
"""Stands where a fact is named, as `trustops.content.markdown` puts it there."""

_PLAIN = {"text", "softbreak", "hardbreak"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture as it is written; `words` are empty where nobody could see it.

    Lines count from 1.
    """

    line: int
    target: str
    words: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a cell. `line` is its first one, from 1; `source` its lines."""

    line: int
    text: str
    source: Sequence[str]
    is_paragraph: bool
    is_quoted: bool
    links: Sequence[Link] = ()
    pictures: Sequence[Link] = ()
    is_in_list: bool = False

    def line_at(self, place: int, words: str) -> int:
        """The line of the text on which some of its words stand."""
        before = self.text.count("\n", 0, place)
        if self.text.count("\n") == len(self.source) - 1:
            return self.line + before
        first = words.split("\n", maxsplit=1)[0]
        return self.line + next(
            (number for number, line in enumerate(self.source) if first in line), before
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is written, from 1 for the title's level; lines count from 1."""

    level: int
    line: int
    last_line: int
    is_underlined: bool


@dataclass(slots=True)
class Blocks:
    """All blocks of a text, its headings, and the lines of lists that begin with 0.

    `items` has the lines of list items, each with its level from 1 for those under no other.
    """

    all: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    from_zero: list[int] = field(default_factory=list)
    items: dict[int, int] = field(default_factory=dict)


@lru_cache(maxsize=1024)
def blocks_of(body: str) -> Blocks:
    """The blocks of a text, in order. Kept, as one check asks several times: do not change it."""
    found = Blocks()
    line, quotes, items, before = 1, 0, 0, ""
    for token in tokens_of(body):
        line = token.map[0] + 1 if token.map else line
        quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        items += (token.type == "list_item_open") - (token.type == "list_item_close")
        if token.type == "list_item_open":
            found.items.setdefault(line, items)
        if token.type == "ordered_list_open" and str(token.attrs.get("start")) == "0":
            found.from_zero.append(line)
        if token.type == "inline":
            block = _block(token, line, before, quotes)
            found.all.append(replace(block, is_in_list=items > 0))
        if token.type == "heading_open" and token.map:
            first, end = token.map
            is_underlined = token.markup in {"-", "="}
            found.headings.append(Heading(int(token.tag[1]), first + 1, end, is_underlined))
        before = token.type
    return found


def _block(inline: Token, line: int, before: str, quotes: int) -> Block:
    children = inline.children or []
    text = "".join(map(_shown, children))
    source = inline.content.split("\n")
    is_paragraph = before == "paragraph_open"
    links, pictures = _links(children, line), _pictures(children, line)
    return Block(line, text, source, is_paragraph, quotes > 0, tuple(links), tuple(pictures))


def _shown(token: Token) -> str:
    if token.type not in _PLAIN:
        return APART
    return token.content if token.type == "text" else "\n"


def _pictures(children: Sequence[Token], line: int) -> Iterator[Link]:
    for token in children:
        line += token.type in {"softbreak", "hardbreak"}
        if token.type == "image":
            yield Link(line, str(token.attrs.get("src") or ""), token.content)


def _links(children: Sequence[Token], line: int) -> list[Link]:
    """The links of a block; the words of one that holds code or a picture are never empty."""
    found: list[Link] = []
    begun = 0
    for number, token in enumerate(children):
        line += token.type in {"softbreak", "hardbreak"}
        if token.type == "link_open":
            begun = number
        elif token.type == "link_close":
            within = children[begun + 1 : number]
            words = "".join(part.content or APART for part in within if part.nesting == 0)
            target = str(children[begun].attrs.get("href") or "")
            found.append(Link(line, target, words.strip()))
    return found
