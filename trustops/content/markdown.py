"""Renders the Markdown of content files: facts filled in, everything foreign taken out.

Authors get headings, lists, tables, emphasis, code and links. Raw HTML is shown as words. A link
leads to this site, to a section, or to a domain that the manifest names; nothing is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from trustops.content.facts import FactKind, Facts
from trustops.content.headings import is_anchor, spelled, split_anchor
from trustops.content.indents import indented
from trustops.content.plain import plain
from trustops.content.prose import FACT
from trustops.content.shown import as_html, as_text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that one can link to; `level` is 2, 3 or 4."""

    id: str
    title: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as HTML that is safe to put into a page, as plain text, and its sections."""

    html: str
    text: str
    sections: tuple[Section, ...]


@dataclass(slots=True)
class Outline:
    """What a text holds that other files or a check ask for, in the order of the text."""

    sections: list[Section] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    section_lines: list[tuple[int, str, Section]] = field(default_factory=list)
    """Each section with its line, from 1, and the id that it asks for."""

    @property
    def anchors(self) -> frozenset[str]:
        """What a link with `#` can lead to."""
        return frozenset(section.id for section in self.sections)


_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ue000\ue001\ufffe\uffff\ud800-\udfff]")
_INTERNAL = re.compile(r"(?:/(?![/\\])[!-\[\]-~]*|#[!-\[\]-~]+)\Z")
_REST = re.compile(r"(?:[/?#][!-\[\]-~]*)?\Z")
_HEADINGS = {"h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
"""What each level is shown as; pages have three below their title."""
_REL = "noopener noreferrer"

_TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "hr", "br"),
}
_ATTRIBUTES = {
    "a": {"href", "rel"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "ol": {"start"},
}


def render(body: str, facts: Facts, *, base_url: str = "") -> Rendered:
    """A text as pages, mails and the search show it.

    Args:
        body: Markdown, without front matter.
        facts: what `{{ fact.… }}` may name; a withheld one is said to be withheld.
        base_url: written before links within the site in the plain text; without it they are
            left out there.
    """
    tokens, names, outline = _walked(body, facts)
    raw = _READER.renderer.render(tokens, _READER.options, {})
    hosts = {fact.text for fact in facts.known.values() if fact.kind is FactKind.DOMAIN}
    safe = nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _attribute(tag, name, value, hosts),
        link_rel=None,
        url_schemes={"https"},
        set_tag_attribute_values={"th": {"scope": "col"}},
    ).rstrip("\n")
    filled = _TOKEN.sub(lambda token: as_html(_named(names, token), facts), safe)
    sections = tuple(
        Section(
            part.id, _TOKEN.sub(lambda t: as_text(_named(names, t), facts), part.title), part.level
        )
        for part in outline.sections
    )
    return Rendered(filled, plain(filled, base_url), sections)


@lru_cache(maxsize=1024)
def outline(body: str) -> Outline:
    """The sections and links of a text. Links to facts are left as they are written.

    Every minute's build asks for the same texts, so what is given is kept: do not change it.
    """
    return _walked(body, None)[2]


def fact_names(body: str) -> tuple[tuple[int, str], ...]:
    """Each fact that a text names, with its line, from 1."""
    return tuple(
        (body.count("\n", 0, found.start()) + 1, found.group(1)) for found in FACT.finditer(body)
    )


def tokens_of(body: str) -> Sequence[Token]:
    """What Markdown makes of a text, for checks: each escape is a token of its own.

    Facts are marked as in a page, and lines are those of the text.
    """
    marked = FACT.sub(lambda found: f"{_OPEN}{found.start()}{_CLOSE}", body)
    return _WITH_ESCAPES.parse(indented(marked))


def _walked(body: str, facts: Facts | None) -> tuple[Sequence[Token], list[str], Outline]:
    """What Markdown makes of a text with a token for each fact, their names, and the outline."""
    names: list[str] = []

    def token(found: re.Match[str]) -> str:
        names.append(found.group(1))
        return f"{_OPEN}{len(names) - 1}{_CLOSE}"

    text = FACT.sub(token, _NOT_TEXT.sub("", body.replace("\r\n", "\n")))
    tokens = _READER.parse(indented(text))
    walk = _Walk(names, facts)
    walk.all(tokens)
    return tokens, names, walk.outline


def _reader() -> MarkdownIt:
    """CommonMark with tables. Raw HTML and bare addresses are words; what leads away, nh3 takes."""
    reader = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    # A character by its number could be one that no check of the text has seen.
    reader.disable(["autolink", "entity", "html_block", "html_inline"])
    # Links stay as they are written, so that a check can name them; `_Walk` encodes them.
    reader.add_render_rule("image", _no_picture)
    for name, rule in (("normalizeLink", _as_written), ("validateLink", _any_link)):
        setattr(reader, name, rule)
    return reader


def _as_written(url: str) -> str:
    return url


def _any_link(_url: str) -> bool:
    return True


def _no_picture(_renderer: object, _tokens: object, *_rest: object) -> str:
    return ""


_READER = _reader()
_WITH_ESCAPES = _reader().disable("text_join")


class _Walk:
    """Gives headings their ids, resolves links to facts, and writes the outline."""

    def __init__(self, names: list[str], facts: Facts | None) -> None:
        self.names = names
        self.facts = facts
        self.given: frozenset[str] = frozenset()
        self.outline = Outline()

    def all(self, tokens: Sequence[Token]) -> None:
        """Look at every block once, and at what stands in its lines."""
        heads = [number for number, token in enumerate(tokens) if token.type == "heading_open"]
        # Ids given by hand first, so that no heading above takes one of them by its words.
        given = {number: split_anchor(tokens[number + 1].children or []) for number in heads}
        self.given = frozenset(given.values())
        for number, token in enumerate(tokens):
            if token.type in {"heading_open", "heading_close"}:
                token.tag = _HEADINGS.get(token.tag, token.tag)
            if token.type == "heading_open":
                self._heading(token, tokens[number + 1], given[number])
            elif token.type == "inline":
                self._inside(token)

    def _heading(self, heading: Token, inline: Token, given: str) -> None:
        if heading.tag == "h1":
            return
        children = inline.children or []
        title = " ".join(_words(children).split())
        wanted = given or spelled(_TOKEN.sub("", title))
        taken = self.outline.anchors
        number, name = 1, wanted
        while name in taken or (not given and name in self.given):
            number += 1
            name = f"{wanted}-{number}"
        heading.attrSet("id", name)
        line = heading.map[0] + 1 if heading.map else 1
        section = Section(name, title, int(heading.tag[1]))
        self.outline.sections.append(section)
        self.outline.section_lines.append((line, wanted, section))

    def _inside(self, inline: Token) -> None:
        children: list[Token] = []
        withheld: list[str] = []
        for token in inline.children or []:
            children.append(token)
            if token.type == "link_open":
                withheld.append(self._link(token))
            elif token.type == "link_close" and withheld and (words := withheld.pop()):
                children.append(Token("text", "", 0, content=f" ({words})"))
        inline.children = children

    def _link(self, link: Token) -> str:
        """A link to a fact becomes its https:// address; without it, gives words that say why."""
        target = str(link.attrs.get("href") or "")
        link.attrs.pop("title", None)
        found = _TOKEN.match(target)
        name = _named(self.names, found) if found else ""
        rest = target[found.end() :] if found else ""
        self.outline.links.append(f"{{{{ fact.{name} }}}}{rest}" if found else unquote(target))
        if not found or self.facts is None:
            link.attrs["href"] = quote(target, safe="/?#%&=:;,.~!*'()@+$-_[]\\" + _OPEN + _CLOSE)
            return ""
        fact = self.facts.find(name)
        if fact and fact.kind is FactKind.DOMAIN and _REST.match(rest):
            link.attrs["href"] = f"https://{fact.text}{rest}"
            link.attrs["rel"] = _REL
            return ""
        link.attrs.clear()
        return found.group()


def _words(tokens: Sequence[Token]) -> str:
    """The words of a line without its markup."""
    breaks = {"softbreak", "hardbreak"}
    return "".join(" " if token.type in breaks else token.content for token in tokens)


def _named(names: list[str], token: re.Match[str]) -> str:
    return names[int(token.group(1))]


def _attribute(tag: str, name: str, value: str, hosts: set[str]) -> str | None:
    """What is left of an attribute: nothing that leads away from us, or that others style by."""
    if tag == "a" and name == "href":
        return value if _leads_to_us(value, hosts) else None
    if name == "rel":
        return value if value == _REL else None
    if name == "scope":
        return "col"
    if name == "id":
        return value if is_anchor(value) else None
    return value if re.fullmatch(r"\d{1,6}", value, re.ASCII) else None


def _leads_to_us(target: str, hosts: set[str]) -> bool:
    """Whether a link stays on this site, or leads to a domain of the manifest."""
    if _INTERNAL.match(target):
        return True
    host = re.split(r"[/?#\\]", target.removeprefix("https://"), maxsplit=1)[0]
    return target.startswith("https://") and host in hosts
