"""Reads every content file of all rooms together, so that all faults are told at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from trustops.chain import packs as packs_of
from trustops.chain.schema import Pack
from trustops.content import answering
from trustops.content.agreement import disagreements
from trustops.content.causes import causes_first
from trustops.content.days import days_ahead, far_days
from trustops.content.facts import Facts
from trustops.content.folders import KNOWN_LOCALES
from trustops.content.kept_addresses import lost_addresses
from trustops.content.library import Library, read_components, read_library
from trustops.content.load import read_content, read_site
from trustops.content.operator import NOBODY, Operator
from trustops.content.promises import other_promises
from trustops.content.schema import SiteFile
from trustops.content.unfinished import unfinished_words
from trustops.content.values import Content, ContentError, Problem
from trustops.content.versions import PACKS, SITE, LastGood, Meanwhile, Reading
from trustops.exchanges.load import read_exchanges
from trustops.exchanges.values import Exchange
from trustops.official import rules as official
from trustops.official.canonical import MalformedError, parse, to_bytes
from trustops.official.schema import FILE as OFFICIAL_SOURCE
from trustops.official.schema import load_source
from trustops.official.values import Manifest, Official
from trustops.posts.schedule import read_schedule
from trustops.posts.values import Schedule
from trustops.settings import Settings
from trustops.site.release import Releases

T = TypeVar("T")

OF_THE_PACK = "names the fact migration."
"""What is found in every document while a pack cannot be read; the pack's own faults say why."""

NOT_ASKED = "Nobody asked for the signed manifest."

_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)
"""A check of the source signs nothing, so any moment of issue will do."""


@dataclass(frozen=True, slots=True)
class Files:
    """What the files say. `pack` is that of the published migration, if there is one.

    `problems` are all faults of the files as they lie there, `meanwhile` says what readers see of
    each document with one, and `accepted` holds the bytes of all others by their names.
    """

    content: Content
    packs: Sequence[Pack]
    pack: Pack
    exchanges: Sequence[Exchange]
    schedule: Schedule | None
    library: Library
    problems: Sequence[Problem] = ()
    meanwhile: Mapping[str, Meanwhile] = field(default_factory=dict)
    accepted: Mapping[str, bytes] = field(default_factory=dict)


def read_files(folder: Path, known: Official, *, drafts: bool = False, demo: bool = False) -> Files:
    """Read the content folder strictly, as whoever writes it has to see it.

    Args:
        folder: the content folder.
        known: what its manifest says, or why nothing of it can be said.
        drafts: whether unpublished documents are read too.
        demo: whether the operator of the demo counts.

    Raises:
        ContentError: with every problem of every file.
    """
    reading = Reading(folder)
    files = _read(reading, known, drafts=drafts, demo=demo)
    if reading.problems or files is None:
        raise ContentError(tuple(dict.fromkeys(reading.problems)))
    return files


def settle_files(folder: Path, known: Official, good: LastGood, *, demo: bool = False) -> Files:
    """Read the content folder as readers see it: of a file with a fault the last good version.

    Raises:
        ContentError: `site.toml` or the published pack cannot be used and never could.
    """
    reading = Reading(folder, good)
    files = _read(reading, known, demo=demo)
    if files is None:
        raise ContentError(tuple(dict.fromkeys(reading.problems)))
    return files


def published_content(folder: Path, good: LastGood) -> Content:
    """What a process offers from its start on: the site with its topics and promises.

    Raises:
        ContentError: `site.toml` cannot be used and never could.
    """
    reading = Reading(folder, good)
    site, _ = _site_and_pack(reading)
    content = read_content(reading, site)
    if content is None:
        raise ContentError(tuple(dict.fromkeys(reading.problems)))
    return content


def require_published(folder: Path, good: LastGood) -> None:
    """Make sure that there is a site and a pack to show, be it in their last good versions.

    Raises:
        ContentError: there is none, with everything that is wrong with them.
    """
    reading = Reading(folder, good)
    _, pack = _site_and_pack(reading)
    if pack is None:
        raise ContentError(tuple(dict.fromkeys(reading.problems)))


def unpublished(settings: Settings) -> str:
    """Why an instance has no page to show and cannot build one; empty where it can or has some."""
    if Releases(settings.instance_dir).current() is not None:
        return ""
    try:
        require_published(settings.content_dir, LastGood(settings.instance_dir))
    except ContentError as error:
        return f"the content needs a correction: {error.problems[0]}"
    return ""


def facts_of(
    known: Official, pack: Pack | None, operator: Operator = NOBODY, *, demo: bool = False
) -> Facts:
    """What prose may name: from the manifest, unless it is withheld, the pack and `site.toml`."""
    of_manifest = official.facts(known.manifest) if known.manifest else ()
    of_pack = packs_of.facts(pack) if pack else ()
    found = Facts.of(of_manifest, of_pack, withheld=known.sentence)
    return replace(found, of_site=answering.facts(operator, demo=demo))


def check(
    folder: Path, *, now: datetime | None = None, good: LastGood | None = None
) -> tuple[Problem, ...]:
    """Every problem of every file of all rooms, drafts among them; asks no database and no key.

    Names of official facts are checked against the source of the manifest, so that a page is
    right before the next manifest is signed. Promises, days that cannot be, values that contradict
    each other, words left to fill in and lost addresses are told here alone: they keep no document
    from its readers.

    Args:
        folder: the content folder.
        now: an aware instant, to find days ahead of it.
        good: the last good versions of an instance, to find what it published and lost.
    """
    problems: list[Problem] = []
    manifest = _unsigned(folder, problems)
    sentence = "" if manifest else NOT_ASKED
    reading = Reading(folder)
    known = Official(_ANY_TIME, manifest, None, sentence)
    _read(reading, known, drafts=True, checks_both=True)
    problems.extend(reading.problems)
    problems.extend(other_promises(folder))
    problems.extend(disagreements(folder))
    problems.extend(unfinished_words(folder))
    if now is not None:
        problems.extend(days_ahead(folder, now))
        problems.extend(far_days(folder, now))
    if good is not None:
        site = read_site(folder, [])
        published = good.addresses(site.migration) if site else ()
        problems.extend(lost_addresses(folder, published))
        beside = Reading(folder, good, site.migration if site else "")
        read_schedule(beside)
        read_components(beside)
        problems.extend(beside.problems)
    return tuple(dict.fromkeys(causes_first(folder, problems)))


def meanwhile(folder: Path, good: LastGood) -> Mapping[str, Meanwhile]:
    """What readers of an instance see of each document that has a fault, by its file."""
    manifest = _unsigned(folder, [])
    reading = Reading(folder, good)
    _read(reading, Official(_ANY_TIME, manifest, None, "" if manifest else NOT_ASKED))
    return reading.meanwhile


def _unsigned(folder: Path, problems: list[Problem]) -> Manifest | None:
    """What the manifest would say if it were signed now; None where the folder has no source."""
    if not os.path.lexists(folder / OFFICIAL_SOURCE):
        return None
    source = _attempt(problems, lambda: load_source(folder))
    if source is None:
        return None
    try:
        text = to_bytes(source, version=1, issued_at=_ANY_TIME, lifetime=timedelta(days=1))
        return parse(text)
    except MalformedError as error:
        problems.append(Problem(OFFICIAL_SOURCE, 1, "file", error.message))
        return None


def _attempt(problems: list[Problem], read: Callable[[], T]) -> T | None:
    """What a reader gives, or None after noting what it found wrong."""
    try:
        return read()
    except ContentError as error:
        problems.extend(error.problems)
        return None


def _read(
    reading: Reading,
    known: Official,
    *,
    drafts: bool = False,
    demo: bool = False,
    checks_both: bool = False,
) -> Files | None:
    """Everything that can be read; None without a site and the pack that it publishes."""
    site, pack = _site_and_pack(reading)
    content = read_content(reading, site)
    packs = packs_of.read_packs(reading)
    matrix = read_exchanges(reading)
    schedule = read_schedule(reading)
    before = len(reading.problems)
    locales = tuple(site.locales) if site else KNOWN_LOCALES
    operator = content.operator if content else NOBODY
    facts = facts_of(known, pack, operator, demo=demo)
    library = read_library(reading, facts, locales, drafts=drafts, checks_both=checks_both)
    if pack is None:
        found = reading.problems[before:]
        reading.problems[before:] = [item for item in found if OF_THE_PACK not in item.message]
    if content is None or pack is None:
        return None
    return Files(
        content=content,
        packs=packs,
        pack=pack,
        exchanges=matrix,
        schedule=schedule,
        library=library,
        problems=tuple(dict.fromkeys(reading.problems)),
        meanwhile=reading.meanwhile,
        accepted=reading.accepted,
    )


def _site_and_pack(reading: Reading) -> tuple[SiteFile | None, Pack | None]:
    """The site and the pack that it publishes.

    A site that names a pack which never was good is no good version: the last good one stays.
    """
    site = reading.one(SITE, read_site)
    if site is None:
        return None, None
    pack = _pack_of(reading, site)
    if pack is None and reading.good is not None:
        older = reading.older(SITE, read_site)
        if older is not None and (pack := _pack_of(reading, older)):
            site = older
    reading.migration = site.migration
    return site, pack


def _pack_of(reading: Reading, site: SiteFile) -> Pack | None:
    name = f"{PACKS}/{site.migration}.toml"
    if not os.path.lexists(reading.folder / name):
        words = f"there is no {name}"
        reading.problems.append(Problem(SITE, 1, "migration", words))
    return packs_of.published_pack(reading, site.migration)
