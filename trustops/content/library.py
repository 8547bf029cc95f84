"""The library: every document of the content folder, checked, in the order in which it is read.

A document with a fault is read in its last good version, or is left out; the others are read as
they are. A strict reading gives all of it or every fault of every file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from trustops.content import checks
from trustops.content.between import aliases_of, faults_beside, faults_between
from trustops.content.checks import SITE_PATHS
from trustops.content.documents import (
    Document,
    Named,
    Source,
    Written,
    read_document,
    read_front,
    read_written,
)
from trustops.content.facts import Facts
from trustops.content.folders import KNOWN_LOCALES, find_documents, fingerprint_of
from trustops.content.form import check_form, check_words
from trustops.content.kinds import BY_LOCALE, FaqMeta, Kind, KnownIssueMeta, PolicyMeta, ReplyMeta
from trustops.content.outgoing import check_outgoing
from trustops.content.schema import ComponentEntry, ComponentsFile, SiteFile
from trustops.content.toml_file import loose_toml, note_literals, read_toml
from trustops.content.toml_rows import rows_of, twice, words_in
from trustops.content.values import ContentError, Problem
from trustops.content.versions import SITE, Reading, bytes_of

__all__ = ["Document", "Library", "fingerprint_of", "load_library"]

DEFAULT_LOCALE = "en"
COMPONENTS = "components.toml"

_BY_STATE = {"open": "0", "watching": "1", "resolved": "2"}
_READ_BESIDE = ("site.toml", "intake.toml", COMPONENTS)


@dataclass(frozen=True, slots=True)
class Library:
    """All documents that readers see.

    `aliases` lead from a former id of an answer to the one of now. `withdrawn` keeps the ids of
    what was taken back, by kind. `fingerprint` is a SHA-256 over everything that was read.
    `left_out` are pages and answers that are being corrected and cannot be shown meanwhile.
    """

    documents: tuple[Document, ...]
    aliases: Mapping[str, str]
    withdrawn: Mapping[Kind, frozenset[str]]
    components: tuple[ComponentEntry, ...]
    facts: Facts
    fingerprint: str
    left_out: tuple[Named, ...] = ()

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

    @property
    def addresses(self) -> frozenset[str]:
        """The public addresses of pages and answers by their folders, such as `faq/ratio`."""
        return frozenset(
            f"{document.kind}/{document.id}"
            for document in self.documents
            if document.kind in BY_LOCALE and document.meta.status == "live"
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
    reading = Reading(folder)
    site = reading.one(SITE, lambda root, wrong: read_toml(root, SITE, SiteFile, wrong))
    locales = tuple(site.locales) if site else KNOWN_LOCALES
    library = read_library(reading, facts, locales, drafts=drafts, paths=paths)
    problems = set(reading.problems)
    if problems:
        raise ContentError(tuple(sorted(problems, key=lambda it: (it.file, it.line, str(it)))))
    return library


def read_library(
    reading: Reading,
    facts: Facts,
    locales: Sequence[str],
    *,
    drafts: bool = False,
    checks_both: bool = False,
    paths: frozenset[str] = SITE_PATHS,
) -> Library:
    """Read every document that can be read; of one with a fault the last good version.

    What leads to a document that is not there any more is a fault of the new version of a text,
    and none of the version that was good before: that one is read all the same.

    Args:
        reading: the content folder; faults, and what readers see meanwhile, are noted there.
        facts: what prose may name now. A version that names others is not good any more.
        locales: the languages of the site.
        drafts: whether drafts are among the documents, as in a preview.
        checks_both: whether to note what would be wrong without the drafts too.
        paths: public addresses that are no document, to which prose may lead.
    """
    faulty: dict[Named, Written] = {}
    reads = {
        named: partial(_read_checked, named=named, facts=facts, faulty=faulty)
        for named in find_documents(reading.folder, locales, reading.problems)
    }
    found = {named: reading.one(named.file, read) for named, read in reads.items()}
    for named in _lost(reading, locales, found):
        reads[named] = partial(_read_checked, named=named, facts=facts)
        found[named] = reading.older(named.file, reads[named])
    components = read_components(reading)
    wanted = {"live", "draft"} if drafts else {"live"}
    faults: list[Problem] = []
    for seen_by_some in [wanted, {"live"}] if checks_both else [wanted]:
        between = faults_between(reading, found, seen_by_some, paths)
        faults.extend(fault for fault in between if fault.file not in reading.meanwhile)
        reading.problems.extend(
            faults_beside(reading.folder, found, faulty.values(), wanted=seen_by_some, paths=paths)
        )
    reading.problems.extend(faults)
    blamed = {fault.file for fault in faults}
    for named in [named for named in found if named.file in blamed]:
        found[named] = reading.older(named.file, reads[named])
    sources = [source for source in found.values() if source]
    seen = [source for source in sources if source.document.meta.status in wanted]
    return Library(
        documents=tuple(sorted((source.document for source in seen), key=_in_order)),
        aliases=MappingProxyType(aliases_of(seen)),
        withdrawn=MappingProxyType(_withdrawn(sources)),
        components=components or (),
        facts=facts,
        fingerprint=_fingerprint(reading.folder, sources),
        left_out=tuple(
            named
            for named, source in found.items()
            if source is None and named.kind in BY_LOCALE and _is_public(reading, named)
        ),
    )


def _read_checked(
    folder: Path,
    problems: list[Problem],
    *,
    named: Named,
    facts: Facts,
    faulty: dict[Named, Written] | None = None,
) -> Source | None:
    """A document with nothing wrong in itself. What was taken back is shown nowhere.

    One that has faults is put into `faulty`, so that its links and references are looked at too.
    """
    source = read_document(folder, named, problems)
    if source is not None and source.document.meta.status == "withdrawn":
        return source
    written = source.written if source else read_written(folder, named)
    if written is not None:
        problems.extend(check_words(written.body, facts))
        problems.extend(check_form(written.body))
        told = {problem.field for problem in problems}
        problems.extend(item for item in checks.check_fields(written) if item.field not in told)
        problems.extend(check_outgoing(written, facts))
        if problems and faulty is not None:
            faulty.setdefault(named, written)
    return source


def _lost(reading: Reading, locales: Sequence[str], found: Mapping[Named, object]) -> list[Named]:
    """Documents whose place cannot be looked into, or is taken by something that is none."""
    copies = reading.copies()
    if copies is None:
        return []
    blamed = {problem.file for problem in reading.problems}

    def is_lost(name: str) -> bool:
        return any(name == other or name.startswith(f"{other}/") for other in blamed)

    names = {named.file for named in found}
    return [
        named
        for named in find_documents(copies, locales, [])
        if named.file not in names and is_lost(named.file)
    ]


def read_components(reading: Reading) -> tuple[ComponentEntry, ...] | None:
    """What the status page lists; of a file with a fault or lost the last good version."""
    return reading.one(COMPONENTS, _components) if _is_listed(reading) else ()


def _is_listed(reading: Reading) -> bool:
    """Whether the folder says what the status page lists, or did: its loss is a fault."""
    had = reading.good and reading.good.accepted_at(COMPONENTS, reading.migration)
    return bool(had) or os.path.lexists(reading.folder / COMPONENTS) or not reading.folder.is_dir()


def _is_public(reading: Reading, named: Named) -> bool:
    """Whether readers may hear of a document: not while it is known as a draft or taken back."""
    copies = reading.copies()
    for folder in (reading.folder, *([copies] if copies else ())):
        front = read_front(folder, named.file)
        if front is not None and front[0]:
            return front[0].get("status", "live") == "live"
    return True


def _components(folder: Path, problems: list[Problem]) -> tuple[ComponentEntry, ...] | None:
    file = read_toml(folder, COMPONENTS, ComponentsFile, problems)
    values, places = loose_toml(folder, COMPONENTS, ComponentsFile)
    rows = rows_of(values, "components")
    said = words_in(rows, "components", "description")
    note_literals(COMPONENTS, said, places, problems)
    problems.extend(twice(COMPONENTS, "components", rows, places))
    return tuple(file.components) if file else None


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
        raw = bytes_of(folder / name)
        if raw is not None:
            digest.update(name.encode() + b"\0" + hashlib.sha256(raw).digest())
    return digest.hexdigest()
