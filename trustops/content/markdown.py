"""Renders the Markdown of content files: facts filled in, everything foreign taken out.

Authors get headings, lists, tables, emphasis, code and links. Raw HTML is shown as words. A link
leads to this site, to a section, or to a domain that the manifest names; nothing is loaded.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from trustops.content.facts import FactKind, Facts
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
    pictures: int = 0
    top_headings: int = 0

    @property
    def anchors(self) -> frozenset[str]:
        """What a link with `#` can lead to."""
        return frozenset(section.id for section in self.sections)


_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ue000\ue001\ufffe\uffff\ud800-\udfff]")
_INTERNAL = re.compile(r"(?:/(?![/\\])[!-\[\]-~]*|#[!-\[\]-~]+)\Z")
_REST = re.compile(r"(?:[/?#][!-\[\]-~]*)?\Z")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
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
    raw, names, outline = _convert(body, facts)
    hosts = {fact.text for fact in facts.known.values() if fact.kind is FactKind.DOMAIN}
    safe = nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _attribute(tag, name, value, hosts),
        link_rel=None,
        url_schemes={"https"},
        set_tag_attribute_values={"th": {"scope": "col"}},
    )
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
    """The sections, links and pictures of a text. Links to facts are left as they are written.

    Every minute's build asks for the same texts, so what is given is kept: do not change it.
    """
    return _convert(body, None)[2]


def fact_names(body: str) -> tuple[tuple[int, str], ...]:
    """Each fact that a text names, with its line, from 1."""
    return tuple(
        (body.count("\n", 0, found.start()) + 1, found.group(1)) for found in FACT.finditer(body)
    )


def _convert(body: str, facts: Facts | None) -> tuple[str, list[str], Outline]:
    """HTML with a token for each fact, the names of the tokens, and the outline."""
    names: list[str] = []

    def token(found: re.Match[str]) -> str:
        names.append(found.group(1))
        return f"{_OPEN}{len(names) - 1}{_CLOSE}"

    text = FACT.sub(token, _NOT_TEXT.sub("", body.replace("\r\n", "\n")))
    reader = Markdown(extensions=["tables", "attr_list", "sane_lists"], output_format="html")
    for registry, name in (
        (reader.preprocessors, "html_block"),
        (reader.inlinePatterns, "html"),
        (reader.inlinePatterns, "entity"),
        (reader.inlinePatterns, "autolink"),
        (reader.inlinePatterns, "automail"),
    ):
        registry.deregister(name)
    tree = _Tree(reader, names, facts)
    after_all_others = -5
    reader.treeprocessors.register(tree, "trustops", after_all_others)
    return reader.convert(text), names, tree.outline


class _Tree(Treeprocessor):
    """Gives headings their ids, resolves links to facts, and writes the outline."""

    def __init__(self, reader: Markdown, names: list[str], facts: Facts | None) -> None:
        super().__init__(reader)
        self.names = names
        self.facts = facts
        self.outline = Outline()

    def run(self, root: Element) -> None:
        """Look at every element once."""
        for element in root.iter():
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self.outline.pictures += 1
            elif element.tag == "h1":
                self.outline.top_headings += 1
            elif element.tag in {"h2", "h3", "h4"}:
                self._heading(element)

    def _heading(self, heading: Element) -> None:
        title = " ".join(html.unescape("".join(heading.itertext())).split())
        wanted = heading.get("id") or "-".join(
            re.findall(r"[a-z0-9]+", _TOKEN.sub("", title).lower())
        )
        wanted = wanted if _SLUG.match(wanted) else "section"
        taken = self.outline.anchors
        number = 1
        name = wanted
        while name in taken:
            number += 1
            name = f"{wanted}-{number}"
        heading.set("id", name)
        self.outline.sections.append(Section(name, title, int(heading.tag[1])))

    def _link(self, link: Element) -> None:
        """A link to a fact becomes its https:// address; without it, words and why."""
        target = link.get("href", "")
        found = _TOKEN.match(target)
        name = _named(self.names, found) if found else ""
        rest = target[found.end() :] if found else ""
        self.outline.links.append(f"{{{{ fact.{name} }}}}{rest}" if found else target)
        if not found or self.facts is None:
            return
        fact = self.facts.find(name)
        if fact and fact.kind is FactKind.DOMAIN and _REST.match(rest):
            link.set("href", f"https://{fact.text}{rest}")
            link.set("rel", _REL)
        else:
            link.attrib.clear()
            link.tail = f" ({found.group()}){link.tail or ''}"


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
        return value if _SLUG.match(value) else None
    return value if re.fullmatch(r"\d{1,6}", value, re.ASCII) else None


def _leads_to_us(target: str, hosts: set[str]) -> bool:
    """Whether a link stays on this site, or leads to a domain of the manifest."""
    if _INTERNAL.match(target):
        return True
    host = re.split(r"[/?#\\]", target.removeprefix("https://"), maxsplit=1)[0]
    return target.startswith("https://") and host in hosts
