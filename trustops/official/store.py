"""What is official now, for dynamic pages: looked at once a minute and whenever a file changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from trustops.official.services import current
from trustops.official.signing import MANIFEST, SIGNATURE
from trustops.official.values import Official
from trustops.settings import PinnedKey

_Stamp = tuple[object, ...]


class OfficialStore:
    """Keeps the last look. It is taken again each minute, on a change, and when it expires."""

    def __init__(self, content_dir: Path, official_key: str | Callable[[], PinnedKey]) -> None:
        """Take the content folder, and the pinned key or what reads it at each look."""
        self._content_dir = content_dir
        self._official_key = official_key
        self._kept: tuple[_Stamp, Official] | None = None

    def current(self, session: Session, now: datetime) -> Official:
        """What is official at `now`, an aware instant; the reason, where nothing is."""
        pin = self._pinned()
        stamp = self._stamp(now, pin)
        kept = self._kept
        if kept is not None and kept[0] == stamp and not _over(kept[1], now):
            return kept[1]
        found = current(
            session,
            now,
            content_dir=self._content_dir,
            official_key=pin.text,
            on_host=pin.on_host,
        )
        self._kept = (stamp, found)
        return found

    def _pinned(self) -> PinnedKey:
        key = self._official_key
        return PinnedKey(key) if isinstance(key, str) else key()

    def _stamp(self, now: datetime, pin: PinnedKey) -> _Stamp:
        """What changes when a new look is due."""
        files = (_mark(self._content_dir / name) for name in (MANIFEST, SIGNATURE))
        return (now.replace(second=0, microsecond=0), pin, *files)


def _over(official: Official, now: datetime) -> bool:
    """Whether what was trusted has expired since."""
    return official.manifest is not None and now >= official.manifest.expires_at


def _mark(path: Path) -> tuple[int, int, int] | None:
    """A file's change, as cheaply as it can be seen; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
