"""`trustops content`: what is wrong with the content files, before somebody reads them.

What needs the site is imported when it is asked for, to keep the start of other commands short.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from trustops.clock import SystemClock
from trustops.content import Problem
from trustops.settings import Settings, load_settings


class _WithPreview(click.Group):
    """Finds the preview, which serves pages, only when somebody wants it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands of this module, and the preview."""
        return [*super().list_commands(ctx), "preview"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with a name."""
        if cmd_name != "preview":
            return super().get_command(ctx, cmd_name)
        from trustops.cli.preview import preview

        return preview


@click.group("content", cls=_WithPreview)
def content() -> None:
    """The files under `content/`."""


@content.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")
def check(as_json: bool) -> None:
    """Check every content file; prints file, line and field of each problem.

    Where the instance has shown the content before, it says what readers see meanwhile. A review
    that is due is told too; it is no problem and changes no exit code.
    """
    settings = load_settings()
    folder = settings.content_dir
    problems = find_problems(settings)
    reminders = find_reminders(settings)
    readers = find_meanwhile(settings) if problems else {}
    if as_json:
        rows = [asdict(problem) | {"readers": readers.get(problem.file)} for problem in problems]
        click.echo(json.dumps(rows))
    else:
        for problem in problems:
            click.echo(f"{folder}/{problem}")
        for file, sentence in readers.items():
            click.echo(f"{file}: {sentence}.")
        for reminder in reminders:
            click.echo(f"To do: {folder}/{reminder}")
        if not problems:
            click.echo(f"The content in {folder} is valid.")
    if problems:
        raise SystemExit(1)


@content.command("schema")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write to; it is made if it is not there.",
)
def schema(out: Path) -> None:
    """Write the JSON Schema of every content file, for editors that check while one writes."""
    from trustops.site.schemas import schemas

    out.mkdir(parents=True, exist_ok=True)
    written = schemas()
    for name, shape in written.items():
        text = json.dumps(shape, indent=2, ensure_ascii=False)
        (out / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    click.echo(f"Wrote {len(written)} schemas to {out}.")


def find_problems(settings: Settings) -> Sequence[Problem]:
    """What is wrong with the content files of all rooms; nothing where they are valid."""
    from trustops.content.versions import LastGood
    from trustops.site.files import check

    now = SystemClock(settings.clock_offset).now()
    return check(settings.content_dir, now=now, good=LastGood(settings.instance_dir))


def find_reminders(settings: Settings) -> Sequence[Problem]:
    """What is no mistake, and waits for somebody: documents to be read again."""
    from trustops.content.days import reviews_due

    return tuple(reviews_due(settings.content_dir, SystemClock(settings.clock_offset).now()))


def find_meanwhile(settings: Settings) -> Mapping[str, str]:
    """What readers see of each document with a fault; nothing before the first pages."""
    from trustops.content.versions import LastGood
    from trustops.site.files import meanwhile

    good = LastGood(settings.instance_dir)
    if not good.folder.is_dir():
        return {}
    found = meanwhile(settings.content_dir, good)
    return {file: item.sentence for file, item in sorted(found.items())}
