"""Whether content, signed list and database are of one migration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from trustops.chain.queries import packs_read
from trustops.chain.schema import Pack
from trustops.cli.health.finding import Finding, fail, ok, warn
from trustops.cli.health.nodes import pack_of
from trustops.clock import SystemClock
from trustops.official.services import look
from trustops.official.values import Manifest
from trustops.settings import Settings


def project(settings: Settings) -> Finding:
    """The signed list and the pack name the same tokens; else one of them is of another project."""
    pack = pack_of(settings)
    now = SystemClock(settings.clock_offset).now()
    manifest = look(settings.content_dir, settings.official_key, now).manifest
    if manifest is None or not manifest.tokens:
        return ok("project", f"The content is of {pack.id}; no signed list contradicts it.")
    differing = list(_differing(pack, manifest))
    if differing:
        told = warn if settings.demo else fail
        return told(
            "project",
            f"The content is of {pack.id}, and the signed list ({manifest.project}) names other "
            f"tokens: {', '.join(differing)}.",
            "Set TRUSTOPS_CONTENT_DIR to the content of this migration, or migration in site.toml, "
            "or sign the list of this project.",
        )
    return ok("project", f"The content and the signed list are both of {pack.id}.")


def _differing(pack: Pack, manifest: Manifest) -> Iterator[str]:
    """Tokens that the signed list has under another address; all where none is in the list."""
    everywhere = {(token.chain, _plain(token.address)) for token in manifest.tokens}
    known = {(part.chain, _plain(part.address)) for part in pack.tokens}
    roles = {(token.chain, token.role) for token in manifest.tokens}
    for part in pack.tokens:
        missing = (part.chain, _plain(part.address)) not in everywhere
        if missing and ((part.chain, part.role) in roles or not known & everywhere):
            yield f"{part.role} on {part.chain}"


def _plain(address: str) -> str:
    """An address to compare: EVM addresses are the same in any letter case."""
    return address.lower() if address.startswith("0x") else address


def data(session: Session, now: datetime, settings: Settings) -> Finding:
    """What the database holds of chains is of the pack that is published."""
    del now
    pack = pack_of(settings)
    read = set(packs_read(session))
    others = sorted(read - {pack.id})
    if others:
        # Where both were read, somebody went from one migration to the next.
        told = warn if settings.demo or pack.id in read else fail
        return told(
            "data",
            f"The content is of {pack.id}, and the database holds what was read for "
            f"{', '.join(others)}.",
            "Give each migration an instance folder and a database of its own, or set "
            "TRUSTOPS_CONTENT_DIR back.",
        )
    return ok("data", f"The database holds nothing of another migration than {pack.id}.")
