"""Tells ops of content files with faults: one alert for each set of faults, until it is mended."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from jobs.runner import JobContext
from trustops.alerts.models import Alert
from trustops.alerts.rules import LONGEST_SUMMARY, Kind, NewAlert, Severity
from trustops.alerts.services import raise_alert, resolve
from trustops.channels.targets import alert_targets
from trustops.content import Problem
from trustops.content.versions import LastGood, Meanwhile
from trustops.settings import Settings

SUBJECT = "content"
"""What alerts about content files are about."""

_MOST_PROBLEMS = 20
_TOLD = ".told"
"""The faults that this host told of last, in its folder of last good versions."""


def tell(
    context: JobContext,
    good: LastGood,
    problems: Sequence[Problem],
    meanwhile: Mapping[str, Meanwhile],
) -> None:
    """Raise an alert where the faults are others than before, and resolve those that are mended.

    Hosts may have other files than this one, for as long as a new version is rolled out: each
    resolves what it told of itself, and everything when it begins and has no fault.
    """
    now = context.clock.now()
    key = key_of(problems)
    before = _told(good)
    with context.open_session() as session:
        if before is None and not problems:
            resolve(session, now, subject=SUBJECT)
        elif before and before != key:
            resolve(session, now, subject=SUBJECT, dedupe_prefix=before)
        if problems:
            over = select(func.count()).where(
                Alert.subject == SUBJECT,
                Alert.dedupe_key.startswith(key, autoescape=True),
                Alert.resolved_at.is_not(None),
            )
            settings = context.part(Settings)
            raise_alert(
                session,
                now,
                broken(problems, meanwhile, at=now, times=session.scalar(over) or 0),
                targets=alert_targets(settings),
                base_url=settings.base_url,
            )
    _remember(good, key)


def key_of(problems: Sequence[Problem]) -> str:
    """What the keys of all alerts about a set of faults begin with; empty without a fault."""
    if not problems:
        return ""
    words = "\n".join(sorted(map(str, problems)))
    digest = hashlib.sha256(words.encode("utf-8", "backslashreplace")).hexdigest()[:16]
    return f"{Kind.CONTENT_BROKEN}:{digest}:"


def broken(
    problems: Sequence[Problem],
    meanwhile: Mapping[str, Meanwhile],
    *,
    at: datetime,
    times: int = 0,
) -> NewAlert:
    """The alert that content files have faults.

    Args:
        problems: every fault, at least one.
        meanwhile: what readers see of each file with a fault; empty where no page can be built.
        at: when they were found, an aware instant.
        times: how often the same faults were mended before.
    """
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    first = "".join(letter for letter in str(problems[0]) if letter.isprintable())
    shown = meanwhile.get(problems[0].file)
    head = _head(shown) if meanwhile else "No public page can be built: "
    room = LONGEST_SUMMARY - len(head) - len(more)
    return NewAlert(
        kind=Kind.CONTENT_BROKEN,
        severity=Severity.HIGH,
        dedupe_key=f"{key_of(problems)}{times}",
        subject=SUBJECT,
        summary=f"{head}{first[:room]}{more}",
        at=at,
        data={
            "problems": [str(problem) for problem in problems[:_MOST_PROBLEMS]],
            "readers": [
                f"{item.file}: {item.sentence}"
                for _, item in sorted(meanwhile.items())[:_MOST_PROBLEMS]
            ],
        },
    )


def _head(shown: Meanwhile | None) -> str:
    """What it means for readers, before the fault itself."""
    if shown is None:
        return "A content file has a fault; readers miss nothing: "
    return f"A content file has a fault; {shown.sentence.partition(';')[0]}: "


def _told(good: LastGood) -> str | None:
    """The key of the faults that this host told of last; None where it never told of anything."""
    try:
        return (good.folder / _TOLD).read_text(encoding="utf-8")
    except OSError:
        return None


def _remember(good: LastGood, key: str) -> None:
    """Note what was told, in one step."""
    if _told(good) == key:
        return
    good.folder.mkdir(parents=True, exist_ok=True)
    beside: Path = good.folder / f"{_TOLD}.new"
    beside.write_text(key, encoding="utf-8")
    beside.replace(good.folder / _TOLD)
