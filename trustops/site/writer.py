"""Writes the files of a release or an export, each with a compressed twin where that gains."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

from trustops.site.release import digest_of, file_of

COMPRESSED = (
    "text/",
    "application/json",
    "application/atom+xml",
    "application/schema+json",
    "image/svg",
)
"""Content types that get a compressed twin beside them."""

LEAST_COMPRESSED_BYTES = 256
"""What is smaller fits in one packet anyway."""


class Written(Protocol):
    """One file of the public site: the path of its address, its bytes, its content type."""

    @property
    def path(self) -> str:
        """Begins with `/`."""
        ...

    @property
    def body(self) -> bytes:
        """What is answered."""
        ...

    @property
    def content_type(self) -> str:
        """With its charset where it is a text."""
        ...


@dataclass(frozen=True, slots=True)
class Plain:
    """A file that is added to what the pages give."""

    path: str
    body: bytes
    content_type: str


@dataclass(slots=True)
class Writer:
    """Writes files of one release; bodies that are the same are compressed and stored once."""

    out: Path
    stored: dict[str, Path] = field(default_factory=dict)
    twins: dict[str, bytes] = field(default_factory=dict)

    def write(self, tree: str, file: Written, status: int = HTTPStatus.OK) -> dict[str, Any]:
        """Write a file with its compressed twin; gives its row of the index."""
        name = file_of(file.path, file.content_type)
        digest = digest_of(file.body)
        self._store(digest, file.body, self.out / tree / name)
        twin = self._twin(digest, file) if is_compressed(file) else None
        if twin is not None:
            self._store(digest_of(twin), twin, self.out / tree / f"{name}.gz")
        return {
            "file": name,
            "type": file.content_type,
            "etag": digest,
            "status": int(status),
            "gzip": digest_of(twin) if twin is not None else None,
        }

    def _twin(self, digest: str, file: Written) -> bytes:
        """The compressed body, worked out once for each body."""
        if digest not in self.twins:
            self.twins[digest] = compress(file.body)
        return self.twins[digest]

    def _store(self, digest: str, body: bytes, target: Path) -> None:
        """Write a body, or link to where it stands already."""
        target.parent.mkdir(parents=True, exist_ok=True)
        known = self.stored.setdefault(digest, target)
        if known == target:
            target.write_bytes(body)
        else:
            target.hardlink_to(known)


def compress(body: bytes) -> bytes:
    """A body as gzip, the same bytes for the same body."""
    return gzip.compress(body, compresslevel=9, mtime=0)


def is_compressed(file: Written) -> bool:
    """Whether a file gets a compressed twin."""
    return len(file.body) >= LEAST_COMPRESSED_BYTES and file.content_type.startswith(COMPRESSED)
