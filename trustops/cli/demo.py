"""`trustops demo`: the whole product with invented data, on an instance that holds no other."""

from __future__ import annotations

from dataclasses import replace

import click
from flask import Flask
from sqlalchemy import select

from jobs.runner import JobContext
from jobs.schedule import DEMO, TABLE
from trustops.accounts.models import Staff
from trustops.cli.context import application
from trustops.cli.schema import prepare
from trustops.cli.serve import listening_at
from trustops.cli.server import require_free, run
from trustops.content import Content
from trustops.db import Session, db
from trustops.demo.people import SIGN_INS
from trustops.demo.seed import seed
from trustops.errors import ConflictError
from trustops.settings import Settings, load_settings
from trustops.tickets.models import Ticket
from trustops.web.context import clock

NOT_HERE = (
    "This instance holds tickets that are not of the demo, so nothing was added to it. Choose an "
    "empty folder with TRUSTOPS_INSTANCE_DIR."
)


@click.command("demo")
@click.option("--host", help="Listen at this address; TRUSTOPS_HOST by default.")
@click.option("--port", type=click.IntRange(1, 65535), help="TRUSTOPS_PORT by default.")
def demo(host: str | None, port: int | None) -> None:
    """Fill an empty instance with invented tickets and serve it; new ones keep arriving."""
    settings = replace(listening_at(load_settings(), host, port), demo=True)
    require_free(settings.host, settings.port)
    prepare(settings)
    with application(settings) as app:
        fill(app, settings)
        _tell(settings)
        run(settings, app, (*TABLE, DEMO) if settings.scheduler == "embedded" else ())


def fill(app: Flask, settings: Settings) -> None:
    """Seed the instance unless it was seeded before.

    Raises:
        ConflictError: it holds tickets that are not of the demo.
    """
    with app.app_context():
        context = JobContext(db.engine, clock())
        with context.open_session() as session:
            if _is_real(session):
                raise ConflictError(NOT_HERE)
            content = context.part(Content)
            seed(session, context.clock.now(), content=content, base_url=settings.base_url)


def _is_real(session: Session) -> bool:
    """Whether there are tickets without any demo account, which seeding adds before the first."""
    if session.scalar(select(Ticket.id).limit(1)) is None:
        return False
    return session.scalar(select(Staff.id).where(Staff.demo).limit(1)) is None


def _tell(settings: Settings) -> None:
    """Print where everything is, and who can sign in."""
    base = settings.base_url
    click.echo("TrustOps Desk, demo. Nothing in it is real.\n")
    for address, what in (
        (f"{base}/", "the public front page"),
        (f"{base}/support", "open a ticket"),
        (f"{base}/desk", "the desk"),
        (f"{base}/api/v1/openapi.json", "the API's description"),
    ):
        click.echo(f"  {address:<46} {what}")
    click.echo("\nSign in at the desk as one of these:\n")
    for role, email, password in SIGN_INS:
        click.echo(f"  {role:<6} {email:<20} {password}")
    click.echo("\nStop it with Ctrl-C.")
