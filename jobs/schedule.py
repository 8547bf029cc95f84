"""The one table of what runs when. `docs/jobs.md` says the same; a test compares the two.

In the table's order the ticker starts them, a second apart: the watch over silence is the last,
so that it finds what the others have begun.
"""

from __future__ import annotations

from datetime import time, timedelta

from jobs import chain, entries, exchanges, housekeeping, site
from jobs.heartbeat import heartbeat
from jobs.queries import deliveries_wait
from jobs.runner import Between, Job, JobContext
from jobs.triggers import Daily, EachMinute
from trustops.chain.queries import is_due, wallets_wait
from trustops.errors import NotFoundError

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def silence(context: JobContext) -> dict[str, int]:
    """Watch over every other job of the table; this one is watched by `trustops doctor`."""
    others = {job.name: job.expected_beat for job in TABLE if job.run is not silence}
    return entries.report_silence(context, others)


TABLE: tuple[Job, ...] = (
    Job(
        name="sla_sweep",
        does="Finds clocks that came at risk or were breached, and raises their alerts.",
        trigger=EachMinute(),
        run=entries.sla_sweep,
        grace=MINUTE,
        expected_beat=5 * MINUTE,
    ),
    Job(
        name="deliveries",
        does="Sends alerts and mail that are due; every process looks for them each 5 seconds.",
        trigger=EachMinute(),
        run=entries.deliveries,
        grace=MINUTE,
        expected_beat=5 * MINUTE,
        between=Between(seconds=5, has_work=deliveries_wait),
    ),
    Job(
        name="lost_deliveries",
        does="Marks deliveries as unknown whose process ended while it was sending them.",
        trigger=EachMinute(),
        run=entries.lost_deliveries,
        grace=MINUTE,
        expected_beat=5 * MINUTE,
    ),
    Job(
        name="held_answers",
        does="Raises an alert for each answer that waits half an hour to be released.",
        trigger=EachMinute(),
        run=entries.held_answers,
        grace=MINUTE,
        expected_beat=5 * MINUTE,
    ),
    Job(
        name="chain_sync",
        does="Reads events and totals of the published migration from its chains, as each is due.",
        trigger=EachMinute(),
        run=chain.chain_sync,
        grace=MINUTE,
        expected_beat=10 * MINUTE,
        between=Between(seconds=5, has_work=is_due),
    ),
    Job(
        name="wallet_checks",
        does="Reads the wallets that tickets name; every process looks for some each 5 seconds.",
        trigger=EachMinute(),
        run=chain.wallet_checks,
        grace=MINUTE,
        expected_beat=10 * MINUTE,
        between=Between(seconds=5, has_work=wallets_wait),
    ),
    Job(
        name="site_release",
        does="Builds the public pages from files and figures; a changed file is seen in 5 seconds.",
        trigger=EachMinute(),
        run=site.site_release,
        grace=MINUTE,
        expected_beat=5 * MINUTE,
        between=Between(seconds=5, has_work=site.release_waits),
    ),
    Job(
        name="heartbeat",
        does="Writes the weekly heartbeat, and sends it once it is approved and due.",
        trigger=EachMinute(),
        run=heartbeat,
        grace=MINUTE,
        expected_beat=5 * MINUTE,
    ),
    Job(
        name="sign_in_runs",
        does="Resolves alerts about failed sign-ins once there was none for an hour.",
        trigger=EachMinute(),
        run=entries.sign_in_runs,
        grace=MINUTE,
        expected_beat=5 * MINUTE,
    ),
    Job(
        name="exchange_reviews",
        does="Raises an alert when an exchange was not checked for too long, until it was.",
        trigger=EachMinute(),
        run=exchanges.exchange_reviews,
        grace=MINUTE,
        expected_beat=5 * MINUTE,
    ),
    Job(
        name="housekeeping",
        does="Deletes expired keys, links, sessions and invitations, and old runs of jobs.",
        trigger=Daily(time(3, 10)),
        run=housekeeping.tidy,
        grace=DAY,
        expected_beat=timedelta(hours=26),
    ),
    Job(
        name="silence",
        does="Raises an alert for each job that gave no sign of life for longer than it may.",
        trigger=EachMinute(),
        run=silence,
        grace=MINUTE,
        expected_beat=5 * MINUTE,
    ),
)
"""What every scheduler runs."""

DEMO = Job(
    name="demo_arrivals",
    does="Lets a new ticket arrive about every 20 seconds, on `trustops demo` alone.",
    trigger=EachMinute(),
    run=entries.demo_arrivals,
    grace=MINUTE,
    expected_beat=5 * MINUTE,
    between=Between(seconds=20, has_work=lambda _session, _now: True),
)
"""What `trustops demo` runs beside the table."""


def job_named(name: str) -> Job:
    """The line of the table with a name.

    Raises:
        NotFoundError: there is no such job.
    """
    for job in TABLE:
        if job.name == name:
            return job
    names = ", ".join(job.name for job in TABLE)
    raise NotFoundError(f"There is no job {name}. There are: {names}.")
