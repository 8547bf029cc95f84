"""Which key counts on this desk: the last accepted one, and what may take its place.

Another key is accepted where it stands in the setting of the host, or where the list that was
accepted last under the old key announced it and is still valid. Nobody confirms one at the desk.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trustops.db import Actor, insert_new, record
from trustops.official.models import OfficialKey, OfficialVersion
from trustops.official.rules import key_accepted_by
from trustops.official.signing import PublicKey
from trustops.official.values import AcceptedBy, AcceptedKey, Official

SUBJECT = "official"
"""What events and alerts about the manifest are about."""

WATCH = Actor("system", "official", "Official addresses")
LONGEST_HOST = 64


def last_key(session: Session) -> AcceptedKey | None:
    """The key that was accepted last; None on a desk that never trusted a list.

    An earlier release remembered the id alone, with each list; that counts until the first row.
    """
    row = session.scalars(select(OfficialKey).order_by(OfficialKey.id.desc()).limit(1)).first()
    if row is not None:
        by = AcceptedBy(row.accepted_by)
        return AcceptedKey(row.key_id, row.line, row.accepted_at, by, row.id)
    newest = select(OfficialVersion).order_by(OfficialVersion.id.desc()).limit(1)
    version = session.scalars(newest).first()
    return AcceptedKey(version.key_id, "", version.accepted_at) if version else None


def was_accepted(session: Session, line: str) -> bool:
    """Whether a key ever counted on this desk."""
    found = select(OfficialKey.id).where(OfficialKey.line == line).limit(1)
    return session.scalars(found).first() is not None


def newest_version(session: Session, key_id: str) -> OfficialVersion | None:
    """The row of the newest list that was accepted under a key."""
    return session.scalars(
        select(OfficialVersion)
        .where(OfficialVersion.key_id == key_id)
        .order_by(OfficialVersion.version.desc())
        .limit(1)
    ).first()


def announced(session: Session, key_id: str, now: datetime) -> Collection[str]:
    """The keys that the newest accepted list of a key announces; none once that has expired."""
    row = newest_version(session, key_id)
    if row is None or row.expires_at is None or now >= row.expires_at:
        return ()
    return row.next_keys.split()


def accepted_by(
    session: Session, now: datetime, key: PublicKey, *, on_host: bool
) -> AcceptedBy | None:
    """What makes a pinned key count at an aware instant; None where nothing does."""
    last = last_key(session)
    named = announced(session, last.id, now) if last else ()
    return key_accepted_by(key.id, key.line, last, announced=named, on_host=on_host)


def remember_key(session: Session, now: datetime, official: Official, *, host: str) -> bool:
    """Write that a list was trusted under another key than the last one; tells if it was.

    Two hosts with different settings each write theirs once, not in turn for ever: a host whose
    own last row names its key leaves the row of the other one in peace.

    Args:
        session: a writing session.
        now: an aware instant.
        official: what is trusted, with its key.
        host: the name of this machine.
    """
    last = last_key(session)
    if last and last.line == official.key:
        return False
    on_host = official.key_on_host
    by = key_accepted_by(
        official.key_id,
        official.key,
        last,
        announced=announced(session, last.id, now) if last else (),
        on_host=on_host,
    )
    if by is None or (last and on_host and _wrote_last(session, host, official.key)):
        return False
    before = last.position if last else 0
    if not _insert(session, now, official, by=by, host=host[:LONGEST_HOST], before=before):
        return False
    if last is None or last.is_the_key(official.key_id, official.key):
        return True  # The first list of a key says so in its own event.
    record(
        session,
        now,
        "official.key",
        subject=SUBJECT,
        actor=WATCH,
        data={
            "key": official.key_id,
            "line": official.key,
            "accepted_by": by,
            "before": last.id,
            "host": host[:LONGEST_HOST],
        },
    )
    return True


def _wrote_last(session: Session, host: str, line: str) -> bool:
    """Whether the newest row of a host names a key."""
    newest = session.scalars(
        select(OfficialKey.line)
        .where(OfficialKey.host == host[:LONGEST_HOST])
        .order_by(OfficialKey.id.desc())
        .limit(1)
    ).first()
    return newest == line


def _insert(
    session: Session, now: datetime, official: Official, *, by: AcceptedBy, host: str, before: int
) -> bool:
    """Add the row after the one before it; tells if no other process was sooner."""
    row = {
        "previous_id": before,
        "key_id": official.key_id,
        "line": official.key,
        "accepted_by": by,
        "host": host,
        "accepted_at": now,
    }
    return insert_new(session, OfficialKey, row, unique=["previous_id"]) is not None
