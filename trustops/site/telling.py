"""What the pages that come from documents say: safety, answers, the ledger, known issues.

One documented value for each page; templates read its fields and choose words, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import groupby
from typing import Any, Generic, TypeVar

from trustops.chain.packs import direct_transfers, titles_of_chains
from trustops.content.documents import Document
from trustops.content.facts import Facts
from trustops.content.kinds import FaqMeta, Kind, KnownIssueMeta, Meta, PageMeta, PolicyMeta
from trustops.content.markdown import Section, outline, render
from trustops.content.plain import plain
from trustops.official.listing import ListedAddresses, listed_addresses
from trustops.official.rules import names_desk
from trustops.official.values import Official
from trustops.site.sources import Sources

M = TypeVar("M", bound=Meta)

SAFETY = "migration-safety"
SAFETY_TITLE = "Migration safety"
"""What it is called where the content folder has no such page."""

NEVER = "never"
"""The section of the safety page after which the official list stands."""

HAPPENED = "happened"
"""The section of the safety page on what to do if it already happened."""

_SECTION = re.compile(r'(?=<h2 id=")')
_LINK_OF_OURS = re.compile(r'<a href="(?P<path>/[^"]*)"')


@dataclass(frozen=True, slots=True)
class Clean:
    """HTML that a room of ours made and cleaned; templates put it in as it is."""

    html: str

    def __html__(self) -> str:
        """What the templates' escaping asks for."""
        return self.html


@dataclass(frozen=True, slots=True)
class Told(Generic[M]):
    """A document as a page shows it: its id, its front matter, its words, its sections.

    `version_of` is when it was accepted, where it is the last good version of one that is being
    corrected; None for one that is as its file has it.
    """

    id: str
    meta: M
    words: Clean
    sections: Sequence[Section]
    version_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """The safety page: the words up to the official list, the list, the words after it.

    `happened` is the section on what to do if it already happened, which stands last and in one
    piece. `address` is that of the page, in full, as `origin` is that of this site. `meta` is None
    where the content folder has no such page; the list stands all the same.
    `listed` are the official addresses; None while the list is withheld.
    `version_of` dates words that are being corrected; `left_out` says that there are none of it.
    """

    origin: str
    address: str
    meta: PageMeta | None
    before: Clean
    after: Clean
    happened: Clean
    says_never: bool
    official: Official
    listed: ListedAddresses | None
    version_of: datetime | None = None
    left_out: bool = False

    @property
    def wide(self) -> str:
        """Which of the two columns below the list is the wider one on paper, by their words.

        `after`, `happened` or `even`; the wide one is twice as wide as the other. So both end at
        about the same height, and the sheet holds the most.
        """
        parts = (self.after, self.happened)
        after, happened = (len(plain(part.html, self.origin)) for part in parts)
        if 12 * after < 5 * (after + happened):
            return "happened"
        return "after" if 12 * after > 7 * (after + happened) else "even"


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One answer with the statements that it rests on and the answers beside it.

    `steps` are those of the safety page, empty where the answer does not ask for them.
    """

    told: Told[FaqMeta]
    category: str
    statements: Sequence[tuple[str, PolicyMeta]]
    related: Sequence[tuple[str, str]]
    steps: Clean


@dataclass(frozen=True, slots=True)
class Statement:
    """One entry of the ledger, with its links to others both ways, as (id, title)."""

    told: Told[PolicyMeta]
    supersedes: Sequence[tuple[str, str]]
    superseded_by: Sequence[tuple[str, str]]
    contradicts: Sequence[tuple[str, str]]


def told(document: Document, model: type[M], facts: Facts, sources: Sources) -> Told[M]:
    """A document with its text rendered from the facts of now, whichever version of it that is."""
    rendered = render(document.body, facts)
    meta = document.meta_as(model)
    version_of = sources.version_of(document.file)
    return Told(document.id, meta, Clean(rendered.html), rendered.sections, version_of)


def safety_page(sources: Sources, facts: Facts) -> SafetyPage:
    """The words of the safety page around the official list."""
    document = sources.library.find(Kind.PAGE, SAFETY)
    found = told(document, PageMeta, facts, sources) if document else None
    html = _with_addresses(found.words.html, sources.base_url) if found else ""
    before, after, happened, says_never = _around_the_list(html)
    manifest = sources.official.manifest
    return SafetyPage(
        origin=sources.base_url,
        address=f"{sources.base_url}/{SAFETY}",
        meta=found.meta if found else None,
        version_of=found.version_of if found else None,
        left_out=any(left.id == SAFETY for left in sources.library.left_out),
        before=Clean(before),
        after=Clean(after),
        happened=Clean(happened),
        says_never=says_never,
        official=sources.official,
        listed=listed_addresses(manifest, direct_transfers(sources.pack), chain_names(sources))
        if manifest
        else None,
    )


def chain_names(sources: Sources) -> Mapping[str, str]:
    """Chains by their ids, as sentences name them."""
    return titles_of_chains(sources.pack, sources.content.chains)


def faq_page(sources: Sources) -> Sequence[tuple[str, Sequence[tuple[str, FaqMeta]]]]:
    """Every question with its answer in a sentence, by category."""
    entries = [(item.id, item.meta_as(FaqMeta)) for item in sources.library.all(Kind.FAQ)]
    return [
        (in_words(category), list(group))
        for category, group in groupby(entries, key=lambda entry: entry[1].category)
    ]


def answer_page(sources: Sources, answer: Told[FaqMeta], facts: Facts) -> AnswerPage:
    """An answer with what it names; what is not published is left out."""
    library = sources.library
    statements = [library.find(Kind.POLICY, name) for name in answer.meta.statements]
    related = [library.find(Kind.FAQ, name) for name in answer.meta.related]
    return AnswerPage(
        told=answer,
        category=in_words(answer.meta.category),
        statements=[(item.id, item.meta_as(PolicyMeta)) for item in statements if item],
        related=[(item.id, item.meta.title) for item in related if item],
        steps=safety_page(sources, facts).happened if answer.meta.steps else Clean(""),
    )


def ledger(sources: Sources, facts: Facts) -> Sequence[Statement]:
    """Every statement, the newest first; what contradicts says so at both ends."""
    entries = [told(item, PolicyMeta, facts, sources) for item in sources.library.all(Kind.POLICY)]
    titles = {entry.id: entry.meta.title for entry in entries}

    def named(names: Sequence[str]) -> Sequence[tuple[str, str]]:
        return [(name, titles[name]) for name in dict.fromkeys(names) if name in titles]

    def pointing(name: str, field: str) -> list[str]:
        return [entry.id for entry in entries if name in getattr(entry.meta, field)]

    return [
        Statement(
            told=entry,
            supersedes=named(entry.meta.supersedes),
            superseded_by=named(pointing(entry.id, "supersedes")),
            contradicts=named([*entry.meta.contradicts, *pointing(entry.id, "contradicts")]),
        )
        for entry in reversed(entries)
    ]


def issues(sources: Sources, facts: Facts) -> Sequence[Told[KnownIssueMeta]]:
    """Every known issue, what is open first."""
    return [
        told(item, KnownIssueMeta, facts, sources) for item in sources.library.all(Kind.KNOWN_ISSUE)
    ]


def ways_on(sources: Sources) -> dict[str, Any]:
    """What leads on from every page: names of pages that content gives, the same everywhere.

    `safety_title` is what the safety page calls itself, `happened` whether it says what to do if
    it already happened, `documents` the other pages from files.
    """
    safety = sources.library.find(Kind.PAGE, SAFETY)
    return {
        "safety_title": safety.meta.title if safety else SAFETY_TITLE,
        "happened": says_what_to_do(sources),
        "documents": documents(sources),
    }


def says_what_to_do(sources: Sources) -> bool:
    """Whether the safety page says what to do if it already happened; every foot leads there."""
    document = sources.library.find(Kind.PAGE, SAFETY)
    return document is not None and HAPPENED in outline(document.body).anchors


def documents(sources: Sources) -> Sequence[tuple[str, str]]:
    """The pages from files beside that on safety, by id and title; every foot leads to them."""
    found = sources.library.all(Kind.PAGE)
    return [(item.id, item.meta.title) for item in found if item.id != SAFETY]


def is_listed(sources: Sources) -> bool:
    """Whether the trusted list names the host of this desk, so that people can check us by it."""
    manifest = sources.official.manifest
    return manifest is not None and names_desk(manifest, sources.base_url)


def in_words(slug: str) -> str:
    """A category as a heading has it."""
    return slug.replace("-", " ").capitalize()


def _with_addresses(html: str, origin: str) -> str:
    """HTML of ours whose links within this site also name it, for whoever reads them on paper."""
    return _LINK_OF_OURS.sub(rf'\g<0> data-address="{escape(origin)}\g<path>"', html)


def _around_the_list(html: str) -> tuple[str, str, str, bool]:
    """The words up to the end of the section on what we never do, if any, and those after it.

    The section on what to do if it already happened comes apart from the others. The HTML is our
    own, so a section begins where its heading of the second level does.
    """
    parts = _SECTION.split(html)
    never = [number for number, part in enumerate(parts, 1) if _begins(part, NEVER)]
    end = never[0] if never else 1
    rest = parts[end:]
    return (
        "".join(parts[:end]),
        "".join(part for part in rest if not _begins(part, HAPPENED)),
        "".join(part for part in rest if _begins(part, HAPPENED)),
        bool(never),
    )


def _begins(part: str, section: str) -> bool:
    return part.startswith(f'<h2 id="{section}"')
