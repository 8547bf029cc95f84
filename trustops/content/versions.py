"""Last good versions: what readers keep of a content file while it has a fault.

Each host keeps them in its instance folder, byte for byte, in the layout of a content folder; the
time of a copy's file is when these bytes were accepted. A copy holds for the migration that was
published then: a page on another project's token is no good version of anything.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from trustops.content.schema import SiteFile
from trustops.content.toml_file import LARGEST_BYTES, read_toml
from trustops.content.values import Problem

T = TypeVar("T")

Read = Callable[[Path, list[Problem]], T | None]
"""Reads one document of a content folder, or gives None after noting what is wrong with it."""

FOLDER = "last-good"
SITE = "site.toml"
PACKS = "migrations"
_ADDRESSES = ".addresses.txt"

_FAILURES = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError),
    *(OSError, RuntimeError, TypeError, ValueError),
)
"""What a check can fail with on a document that nobody thought of: it stops no other document."""

_EVERY_MIGRATION = "_every"
_HELD_BY_ALL = frozenset({SITE, "sla.toml"})
"""Files that speak of no migration: they say which one there is, and what we promise."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What readers see of a document while its file has a fault.

    `accepted_at` is when the version that they see was accepted (aware, UTC), None while they see
    none. `unusable` says what is wrong with the last good version where it cannot be used either.
    """

    file: str
    accepted_at: datetime | None
    unusable: str = ""

    @property
    def sentence(self) -> str:
        """What readers see, in words."""
        if self.accepted_at is None:
            more = f"; its last good version holds no longer: {self.unusable}"
            return f"readers do not see it yet{more if self.unusable else ''}"
        return f"readers see the version of {self.accepted_at:%Y-%m-%d %H:%M} UTC"


class LastGood:
    """The last good versions of an instance. Any number of processes may read; one accepts."""

    def __init__(self, instance_dir: Path) -> None:
        """Take the instance's folder; nothing is made before the first file is accepted."""
        self.folder = instance_dir / FOLDER

    def root(self, name: str, migration: str) -> Path:
        """The content folder of copies in which the last good version of a file lies."""
        folder, _, rest = name.partition("/")
        if name in _HELD_BY_ALL:
            return self.folder / _EVERY_MIGRATION
        if folder == PACKS and rest.endswith(".toml"):
            return self.folder / rest.removesuffix(".toml")
        return self.folder / (migration or _EVERY_MIGRATION)

    def accepted_at(self, name: str, migration: str) -> datetime | None:
        """When the last good version of a file was accepted; None where there is none."""
        try:
            known = (self.root(name, migration) / name).stat()
        except OSError:
            return None
        return datetime.fromtimestamp(known.st_mtime, UTC)

    def migration(self) -> str:
        """The migration that was published last; empty where no site was accepted yet."""
        site = read_toml(self.folder / _EVERY_MIGRATION, SITE, SiteFile, [])
        return site.migration if site else ""

    def accept(self, accepted: Mapping[str, bytes], migration: str, now: datetime) -> None:
        """Keep what was read without a fault; a version that is kept already keeps its time.

        Args:
            accepted: the bytes of each file, by its name in the content folder.
            migration: the one that is published with them.
            now: an aware instant.
        """
        for name, raw in accepted.items():
            target = self.root(name, migration) / name
            if bytes_of(target) == raw:
                continue
            if target.is_dir() and not target.is_symlink():
                shutil.rmtree(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}.new")
            with beside.open("wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            os.utime(beside, (now.timestamp(), now.timestamp()))
            beside.replace(target)

    def addresses(self, migration: str) -> frozenset[str]:
        """Everything that was ever public of a migration, as `faq/<id>` and `pages/<id>`."""
        raw = bytes_of(self.folder / f"{migration}{_ADDRESSES}") or b""
        return frozenset(raw.decode("utf-8", "replace").split())

    def remember(self, migration: str, addresses: Collection[str]) -> None:
        """Keep addresses that are public now, so that a check can say when one leads nowhere."""
        known = self.addresses(migration)
        if known >= set(addresses):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / f"{migration}{_ADDRESSES}"
        beside = target.with_name(f".{target.name}.new")
        beside.write_text("\n".join(sorted(known | set(addresses))) + "\n", encoding="utf-8")
        beside.replace(target)

    def forget(self, migration: str, still_named: Collection[str]) -> None:
        """Remove the copies of documents that were taken out of the content folder on purpose."""
        root = self.folder / migration
        for name in list(names_in(root)):
            if name not in still_named and not name.startswith(f"{PACKS}/"):
                with suppress(OSError):
                    (root / name).unlink()
                    (root / name).parent.rmdir()


@dataclass(slots=True)
class Reading:
    """One look at a content folder, document by document.

    Without `good` a fault leaves its document out, and whoever reads strictly refuses all of it.
    `accepted` collects the bytes of what has no fault, `meanwhile` what readers see of the rest.
    """

    folder: Path
    good: LastGood | None = None
    migration: str = ""
    problems: list[Problem] = field(default_factory=list)
    accepted: dict[str, bytes] = field(default_factory=dict)
    meanwhile: dict[str, Meanwhile] = field(default_factory=dict)

    def one(self, name: str, read: Read[T]) -> T | None:
        """What a file says, or what its last good version says; None where neither can be used."""
        before = bytes_of(self.folder / name)
        value, found = _attempt(self.folder, name, read)
        if value is not None and not found:
            # A file that changed while it was read may be half of what its author is writing.
            if before is not None and before == bytes_of(self.folder / name):
                self.accepted[name] = before
            return value
        self.problems.extend(found)
        return self.older(name, read)

    def older(self, name: str, read: Read[T]) -> T | None:
        """What the last good version of a file says; None where it cannot be used."""
        self.accepted.pop(name, None)
        if self.good is None:
            self.meanwhile[name] = Meanwhile(name, None)
            return None
        accepted_at = self.good.accepted_at(name, self.migration)
        if accepted_at is None:
            self.meanwhile[name] = Meanwhile(name, None)
            return None
        value, found = _attempt(self.good.root(name, self.migration), name, read)
        if value is None or found:
            why = found[0].message if found else "it cannot be read"
            self.meanwhile[name] = Meanwhile(name, None, why)
            return None
        self.meanwhile[name] = Meanwhile(name, accepted_at)
        return value

    def is_settled(self, name: str) -> bool:
        """Whether a file is as it was accepted, so that a newer one gives way to it."""
        if self.good is None or name in self.meanwhile:
            return self.good is not None
        copy = self.good.root(name, self.migration) / name
        return name in self.accepted and bytes_of(copy) == self.accepted[name]

    def copies(self) -> Path | None:
        """The content folder of last good versions for the migration that is published."""
        return self.good.folder / self.migration if self.good and self.migration else None


def bytes_of(path: Path) -> bytes | None:
    """The bytes of a file of a size that people write; None where there are none to be had."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError):
        return None
    return raw if len(raw) <= LARGEST_BYTES else None


def names_in(folder: Path) -> Iterator[str]:
    """The names of all files of a content folder, with `/` between folders."""
    for root, _, files in os.walk(folder):
        for name in files:
            yield (Path(root) / name).relative_to(folder).as_posix()


def _attempt(folder: Path, name: str, read: Read[T]) -> tuple[T | None, list[Problem]]:
    """What a document says and what is wrong with it; a check that fails is a fault of it alone."""
    found: list[Problem] = []
    try:
        return read(folder, found), found
    except _FAILURES as error:
        words = f"could not be checked: {type(error).__name__}"
        return None, [*found, Problem(name, 1, "file", words)]
