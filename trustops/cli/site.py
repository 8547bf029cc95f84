"""`trustops site`: the public pages as files, for whatever serves files."""

from __future__ import annotations

from pathlib import Path

import click

from trustops.cli.context import application
from trustops.cli.schema import is_sqlite, prepare
from trustops.content import ContentError
from trustops.content.versions import LastGood
from trustops.db import Session, db
from trustops.settings import load_settings
from trustops.site import pages
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
