"""`trustops pack`: proves a migration pack before anybody relies on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from trustops.chain.packs import read_pack
from trustops.chain.proof import Finding, prove
from trustops.chain.schema import Pack
from trustops.chain.setup import nodes_of
from trustops.chain.sync import Work
from trustops.clock import SystemClock
from trustops.content import Problem
from trustops.settings import load_settings

_MARKS = {True: "right", False: "WRONG", None: "not proven"}


@click.group("pack")
def pack() -> None:
    """Migration packs, the files under `migrations/` of the content."""


@pack.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")
def check(file: Path, as_json: bool) -> None:
    """Check a pack: its fields, its ABI and, where the settings name nodes, the chains' answers."""
    problems: list[Problem] = []
    read = read_pack(
        file.absolute().parent.parent, problems, name=file.name, folder=file.parent.name
    )
    findings = _findings(read) if read is not None else ()
    if as_json:
        found = {
            "problems": [asdict(item) for item in problems],
            "findings": [asdict(item) for item in findings],
        }
        click.echo(json.dumps(found))
    else:
        for problem in problems:
            click.echo(str(problem))
        for item in findings:
            click.echo(f"{_MARKS[item.right]:<10} {item.chain}: {item.sentence}")
        if not problems:
            click.echo(f"The fields of {file.name} are valid.")
    if problems or any(item.right is False for item in findings):
        raise SystemExit(1)


def _findings(read: Pack) -> Sequence[Finding]:
    settings = load_settings()
    clock = SystemClock(settings.clock_offset)
    return prove(Work(read, nodes_of(settings, read, clock)))
