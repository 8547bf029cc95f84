"""Reads every content file of all rooms together, so that all faults are told at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from trustops.chain import packs as packs_of
from trustops.chain.schema import Pack
from trustops.content.facts import Facts
from trustops.content.library import Library, load_library
from trustops.content.load import load
from trustops.content.values import Content, ContentError, Problem
from trustops.exchanges.load import load_exchanges
from trustops.exchanges.values import Exchange
from trustops.official import rules as official
from trustops.official.canonical import MalformedError, parse, to_bytes
from trustops.official.schema import FILE as OFFICIAL_SOURCE
from trustops.official.schema import load_source
from trustops.official.values import Manifest, Official
from trustops.posts.schedule import load_schedule
from trustops.posts.values import Schedule

T = TypeVar("T")

OF_THE_PACK = "names the fact migration."
"""What is found in every document while a pack cannot be read; the pack's own faults say why."""

NOT_ASKED = "Nobody asked for the signed manifest."

_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)
"""A check of the source signs nothing, so any moment of issue will do."""


@dataclass(frozen=True, slots=True)
class Files:
    """What the files say. `pack` is that of the published migration, if there is one."""

    content: Content
    packs: Sequence[Pack]
    pack: Pack | None
    exchanges: Sequence[Exchange]
    schedule: Schedule | None
    library: Library


def read_files(folder: Path, known: Official, *, drafts: bool = False) -> Files:
    """Read the content folder.

    Args:
        folder: the content folder.
        known: what its manifest says, or why nothing of it can be said.
        drafts: whether unpublished documents are read too.

    Raises:
        ContentError: with every problem of every file.
    """
    problems: list[Problem] = []
    content = _attempt(problems, lambda: load(folder))
    packs = _attempt(problems, lambda: packs_of.load_packs(folder))
    matrix = _attempt(problems, lambda: load_exchanges(folder))
    schedule = _attempt(problems, lambda: load_schedule(folder))
    pack = _published(content, packs, problems)
    facts = facts_of(known, pack)
    found: list[Problem] = []
    library = _attempt(found, lambda: load_library(folder, facts, drafts=drafts))
    problems.extend(item for item in found if pack or OF_THE_PACK not in item.message)
    if problems or content is None or packs is None or matrix is None or library is None:
        raise ContentError(tuple(dict.fromkeys(problems)))
    return Files(content, packs, pack, matrix, schedule, library)


def facts_of(known: Official, pack: Pack | None) -> Facts:
    """What prose may name: from the manifest, unless it is withheld, and from the pack."""
    of_manifest = official.facts(known.manifest) if known.manifest else ()
    of_pack = packs_of.facts(pack) if pack else ()
    return Facts.of(of_manifest, of_pack, withheld=known.sentence)


def check(folder: Path) -> tuple[Problem, ...]:
    """Every problem of every file of all rooms, drafts among them; asks no database and no key.

    Names of official facts are checked against the source of the manifest, so that a page is
    right before the next manifest is signed.
    """
    problems: list[Problem] = []
    manifest = _unsigned(folder, problems)
    sentence = "" if manifest else NOT_ASKED
    _attempt(problems, lambda: read_files(folder, Official(_ANY_TIME, manifest, None, sentence)))
    _attempt(
        problems,
        lambda: read_files(folder, Official(_ANY_TIME, manifest, None, sentence), drafts=True),
    )
    return tuple(dict.fromkeys(problems))


def _unsigned(folder: Path, problems: list[Problem]) -> Manifest | None:
    """What the manifest would say if it were signed now; None where the folder has no source."""
    if not (folder / OFFICIAL_SOURCE).exists():
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


def _published(
    content: Content | None, packs: Sequence[Pack] | None, problems: list[Problem]
) -> Pack | None:
    """The pack that `site.toml` names."""
    if content is None or packs is None:
        return None
    found = next((pack for pack in packs if pack.id == content.migration), None)
    if found is None:
        words = f"there is no migrations/{content.migration}.toml"
        problems.append(Problem("site.toml", 1, "migration", words))
    return found
