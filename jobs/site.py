"""The job of the public pages: look at the files, build a release, put it in place.

Where a file has a fault its last good version stays while all else is built anew, and an alert
names file, line and field. Only without a site and a pack the last good release stays as it is.
"""

from __future__ import annotations

from datetime import datetime
from socket import gethostname

from sqlalchemy.orm import Session

from jobs.content_faults import tell
from jobs.runner import JobContext
from trustops.channels.targets import alert_targets
from trustops.content import ContentError
from trustops.content.versions import LastGood
from trustops.official import services as official
from trustops.official.answered import shown_now
from trustops.official.values import Official
from trustops.settings import Settings
from trustops.site import pages
from trustops.site.build import build
from trustops.site.release import Releases
from trustops.site.sources import gather
from trustops.site.watch import is_stale, look, refuse
from trustops.site.withhold import withhold
from trustops.web import context as web


def site_release(context: JobContext) -> dict[str, int]:
    """Build a release of the public pages from what holds now, and put it in place.

    A document with a fault is there in its last good version; all else is built anew.
    """
    settings, releases = context.part(Settings), context.part(Releases)
    good = LastGood(settings.instance_dir)
    with releases.alone():
        now = context.clock.now()
        seen = look(settings.content_dir, settings.instance_dir)
        try:
            with context.reading() as session:
                sources = gather(session, now, settings, good=good)
        except ContentError as error:
            refuse(releases, seen)
            _withhold(context, releases, now)
            tell(context, good, error.problems, {})
            return {"built": 0, "problems": len(error.problems)}
        _look_after_official(context, now, sources.official)
        good.accept(sources.accepted, sources.content.migration, now)
        good.remember(sources.content.migration, sources.library.addresses)
        good.forget(sources.content.migration, {*sources.accepted, *sources.meanwhile})
        with releases.unfinished(now) as out:
            build(sources, out, pages.files)
        releases.clear()
        tell(context, good, sources.problems, sources.meanwhile)
    return {"built": 1, "problems": len(sources.problems)}


def release_waits(session: Session, now: datetime) -> bool:
    """Whether this host has to build a release before the next minute; reads files alone."""
    del session
    settings = web.settings()
    return is_stale(
        web.part(Releases), settings.content_dir, now, instance_dir=settings.instance_dir
    )


def _withhold(context: JobContext, releases: Releases, now: datetime) -> None:
    """Take the official facts off the last good pages as soon as nobody vouches for them."""
    settings = context.part(Settings)
    with context.reading() as session:
        known = shown_now(session, now, settings)
    _look_after_official(context, now, known)
    if known.problem is not None:
        withhold(releases, now, known.problem)


def _look_after_official(context: JobContext, now: datetime, known: Official) -> None:
    """Remember a manifest that is trusted, and alert while none is."""
    settings = context.part(Settings)
    with context.open_session() as session:
        official.accept(session, now, known, host=gethostname())
        official.watch(
            session,
            now,
            known,
            targets=alert_targets(settings),
            base_url=settings.base_url,
            host=gethostname(),
        )
