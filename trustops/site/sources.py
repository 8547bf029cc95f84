"""Gathers everything that the public pages say, from all rooms, as of one moment.

Content files, the migration pack, exchanges, the manifest and the figures are read together, so
that no page contradicts another one. A document with a fault is there in its last good version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from trustops.chain import queries as chain
from trustops.chain.schema import Pack
from trustops.content.facts import Facts
from trustops.content.kinds import Kind, KnownIssueMeta
from trustops.content.library import Library
from trustops.content.values import Content, Problem
from trustops.content.versions import LastGood, Meanwhile
from trustops.exchanges import rules as exchanges
from trustops.exchanges.values import Row
from trustops.official.answered import shown_now, shown_to_author
from trustops.official.rules import sentence_of
from trustops.official.values import Official
from trustops.official.values import Problem as Distrust
from trustops.posts import queries as posts
from trustops.posts.queries import Published
from trustops.settings import Settings
from trustops.site.corrections import corrections
from trustops.site.files import Files, read_files, settle_files
from trustops.site.release import Releases
from trustops.site.watch import look
from trustops.site.wording import migration_state
from trustops.sla.rules import FIRST_RESPONSE
from trustops.status.files import previous_components
from trustops.status.inputs import Inputs, Watches
from trustops.status.queries import take_snapshot
from trustops.status.rules import heading_of, of_addresses
from trustops.status.snapshot import Component, Snapshot
from trustops.status.statuspage import MIGRATION


@dataclass(frozen=True, slots=True)
class Sources:
    """What a release is made of. `now` is aware, in UTC; every figure is as of it or older.

    `pack` is the one published migration of `packs`. `facts` are withheld of what only a
    manifest can give while it is not trusted. `unnamed` says that nobody answers for the site yet;
    such a site is as good as a demo (`example`). `preview` marks a release with drafts in it.
    `watched` is the fingerprint of the content folder from before it was read. `problems` are the
    faults of its files, `meanwhile` says what readers see of each of these, and `accepted` holds
    the bytes of all others.
    """

    now: datetime
    base_url: str
    demo: bool
    unnamed: bool
    preview: bool
    content: Content
    library: Library
    exchanges: Sequence[Row]
    packs: Sequence[Pack]
    pack: Pack | None
    official: Official
    facts: Facts
    snapshot: Snapshot
    heartbeats: Sequence[Published]
    watched: str = ""
    problems: Sequence[Problem] = ()
    meanwhile: Mapping[str, Meanwhile] = field(default_factory=dict)
    accepted: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def example(self) -> bool:
        """Whether nobody may take this for a desk that somebody runs."""
        return self.demo or self.unnamed

    def version_of(self, file: str) -> datetime | None:
        """When the version of a file that readers see was accepted; None for that of now."""
        older = self.meanwhile.get(file)
        return older.accepted_at if older else None


def gather(
    session: Session,
    now: datetime,
    settings: Settings,
    *,
    content_dir: Path | None = None,
    drafts: bool = False,
    good: LastGood | None = None,
) -> Sources:
    """Read all files and figures.

    Args:
        session: only read from.
        now: an aware instant, in UTC.
        settings: the instance's.
        content_dir: another content folder than that of the settings.
        drafts: whether documents that are not published yet are among them, for a preview.
        good: what takes the place of documents with faults; without it they are refused.

    Raises:
        ContentError: with every problem of every file of all rooms; with `good` only where
            `site.toml` or the pack cannot be used and never could.
    """
    folder = content_dir or settings.content_dir
    watched = look(folder, settings.instance_dir)
    shown = shown_now if good else shown_to_author
    known = shown(session, now, settings, content_dir=folder)
    demo = settings.demo
    files = (
        settle_files(folder, known, good, demo=demo)
        if good
        else read_files(folder, known, drafts=drafts, demo=demo)
    )
    rows = exchanges.matrix(files.exchanges, now.date())
    before = previous_components(Releases(settings.instance_dir).current_file(MIGRATION))
    inputs = _inputs(session, now, files, known=known, rows=rows)
    unnamed = not files.content.operator.is_named(demo=settings.demo)
    inputs = replace(inputs, previous=before, demo=settings.demo or unnamed)
    return Sources(
        now=now,
        base_url=settings.base_url,
        demo=settings.demo,
        unnamed=unnamed,
        preview=drafts,
        content=files.content,
        library=files.library,
        exchanges=rows,
        packs=files.packs,
        pack=files.pack,
        official=known,
        facts=files.library.facts,
        snapshot=take_snapshot(session, now, inputs),
        heartbeats=posts.published(session),
        watched=watched,
        problems=files.problems,
        meanwhile=files.meanwhile,
        accepted=files.accepted,
    )


def withheld(sources: Sources) -> Sources:
    """The same sources after the manifest has expired: no official fact is among them."""
    sentence = sentence_of(Distrust.EXPIRED)
    known = sources.official
    end = known.manifest.expires_at if known.manifest else sources.now
    watching = {
        item.id for item in sources.library.components if Watches(item.watches) is Watches.OFFICIAL
    }
    status, reason = of_addresses(sentence)

    def later(component: Component) -> Component:
        if component.id not in watching:
            return component
        heading = heading_of(Watches.OFFICIAL, status)
        return replace(component, status=status, reason=reason, since=end, heading=heading)

    return replace(
        sources,
        official=replace(
            known,
            manifest=None,
            problem=Distrust.EXPIRED,
            sentence=sentence,
            text=b"",
            signature=b"",
        ),
        facts=sources.facts.without_official(sentence),
        snapshot=replace(
            sources.snapshot,
            addresses=sentence,
            components=tuple(later(item) for item in sources.snapshot.components),
        ),
    )


def _inputs(
    session: Session, now: datetime, files: Files, *, known: Official, rows: Sequence[Row]
) -> Inputs:
    """What the figures of now are made of, but for what the last release said."""
    standings = chain.standing(session, files.pack, now)
    promise = files.content.policy(FIRST_RESPONSE).target
    beats = posts.outlook(session, now, files.schedule)
    return Inputs(
        project=files.pack.name,
        promise_hours=round(promise.total_seconds() / 3600),
        topics={topic.id: topic.title for topic in files.content.topics},
        migration_state=migration_state(files.pack, standings, now),
        chains=standings,
        exchanges=rows,
        open_issues=[
            (item.id, item.meta.title)
            for item in files.library.all(Kind.KNOWN_ISSUE)
            if item.meta_as(KnownIssueMeta).state != "resolved"
        ],
        components=files.library.components,
        corrections=corrections(files),
        addresses=known.sentence,
        last_heartbeat=posts.last_week(session),
        next_heartbeat_at=beats.next_at,
        heartbeat_due_since=beats.due_since,
    )
