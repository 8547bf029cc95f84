"""Checks of the official addresses: which key is pinned and where, and whether we are listed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trustops.cli.health.finding import Finding, fail, ok, warn
from trustops.official.canonical import MOST_BYTES, MalformedError, parse
from trustops.official.keys import last_key
from trustops.official.rules import host_of_desk, names_desk
from trustops.official.services import current_for, readable
from trustops.official.signing import MANIFEST
from trustops.official.values import Manifest, Problem
from trustops.settings import KEY_FILE, Settings, key_in_file, pinned_key

HOW = "docs/official.md says how."


def pinned(settings: Settings) -> Finding:
    """A key in the setting of the host is the one that whoever writes our files cannot change."""
    name = "official key"
    pin = pinned_key(settings)
    key, beside = readable(pin.text), readable(key_in_file(settings.instance_dir))
    if key is None:
        problem = "The official key cannot be read" if pin.text else "No official key is set"
        told = warn if settings.demo else fail
        sentence = f"{problem}, so the site shows no official address."
        return told(name, sentence, f"Set TRUSTOPS_OFFICIAL_KEY. {HOW}")
    if not pin.on_host:
        return warn(
            name,
            f"The key {key.id} is pinned by {pin.source} in the instance folder alone.",
            f"Set TRUSTOPS_OFFICIAL_KEY on the host; no file of that folder changes it. {HOW}",
        )
    if beside is not None and beside.line != key.line:
        return warn(
            name,
            f"{KEY_FILE} in the instance folder holds {beside.id}, and the setting {key.id}, which "
            "counts.",
            f"Find out who wrote {KEY_FILE}, and put the same key there or take it away.",
        )
    return ok(name, f"The key {key.id} is pinned by the setting.")


def own_host(settings: Settings) -> Finding:
    """People are asked to compare the name in their address bar with the list."""
    name = "own host"
    host = host_of_desk(settings.base_url)
    if not host:
        return ok(name, "The desk is reached on this machine alone, so no list has to name it.")
    manifest = _on_disk(settings)
    if manifest is None:
        return ok(name, "There is no signed list yet that could name this desk.")
    if not names_desk(manifest, settings.base_url):
        return fail(
            name,
            f"The signed list does not name {host} as this desk's, so nobody can check us by it.",
            f'Add it to official/source.toml as [[domains]] of kind "desk", and sign. {HOW}',
        )
    return ok(name, f"The signed list names {host} as this desk's.")


def addresses(session: Session, now: datetime, settings: Settings) -> Finding:
    """The official addresses are shown, unless nobody has set them up yet."""
    name = "official addresses"
    known = current_for(session, now, settings)
    if known.trusted:
        return ok(name, "The signed list is trusted and shown.")
    if last_key(session) is None and known.problem in {Problem.NO_KEY, Problem.MISSING}:
        return ok(name, "They were never set up, and are withheld.")
    return fail(name, known.sentence, f"Run: trustops official verify. {HOW}")


def _on_disk(settings: Settings) -> Manifest | None:
    """What the list says that lies in the content folder, whether or not it is trusted."""
    try:
        with (settings.content_dir / MANIFEST).open("rb") as file:
            return parse(file.read(MOST_BYTES + 1))
    except (OSError, MalformedError):
        return None


OF_SETTINGS = (pinned, own_host)
OF_RECORDS = (addresses,)
"""In the order of the report."""
