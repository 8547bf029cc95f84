"""`trustops demo`: the whole product with invented data, on an instance that holds no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import click
from flask import Flask
from sqlalchemy import select

from jobs.runner import JobContext, run_job
from jobs.schedule import DEMO, TABLE, job_named
from trustops.accounts.models import Staff
from trustops.app.ready import require_ready
from trustops.cli.context import application
from trustops.cli.schema import prepare
from trustops.cli.serve import build_pages, listening_at
from trustops.cli.server import require_free, run
from trustops.clock import SystemClock
from trustops.content import Content
from trustops.db import Session, db
from trustops.demo.arrivals import Holders
from trustops.demo.chain.start import running
from trustops.demo.folder import on_the_chain
from trustops.demo.people import SIGN_INS
from trustops.demo.seed import begin_chain_anew, seed
from trustops.errors import ConflictError
from trustops.settings import Settings, load_settings
from trustops.tickets.models import Ticket
from trustops.web.context import clock, register

NOT_HERE = (
    "This instance holds tickets that are not of the demo, so nothing was added to it. Choose an "
    "empty folder with TRUSTOPS_INSTANCE_DIR."
)


FIRST = ("sla_sweep", "chain_sync", "wallet_checks", "heartbeat", "deliveries")
"""Jobs that run before anybody looks, so that the first page has figures and a heartbeat, and what
they print stands above the addresses and sign-ins."""


@click.command("demo")
@click.option("--host", help="Listen at this address; TRUSTOPS_HOST by default.")
@click.option("--port", type=click.IntRange(1, 65535), help="TRUSTOPS_PORT by default.")
def demo(host: str | None, port: int | None) -> None:
    """Fill an empty instance with invented tickets and serve it; new ones keep arriving."""
    settings = replace(require_ready(listening_at(load_settings(), host, port)), demo=True)
    require_free(settings.host, settings.port)
    prepare(settings)
    with running(settings.clock_offset) as chain:
        now = SystemClock(settings.clock_offset).now()
        settings = on_the_chain(settings, chain, now)
        with application(settings) as app:
            register(app, Holders(chain.addresses))
            fill(app, settings, wallets=chain.addresses)
            for name in FIRST:
                run_job(app, job_named(name))
            build_pages(app)
            _tell(settings)
            run(settings, app, (*TABLE, DEMO) if settings.scheduler == "embedded" else ())


def fill(app: Flask, settings: Settings, *, wallets: Mapping[str, str] | None = None) -> None:
    """Seed the instance unless it was seeded before; what its chain said before is forgotten.

    Raises:
        ConflictError: it holds tickets that are not of the demo.
    """
    with app.app_context():
        context = JobContext(db.engine, clock())
        with context.open_session() as session:
            if _is_real(session):
                raise ConflictError(NOT_HERE)
            content = context.part(Content)
            seed(
                session,
                context.clock.now(),
                content=content,
                base_url=settings.base_url,
                wallets=wallets,
            )
            begin_chain_anew(session, context.clock.now())


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
        (f"{base}/", "the public status of the migration"),
        (f"{base}/migration-safety", "what holders read first"),
        (f"{base}/support", "open a ticket"),
        (f"{base}/desk", "the desk"),
        (f"{base}/api/v1/openapi.json", "the API's description"),
    ):
        click.echo(f"  {address:<46} {what}")
    click.echo(f"\nIts pages come from {settings.content_dir}: change a file there and look.")
    click.echo("The key that signs its addresses was made on this machine, and proves nothing.")
    click.echo("\nSign in at the desk as one of these:\n")
    for role, email, password in SIGN_INS:
        click.echo(f"  {role:<6} {email:<20} {password}")
    click.echo("\nStop it with Ctrl-C.")
