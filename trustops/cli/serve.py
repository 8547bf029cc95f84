"""`trustops serve`: the desk, the public pages and the API, with the scheduler unless it is off."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace

import click
from flask import Flask

from trustops.app.ready import require_ready
from trustops.cli.context import application
from trustops.cli.engines import engine_of
from trustops.cli.readiness import announced, first_faults, require_writable, starting
from trustops.cli.schema import Schema, is_sqlite, prepare, state_of
from trustops.cli.server import require_free, run
from trustops.errors import ConflictError
from trustops.settings import Settings, hosts, load_settings
from trustops.site.release import Releases
from trustops.web.context import part

NOT_BY_ITSELF = (
    "The database does not have the schema of this version yet, and others may be using it. Make "
    "a backup, then run: trustops init (or: trustops serve --migrate)"
)


@click.command("serve")
@click.option("--host", help="Listen at this address; TRUSTOPS_HOST by default.")
@click.option("--port", type=click.IntRange(1, 65535), help="TRUSTOPS_PORT by default.")
@click.option("--migrate", is_flag=True, help="Bring a PostgreSQL database up to date first.")
def serve(host: str | None, port: int | None, migrate: bool) -> None:
    """Serve until asked to stop. On SQLite the database is brought up to date first."""
    from jobs.schedule import TABLE

    with starting(), ExitStack() as stack:
        settings = require_ready(listening_at(load_settings(), host, port))
        require_free(settings.host, settings.port)
        bring_up(settings, migrate=migrate)
        require_writable(settings)
        app = stack.enter_context(application(settings))
        require_pack(settings)
        if not has_pages(app):
            for line in build_pages(app, settings):
                _say(line)
        _say(f"TrustOps Desk serves {settings.base_url}")
        stack.enter_context(announced(settings, _say))
        run(settings, app, TABLE if settings.scheduler == "embedded" else ())


def _say(line: str) -> None:
    click.echo(line, err=True)


def listening_at(settings: Settings, host: str | None, port: int | None) -> Settings:
    """The settings with another address to listen at; base URL and hosts follow unless chosen.

    Raises:
        UnusableError: it is no address, or no browser can name it and no base URL was chosen.
    """
    place = hosts.listening_address(host) if host else settings.host
    chosen = replace(settings, host=place, port=port or settings.port)
    if "BASE_URL" not in settings.read_from:
        chosen = replace(chosen, base_url=hosts.base_url_at(chosen.host, chosen.port))
    if "ALLOWED_HOSTS" not in settings.read_from:
        answered = hosts.answered_hosts(chosen.base_url, chosen.host)
        chosen = replace(chosen, allowed_hosts=answered)
    return chosen


def has_pages(app: Flask) -> bool:
    """Whether a release of the public pages stands."""
    with app.app_context():
        return part(Releases).current() is not None


def build_pages(app: Flask, settings: Settings) -> Sequence[str]:
    """Build the public pages now, so that the first reader finds them; gives why it failed."""
    from jobs.runner import Result, run_job
    from jobs.schedule import job_named

    ran = run_job(app, job_named("site_release"))
    if ran.result is Result.OK and not ran.data.get("problems"):
        return ()
    if ran.result is Result.OK and ran.data.get("built"):
        told = "Some documents have faults: readers see an older version of them, or none."
    else:
        told = "The public pages could not be built."
    return (
        f"{told} `trustops content check` lists every fault.",
        *(f"  {settings.content_dir / fault}" for fault in first_faults(settings)),
    )


def require_pack(settings: Settings) -> None:
    """Refuse to serve a desk that has no migration to speak of: its pack never was good.

    Raises:
        ContentError: with everything that is wrong with the site and the pack.
    """
    from trustops.content.versions import LastGood
    from trustops.site.files import require_published

    require_published(settings.content_dir, LastGood(settings.instance_dir))


def bring_up(settings: Settings, *, migrate: bool) -> None:
    """Do what `trustops init` does where that is safe without asking.

    Raises:
        ConflictError: a PostgreSQL database is behind, or the database is of a newer version.
    """
    if migrate or is_sqlite(settings):
        prepare(settings)
        return
    with engine_of(settings) as engine:
        behind = state_of(engine) in {Schema.EMPTY, Schema.BEHIND}
    if behind:
        raise ConflictError(NOT_BY_ITSELF)
