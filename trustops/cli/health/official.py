"""Checks of the official addresses: which key is pinned and where, and whether we are listed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trustops.cli.health.finding import Finding, fail, ok, warn
from trustops.cli.health.manifest import official_list
from trustops.official.canonical import MOST_BYTES, MalformedError, parse
from trustops.official.keys import accepted_by, last_key, was_accepted
from trustops.official.rules import host_of_desk, names_desk
from trustops.official.services import current_for, readable
from trustops.official.signing import MANIFEST, PublicKey
from trustops.official.values import AcceptedKey, Manifest, Problem
from trustops.settings import KEY_FILE, PinnedKey, Settings, key_in_file, pinned_key

HOW = "docs/official.md says how."


def official_key(session: Session, now: datetime, settings: Settings) -> Finding:
    """The pinned key has to be one that this desk accepts; on the host nobody else changes it."""
    name = "official key"
    pin, last = pinned_key(settings), last_key(session)
    key = readable(pin.text)
    if key is None:
        problem = _no_key(settings, pin)
        lacking = "so the site shows no official address"
        before = f" The desk last accepted {_accepted(last)}." if last else ""
        told = warn if settings.demo and last is None else fail
        return told(name, f"{problem}, {lacking}.{before}", f"Set TRUSTOPS_OFFICIAL_KEY. {HOW}")
    if accepted_by(session, now, key, on_host=pin.on_host) is None and last:
        earlier = was_accepted(session, key.line)
        how = "an earlier key of this desk" if earlier else "which this desk never accepted"
        return fail(
            name,
            f"{pin.source} in the instance folder names the key {key.id}, {how}: it last accepted "
            f"{_accepted(last)}. The site shows no official address.",
            f"Take {key.id} for an attack until whoever holds the secret key says that they "
            f"changed it. Put {last.id} back, and find out who wrote {pin.source}. {HOW}",
        )
    return _accepted_key(settings, key, last)


def _no_key(settings: Settings, pin: PinnedKey) -> str:
    path = settings.instance_dir / KEY_FILE
    if pin.text:
        return "The official key cannot be read: it is no public key"
    if path.is_dir():
        return f"{KEY_FILE} in the instance folder is a folder and no key"
    if path.exists():
        return f"{KEY_FILE} in the instance folder is empty or cannot be read"
    return "No official key is set"


def _accepted_key(settings: Settings, key: PublicKey, last: AcceptedKey | None) -> Finding:
    """What to say of a pinned key that counts, and of another one beside it."""
    name = "official key"
    pin, beside = pinned_key(settings), readable(key_in_file(settings.instance_dir))
    if not pin.on_host:
        return warn(
            name,
            f"The key {key.id} is pinned by {pin.source} in the instance folder alone.",
            f"Compare {key.id} with the key of whoever signs. If it is theirs, set "
            f"TRUSTOPS_OFFICIAL_KEY on the host; no file of that folder changes it. {HOW}",
        )
    if last and not last.is_the_key(key.id, key.line):
        return warn(
            name,
            f"The setting names the key {key.id}, and the desk last accepted {_accepted(last)}. "
            "The setting counts.",
            "Make sure that whoever holds the secret key changed it.",
        )
    if beside is not None and beside.line != key.line:
        return warn(
            name,
            f"{KEY_FILE} in the instance folder holds {beside.id}, and the setting {key.id}, which "
            "counts.",
            f"Find out who wrote {KEY_FILE}, and put the same key there or take it away.",
        )
    return ok(name, f"The key {key.id} is pinned by the setting.")


def _accepted(last: AcceptedKey) -> str:
    return f"{last.id}, on {last.accepted_at:%Y-%m-%d}"


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


OF_SETTINGS = (own_host,)
OF_RECORDS = (official_key, official_list, addresses)
"""In the order of the report."""
