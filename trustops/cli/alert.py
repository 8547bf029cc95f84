"""`trustops alert test`: whether alerts reach the people who are to get them."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Sequence

import click
from flask import Flask
from sqlalchemy import select

from jobs.runner import JobContext, run_job
from jobs.schedule import job_named
from trustops.alerts.rules import trial_alert
from trustops.alerts.services import raise_alert
from trustops.channels.models import Delivery
from trustops.channels.networks import CONSOLE
from trustops.channels.rules import STATE_WORDS, DeliveryState, Target
from trustops.channels.targets import alert_targets
from trustops.cli.context import application
from trustops.db import db, subject_of
from trustops.settings import Settings
from trustops.web.context import clock

PATIENCE_SECONDS = 60
LOOK_AGAIN_SECONDS = 0.5

ONLY_LOG = "No alert channel is set, so alerts go to the log alone (docs/channels.md)."


@click.group("alert")
def alert() -> None:
    """Alerts to the people on call."""


@alert.command("test")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")
def send_test(as_json: bool) -> None:
    """Send a test alert to every target and print each outcome. Exit code 1 unless all got it."""
    with application() as app, app.app_context():
        context = JobContext(db.engine, clock())
        subject = _raise(context)
        rows = _deliver(app, context, subject)
    if as_json:
        click.echo(json.dumps([_facts(row) for row in rows]))
    else:
        for row in rows:
            note = f" {row.last_error}" if row.last_error else ""
            label = Target(row.channel, row.target).label
            click.echo(f"{label}: {STATE_WORDS[DeliveryState(row.state)]}.{note}")
    if any(row.channel == CONSOLE.channel for row in rows):
        click.echo(ONLY_LOG, err=True)
    if not all(row.state == DeliveryState.SENT for row in rows):
        raise SystemExit(1)


def _raise(context: JobContext) -> str:
    """Open a test alert with a delivery for each target; gives their subject."""
    settings = context.part(Settings)
    with context.open_session() as session:
        now = context.clock.now()
        opened = raise_alert(
            session,
            now,
            trial_alert(at=now, asked_by=f"cli-{secrets.token_hex(4)}"),
            targets=alert_targets(settings),
            base_url=settings.base_url,
        )
        if opened is None:
            raise RuntimeError("a key made of fresh random bits was there already")
        return subject_of("alert", opened.id)


def _deliver(app: Flask, context: JobContext, subject: str) -> Sequence[Delivery]:
    """Send what is due and wait for what another process has in hand; gives the deliveries."""
    run_job(app, job_named("deliveries"))
    until = time.monotonic() + PATIENCE_SECONDS
    rows = _rows(context, subject)
    while any(_is_open(row) for row in rows) and time.monotonic() < until:
        time.sleep(LOOK_AGAIN_SECONDS)
        rows = _rows(context, subject)
    return rows


def _rows(context: JobContext, subject: str) -> Sequence[Delivery]:
    with context.reading() as session:
        found = select(Delivery).where(Delivery.subject == subject).order_by(Delivery.id)
        return session.scalars(found).all()


def _is_open(row: Delivery) -> bool:
    """Whether the first attempt has no outcome yet; one that is put off has one."""
    return row.state == DeliveryState.SENDING or (
        row.state == DeliveryState.QUEUED and row.attempts == 0
    )


def _facts(row: Delivery) -> dict[str, object]:
    return {
        "target": Target(row.channel, row.target).label,
        "state": row.state,
        "attempts": row.attempts,
        "error": row.last_error,
    }
