"""`trustops content preview`: the public pages with their drafts, on this machine alone.

Built into a temporary folder, and again on every change; a fault is printed and the last good
pages stay. Nothing of it reaches the instance's own release.
"""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import click
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from trustops.cli.context import application
from trustops.cli.schema import is_sqlite, prepare
from trustops.cli.server import require_free
from trustops.content import ContentError
from trustops.db import Session, db
from trustops.official.answered import shown_to_author
from trustops.settings import Settings, load_settings
from trustops.site import pages
from trustops.site.build import build
from trustops.site.release import Releases
from trustops.site.serving import PublicPages
from trustops.site.sources import gather
from trustops.site.watch import look
from trustops.site.withhold import withhold
from trustops.web.context import clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOOPBACK = "127.0.0.1"
LOOK_EVERY_SECONDS = 0.5
NOTHING_YET = "No page can be shown before these are mended; it appears by itself then."


@click.command("preview")
@click.option(
    "--content-dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another content folder than TRUSTOPS_CONTENT_DIR.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
def preview(content_dir: Path | None, port: int) -> None:
    """Show the public pages with their drafts, built again on every change, until Ctrl-C."""
    settings = _settings(content_dir, port)
    require_free(LOOPBACK, port)
    if is_sqlite(settings):
        prepare(settings)
    with tempfile.TemporaryDirectory() as folder, application(settings) as app:
        releases = Releases(Path(folder))
        with app.app_context():
            layer = PublicPages(
                Styles(app.wsgi_app, releases), releases, settings, clock(), look_every_seconds=0
            )
        server = make_server(LOOPBACK, port, layer, threaded=True, request_handler=_Quiet)
        Thread(target=server.serve_forever, daemon=True).start()
        for asked in (signal.SIGINT, signal.SIGTERM):
            # Also where a script started it in the background, which lets children ignore Ctrl-C.
            signal.signal(asked, signal.default_int_handler)
        click.echo(f"The preview is at http://{LOOPBACK}:{port}/. Stop it with Ctrl-C.")
        try:
            follow(app, settings, releases, Event())
        except KeyboardInterrupt:
            click.echo("The preview has ended.")
        finally:
            server.shutdown()
            server.server_close()


def follow(app: Flask, settings: Settings, releases: Releases, stop: Event) -> None:
    """Build at once and on every change of the content folder, until told to stop."""
    seen = ""
    while True:
        found = look(settings.content_dir, settings.instance_dir)
        if found != seen:
            seen = found
            click.echo(attempt(app, settings, releases))
        if stop.wait(LOOK_EVERY_SECONDS):
            return


def attempt(app: Flask, settings: Settings, releases: Releases) -> str:
    """Build the preview once; gives what to print: that it stands, or every fault."""
    try:
        with app.app_context(), releases.alone():
            now = clock().now()
            with Session(db.engine) as session:
                sources = gather(session, now, settings, drafts=True)
            with releases.unfinished(now) as out:
                build(sources, out, pages.files)
            releases.clear()
    except ContentError as error:
        with app.app_context(), releases.alone():
            _take_back(settings, releases)
        faults = "\n".join(f"{settings.content_dir}/{item}" for item in error.problems)
        ending = "The last good pages stay." if releases.current() else NOTHING_YET
        return f"{faults}\n{ending}"
    return "The pages were built."


def _take_back(settings: Settings, releases: Releases) -> None:
    """Leave nothing official on the last good pages that nobody vouches for."""
    now = clock().now()
    with Session(db.engine) as session:
        known = shown_to_author(session, now, settings)
    if known.problem is not None:
        withhold(releases, now, known.problem)


def _settings(content_dir: Path | None, port: int) -> Settings:
    """The settings with another folder, address and host names: those of this machine."""
    found = load_settings()
    return replace(
        found,
        content_dir=(content_dir or found.content_dir).absolute(),
        base_url=f"http://{LOOPBACK}:{port}",
        allowed_hosts=(LOOPBACK, "localhost"),
    )


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Styles:
    """Styles and scripts of the application, and nothing else of it."""

    def __init__(self, inner: WSGIApplication, releases: Releases) -> None:
        self._inner = inner
        self._releases = releases

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer what no page of the release has answered."""
        if environ["PATH_INFO"].startswith("/static/"):
            return self._inner(environ, start_response)
        plain = [("Content-Type", "text/plain; charset=utf-8")]
        if self._releases.current() is None:
            start_response("503 Service Unavailable", plain)
            return (b"No page is built yet. What is wrong stands where the preview was started.\n",)
        start_response("404 Not Found", plain)
        return (b"A preview shows the public pages alone.\n",)
