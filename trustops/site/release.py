"""Releases on disk: each a folder of its own, written apart and put in place in one step.

`instance/releases/<stamp>/` holds the files; the link `current` names the release that is served.
A build that is killed leaves a folder that nobody reads and the next build clears away.
"""

from __future__ import annotations

import fcntl
import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

KEPT = 3
"""Releases that stay, the one that is served among them: a reader may still be loading the last."""

FOLDER = "releases"
PAGES = "pages"
WITHHELD = "withheld"
INDEX = "release.json"
"""What tells of each file of a release how it is served; written last of all."""

_CURRENT = "current"
_UNFINISHED = ".building-"
_LINK = ".current-"
_LOCK = ".lock"
_DIGITS = 32


def file_of(path: str, content_type: str) -> str:
    """Where the answer to a path lies within a tree.

    A page without an ending lies in a file with `.html`, the front page in `index.html`: web
    servers and content networks find it there (`try_files $uri $uri.html`).

    Raises:
        ValueError: the path does not begin at the root, or leads out of it.
    """
    parts = path.split("/")[1:]
    if not path.startswith("/") or {"..", "."} & set(parts) or "" in parts[:-1] or "\\" in path:
        raise ValueError("a path of a release begins at the root and stays under it")
    if path == "/":
        return "index.html"
    is_page = content_type.startswith("text/html") and not path.endswith(".html")
    return path[1:] + (".html" if is_page else "")


def digest_of(body: bytes) -> str:
    """What tells a body from every other one: half of its SHA-256, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()[:_DIGITS]


class Releases:
    """The releases of an instance. Any number of processes may read and build them."""

    def __init__(self, instance_dir: Path) -> None:
        """Take the instance's folder; nothing is made before the first build."""
        self.folder = instance_dir / FOLDER

    def current(self) -> Path | None:
        """The release that is served now, or None before the first.

        A slow reader may find the release that the link named already removed; the link then
        names a newer one.
        """
        before: Path | None = None
        while True:
            try:
                name = (self.folder / _CURRENT).readlink()
            except OSError:
                return None
            if (self.folder / name / INDEX).is_file():
                return self.folder / name
            if name == before:
                return None
            before = name

    def current_file(self, path: str) -> bytes | None:
        """What the current release holds for a machine file such as `/api/v2/summary.json`."""
        release = self.current()
        if release is None:
            return None
        try:
            return (release / PAGES / file_of(path, "")).read_bytes()
        except OSError:
            return None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other builders of this machine waiting, so that an older look never wins.

        The lock ends with the process that holds it, however that ends.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def unfinished(self, now: datetime) -> Iterator[Path]:
        """A folder to build in; put in place when left without an error, removed else.

        `now` is an aware instant in UTC, by which people tell releases apart.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        work = self.folder / f"{_UNFINISHED}{name}"
        work.mkdir()
        try:
            yield work
            work.rename(self.folder / name)
            self._point_at(name)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise

    def clear(self) -> None:
        """Remove old releases and what killed builds left; call it while building alone."""
        served = self.current()
        others = [
            item
            for item in self.folder.iterdir()
            if item.is_dir() and not item.is_symlink() and item.name[0] != "." and item != served
        ]
        others.sort(key=lambda item: (item.stat().st_mtime_ns, item.name), reverse=True)
        for old in others[KEPT - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
        for left in (*self.folder.glob(f"{_UNFINISHED}*"), *self.folder.glob(f"{_LINK}*")):
            with suppress(OSError):
                left.unlink() if left.is_symlink() else shutil.rmtree(left)

    def _point_at(self, name: str) -> None:
        """Swap the link in one step: a reader finds the old release or the new one."""
        link = self.folder / f"{_LINK}{secrets.token_hex(4)}"
        link.symlink_to(name)
        link.replace(self.folder / _CURRENT)
