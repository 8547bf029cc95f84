"""`trustops doctor`: what is wrong with an instance, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from trustops.app.ready import faults
from trustops.channels.targets import DEFECTS
from trustops.cli.engines import engine_of
from trustops.cli.health import (
    alerts,
    database,
    heartbeat,
    hosts,
    machine,
    mail,
    nodes,
    official,
    project,
    records,
    responsible,
)
from trustops.cli.health.finding import Finding, Level, fail, ok
from trustops.cli.schema import BEHIND, NEWER, Schema, state_of
from trustops.clock import SystemClock
from trustops.content import ContentError
from trustops.db import Session
from trustops.demo.folder import as_served
from trustops.errors import FieldError, SettingsError, TrustOpsError
from trustops.logs import first_line
from trustops.settings import PREFIX, Settings, load_settings
from trustops.settings.config_file import KNOWN

BEFORE_THE_DATABASE = (
    *machine.CHECKS,
    responsible.operator,
    hosts.allowed_hosts,
    *official.OF_SETTINGS,
    project.project,
    nodes.node_names,
    nodes.nodes,
    mail.mail,
)
"""What is asked of settings, files and the network, in the order of the report."""

IN_THE_DATABASE = (
    *records.CHECKS,
    alerts.open_alerts,
    heartbeat.heartbeat,
    *official.OF_RECORDS,
    nodes.chains,
    project.data,
)
"""What the database is asked, in the order of the report."""

CHECK_OF_SETTING = {
    "SECRET_KEY": "secret key",
    "BASE_URL": "base URL",
    "ALLOWED_HOSTS": "allowed hosts",
    "CONTENT_DIR": "content",
    "DATABASE_URL": "database",
    "SMTP_URL": "mail",
    "MAIL_FROM": "mail",
    "LIMITS_URL": "rate limits",
    "ALERT_URLS": "alert channel",
}
"""Under which check a setting is told that cannot be used."""


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
        settings = as_served(load_settings())
    except SettingsError as error:
        yield from map(_of_fault, error.errors or [FieldError("", error.message)])
        return
    # The key has a check of its own.
    unready = [fault for fault in faults(settings) if fault.field != "SECRET_KEY"]
    yield from map(_of_fault, unready)
    if not unready:
        yield ok("settings", "The settings can be used.")
    for check in BEFORE_THE_DATABASE:
        yield looked(check.__name__, partial(check, settings))
    yield from _database(settings)


def _of_fault(fault: FieldError) -> Finding:
    """A setting that cannot be used, under the name of the check that looks at it."""
    name = fault.field.removesuffix("_FILE")
    remedy = f"docs/settings.md explains {PREFIX}{name}." if name in KNOWN else ""
    return fail(
        CHECK_OF_SETTING.get(name, "settings"),
        f"{fault.field} {fault.message}".strip(),
        remedy or "docs/settings.md explains all settings.",
    )


def looked(name: str, check: Callable[[], Finding]) -> Finding:
    """What a check finds; one that cannot look says so, so that the others are still asked."""
    shown = name.replace("_", " ")
    try:
        return check()
    except ContentError:
        return fail(
            shown,
            "This could not be checked, because the content cannot be read.",
            "`trustops content check` lists what is wrong with it.",
        )
    except (*DEFECTS, SQLAlchemyError, TrustOpsError) as error:
        return fail(
            shown,
            f"This could not be checked: {first_line(error)}",
            "Put right what the sentence names; `trustops doctor` looks again.",
        )


def _database(settings: Settings) -> Iterator[Finding]:
    """Whether the database answers and has our schema, then what it knows."""
    try:
        finding = database.missing(settings)
        if finding is not None:
            yield finding
            return
        with engine_of(settings) as engine:
            findings = list(_records(settings, engine))
    except (*DEFECTS, SQLAlchemyError, TrustOpsError) as error:
        yield database.silent(error)
        return
    yield ok("database", "The database answers.")
    yield from findings


def _records(settings: Settings, engine: Engine) -> Iterator[Finding]:
    state = state_of(engine)
    if state is not Schema.CURRENT:
        sentence, _, remedy = (NEWER if state is Schema.NEWER else BEHIND).partition(". ")
        yield fail("schema", f"{sentence}.", remedy)
        return
    lost = database.incomplete(engine)
    if lost is not None:
        yield lost
        return
    yield ok("schema", "The database has the schema of this version.")
    now = SystemClock(settings.clock_offset).now()
    for check in IN_THE_DATABASE:
        # A session each: after an error PostgreSQL refuses whatever else a transaction asks.
        with Session(engine) as session:
            yield looked(check.__name__, partial(check, session, now, settings))
