"""What is official at a moment: look, remember what was accepted, and tell ops when it is not.

Everything here fails closed. Whatever is wrong, the answer is a reason and no manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from trustops.alerts.models import Alert
from trustops.alerts.rules import Kind, NewAlert, Severity
from trustops.alerts.services import raise_alert, resolve
from trustops.channels.rules import Target
from trustops.db import Actor, record
from trustops.official.canonical import MOST_BYTES, MalformedError, parse
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
from trustops.official.values import NONE_YET, Accepted, Manifest, Official, Problem

SUBJECT = "official"
"""What events and alerts about the manifest are about."""

EXPIRY_SUBJECT = "official:expiry"
WARN_BEFORE = timedelta(days=3)
"""How long before it expires ops are told to sign the next one."""

WATCH = Actor("system", "official", "Official addresses")


def key_id_of(official_key: str) -> str:
    """The id of the pinned key as minisign prints it; empty where there is none that works."""
    try:
        return PublicKey.read(official_key).id if official_key else ""
    except KeyUnusableError:
        return ""


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
    key_id = key_id_of(official_key)
    if not key_id:
        return _withheld(now, Problem.NO_KEY)
    try:
        text = _read(content_dir / MANIFEST, MOST_BYTES)
        signature = _read(content_dir / SIGNATURE, MOST_SIGNATURE_BYTES)
    except OSError:
        return _withheld(now, Problem.MISSING, key_id)
    digest = hashlib.sha256(text).hexdigest()
    try:
        verify(text, signature, PublicKey.read(official_key))
        manifest = parse(text)
    except SignatureInvalidError:
        return _withheld(now, Problem.BAD_SIGNATURE, key_id, digest)
    except MalformedError:
        return _withheld(now, Problem.MALFORMED, key_id, digest)
    problem = problem_at(manifest, digest, now, highest)
    if problem is not None:
        return _withheld(now, problem, key_id, digest)
    return Official(now, manifest, None, "", key_id, text, signature, digest)


def current(session: Session, now: datetime, *, content_dir: Path, official_key: str) -> Official:
    """What is official now, measured against what was accepted before."""
    mark = highest(session, key_id_of(official_key))
    return look(content_dir, official_key, now, highest=mark)


def highest(session: Session, key_id: str) -> Accepted:
    """The newest manifest that was accepted under a key."""
    row = session.scalars(
        select(OfficialVersion)
        .where(OfficialVersion.key_id == key_id)
        .order_by(OfficialVersion.version.desc())
        .limit(1)
    ).first()
    return Accepted(row.version, row.sha256) if row else NONE_YET


def accept(session: Session, now: datetime, official: Official) -> bool:
    """Remember a trusted manifest, so that no older one is trusted again; tells if it is new.

    Any number of processes may accept the same one; one of them writes it.
    """
    if official.manifest is None:
        return False
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    added = session.scalars(
        insert(OfficialVersion)
        .values(
            key_id=official.key_id,
            version=official.manifest.version,
            sha256=official.sha256,
            accepted_at=now,
        )
        .on_conflict_do_nothing(index_elements=["key_id", "version"])
        .returning(OfficialVersion.id)
    ).first()
    if added is None:
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
) -> None:
    """Alert while nothing official can be shown, and three days before that would happen.

    One alert for each problem and manifest; it is resolved when a manifest is trusted again.

    Args:
        session: a writing session.
        now: an aware instant.
        official: what `current` found.
        targets: where alerts go, by `channels.targets.alert_targets`.
        base_url: what the link in an alert begins with.
    """
    if official.manifest is None:
        new = _withheld_alert(session, now, official)
        raise_alert(session, now, new, targets=targets, base_url=base_url)
        return
    resolve(session, now, subject=SUBJECT)
    if official.manifest.expires_at - now > WARN_BEFORE:
        resolve(session, now, subject=EXPIRY_SUBJECT)
        return
    new = _expiry_alert(now, official, official.manifest)
    raise_alert(session, now, new, targets=targets, base_url=base_url)


def _read(path: Path, most: int) -> bytes:
    """A file, and one byte more than it may have, so that what is too long is not taken."""
    with path.open("rb") as file:
        return file.read(most + 1)


def _withheld(now: datetime, problem: Problem, key_id: str = "", sha256: str = "") -> Official:
    return Official(now, None, problem, sentence_of(problem), key_id, sha256=sha256)


def _withheld_alert(session: Session, now: datetime, official: Official) -> NewAlert:
    """The alert of a problem. A problem that comes back after a good time is another one."""
    problem = official.problem or Problem.MISSING
    prefix = f"{Kind.OFFICIAL_WITHHELD}:{problem}:{official.key_id}:{official.sha256[:16]}:"
    over = session.scalar(
        select(func.count())
        .select_from(Alert)
        .where(
            Alert.subject == SUBJECT,
            Alert.dedupe_key.startswith(prefix, autoescape=True),
            Alert.resolved_at.is_not(None),
        )
    )
    set_up = problem is not Problem.NO_KEY or session.scalar(select(OfficialVersion.id).limit(1))
    return NewAlert(
        kind=Kind.OFFICIAL_WITHHELD,
        severity=Severity.CRITICAL if set_up else Severity.WARNING,
        dedupe_key=f"{prefix}{over}",
        subject=SUBJECT,
        summary=f"{official.sentence} `trustops official verify` says more.",
        at=now,
        data={"problem": str(problem), "sha256": official.sha256},
    )


def _expiry_alert(now: datetime, official: Official, manifest: Manifest) -> NewAlert:
    return NewAlert(
        kind=Kind.OFFICIAL_WITHHELD,
        severity=Severity.WARNING,
        dedupe_key=f"official.expires:{official.key_id}:{manifest.version}:{official.sha256[:16]}",
        subject=EXPIRY_SUBJECT,
        summary=(
            "The signed list of official addresses is valid until "
            f"{manifest.expires_at:%Y-%m-%d %H:%M} UTC. Sign the next one before that."
        ),
        at=now,
        data={"version": manifest.version},
    )
