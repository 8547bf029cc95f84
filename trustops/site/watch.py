"""When a release has to be built again, and what is remembered of files that were refused.

Each host looks after its own releases: what is asked here stands in its files and in no table.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path

from trustops.content.library import fingerprint_of
from trustops.official.signing import MANIFEST, SIGNATURE
from trustops.settings import key_in_file
from trustops.site.release import INDEX, Releases

OLDEST = timedelta(seconds=75)
"""A release that is older was not built by the minute's run on this host: it built on another."""

_REFUSED = ".refused"


def is_stale(
    releases: Releases, content_dir: Path, now: datetime, *, instance_dir: Path | None = None
) -> bool:
    """Whether this host has to build before the next minute.

    So it is where there is no release, where the content changed (but not to what was refused
    already), and where another host had the minute's run.
    """
    release = releases.current()
    if release is None:
        return refused(releases) != look(content_dir, instance_dir)
    try:
        index = json.loads((release / INDEX).read_text(encoding="utf-8"))
        built_at, watched = datetime.fromisoformat(index["built_at"]), index["watched"]
    except (OSError, ValueError, KeyError):
        return True
    seen = look(content_dir, instance_dir)
    if seen != watched:
        return refused(releases) != seen
    return abs(now - built_at) > OLDEST


def look(content_dir: Path, instance_dir: Path | None = None) -> str:
    """What tells whether anything in the content folder has changed.

    Names, sizes and times of all files, and the manifest byte by byte: whoever changes an address
    can also set the time of the file. So it is with the key that lies in the instance folder.
    """
    digest = hashlib.sha256(fingerprint_of(content_dir).encode())
    for name in (MANIFEST, SIGNATURE):
        try:
            digest.update((content_dir / name).read_bytes())
        except OSError:
            digest.update(b"\0")
    key = key_in_file(instance_dir) if instance_dir else ""
    digest.update(key.encode())
    return digest.hexdigest()


def refuse(releases: Releases, fingerprint: str) -> None:
    """Remember content with faults in it, so that it is not read again every few seconds."""
    releases.folder.mkdir(parents=True, exist_ok=True)
    (releases.folder / _REFUSED).write_text(fingerprint, encoding="utf-8")


def refused(releases: Releases) -> str:
    """The fingerprint of the content that was refused last; empty where none was."""
    try:
        return (releases.folder / _REFUSED).read_text(encoding="utf-8")
    except OSError:
        return ""
