"""The file that a backup is: a tar.gz of one dump and a manifest that proves it whole."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from trustops.errors import InvalidInputError

MANIFEST = "manifest.json"
DUMP = "dump"
FORMAT = 1
LARGEST_MANIFEST_BYTES = 64 * 1024
_CHUNK_BYTES = 1024 * 1024

BROKEN = "This is not a backup of TrustOps Desk, or it is damaged."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `made_at` is in UTC, ISO 8601; `kind` names the database."""

    kind: str
    revision: str
    version: str
    sha256: str
    made_at: str
    format: int = FORMAT


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(target: Path, dump: Path, manifest: Manifest) -> None:
    """Write a backup under a temporary name, readable by its owner alone, and move it into place.

    Raises:
        InvalidInputError: there is a file of that name already.
    """
    part = dump.with_name("backup.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
            text = json.dumps(asdict(manifest), indent=2).encode()
            archive.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
            with dump.open("rb") as content:
                archive.addfile(_entry(DUMP, dump.stat().st_size), content)
        file.flush()
        os.fsync(file.fileno())
    refuse_existing(target)
    part.rename(target)


def refuse_existing(target: Path) -> None:
    """Refuse to overwrite.

    Raises:
        InvalidInputError: there is something of that name.
    """
    if target.exists() or target.is_symlink():
        raise InvalidInputError(f"{target} is there already. Choose another name or move it away.")


def unpack(source: Path, folder: Path) -> tuple[Manifest, Path]:
    """Read a backup, write its dump into a folder, and check it against the manifest.

    Raises:
        InvalidInputError: it is no backup, it is damaged, or its format is newer than ours.
    """
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            manifest = _manifest(_content(archive, MANIFEST).read(LARGEST_MANIFEST_BYTES))
            dump = folder / DUMP
            digest = _copy(_content(archive, DUMP), dump)
    except FileNotFoundError as error:
        raise InvalidInputError(f"There is no file {source}.") from error
    except (OSError, EOFError, KeyError, ValueError, TypeError, tarfile.TarError) as error:
        raise InvalidInputError(BROKEN) from error
    if manifest.format != FORMAT:
        raise InvalidInputError("This backup was made by a newer version of TrustOps Desk.")
    if digest != manifest.sha256:
        raise InvalidInputError(f"{BROKEN} Its checksum differs from what its manifest says.")
    return manifest, dump


def _entry(name: str, size: int) -> tarfile.TarInfo:
    """A member that names no user of this machine and no time but the manifest's."""
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o600
    return entry


def _content(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    """The bytes of a member. Only these two names are read, and nothing is unpacked by path."""
    found = archive.extractfile(archive.getmember(name))
    if found is None:
        raise KeyError(name)
    return found


def _manifest(text: bytes) -> Manifest:
    return Manifest(**json.loads(text))


def _copy(source: IO[bytes], target: Path) -> str:
    """Copy bytes into a private file; gives their SHA-256."""
    digest = hashlib.sha256()
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while chunk := source.read(_CHUNK_BYTES):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()
