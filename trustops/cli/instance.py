"""`trustops init`: everything that an instance needs before it can serve."""

from __future__ import annotations

import click

from trustops.cli.schema import Schema, prepare
from trustops.settings import load_settings

DONE = {
    Schema.EMPTY: "The database was empty and now has its tables.",
    Schema.BEHIND: "The database was brought to the schema of this version.",
    Schema.CURRENT: "The database has the schema of this version already.",
}

NEXT = """\
What comes next:
  trustops user add you@example.org --role admin --name "Your Name"
  trustops alert test
  trustops serve
`trustops doctor` tells what is still missing."""


@click.command("init")
def init() -> None:
    """Create the instance folder, the secret key and the database; safe to repeat."""
    settings = load_settings()
    before = prepare(settings)
    click.echo(f"The instance is {settings.instance_dir}.")
    click.echo(DONE[before])
    click.echo(NEXT)
