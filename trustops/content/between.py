"""What is wrong between documents: links, references, names that two of them claim, topics."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from trustops.content import checks
from trustops.content.checks import Shelf
from trustops.content.circles import check_order
from trustops.content.documents import Named, Source, Written
from trustops.content.fixes import meant
from trustops.content.kinds import FaqMeta, Kind
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
    unseen = {
        (source.document.kind, source.document.id): source.document.meta.status
        for source in sources
        if source.document.meta.status not in wanted
    }
    seen = Shelf(seen_sources, aliases_of(seen_sources), paths, unread, exchanges, unseen)
    whole = Shelf(kept, aliases_of(kept), paths, unread, exchanges)
    faults: list[Problem] = []
    for source in kept:
        shelf = seen if source.document.meta.status in wanted else whole
        faults.extend(checks.check_links(source.written, shelf))
        faults.extend(checks.check_references(source.written, shelf))
    faults.extend(checks.check_names(whole))
    faults.extend(check_order(whole))
    faults.extend(_wrong_topics(reading.folder, [source.written for source in sources]))
    return faults


def faults_beside(
    folder: Path,
    found: Mapping[Named, Source | None],
    faulty: Collection[Written],
    *,
    wanted: Collection[str],
    paths: frozenset[str],
) -> Iterator[Problem]:
    """What else is wrong with documents that have faults of their own: what they point to."""
    unread = frozenset((named.kind, named.id) for named, source in found.items() if source is None)
    read = [source for source in found.values() if source and _is_wanted(source, wanted)]
    shelf = Shelf(read, aliases_of(read), paths, unread, exchanges_in(folder))
    for written in faulty:
        yield from checks.check_links(written, shelf)
        yield from checks.check_references(written, shelf)
    yield from _wrong_topics(folder, faulty)


def exchanges_in(folder: Path) -> frozenset[str]:
    """The ids of exchanges, which are the names of their files."""
    return frozenset(path.stem for path in (folder / "exchanges").glob("*.toml"))


def _is_wanted(source: Source, wanted: Collection[str]) -> bool:
    return source.document.meta.status in wanted


def _wrong_topics(folder: Path, documents: Iterable[Written]) -> Iterator[Problem]:
    """Replies to topics that the form does not offer, as far as `intake.toml` can be read."""
    intake = read_toml(folder, "intake.toml", IntakeFile, [])
    topics = [topic.id for topic in intake.topics] if intake else []
    for written in documents:
        topic = written.words("topic")
        if topics and written.named.kind is Kind.REPLY and topic and topic not in topics:
            words = f"{topic} is no topic of intake.toml; its topics are {', '.join(topics)}"
            yield written.at(("topic",), f"{words}{meant(topic, topics)}")


def aliases_of(sources: Iterable[Source]) -> dict[str, str]:
    """Former ids of answers, each with the id of now."""
    return {
        alias: source.document.id
        for source in sources
        if isinstance(source.document.meta, FaqMeta)
        for alias in source.document.meta.aliases
    }
