"""The ticker: APScheduler with nothing but times in memory. What is due, rows decide.

Any number of processes may tick. A job store shared by several would run things twice; ours
holds no state (docs/jobs.md).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from threading import Event

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from flask import Flask

from jobs.runner import Job, tick
from trustops.clock import SystemClock
from trustops.logs import get_logger

MISFIRE_GRACE_SECONDS = 30
"""A tick that comes later than this is left out; the next one finds the same work."""

BETWEEN_STARTS = timedelta(seconds=1)

log = get_logger(__name__)


class Ticker:
    """Ticks the jobs of a table from threads of its own, from `start` until `stop`."""

    def __init__(self, app: Flask, jobs: Sequence[Job]) -> None:
        """Take the application that the jobs work with, and the table."""
        self._ending = Event()
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(len(jobs))},
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                "misfire_grace_time": MISFIRE_GRACE_SECONDS,
            },
        )
        # It warns of each tick that finds the one before still at work, which is as it should be.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._app = app
        self._jobs = tuple(jobs)

    def start(self) -> None:
        """Begin to tick: each job once in the first seconds, so that nothing waits a minute."""
        first = SystemClock().wall()
        for number, job in enumerate(self._jobs):
            self._scheduler.add_job(
                partial(tick, self._app, job, stopping=self._ending.is_set),
                CronTrigger(second=_seconds(job), timezone="UTC"),
                id=job.name,
                name=job.name,
                next_run_time=first + number * BETWEEN_STARTS,
            )
        self._scheduler.start()
        log.info("scheduler started", jobs=len(self._jobs))

    def stop(self) -> None:
        """Begin nothing more, and wait for what is under way; a delivery in hand is finished."""
        self._ending.set()
        self._scheduler.shutdown(wait=True)
        log.info("scheduler stopped")


def _seconds(job: Job) -> str:
    """The seconds of a minute at which a job is looked at, as cron writes them."""
    return f"*/{job.between.seconds}" if job.between else "0"
