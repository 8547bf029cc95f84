"""The job of the weekly heartbeat: plan, give up, send what is approved, write what wants a text.

A content file with a fault counts as its last good version says. What is approved is filled with
the figures of the moment in which it goes out; where these cannot be read, the run fails, somebody
is told, and the next run tries again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from jobs.runner import JobContext
from trustops.channels.networks import BY_CHANNEL, TextKind
from trustops.content.versions import LastGood
from trustops.posts.filling import Source, refresh, wants_figures
from trustops.posts.planning import materialise, miss, remind
from trustops.posts.services import compose, queue_due, wants_text
from trustops.posts.setup import setup_of
from trustops.posts.values import Limits, Setup
from trustops.settings import Settings
from trustops.site.sources import gather
from trustops.status.snapshot import Snapshot

Take = Callable[[Session, datetime, Settings], Snapshot]
"""Takes the snapshot that a heartbeat tells."""


def take(session: Session, now: datetime, settings: Settings) -> Snapshot:
    """Everything that is told in public, as the pages say it.

    Raises:
        ContentError: `site.toml` or the pack cannot be used and never could.
    """
    return gather(session, now, settings, good=LastGood(settings.instance_dir)).snapshot


def heartbeat(context: JobContext, taking: Take = take) -> dict[str, int]:
    """Bring the weekly heartbeat as far as it can go now.

    The demo's first one is due at once, so that whoever looks at it sees one.
    """
    settings = context.part(Settings)
    setup = setup_of(settings)
    if setup is None:
        return {"planned": 0, "missed": 0, "composed": 0, "sent": 0, "reminded": 0}
    with context.open_session() as session:
        now = context.clock.now()
        planned = materialise(
            session, now, setup.schedule, first_due=now if settings.demo else None
        )
        missed = miss(session, now, setup)
        sent = queue_due(session, now, setup)
        writes = setup.schedule.templates.complete and wants_text(session, now, setup.schedule)
        reads = writes or wants_figures(session, now, setup.schedule)
    composed = 0
    try:
        if reads:
            source = read_source(context, setup, taking)
            sent += _send(context, setup, source)
            composed = _compose(context, setup, source)
            sent += _send(context, setup, source)
    finally:
        # whoever has to look is told also where nothing could be read or written
        with context.open_session() as session:
            reminded = remind(session, context.clock.now(), setup)
    return {
        "planned": planned,
        "missed": missed,
        "composed": composed,
        "sent": sent,
        "reminded": reminded,
    }


def limits_here(setup: Setup, settings: Settings) -> Limits:
    """How much the networks of this instance take; asked over the network."""
    networks = dict.fromkeys(BY_CHANNEL[target.channel] for target in setup.targets)
    return {
        network.name: network.limits(settings)
        for network in networks
        if network.text is TextKind.SHORT
    }


def read_source(context: JobContext, setup: Setup, taking: Take = take) -> Source:
    """The figures of now, as the pages say them; network and files are read in no transaction."""
    settings = context.part(Settings)
    limits = limits_here(setup, settings)
    with context.reading() as session:
        return Source(taking(session, context.clock.now(), settings), limits)


def _send(context: JobContext, setup: Setup, source: Source) -> int:
    """Hand over what is due, filled with these figures, before anything else can go wrong."""
    with context.open_session() as session:
        return queue_due(session, context.clock.now(), setup, source=source)


def _compose(context: JobContext, setup: Setup, source: Source) -> int:
    """Write the draft that is wanted, and fill what is approved and still to come."""
    with context.open_session() as session:
        now = context.clock.now()
        refresh(session, now, setup, source)
        if not setup.schedule.templates.complete:
            return 0
        row = compose(session, now, source.snapshot, setup=setup, limits=source.limits)
        return int(row is not None)
