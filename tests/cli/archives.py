"""Looking into backups, and changing what they say."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

from trustops.cli.archive import DUMP, MANIFEST


def rewrite(file: Path, **changed: object) -> None:
    """Change what a backup says of itself, or its dump."""
    with tarfile.open(file) as archive:
        members = {item.name: content_of(archive, item) for item in archive.getmembers()}
    if DUMP in changed:
        members[DUMP] = str(changed.pop(DUMP)).encode()
    members[MANIFEST] = json.dumps(json.loads(members[MANIFEST]) | changed).encode()
    with tarfile.open(file, "w:gz") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def content_of(archive: tarfile.TarFile, item: tarfile.TarInfo) -> bytes:
    """The bytes of a member of a backup."""
    content = archive.extractfile(item)
    assert content is not None
    return content.read()
