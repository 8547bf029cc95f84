"""What documents may not say, and what they may not point to: checks beyond their schemas.

A fault is found before anybody reads the page: a fact that nobody gives, a value that has to be
a fact, a link or a reference that leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from trustops.content.blocks import blocks_of
from trustops.content.braces import braces_in
from trustops.content.documents import Source, Written
from trustops.content.figures import is_month_alone, is_month_of_a_year
from trustops.content.fixes import CURLY, meant
from trustops.content.form import said, said_in_front
from trustops.content.kinds import Kind
from trustops.content.link_paths import is_file_link, is_plain_path, path_meant, paths_meant
from trustops.content.markdown import outline
from trustops.content.prose import LiteralKind, literals
from trustops.content.values import Problem

SITE_PATHS = frozenset(
    {
        *("/", "/faq", "/exchanges", "/policy", "/known-issues", "/check", "/support"),
        *("/heartbeats", "/heartbeats.atom"),
    }
)
"""Public addresses that are no document, as far as prose may lead there."""

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
_SEEN_ALONE = frozenset({"title", "summary"})
"""What links, feeds and search show without the text, and so without the facts in it."""

_DATED_KINDS = frozenset({Kind.FAQ, Kind.POLICY, Kind.KNOWN_ISSUE})
_IN_A_QUOTE = frozenset({LiteralKind.ADDRESS, LiteralKind.DOMAIN})


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents that readers see, as others of them may point to.

    `unread` are those that have faults of their own: what leads to them is not blamed for it.
    `exchanges` are the ids of the rows at `/exchanges`.
    """

    sources: Sequence[Source]
    aliases: Mapping[str, str]
    paths: frozenset[str]
    unread: frozenset[tuple[Kind, str]] = frozenset()
    exchanges: frozenset[str] = frozenset()
    unseen: Mapping[tuple[Kind, str], str] = field(default_factory=dict)
    """The status of documents that are there, and that readers do not see."""

    def why_unseen(self, kind: Kind, name: str) -> str:
        """Why readers do not see a document that is there; empty where it is not there either."""
        status = self.unseen.get((kind, name))
        if status == "draft":
            told = f"{name} is a draft, which no reader sees; set status: live there"
            return f"{told}, or take it out here"
        return f"{name} was taken back (status: {status}); take it out here" if status else ""

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

    def id_now(self, kind: Kind, name: str) -> str:
        """The id of the document that had this one before; empty where none had."""
        return next(
            (
                source.document.id
                for source in self.sources
                if source.document.kind is kind
                and name in getattr(source.document.meta, "aliases", ())
            ),
            "",
        )

    def body(self, kind: Kind, name: str, locale: str) -> str | None:
        """The text of a document in a language, or in the one that it has."""
        found = {
            source.document.locale: source.document.body
            for source in self.sources
            if (source.document.kind, source.document.id) == (kind, name)
        }
        return found.get(locale) or next(iter(found.values()), None)


def check_fields(written: Written) -> Iterator[Problem]:
    """The same in the front matter; a quote is verbatim and may hold dates and ratios.

    Titles and summaries of dated kinds may name a month with its year: no fact can stand there,
    and a month alone reads as one of this year. A day stays a fact. A change note may name a month,
    as the day of the change stands beside it.
    """
    evidence = written.values.get("evidence")
    note = evidence.get("note") if isinstance(evidence, dict) else None
    for where, words in (
        *(((name,), written.words(name)) for name in (*_PROSE_FIELDS, "quote")),
        (("evidence", "note"), note if isinstance(note, str) else ""),
    ):
        if "{{" in words or any(braces_in(words)):
            yield written.at(where, "names a fact; facts can stand in the text below only")
    for name in _PROSE_FIELDS:
        words = written.words(name)
        dated = name in _SEEN_ALONE and written.named.kind in _DATED_KINDS
        for literal in literals(words):
            in_its_year = name == "change_note" and is_month_alone(literal.text)
            if not in_its_year and not (dated and is_month_of_a_year(literal.text, words)):
                yield written.at((name,), said_in_front(literal, may_name_month=dated))
    for literal in literals(written.words("quote")):
        if literal.kind in _IN_A_QUOTE:
            yield written.at(("quote",), said(literal))


def check_links(written: Written, shelf: Shelf) -> Iterator[Problem]:
    """Links that lead to no page, answer or section of this site, or away from it by a literal."""
    body = written.body
    links = [link for block in blocks_of(body.text).all for link in block.links]
    for link, target in zip(links, outline(body.text).links, strict=True):
        if link.words.startswith("^"):
            continue  # a footnote is told where it stands
        # What has no target at all is told as half a link, where the form is looked at.
        # An address of another site is told where literal values are.
        is_ours = target.startswith(("/", "#")) and not target.startswith("//")
        is_own = is_ours or is_file_link(target)
        is_told = not is_own and any(it.kind is LiteralKind.DOMAIN for it in literals(target))
        wrong = "" if is_told or not target.strip() else _wrong_with(target, written, shelf)
        if wrong:
            yield body.at(link.line, f"links to {target}: {wrong}")


def check_references(written: Written, shelf: Shelf) -> Iterator[Problem]:
    """Statements and answers that the front matter names, and that are not there."""
    for name, kind in _REFERENCES.items():
        for number, typed in enumerate(written.names(name)):
            other = typed.strip(CURLY)  # such quotes are told where they stand
            if other and other not in shelf.ids(kind):
                told = shelf.why_unseen(kind, other)
                told = told or f"there is no {kind}/{other}{_renamed(kind, other, shelf)}"
                yield written.at((name, number), told)
            elif kind is written.named.kind and other == written.named.id:
                yield written.at((name, number), "is this document itself")


def _renamed(kind: Kind, name: str, shelf: Shelf) -> str:
    """What to do where an answer or a statement got another id, or was taken back."""
    now = shelf.id_now(kind, name)
    if now:
        return f"; it is {now} now, so write that"
    return f"{_new_id(kind, name, shelf.ids(kind))}; if it was taken back, take it out here too"


def _new_id(kind: Kind | None, name: str, known: Iterable[str]) -> str:
    """What to do where a name may have been mistyped, or be a former one of something."""
    close = meant(name, known)
    new = close.removeprefix("; did you mean ").removesuffix("?") or "<new id>"
    alias = ""
    if kind in _ENTRIES:
        file = f"faq/{new}/en.md" if kind is Kind.FAQ else f"{kind}/{new}.md"
        alias = f", and aliases: [{name}] into the front matter of {file}"
    if close:
        return f"{close} If that is its new name, write it here{alias}"
    return f"; if it was renamed, write its new id here{alias}"


def _wrong_with(target: str, written: Written, shelf: Shelf) -> str:
    """Why a link cannot stay; an empty string where it can."""
    if target.startswith("{{ fact."):
        return ""
    path, _, anchor = target.partition("#")
    path = path.partition("?")[0]
    if not path and anchor:
        found = outline(written.body.text).anchors
        return "" if anchor in found else f"there is no such section here{meant(anchor, found)}"
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        plain = path_meant(target) + (f"#{anchor}" if anchor else "")
        path = _page_meant(target, shelf) or (plain if is_plain_path(target) else "")
        fix = f"; write {path}" if path else ""
        return f"only paths of this site, sections and facts can be linked to{fix}"
    return _wrong_path(path, anchor, written.named.locale, shelf)


def _wrong_path(path: str, anchor: str, locale: str, shelf: Shelf) -> str:
    if path in shelf.paths:
        return _wrong_entry(path, anchor, shelf)
    kind = Kind.FAQ if path.startswith("/faq/") else Kind.PAGE
    name = path.removeprefix("/faq/").removeprefix("/")
    name = shelf.aliases.get(name, name) if kind is Kind.FAQ else name
    if (kind, name) in shelf.unread:
        return ""
    body = shelf.body(kind, name, locale)
    page = _page_meant(f"{path}{'#' if anchor else ''}{anchor}", shelf) if body is None else ""
    if page:
        return f"pages have no such form of address; write {page}"
    if body is None:
        return shelf.why_unseen(kind, name) or _no_such("page", name, kind, shelf.ids(kind))
    anchors = outline(body).anchors
    if anchor and anchor not in anchors:
        return f"that page has no such section{meant(anchor, anchors)}"
    return ""


def _page_meant(target: str, shelf: Shelf) -> str:
    """The page that a link to a file means, or one from where its author stands."""
    for path, section in paths_meant(target):
        entry = section if path in shelf.paths else ""
        if path != target.partition("#")[0] and not _is_lost(path, entry, shelf):
            return path + (f"#{section}" if section else "")
    return ""


def _is_lost(path: str, anchor: str, shelf: Shelf) -> bool:
    """Whether no page has a path; that a page has its section is not looked at."""
    if path in shelf.paths:
        return bool(_wrong_entry(path, anchor, shelf))
    kind = Kind.FAQ if path.startswith("/faq/") else Kind.PAGE
    name = path.removeprefix("/faq/").removeprefix("/")
    name = shelf.aliases.get(name, name) if kind is Kind.FAQ else name
    return shelf.body(kind, name, "en") is None


def _wrong_entry(path: str, anchor: str, shelf: Shelf) -> str:
    """Why a link to an entry of one of the lists cannot stay."""
    listed = {
        "/policy": shelf.anchors(Kind.POLICY),
        "/known-issues": shelf.anchors(Kind.KNOWN_ISSUE),
        "/exchanges": shelf.exchanges,
    }.get(path)
    if not anchor or listed is None or anchor in listed:
        return ""
    kind = Kind.POLICY if path == "/policy" else None
    return _no_such("entry", anchor, kind, listed)


def _no_such(what: str, name: str, kind: Kind | None, known: Iterable[str]) -> str:
    """What to do about a link to nothing: it was mistyped, taken back or renamed."""
    fix = _new_id(kind, name, known)
    return f"there is no such {what}{fix}; if it was taken back, take the link out"


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
