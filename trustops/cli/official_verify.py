"""`trustops official verify`: whether a list can be trusted now, by which key, and since when.

On a machine that signs there is no database, and none is asked. Where the desk's own list is
looked at and its database is there, what was accepted before counts as it does for the pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from trustops.cli.engines import engine_of
from trustops.cli.schema import Schema, is_sqlite, state_of
from trustops.cli.sqlite_copy import path_of
from trustops.clock import SystemClock
from trustops.db import Session
from trustops.errors import TrustOpsError
from trustops.logs import first_line
from trustops.official import signing
from trustops.official.canonical import parse
from trustops.official.keys import last_key
from trustops.official.rules import problem_at
from trustops.official.services import current_for
from trustops.official.signing import MANIFEST, PublicKey
from trustops.official.values import (
    NONE_YET,
    AcceptedBy,
    AcceptedKey,
    Manifest,
    Official,
    Problem,
)
from trustops.settings import Settings, load_settings, pinned_key

_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)

_BY = {
    AcceptedBy.FIRST_USE: "as the first key that this desk used",
    AcceptedBy.SETTING: "because it stands in the setting of the host",
    AcceptedBy.ANNOUNCED: "because a list under the key before announced it",
    None: "by an earlier release, which remembered its id alone",
}
_REASONS = {
    Problem.EXPIRED: "The signature holds, but it expired at {0.expires_at:%Y-%m-%d %H:%M} UTC.",
    Problem.NOT_YET: "The signature holds, but it is dated {0.issued_at:%Y-%m-%d %H:%M} UTC.",
}
"""Why a manifest whose signature holds is not trusted; what was rolled back only a desk knows."""


@dataclass
class Report:
    """What is known of a list: its manifest if the signature holds, and why it is not trusted.

    `pinned` is the key that was asked with; `last` the one that the desk accepted last.
    """

    manifest: Manifest | None = None
    reason: str = ""
    pinned: PublicKey | None = None
    source: str = ""
    last: AcceptedKey | None = None
    notes: list[str] = field(default_factory=list)


@click.command("verify")
@click.option("--key", type=_EXISTING, help="A public key, instead of the one in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def verify(key: Path | None, as_json: bool, file: Path | None) -> None:
    """Check a manifest and its signature FILE.minisig. Exit code 1 unless it can be trusted now."""
    settings = load_settings()
    path = file or settings.content_dir / MANIFEST
    report = Report()
    _by_signature(settings, key, path, report)
    if key is None and file is None and report.pinned is not None:
        _by_the_desk(settings, report)
    if as_json:
        click.echo(json.dumps(_as_json(report)))
    else:
        for line in _lines(path, report):
            click.echo(line)
    if report.reason:
        raise SystemExit(1)


def _by_signature(settings: Settings, key: Path | None, path: Path, report: Report) -> None:
    """Look at key, signature and dates, as any machine can."""
    pin = pinned_key(settings)
    given = key.read_text(encoding="utf-8", errors="replace") if key else pin.text
    report.source = key.name if key else pin.source
    if not given:
        report.reason = "No public key is set; give --key or TRUSTOPS_OFFICIAL_KEY."
        return
    try:
        report.pinned = PublicKey.read(given)
        text = path.read_bytes()
        signature = path.with_name(f"{path.name}.minisig").read_bytes()
        signing.verify(text, signature, report.pinned)
        report.manifest = parse(text)
    except OSError as error:
        report.reason = f"{Path(str(error.filename)).name} cannot be read: {error.strerror}."
        return
    except TrustOpsError as error:
        report.reason = error.message
        return
    now = SystemClock(settings.clock_offset).now()
    problem = problem_at(report.manifest, "", now, NONE_YET)
    report.reason = _REASONS[problem].format(report.manifest) if problem else ""


def _by_the_desk(settings: Settings, report: Report) -> None:
    """Look at what the desk accepted before, if its database is there."""
    if is_sqlite(settings) and not path_of(settings.database_url.reveal()).exists():
        report.notes.append("There is no database here, so it is not known what a desk accepted.")
        return
    try:
        with engine_of(settings) as engine:
            known = _known(settings, engine, report)
    except SQLAlchemyError as error:
        report.reason = report.reason or (
            "We could not check what this desk accepted before: the database does not answer "
            f"({first_line(error)})."
        )
        return
    if known is None:
        report.notes.append("The database has another schema, so it was not asked.")
    elif known.problem is Problem.KEY_CHANGED or (known.problem and not report.reason):
        report.reason = known.sentence


def _known(settings: Settings, engine: Engine, report: Report) -> Official | None:
    """What the pages show; None where the database cannot be read by this version."""
    if state_of(engine) is not Schema.CURRENT:
        return None
    with Session(engine) as session:
        report.last = last_key(session)
        return current_for(session, SystemClock(settings.clock_offset).now(), settings)


def _lines(path: Path, report: Report) -> Iterator[str]:
    """The report for a person."""
    manifest = report.manifest
    if report.reason:
        yield f"{path}: {report.reason}"
    elif manifest:
        yield f"{path}: version {manifest.version} of {manifest.project} is signed and valid."
        until = f"{manifest.expires_at:%Y-%m-%d %H:%M} UTC"
        yield f"Issued {manifest.issued_at:%Y-%m-%d %H:%M} UTC, valid until {until}."
        for line in manifest.next_keys:
            yield f"It announces the next key {PublicKey.read(line).id}: {line}"
    if report.pinned:
        where = f", from {report.source}" if report.source else ""
        yield f"The key is {report.pinned.id}{where}."
    if report.last:
        since = f"{report.last.accepted_at:%Y-%m-%d %H:%M} UTC"
        yield f"This desk last accepted {report.last.id}, at {since}, {_BY[report.last.by]}."
    yield from report.notes


def _as_json(report: Report) -> dict[str, object]:
    manifest, last = report.manifest, report.last
    return {
        "trusted": not report.reason,
        "reason": report.reason,
        "version": manifest.version if manifest else None,
        "issued_at": manifest.issued_at.isoformat() if manifest else None,
        "expires_at": manifest.expires_at.isoformat() if manifest else None,
        "next_keys": list(manifest.next_keys) if manifest else [],
        "key": report.pinned.id if report.pinned else None,
        "key_from": report.source or None,
        "accepted_key": last.id if last else None,
        "accepted_at": last.accepted_at.isoformat() if last else None,
        "accepted_by": last.by if last else None,
    }
