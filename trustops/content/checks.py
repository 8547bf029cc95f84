"""What documents may not say, and what they may not point to: checks beyond their schemas.

A fault is found before anybody reads the page: a fact that nobody gives, a value that has to be
a fact, a link or a reference that leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trustops.content.documents import Source
from trustops.content.facts import Facts
from trustops.content.kinds import Kind
from trustops.content.markdown import fact_names, outline
from trustops.content.prose import LiteralKind, literals
from trustops.content.values import Problem

SITE_PATHS = frozenset(
    {
        *("/", "/faq", "/exchanges", "/policy", "/known-issues", "/check", "/support"),
        *("/heartbeats", "/heartbeats.atom"),
    }
)
"""Public addresses that are no document, as far as prose may lead there."""

MOST_BRACKETS = 200
"""Opening brackets in one paragraph; each may begin a link."""

RESERVED = frozenset(
    {
        *("410", "api", "desk", "static", "schemas", "healthz", "readyz", "metrics", "index"),
        *("ko", "zh", "search", "wallet", "tx", "incidents", "status", "history", "tokenlist"),
    }
)
"""First parts of other addresses of the desk; no page may take one as its id."""

_PROSE_FIELDS = ("title", "summary", "change_note", "affects", "speaker", "said_in")
_REFERENCES: Mapping[str, Kind] = {
    "statements": Kind.POLICY,
    "supersedes": Kind.POLICY,
    "contradicts": Kind.POLICY,
    "related": Kind.FAQ,
}
_ENTRIES: Mapping[Kind, str] = {Kind.FAQ: "answer", Kind.POLICY: "statement"}
_IN_A_QUOTE = frozenset({LiteralKind.ADDRESS, LiteralKind.DOMAIN})
_TOP = re.compile(r"#(?!#)|=+ *$")
_MARKUP = re.compile(r"<(?:[a-zA-Z/!?])")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents that readers see, as others of them may point to.

    `unread` are those that have faults of their own: what leads to them is not blamed for it.
    """

    sources: Sequence[Source]
    aliases: Mapping[str, str]
    paths: frozenset[str]
    unread: frozenset[tuple[Kind, str]] = frozenset()

    def ids(self, kind: Kind) -> frozenset[str]:
        """The ids of a kind."""
        read = {source.document.id for source in self.sources if source.document.kind is kind}
        return frozenset(read | {name for other, name in self.unread if other is kind})

    def anchors(self, kind: Kind) -> frozenset[str]:
        """The ids of a kind that stands on one page, and the former ids that still lead there."""
        former = (
            alias
            for source in self.sources
            if source.document.kind is kind
            for alias in getattr(source.document.meta, "aliases", ())
        )
        return self.ids(kind) | frozenset(former)

    def body(self, kind: Kind, name: str, locale: str) -> str | None:
        """The text of a document in a language, or in the one that it has."""
        found = {
            source.document.locale: source.document.body
            for source in self.sources
            if (source.document.kind, source.document.id) == (kind, name)
        }
        return found.get(locale) or next(iter(found.values()), None)


def check_words(source: Source, facts: Facts) -> Iterator[Problem]:
    """Facts that nobody gives, and values that have to be facts."""
    document = source.document
    for line, name in fact_names(document.body):
        if facts.find(name) is None and not facts.withholds(name):
            yield source.in_body(line, f"names the fact {name}, which nothing gives")
    for literal in literals(document.body):
        yield source.in_body(literal.line, _said(literal.kind, literal.text))


def check_fields(source: Source) -> Iterator[Problem]:
    """The same in the front matter; a quote is verbatim and may hold dates and ratios."""
    meta = source.document.meta
    for name in _PROSE_FIELDS:
        words = str(getattr(meta, name, None) or "")
        if "{{" in words:
            yield source.at((name,), "names a fact; facts can stand in the text below only")
        for literal in literals(words):
            yield source.at((name,), _said(literal.kind, literal.text))
    for literal in literals(getattr(meta, "quote", None) or ""):
        if literal.kind in _IN_A_QUOTE:
            yield source.at(("quote",), _said(literal.kind, literal.text))


def check_form(source: Source) -> Iterator[Problem]:
    """Markup that pages do not take: HTML, pictures, a second title, braces that name no fact."""
    body = source.document.body
    crowded = _crowded_line(body)
    if crowded:
        yield source.in_body(crowded, f"has more than {MOST_BRACKETS} [ in one paragraph")
        return
    without_code = re.sub(r"`[^`\n]*`", lambda code: " " * len(code.group()), body)
    for number, line in enumerate(without_code.split("\n"), 1):
        if _MARKUP.search(line):
            yield source.in_body(number, "holds HTML; only Markdown is read here")
        for left in re.findall(r"\{\{(?!\s*fact\.[A-Za-z0-9_.-]+\s*\}\})[^\n]*", line):
            yield source.in_body(number, f"has braces that name no fact: {left[:60]}")
    found = outline(body)
    if found.pictures:
        yield source.in_body(_line_with(body, "!["), "holds a picture; pages show none")
    if found.top_headings:
        lines = enumerate(body.split("\n"), 1)
        first = next((number for number, line in lines if _TOP.match(line)), 1)
        yield source.in_body(first, "has a heading of the title's level; use ##")


def _crowded_line(body: str) -> int:
    """The line of a paragraph with more opening brackets than anybody writes; 0 without one.

    The time that Markdown takes for them grows with their square.
    """
    brackets = 0
    for number, line in enumerate(body.split("\n"), 1):
        brackets = brackets + line.count("[") if line.strip() else 0
        if brackets > MOST_BRACKETS:
            return number
    return 0


def check_links(source: Source, shelf: Shelf) -> Iterator[Problem]:
    """Links that lead to no page, answer or section of this site, or away from it by a literal."""
    body = source.document.body
    for target in outline(body).links:
        wrong = _wrong_with(target, source, shelf)
        if wrong:
            yield source.in_body(_line_with(body, target), f"links to {target}: {wrong}")


def check_references(source: Source, shelf: Shelf) -> Iterator[Problem]:
    """Statements and answers that the front matter names, and that are not there."""
    for name, kind in _REFERENCES.items():
        for number, other in enumerate(getattr(source.document.meta, name, ())):
            if other not in shelf.ids(kind):
                yield source.at((name, number), f"there is no {kind}/{other}")
            elif kind is source.document.kind and other == source.document.id:
                yield source.at((name, number), "is this document itself")


def check_order(shelf: Shelf) -> Iterator[Problem]:
    """Statements that supersede each other in a circle, or one that was said after them."""
    policies = {
        source.document.id: source
        for source in shelf.sources
        if source.document.kind is Kind.POLICY
    }
    earlier: dict[str, tuple[str, ...]] = {
        name: getattr(source.document.meta, "supersedes", ()) for name, source in policies.items()
    }
    for name, source in policies.items():
        if _reaches(earlier, name):
            yield source.at(("supersedes",), "leads back to this statement in a circle")


def _reaches(earlier: Mapping[str, tuple[str, ...]], start: str) -> bool:
    """Whether what a statement supersedes, and what that supersedes, leads back to it."""
    waiting = [name for name in earlier[start] if name != start]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(earlier.get(name, ()))
    return False


def _said(kind: LiteralKind, text: str) -> str:
    return f"holds the {kind} {text}; name it as a fact instead"


def _line_with(body: str, words: str) -> int:
    """The first line of a text that has some words, from 1."""
    lines = body.replace("\\", "").split("\n")
    needles = (f"({words}", words)
    found = (number for needle in needles for number, line in enumerate(lines, 1) if needle in line)
    return next(found, 1)


def _wrong_with(target: str, source: Source, shelf: Shelf) -> str:
    """Why a link cannot stay; an empty string where it can."""
    if target.startswith("{{ fact."):
        return ""
    path, _, anchor = target.partition("#")
    path = path.partition("?")[0]
    if not path and anchor:
        found = outline(source.document.body).anchors
        return "" if anchor in found else "there is no such section here"
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return "only paths of this site, sections and facts can be linked to"
    return _wrong_path(path, anchor, source.document.locale, shelf)


def _wrong_path(path: str, anchor: str, locale: str, shelf: Shelf) -> str:
    if path in shelf.paths:
        listed = {"/policy": Kind.POLICY, "/known-issues": Kind.KNOWN_ISSUE}.get(path)
        known = not anchor or listed is None or anchor in shelf.anchors(listed)
        return "" if known else "there is no such entry"
    kind = Kind.FAQ if path.startswith("/faq/") else Kind.PAGE
    name = path.removeprefix("/faq/").removeprefix("/")
    name = shelf.aliases.get(name, name) if kind is Kind.FAQ else name
    if (kind, name) in shelf.unread:
        return ""
    body = shelf.body(kind, name, locale)
    if body is None:
        return "there is no such page"
    if anchor and anchor not in outline(body).anchors:
        return "that page has no such section"
    return ""


def check_names(shelf: Shelf) -> Iterator[Problem]:
    """Ids and former ids that two documents claim, or that the site itself needs."""
    taken: dict[tuple[Kind, str], str] = {}
    for source in shelf.sources:
        document = source.document
        if document.kind is Kind.PAGE and (
            f"/{document.id}" in shelf.paths or document.id in RESERVED
        ):
            yield Problem(document.file, 1, "file", f"/{document.id} belongs to the site itself")
        for number, alias in enumerate(getattr(document.meta, "aliases", ())):
            key = (document.kind, alias)
            if alias in shelf.ids(document.kind):
                other = _ENTRIES[document.kind]
                yield source.at(("aliases", number), f"{alias} is the id of another {other}")
            elif taken.setdefault(key, document.id) != document.id:
                yield source.at(("aliases", number), f"{alias} already leads to {taken[key]}")
