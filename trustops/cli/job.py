"""`trustops job`: what runs when, how it went, and running one now."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import click

from jobs.queries import beat_of, last_run
from jobs.runner import Job, Result, run_job
from jobs.schedule import TABLE, job_named
from trustops.cli.context import application, transaction
from trustops.db import Session

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")


@click.group("job")
def job() -> None:
    """What runs by itself."""


@job.command("list")
@as_json
def list_jobs(as_json: bool) -> None:
    """Print every job: when it is due, how its last run went, whether it is silent."""
    with transaction() as (session, _settings, clock):
        rows = [_row(session, item, clock.now()) for item in TABLE]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        silent = "  SILENT" if row["silent"] else ""
        click.echo(f"{row['name']:<16} {row['when']:<20} {_last(row)}{silent}")


@job.command("run")
@click.argument("name")
@as_json
def run_one(name: str, as_json: bool) -> None:
    """Run a job now, whenever it is due. Exit code 1 when it fails."""
    asked = job_named(name)
    with application() as app:
        ran = run_job(app, asked)
    if as_json:
        facts = {"name": name, "result": ran.result, "data": dict(ran.data), "error": ran.error}
        click.echo(json.dumps(facts))
    elif ran.error is None:
        counted = ", ".join(f"{what} {count}" for what, count in ran.data.items())
        click.echo(f"{name}: {ran.result}" + (f" ({counted})" if counted else ""))
    if ran.result is not Result.OK:
        raise click.ClickException(f"The job {name} did not end well: {ran.error}")


def _row(session: Session, item: Job, now: datetime) -> dict[str, object]:
    last = last_run(session, item.name)
    beat = beat_of(session, item.name)
    quiet = now - beat.waiting_since if beat.waiting_since else timedelta(0)
    return {
        "name": item.name,
        "when": item.trigger.words,
        "does": item.does,
        "last_outcome": last.outcome if last else None,
        "last_started_at": last.started_at.isoformat() if last else None,
        "last_error": last.error if last else None,
        "last_good_at": beat.last_good.isoformat() if beat.last_good else None,
        "silent": quiet > item.expected_beat,
    }


def _last(row: dict[str, object]) -> str:
    if row["last_outcome"] is None:
        return "has not run yet"
    error = f": {row['last_error']}" if row["last_error"] else ""
    return f"{row['last_outcome']} {row['last_started_at']}{error}"
