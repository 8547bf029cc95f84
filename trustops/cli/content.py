"""`trustops content`: what is wrong with the content files, before somebody reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from trustops.content import ContentError, Problem, load
from trustops.settings import load_settings


@click.group("content")
def content() -> None:
    """The files under `content/`."""


@content.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")
def check(as_json: bool) -> None:
    """Check every content file; prints file, line and field of each problem."""
    folder = load_settings().content_dir
    problems = find_problems(folder)
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems]))
    else:
        for problem in problems:
            click.echo(f"{folder / str(problem)}")
        if not problems:
            click.echo(f"The content in {folder} is valid.")
    if problems:
        raise SystemExit(1)


def find_problems(folder: Path) -> Sequence[Problem]:
    """What is wrong with the content files of a folder; nothing where they are valid."""
    try:
        load(folder)
    except ContentError as error:
        return error.problems
    return ()
