"""`trustops doctor`: what is wrong with an instance, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from trustops.cli.context import engine_of
from trustops.cli.health import machine, official, records
from trustops.cli.health.finding import Finding, Level, fail, ok
from trustops.cli.schema import BEHIND, NEWER, Schema, is_sqlite, state_of
from trustops.cli.sqlite_copy import path_of
from trustops.clock import SystemClock
from trustops.db import Session
from trustops.errors import SettingsError
from trustops.logs import first_line
from trustops.settings import Settings, load_settings


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")
def doctor(as_json: bool) -> None:
    """Check the instance. Prints each finding with its remedy; exit code 1 when one fails."""
    findings = list(examine())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings]))
    else:
        for finding in findings:
            click.echo(f"{finding.level.upper():<5} {finding.check}: {finding.sentence}")
            if finding.remedy:
                click.echo(f"      {finding.remedy}")
    if any(finding.level is Level.FAIL for finding in findings):
        raise SystemExit(1)


def examine() -> Iterator[Finding]:
    """Every finding, in order; what needs something that failed before is left out."""
    try:
        settings = load_settings()
    except SettingsError as error:
        for fault in error.errors:
            yield fail("settings", f"{fault.field} {fault.message}", "docs/settings.md has them.")
        return
    yield ok("settings", "The settings can be used.")
    for check in (*machine.CHECKS, *official.OF_SETTINGS):
        yield check(settings)
    yield from _database(settings)


def _database(settings: Settings) -> Iterator[Finding]:
    """Whether the database answers and has our schema, then what it knows."""
    if is_sqlite(settings) and not path_of(settings.database_url.reveal()).exists():
        yield fail("database", "There is no database yet.", "Run: trustops init")
        return
    with engine_of(settings) as engine:
        try:
            found = list(_records(settings, engine))
        except SQLAlchemyError as error:
            yield fail(
                "database",
                f"The database does not answer: {first_line(error)}",
                "Check TRUSTOPS_DATABASE_URL, and that the server runs.",
            )
            return
    yield ok("database", "The database answers.")
    yield from found


def _records(settings: Settings, engine: Engine) -> Iterator[Finding]:
    state = state_of(engine)
    if state is not Schema.CURRENT:
        sentence, _, remedy = (NEWER if state is Schema.NEWER else BEHIND).partition(". ")
        yield fail("schema", f"{sentence}.", remedy)
        return
    yield ok("schema", "The database has the schema of this version.")
    now = SystemClock(settings.clock_offset).now()
    with Session(engine) as session:
        for check in (*records.CHECKS, *official.OF_RECORDS):
            yield check(session, now, settings)
