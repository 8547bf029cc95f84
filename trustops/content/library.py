"""The library: every document of the content folder, checked, in the order in which it is read.

Loading gives all of it or every fault of every file; nothing is served from a folder in which
one file is broken.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from trustops.content import checks
from trustops.content.checks import SITE_PATHS, Shelf
from trustops.content.documents import Document, Named, Source, read_document
from trustops.content.facts import Facts
from trustops.content.folders import find_documents, fingerprint_of
from trustops.content.kinds import BY_LOCALE, FaqMeta, Kind, KnownIssueMeta, PolicyMeta, ReplyMeta
from trustops.content.schema import ComponentEntry, ComponentsFile, IntakeFile, SiteFile
from trustops.content.toml_file import note_literals, problem_at, read_toml
from trustops.content.values import ContentError, Problem

__all__ = ["Document", "Library", "fingerprint_of", "load_library"]

DEFAULT_LOCALE = "en"
COMPONENTS = "components.toml"

_LOCALES = ("en", "ko", "zh-Hans")
"""Taken for those of the site while `site.toml` itself cannot be read."""

_BY_STATE = {"open": "0", "watching": "1", "resolved": "2"}
_READ_BESIDE = ("site.toml", "intake.toml", COMPONENTS)


@dataclass(frozen=True, slots=True)
class Library:
    """All documents that readers see.

    `aliases` lead from a former id of an answer to the one of now. `withdrawn` keeps the ids of
    what was taken back, by kind. `fingerprint` is a SHA-256 over everything that was read.
    """

    documents: tuple[Document, ...]
    aliases: Mapping[str, str]
    withdrawn: Mapping[Kind, frozenset[str]]
    components: tuple[ComponentEntry, ...]
    facts: Facts
    fingerprint: str

    def all(self, kind: Kind, locale: str = DEFAULT_LOCALE) -> tuple[Document, ...]:
        """The documents of a kind, in its order; kinds in one language have them in every one.

        Answers come by category and order, statements by the day on which they were said (the
        oldest first), known issues with what is open first, replies by order, pages by id.
        """
        return tuple(
            document
            for document in self.documents
            if document.kind is kind and (document.locale == locale or kind not in BY_LOCALE)
        )

    def find(self, kind: Kind, name: str, locale: str = DEFAULT_LOCALE) -> Document | None:
        """A document by its id; None where there is none in that language."""
        return next((found for found in self.all(kind, locale) if found.id == name), None)


def load_library(
    folder: Path, facts: Facts, *, drafts: bool = False, paths: frozenset[str] = SITE_PATHS
) -> Library:
    """Read and check every document of the content folder.

    Args:
        folder: the content folder.
        facts: what prose may name.
        drafts: whether drafts are among the documents, as in a preview.
        paths: public addresses that are no document, to which prose may lead.

    Raises:
        ContentError: with all problems of all files.
    """
    problems: list[Problem] = []
    found = list(_read(folder, problems))
    sources = [source for _, source in found if source]
    components = _components(folder, problems)
    wanted = {"live", "draft"} if drafts else {"live"}
    seen = [source for source in sources if source.document.meta.status in wanted]
    unread = frozenset((named.kind, named.id) for named, source in found if source is None)
    shelf = Shelf(seen, _aliases(seen), paths, unread)
    problems.extend(_check(sources, shelf, facts))
    problems.extend(_wrong_topics(folder, sources))
    if problems:
        raise ContentError(tuple(sorted(set(problems), key=lambda it: (it.file, it.line, str(it)))))
    return Library(
        documents=tuple(sorted((source.document for source in seen), key=_in_order)),
        aliases=MappingProxyType(shelf.aliases),
        withdrawn=MappingProxyType(_withdrawn(sources)),
        components=components,
        facts=facts,
        fingerprint=_fingerprint(folder, sources),
    )


def _read(folder: Path, problems: list[Problem]) -> Iterator[tuple[Named, Source | None]]:
    """Every document with its place; None for one that cannot be read."""
    site = read_toml(folder, "site.toml", SiteFile, problems)
    locales = tuple(site.locales) if site else _LOCALES
    for named in find_documents(folder, locales, problems):
        yield named, read_document(folder, named, problems)


def _components(folder: Path, problems: list[Problem]) -> tuple[ComponentEntry, ...]:
    if not (folder / COMPONENTS).is_file():
        return ()
    file = read_toml(folder, COMPONENTS, ComponentsFile, problems)
    entries = tuple(file.components) if file else ()
    said = [(("components", n, "description"), item.description) for n, item in enumerate(entries)]
    note_literals(folder, COMPONENTS, said, problems)
    for number, entry in enumerate(entries):
        if entry.id in {earlier.id for earlier in entries[:number]}:
            where = ("components", number, "id")
            problems.append(problem_at(folder, COMPONENTS, where, "stands twice"))
    return entries


def _check(sources: Sequence[Source], seen: Shelf, facts: Facts) -> Iterator[Problem]:
    """What is wrong within documents that can be read. What was taken back is shown nowhere."""
    kept = [source for source in sources if source.document.meta.status != "withdrawn"]
    whole = Shelf(kept, _aliases(kept), seen.paths, seen.unread)
    for source in kept:
        shelf = seen if source in seen.sources else whole
        yield from checks.check_words(source, facts)
        yield from checks.check_fields(source)
        yield from checks.check_form(source)
        yield from checks.check_links(source, shelf)
        yield from checks.check_references(source, shelf)
    yield from checks.check_names(whole)
    yield from checks.check_order(whole)


def _wrong_topics(folder: Path, sources: Iterable[Source]) -> Iterator[Problem]:
    """Replies to topics that the form does not offer, as far as `intake.toml` can be read."""
    intake = read_toml(folder, "intake.toml", IntakeFile, [])
    for source in sources:
        meta = source.document.meta
        if intake and isinstance(meta, ReplyMeta):
            topics = {topic.id for topic in intake.topics}
            if meta.topic not in topics:
                yield source.at(("topic",), f"{meta.topic} is no topic of intake.toml")


def _aliases(sources: Iterable[Source]) -> dict[str, str]:
    return {
        alias: source.document.id
        for source in sources
        if isinstance(source.document.meta, FaqMeta)
        for alias in source.document.meta.aliases
    }


def _withdrawn(sources: Iterable[Source]) -> dict[Kind, frozenset[str]]:
    """Ids that have no document any more in any language."""
    return {
        kind: frozenset(
            source.document.id
            for source in sources
            if source.document.kind is kind and source.document.meta.status == "withdrawn"
        )
        for kind in Kind
    }


def _in_order(document: Document) -> tuple[str, str, int, str]:
    """The place of a document within its kind."""
    meta = document.meta
    first, second = "", 0
    if isinstance(meta, FaqMeta):
        first, second = meta.category, meta.order
    elif isinstance(meta, PolicyMeta):
        second = meta.said_on.toordinal()
    elif isinstance(meta, KnownIssueMeta):
        first, second = _BY_STATE[meta.state], -meta.since.toordinal()
    elif isinstance(meta, ReplyMeta):
        second = meta.order
    return document.kind, first, second, document.id


def _fingerprint(folder: Path, sources: Iterable[Source]) -> str:
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{source.document.file}\0{source.document.sha256}\n".encode())
    for name in _READ_BESIDE:
        path = folder / name
        if path.is_file():
            digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
