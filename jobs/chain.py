"""The jobs of the chain room: read what is due, and the wallets that somebody asked about."""

from __future__ import annotations

import time
from collections.abc import Callable

from jobs.runner import JobContext
from trustops.chain.requests import check_wallets
from trustops.chain.setup import work_of
from trustops.chain.sync import Work, sync
from trustops.channels.targets import alert_targets
from trustops.content import Content
from trustops.settings import Settings

LONGEST_RUN_SECONDS = 45.0
"""A long history is read in several runs, so that each of them gives a sign of life."""


def chain_sync(context: JobContext, *, at_once: bool = False) -> dict[str, int]:
    """Read every chain that is due, or at once all that nobody else is reading."""
    work = _work(context)
    if work is None:
        return {"good": 0, "reading": 0, "failed": 0}
    return sync(context.open_session, context.clock, work, at_once=at_once)


def wallet_checks(context: JobContext) -> dict[str, int]:
    """Read every wallet that waits to be checked."""
    work = _work(context)
    if work is None:
        return {"checked": 0, "failed": 0}
    return check_wallets(context.open_session, context.clock, work)


def _work(context: JobContext) -> Work | None:
    settings = context.part(Settings)
    return work_of(
        settings,
        context.part(Content),
        context.clock,
        targets=alert_targets(settings),
        enough=_limit(context.stopping),
    )


def _limit(stopping: Callable[[], bool]) -> Callable[[], bool]:
    """Whether a run has lasted long enough, or the process is to end."""
    until = time.monotonic() + LONGEST_RUN_SECONDS
    return lambda: stopping() or time.monotonic() > until
