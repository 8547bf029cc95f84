"""`trustops heartbeat`: read the next one, approve it, send what is approved."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import click
from flask import Flask
from sqlalchemy import select

from jobs.heartbeat import read_source
from jobs.runner import JobContext, run_job
from jobs.schedule import job_named
from trustops.channels.models import Delivery
from trustops.channels.rules import STATE_WORDS, DeliveryState, Target
from trustops.cli.context import application
from trustops.db import Actor, db
from trustops.errors import NotFoundError
from trustops.posts.cover import bounds_in
from trustops.posts.filling import not_covered, wants_figures
from trustops.posts.models import Heartbeat
from trustops.posts.planning import materialise, miss
from trustops.posts.queries import current, of_week, subject_of_week
from trustops.posts.rules import digest_of, words_of
from trustops.posts.services import approve as approve_text
from trustops.posts.services import compose, queue_due, write
from trustops.posts.setup import setup_of
from trustops.posts.values import Setup, State
from trustops.settings import Settings
from trustops.web.context import clock

OPERATOR = Actor("system", "cli", "The command line")

NOT_SCHEDULED = "No heartbeat is scheduled: heartbeat.toml is missing, or stopped."
NO_TEMPLATE = "A template has a fault and never was good. Look: trustops content check"
NOTHING_APPROVED = "Nothing went out: no heartbeat is both approved and due."
PATIENCE_SECONDS = 60
LOOK_AGAIN_SECONDS = 0.5

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A heartbeat as `preview` prints it.

    `bounds` says within which bounds each figure may go out after an approval, `waits_for` why an
    approved one would not go out now.
    """

    week: str
    due: str
    texts: Mapping[str, str]
    bounds: Mapping[str, str]
    approved_by: str = ""
    waits_for: str = ""


@click.group("heartbeat")
def heartbeat() -> None:
    """The weekly heartbeat."""


@heartbeat.command("preview")
@click.option("--save", is_flag=True, help="Keep this text as the draft that is approved.")
@as_json
def preview(save: bool, as_json: bool) -> None:
    """Print the text of the next heartbeat for each network, from the figures of now."""
    with application() as app, app.app_context():
        context = JobContext(db.engine, clock())
        setup = _setup(context)
        shown = _saved(context, setup) if save else _written(context, setup)
    if as_json:
        click.echo(json.dumps({**asdict(shown), "sha256": digest_of(shown.texts)}))
        return
    click.echo(f"Heartbeat of {shown.week}, due {shown.due}")
    for network, text in shown.texts.items():
        click.echo(f"\n--- {network}, {len(text)} characters\n{text}")
    _print_bounds(shown.bounds)
    if shown.approved_by:
        standing = shown.waits_for or "It goes out as it reads at its moment."
        click.echo(f"\nApproved by {shown.approved_by}. {standing}")
    click.echo(f"\nsha256 {digest_of(shown.texts)}")


@heartbeat.command("approve")
@click.argument("week")
@click.option("--hash", "sha256", help="Of the text you read, as `preview --save` printed it.")
def approve(week: str, sha256: str | None) -> None:
    """Approve the draft of a WEEK such as 2026-W47; without --hash it is shown and asked for."""
    with application() as app, app.app_context():
        context = JobContext(db.engine, clock())
        setup = _setup(context)
        chosen = sha256 or _ask(context, week)
        with context.open_session() as session:
            row = approve_text(
                session,
                context.clock.now(),
                week=week,
                actor=OPERATOR,
                sha256=chosen,
                schedule=setup.schedule,
            )
            due = words_of(row.due_at)
    click.echo(
        f"Approved. The heartbeat of {week} goes out {due}, with the figures of that moment."
    )


@heartbeat.command("send")
@click.option(
    "--early", metavar="WEEK", help="Send the approved text of this week before it is due."
)
@as_json
def send(early: str | None, as_json: bool) -> None:
    """Send what is approved and due, and print each outcome. Exit code 1 unless all got it."""
    with application() as app, app.app_context():
        context = JobContext(db.engine, clock())
        setup = _setup(context)
        with context.open_session() as session:
            now = context.clock.now()
            miss(session, now, setup)
            before = current(session)
            week = early or (before.iso_week if before else "")
            reads = wants_figures(session, now, setup.schedule, early=early)
        source = read_source(context, setup) if reads else None
        with context.open_session() as session:
            now = context.clock.now()
            sent = queue_due(session, now, setup, source=source, early=early)
            beat = of_week(session, week)
            why = f" {beat.waits_for}" if beat is not None and beat.departed else ""
        rows = _deliver(app, context, subject_of_week(week)) if sent else ()
    if as_json:
        click.echo(json.dumps([_facts(row) for row in rows]))
    for row in () if as_json else rows:
        where = f" {row.permalink}" if row.permalink else ""
        note = f" {row.last_error}" if row.last_error else ""
        label = Target(row.channel, row.target).label
        click.echo(f"{label}: {STATE_WORDS[DeliveryState(row.state)]}.{note}{where}")
    if not sent:
        raise click.ClickException(f"{NOTHING_APPROVED}{why}")
    if not all(row.state == DeliveryState.SENT for row in rows):
        raise SystemExit(1)


def _setup(context: JobContext) -> Setup:
    setup = setup_of(context.part(Settings))
    if setup is None:
        raise click.ClickException(NOT_SCHEDULED)
    return setup


def _written(context: JobContext, setup: Setup) -> Shown:
    """The next heartbeat as it would read now; nothing is kept of it."""
    _require_templates(setup)
    source = read_source(context, setup)
    with context.open_session() as session:
        now = context.clock.now()
        materialise(session, now, setup.schedule)
        row = _next(current(session))
        texts = write(session, now, source.snapshot, row=row, setup=setup, limits=source.limits)
        if row.state != State.APPROVED:
            return Shown(row.iso_week, words_of(row.due_at), dict(texts), {})
        found = (
            not_covered(session, now, row, setup=setup, snapshot=source.snapshot)
            if row.cover
            else ()
        )
        waits_for = f"It would wait for a person now. {' '.join(found)}" if found else ""
        due, bounds = words_of(row.due_at), _bounds(row)
        return Shown(row.iso_week, due, dict(texts), bounds, row.approved_by, waits_for)


def _saved(context: JobContext, setup: Setup) -> Shown:
    """The next heartbeat, written and kept as its draft."""
    _require_templates(setup)
    source = read_source(context, setup)
    with context.open_session() as session:
        now = context.clock.now()
        materialise(session, now, setup.schedule)
        row = _next(
            compose(session, now, source.snapshot, setup=setup, limits=source.limits, anew=True)
        )
        return Shown(row.iso_week, words_of(row.due_at), dict(row.texts), _bounds(row))


def _bounds(row: Heartbeat) -> Mapping[str, str]:
    return {name: bound.words for name, bound in bounds_in(row.cover)}


def _print_bounds(bounds: Mapping[str, str]) -> None:
    """Say what may move until it goes out."""
    if bounds:
        click.echo("\nAn approval covers these words, and figures within:")
    for name, words in bounds.items():
        click.echo(f"- {name}: {words}")


def _require_templates(setup: Setup) -> None:
    if not setup.schedule.templates.complete:
        raise click.ClickException(NO_TEMPLATE)


def _next(row: Heartbeat | None) -> Heartbeat:
    if row is None:
        raise NotFoundError("No heartbeat is open, or the next one is approved already.")
    return row


def _ask(context: JobContext, week: str) -> str:
    """Show the draft and ask; gives the hash of what was shown."""
    with context.reading() as session:
        row = current(session)
        if row is None or row.iso_week != week or not row.texts:
            raise NotFoundError(f"The heartbeat of {week} has no draft that waits for approval.")
        texts = {network: str(text) for network, text in row.texts.items()}
        bounds = _bounds(row)
    for network, text in texts.items():
        click.echo(f"--- {network}\n{text}\n")
    _print_bounds(bounds)
    click.confirm("Let this go out, with the figures of its moment?", abort=True)
    return digest_of(texts)


def _deliver(app: Flask, context: JobContext, subject: str) -> Sequence[Delivery]:
    """Send what is due and wait for what another process has in hand; gives the deliveries."""
    run_job(app, job_named("deliveries"))
    until = time.monotonic() + PATIENCE_SECONDS
    rows = _rows(context, subject)
    while any(row.state == DeliveryState.SENDING for row in rows) and time.monotonic() < until:
        time.sleep(LOOK_AGAIN_SECONDS)
        rows = _rows(context, subject)
    return rows


def _rows(context: JobContext, subject: str) -> Sequence[Delivery]:
    with context.reading() as session:
        found = select(Delivery).where(Delivery.subject == subject).order_by(Delivery.id)
        return session.scalars(found).all()


def _facts(row: Delivery) -> dict[str, object]:
    return {
        "target": Target(row.channel, row.target).label,
        "state": row.state,
        "attempts": row.attempts,
        "error": row.last_error,
        "permalink": row.permalink,
    }
