"""`trustops demo`: the whole product with invented data, on an instance that holds no other.

Addresses and sign-ins stand first, and nothing scrolls over them: what the processes log, alerts
among it, goes to a file in the instance.
"""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import select

from jobs.runner import JobContext, run_job
from jobs.schedule import DEMO, TABLE, job_named
from trustops.accounts.models import ApiToken, Staff
from trustops.app.ready import require_ready
from trustops.chain.models import MigrationEvent
from trustops.cli.context import application
from trustops.cli.engines import engine_of
from trustops.cli.readiness import announced, require_writable, starting
from trustops.cli.schema import Schema, is_sqlite, make_folder, prepare, state_of
from trustops.cli.serve import build_pages, listening_at
from trustops.cli.server import require_free, run
from trustops.cli.sqlite_copy import path_of
from trustops.clock import SystemClock
from trustops.content import Content
from trustops.db import Event, Session, db
from trustops.demo.arrivals import Holders
from trustops.demo.chain.start import running
from trustops.demo.folder import demo_content, on_the_chain
from trustops.demo.people import SIGN_INS
from trustops.demo.seed import begin_chain_anew, seed
from trustops.errors import ConflictError
from trustops.official.models import OfficialKey
from trustops.settings import Settings, load_settings
from trustops.web.context import clock, register

NOT_HERE = (
    "This instance holds what is not of the demo, so the demo leaves it alone. Choose an empty "
    "folder with TRUSTOPS_INSTANCE_DIR."
)
RUNS_ALREADY = (
    "A demo runs on this instance already, at {url}. Open it there, or stop it first, or choose "
    "another folder with TRUSTOPS_INSTANCE_DIR."
)

FIRST = ("sla_sweep", "chain_sync", "wallet_checks", "heartbeat", "deliveries")
"""Jobs that run before anybody looks, so that the first page has figures and a heartbeat."""

LOG = "demo.log"
LOCK = "demo.lock"

_STDERR = 2
_INTERRUPTED = 130
"""What a shell gives for a command that Ctrl-C ended."""


@click.command("demo")
@click.option("--host", help="Listen at this address; TRUSTOPS_HOST by default.")
@click.option("--port", type=click.IntRange(1, 65535), help="TRUSTOPS_PORT by default.")
def demo(host: str | None, port: int | None) -> None:
    """Fill an empty instance with invented tickets and serve it; new ones keep arriving."""
    try:
        with starting(), ExitStack() as stack:
            settings = replace(require_ready(listening_at(load_settings(), host, port)), demo=True)
            _require_unused(settings)
            make_folder(settings)
            stack.enter_context(_alone(settings))
            require_free(settings.host, settings.port)
            _tell(settings)
            stack.enter_context(_logging_to(settings.instance_dir / LOG))
            _serve(settings, stack)
    except KeyboardInterrupt as interrupt:
        click.echo("\nStopped before it was ready.")
        raise SystemExit(_INTERRUPTED) from interrupt
    click.echo("\nStopped.")


def _serve(settings: Settings, stack: ExitStack) -> None:
    """Make everything ready, step by step, and serve until asked to stop."""
    click.echo("Starting: the database …")
    prepare(settings)
    require_writable(settings)
    click.echo("Starting: a chain of the demo's own …")
    chain = stack.enter_context(running(settings.clock_offset))
    now = SystemClock(settings.clock_offset).now()
    settings = on_the_chain(settings, chain, now)
    app = stack.enter_context(application(settings))
    register(app, Holders(chain.addresses))
    click.echo("Starting: tickets, figures and a heartbeat …")
    fill(app, settings, wallets=chain.addresses)
    for name in FIRST:
        run_job(app, job_named(name))
    click.echo("Starting: the pages and the server …")
    for line in build_pages(app, settings):
        click.echo(line)
    stack.enter_context(announced(settings, click.echo))
    run(settings, app, (*TABLE, DEMO) if settings.scheduler == "embedded" else ())


def fill(app: Flask, settings: Settings, *, wallets: Mapping[str, str] | None = None) -> None:
    """Seed the instance unless it was seeded before; what its chain said before is forgotten.

    Raises:
        ConflictError: it holds what is not of the demo.
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


def _require_unused(settings: Settings) -> None:
    """Refuse an instance that is not of the demo before anything is made or printed.

    Raises:
        ConflictError: it holds what is not of the demo.
    """
    if is_sqlite(settings) and not path_of(settings.database_url.reveal()).exists():
        return
    with engine_of(settings) as engine, Session(engine) as session:
        # What an older schema holds is seen by `fill`, once it was brought up to date.
        if state_of(engine) is Schema.CURRENT and _is_real(session):
            raise ConflictError(NOT_HERE)


def _is_real(session: Session) -> bool:
    """Whether anything was ever done here and no demo account stands, which seeding adds first.

    People, tokens, tickets and accepted keys each leave an event; a chain leaves its own.
    """
    if session.scalar(select(Staff.id).where(Staff.demo).limit(1)) is not None:
        return False
    traces = (Event.seq, MigrationEvent.id, Staff.id, ApiToken.id, OfficialKey.id)
    return any(session.scalar(select(trace).limit(1)) is not None for trace in traces)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Hold the instance for one demo; the lock ends with its process, however that ends.

    Raises:
        ConflictError: another demo runs on it; the sentence says where.
    """
    with (settings.instance_dir / LOCK).open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            url = lock.read().strip() or "an address that it has not told yet"
            raise ConflictError(RUNS_ALREADY.format(url=url)) from error
        lock.truncate(0)
        lock.write(f"{settings.base_url}\n")
        lock.flush()
        yield


@contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    """Send what this process and those that it starts write to the error stream to a new file.

    By the number of the stream, because the web workers and the chain inherit that.
    """
    sys.stderr.flush()
    terminal = os.dup(_STDERR)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    os.dup2(handle, _STDERR)
    os.close(handle)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(terminal, _STDERR)
        os.close(terminal)


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
    click.echo("\nSign in at the desk as one of these:\n")
    for role, email, password in SIGN_INS:
        click.echo(f"  {role:<6} {email:<20} {password}")
    chosen = "CONTENT_DIR" in settings.read_from
    folder = settings.content_dir if chosen else demo_content(settings.instance_dir)
    click.echo(f"\nIts pages come from {folder}: change a file there and look.")
    if not chosen:
        click.echo("The key that signs its addresses was made on this machine, and proves nothing.")
    click.echo(f"Alerts, and all else that it logs, stand in {settings.instance_dir / LOG}.")
    click.echo("Stop it with Ctrl-C.\n")
