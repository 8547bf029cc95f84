"""What is wrong between documents: links, references, names that two of them claim, topics."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from trustops.content import checks
from trustops.content.checks import Shelf
from trustops.content.documents import Named, Source
from trustops.content.kinds import FaqMeta, ReplyMeta
from trustops.content.schema import IntakeFile
from trustops.content.toml_file import read_toml
from trustops.content.values import Problem
from trustops.content.versions import Reading


def faults_between(
    reading: Reading,
    found: Mapping[Named, Source | None],
    wanted: Collection[str],
    paths: frozenset[str],
) -> list[Problem]:
    """What is wrong between documents; where two claim one name, the newer text gives way."""
    unread = frozenset((named.kind, named.id) for named, source in found.items() if source is None)
    sources = [source for source in found.values() if source]
    kept = [source for source in sources if source.document.meta.status != "withdrawn"]
    kept.sort(key=lambda source: not reading.is_settled(source.document.file))
    seen_sources = [source for source in kept if source.document.meta.status in wanted]
    exchanges = exchanges_in(reading.folder)
    seen = Shelf(seen_sources, aliases_of(seen_sources), paths, unread, exchanges)
    whole = Shelf(kept, aliases_of(kept), paths, unread, exchanges)
    faults: list[Problem] = []
    for source in kept:
        shelf = seen if source.document.meta.status in wanted else whole
        faults.extend(checks.check_links(source, shelf))
        faults.extend(checks.check_references(source, shelf))
    faults.extend(checks.check_names(whole))
    faults.extend(checks.check_order(whole))
    faults.extend(_wrong_topics(reading.folder, sources))
    return faults


def faults_beside(
    folder: Path,
    found: Mapping[Named, Source | None],
    faulty: Iterable[Source],
    *,
    wanted: Collection[str],
    paths: frozenset[str],
) -> Iterator[Problem]:
    """What else is wrong with documents that have faults of their own: links and references."""
    unread = frozenset((named.kind, named.id) for named, source in found.items() if source is None)
    read = [source for source in found.values() if source and _is_wanted(source, wanted)]
    shelf = Shelf(read, aliases_of(read), paths, unread, exchanges_in(folder))
    for source in faulty:
        yield from checks.check_links(source, shelf)
        yield from checks.check_references(source, shelf)


def exchanges_in(folder: Path) -> frozenset[str]:
    """The ids of exchanges, which are the names of their files."""
    return frozenset(path.stem for path in (folder / "exchanges").glob("*.toml"))


def _is_wanted(source: Source, wanted: Collection[str]) -> bool:
    return source.document.meta.status in wanted


def _wrong_topics(folder: Path, sources: Iterable[Source]) -> Iterator[Problem]:
    """Replies to topics that the form does not offer, as far as `intake.toml` can be read."""
    intake = read_toml(folder, "intake.toml", IntakeFile, [])
    for source in sources:
        meta = source.document.meta
        if intake and isinstance(meta, ReplyMeta):
            topics = {topic.id for topic in intake.topics}
            if meta.topic not in topics:
                yield source.at(("topic",), f"{meta.topic} is no topic of intake.toml")


def aliases_of(sources: Iterable[Source]) -> dict[str, str]:
    """Former ids of answers, each with the id of now."""
    return {
        alias: source.document.id
        for source in sources
        if isinstance(source.document.meta, FaqMeta)
        for alias in source.document.meta.aliases
    }
