"""`trustops site`: the public pages as files, for whatever serves files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from trustops.cli.context import application
from trustops.cli.schema import is_sqlite, prepare
from trustops.content import ContentError
from trustops.content.versions import LastGood
from trustops.db import Session, db
from trustops.settings import load_settings
from trustops.site import pages
from trustops.site.dead_links import DeadLink, dead_links
from trustops.site.export import export
from trustops.site.sources import gather
from trustops.web.context import clock


@click.group("site")
def site() -> None:
    """The public pages."""


@site.command("build")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to write.")
def build(out: Path) -> None:
    """Write the public pages into a folder, as they are now; replaces an earlier copy there.

    A document with a fault is there in its last good version; without one, nothing is written.
    """
    settings = load_settings()
    if is_sqlite(settings):
        prepare(settings)
    good = LastGood(settings.instance_dir)
    with application(settings) as app, app.app_context():
        with Session(db.engine) as session:
            sources = gather(session, clock().now(), settings, good=good)
        if any(item.accepted_at is None for item in sources.meanwhile.values()):
            # A copy stays where it is put, so nothing may be missing in it.
            raise ContentError(tuple(sources.problems))
        count = export(sources, out.absolute(), pages.files)
    click.echo(f"{count} pages and machine files were written to {out}.")
    for item in sources.meanwhile.values():
        click.echo(f"{item.file} has a fault; {item.sentence}.", err=True)
    if not sources.official.trusted:
        click.echo(f"They show no official addresses: {sources.official.sentence}", err=True)
    for line in _left_to_readers(app, dead_links(out.absolute())):
        click.echo(line, err=True)


def _left_to_readers(app: Flask, links: Iterable[DeadLink]) -> Iterator[str]:
    """What leads nowhere in a copy: to the desk's own pages in one line, each other link in one."""
    of_desk: set[str] = set()
    for link in links:
        if not link.section and _is_of_desk(app, link.path):
            of_desk.add(link.path)
        else:
            yield f"Warning: {link.sentence}."
    if of_desk:
        names = ", ".join(sorted(of_desk))
        yield (
            f"Warning: links lead to {names}, which the desk alone answers and this copy does not "
            "hold. Let whatever serves the copy pass them on to the desk (docs/site.md)."
        )


def _is_of_desk(app: Flask, path: str) -> bool:
    """Whether the application answers a path by itself, and not from its built pages."""
    try:
        endpoint, _ = app.url_map.bind("").match(path)
    except (NotFound, MethodNotAllowed, RequestRedirect):
        return False
    return not str(endpoint).startswith("site.")
