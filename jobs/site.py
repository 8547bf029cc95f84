"""The job of the public pages: look at the files, build a release, put it in place.

Where a file has a fault the last good release stays, and an alert names file, line and field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from socket import gethostname

from sqlalchemy.orm import Session

from jobs.runner import JobContext
from trustops.alerts.rules import LONGEST_SUMMARY, Kind, NewAlert, Severity
from trustops.alerts.services import raise_alert, resolve
from trustops.channels.targets import alert_targets
from trustops.content import ContentError, Problem
from trustops.official import services as official
from trustops.official.values import Official
from trustops.settings import Settings
from trustops.site import pages
from trustops.site.build import build
from trustops.site.release import Releases
from trustops.site.sources import gather
from trustops.site.watch import is_stale, look, refuse
from trustops.site.withhold import withhold
from trustops.web import context as web

SUBJECT = "content"
"""What alerts about content files are about."""

_MOST_PROBLEMS = 20


def site_release(context: JobContext) -> dict[str, int]:
    """Build a release of the public pages from what holds now, and put it in place."""
    settings, releases = context.part(Settings), context.part(Releases)
    with releases.alone():
        now = context.clock.now()
        seen = look(settings.content_dir, settings.instance_dir)
        try:
            with context.reading() as session:
                sources = gather(session, now, settings)
        except ContentError as error:
            refuse(releases, seen)
            _withhold(context, releases, now)
            _tell(context, releases, error.problems)
            return {"built": 0, "problems": len(error.problems)}
        _look_after_official(context, now, sources.official)
        with releases.unfinished(now) as out:
            build(sources, out, pages.files)
        releases.clear()
    with context.open_session() as session:
        resolve(session, now, subject=SUBJECT)
    return {"built": 1, "problems": 0}


def release_waits(session: Session, now: datetime) -> bool:
    """Whether this host has to build a release before the next minute; reads files alone."""
    del session
    settings = web.settings()
    return is_stale(
        web.part(Releases), settings.content_dir, now, instance_dir=settings.instance_dir
    )


def broken(problems: Sequence[Problem], *, at: datetime, since: str) -> NewAlert:
    """The alert that content files cannot be used; one for the same faults after one release.

    Args:
        problems: every fault, at least one.
        at: when they were found, an aware instant.
        since: the name of the release that readers see meanwhile.
    """
    words = "\n".join(map(str, problems))
    digest = hashlib.sha256(words.encode()).hexdigest()[:16]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    first = "".join(letter for letter in str(problems[0]) if letter.isprintable())
    head = "The public pages keep their last good state, for a content file has a fault: "
    room = LONGEST_SUMMARY - len(head) - len(more)
    return NewAlert(
        kind=Kind.CONTENT_BROKEN,
        severity=Severity.HIGH,
        dedupe_key=f"{Kind.CONTENT_BROKEN}:{since}:{digest}",
        subject=SUBJECT,
        summary=f"{head}{first[:room]}{more}",
        at=at,
        data={"problems": [str(problem) for problem in problems[:_MOST_PROBLEMS]]},
    )


def _tell(context: JobContext, releases: Releases, problems: Sequence[Problem]) -> None:
    """Raise the alert, once for each state of the files."""
    settings = context.part(Settings)
    release = releases.current()
    now = context.clock.now()
    with context.open_session() as session:
        raise_alert(
            session,
            now,
            broken(problems, at=now, since=release.name if release else "none"),
            targets=alert_targets(settings),
            base_url=settings.base_url,
        )


def _withhold(context: JobContext, releases: Releases, now: datetime) -> None:
    """Take the official facts off the last good pages as soon as nobody vouches for them."""
    settings = context.part(Settings)
    with context.reading() as session:
        known = official.current_for(session, now, settings)
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
