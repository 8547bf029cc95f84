"""`trustops worker`: the scheduler alone, as many of them as one likes."""

from __future__ import annotations

import signal

import click

from jobs.schedule import TABLE
from jobs.scheduler import Ticker
from trustops.app.ready import require_ready
from trustops.cli.context import application
from trustops.settings import load_settings

STOPPING = {signal.SIGTERM, signal.SIGINT}


@click.command("worker")
def worker() -> None:
    """Run the jobs until asked to stop; the delivery in hand is finished first."""
    with application(require_ready(load_settings())) as app:
        # Blocked before the first thread starts, so that the signal waits for us and nobody else.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        ticker = Ticker(app, TABLE)
        ticker.start()
        click.echo("The worker runs the jobs. Stop it with Ctrl-C or SIGTERM.", err=True)
        signal.sigwait(STOPPING)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
        ticker.stop()
