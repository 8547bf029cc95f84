"""What is official at a moment: look, remember what was accepted, and tell ops when it is not.

Everything here fails closed. Whatever is wrong, the answer is a reason and no manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from trustops.alerts.services import raise_alert, resolve
from trustops.channels.rules import Target
from trustops.db import insert_new, record
from trustops.official.alerting import (
    EXPIRY_SUBJECT,
    expiry_alert,
    note_again,
    resolve_for,
    withheld_alert,
)
from trustops.official.canonical import MOST_BYTES, MalformedError, parse
from trustops.official.keys import (
    LONGEST_HOST,
    SUBJECT,
    WATCH,
    accepted_by,
    newest_version,
    remember_key,
)
from trustops.official.models import OfficialVersion
from trustops.official.rules import problem_at, sentence_of
from trustops.official.signing import (
    MANIFEST,
    MOST_SIGNATURE_BYTES,
    SIGNATURE,
    KeyUnusableError,
    PublicKey,
    SignatureInvalidError,
    verify,
)
from trustops.official.values import NONE_YET, Accepted, Official, Problem
from trustops.settings import Settings, pinned_key

WARN_BEFORE = timedelta(days=3)
"""How long before it expires ops are told to sign the next one."""


def readable(official_key: str) -> PublicKey | None:
    """The pinned key; None where there is none that works."""
    try:
        return PublicKey.read(official_key) if official_key else None
    except KeyUnusableError:
        return None


def key_id_of(official_key: str) -> str:
    """The id of the pinned key as minisign prints it; empty where there is none that works."""
    key = readable(official_key)
    return key.id if key else ""


def look(
    content_dir: Path, official_key: str, now: datetime, *, highest: Accepted = NONE_YET
) -> Official:
    """Read and verify the signed manifest of a content folder.

    Args:
        content_dir: the content folder; the files lie in its `official/`.
        official_key: the pinned public key, as the settings hold it.
        now: an aware instant.
        highest: what was accepted last under this key, from `highest(session, key_id)`.
    """
    key = readable(official_key)
    if key is None:
        return _withheld(now, Problem.NO_KEY)
    key_id = key.id
    try:
        text = _read(content_dir / MANIFEST, MOST_BYTES)
        signature = _read(content_dir / SIGNATURE, MOST_SIGNATURE_BYTES)
    except OSError:
        return _withheld(now, Problem.MISSING, key_id)
    digest = hashlib.sha256(text).hexdigest()
    try:
        verify(text, signature, key)
        manifest = parse(text)
    except SignatureInvalidError:
        return _withheld(now, Problem.BAD_SIGNATURE, key_id, digest)
    except MalformedError:
        return _withheld(now, Problem.MALFORMED, key_id, digest)
    problem = problem_at(manifest, digest, now, highest)
    if problem is not None:
        return _withheld(now, problem, key_id, digest)
    return Official(now, manifest, None, "", key_id, text, signature, digest, key.line)


def current(
    session: Session,
    now: datetime,
    *,
    content_dir: Path,
    official_key: str,
    on_host: bool = True,
) -> Official:
    """What is official now, measured against what was accepted before.

    Args:
        session: only read from.
        now: an aware instant.
        content_dir: the content folder.
        official_key: the pinned public key.
        on_host: whether that key stands in the setting of the host, and not in a file of the
            instance folder, where it counts only if it is the one that was accepted.
    """
    reason = reason_to_withhold(session, now, official_key, on_host=on_host)
    if reason is not None:
        return _withheld(now, reason, key_id_of(official_key))
    mark = highest(session, key_id_of(official_key))
    known = look(content_dir, official_key, now, highest=mark)
    return replace(known, key_on_host=on_host)


def reason_to_withhold(
    session: Session, now: datetime, official_key: str, *, on_host: bool
) -> Problem | None:
    """Why this desk shows nothing official, whatever a signed list says; None where nothing is.

    Every reason that does not lie in the list itself is decided here.
    """
    key = readable(official_key)
    if key is None:
        return Problem.NO_KEY
    if accepted_by(session, now, key, on_host=on_host) is None:
        return Problem.KEY_CHANGED
    return None


def current_for(
    session: Session, now: datetime, settings: Settings, *, content_dir: Path | None = None
) -> Official:
    """What is official now at an instance, with its key as it is pinned at this moment."""
    pin = pinned_key(settings)
    return current(
        session,
        now,
        content_dir=content_dir or settings.content_dir,
        official_key=pin.text,
        on_host=pin.on_host,
    )


def highest(session: Session, key_id: str) -> Accepted:
    """The newest manifest that was accepted under a key."""
    row = newest_version(session, key_id)
    return Accepted(row.version, row.sha256) if row else NONE_YET


def accept(session: Session, now: datetime, official: Official, *, host: str = "") -> bool:
    """Remember a trusted manifest, so that no older one is trusted again; tells if it is new.

    Its key is remembered too, where it is another one than before. Any number of processes may
    accept the same one; one of them writes it. `host` is the name of this machine.
    """
    if official.manifest is None:
        return False
    remember_key(session, now, official, host=host)
    row = {
        "key_id": official.key_id,
        "version": official.manifest.version,
        "sha256": official.sha256,
        "accepted_at": now,
        "expires_at": official.manifest.expires_at,
        "next_keys": " ".join(official.manifest.next_keys),
    }
    if insert_new(session, OfficialVersion, row, unique=["key_id", "version"]) is None:
        return False
    record(
        session,
        now,
        "official.accept",
        subject=SUBJECT,
        actor=WATCH,
        data={
            "key": official.key_id,
            "version": official.manifest.version,
            "sha256": official.sha256,
        },
    )
    return True


def watch(
    session: Session,
    now: datetime,
    official: Official,
    *,
    targets: Sequence[Target],
    base_url: str,
    host: str = "",
) -> None:
    """Alert while nothing official can be shown, and three days before that would happen.

    One alert for each problem and manifest; it is resolved when a manifest is trusted again on
    the host that met the problem last, or elsewhere once that host has gone quiet.

    Args:
        session: a writing session.
        now: an aware instant.
        official: what `current` found.
        targets: where alerts go, by `channels.targets.alert_targets`.
        base_url: what the link in an alert begins with.
        host: the name of this machine.
    """
    host = host[:LONGEST_HOST]
    if official.manifest is None:
        new = withheld_alert(session, now, official, host)
        if raise_alert(session, now, new, targets=targets, base_url=base_url) is None:
            note_again(session, now, new.dedupe_key, host)
        return
    resolve_for(session, now, host)
    if official.manifest.expires_at - now > WARN_BEFORE:
        resolve(session, now, subject=EXPIRY_SUBJECT)
        return
    new = expiry_alert(now, official, official.manifest)
    raise_alert(session, now, new, targets=targets, base_url=base_url)


def _read(path: Path, most: int) -> bytes:
    """A file, and one byte more than it may have, so that what is too long is not taken."""
    with path.open("rb") as file:
        return file.read(most + 1)


def _withheld(now: datetime, problem: Problem, key_id: str = "", sha256: str = "") -> Official:
    return Official(now, None, problem, sentence_of(problem), key_id, sha256=sha256)
