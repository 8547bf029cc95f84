"""A secret as a setting holds it: literal, or in a file that is read again when it changes."""

from __future__ import annotations

import stat
from pathlib import Path

from trustops.errors import SettingsError

A_FOLDER = "it is a folder, and has to be a file that holds the secret; move it away"


class Credential:
    """A secret value, literal or in a file; never shown by `repr`, read again on change."""

    def __init__(self, value: str = "", path: Path | None = None) -> None:
        """Take the literal value, or the file that holds it."""
        self._value = value
        self._path = path
        self._stamp: tuple[int, int] | None = None

    def reveal(self) -> str:
        """The secret as it stands now; empty when none is set.

        Raises:
            SettingsError: the file cannot be read, it holds nothing, or others may read it.
        """
        if self._path is None:
            return self._value
        try:
            status = self._path.stat()
            if stat.S_ISDIR(status.st_mode):
                raise SettingsError(f"{self._path.name}: {A_FOLDER}")
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp != self._stamp:
                if stat.S_IMODE(status.st_mode) & 0o077:
                    raise SettingsError(f"{self._path.name}: others may read it; chmod 600 it")
                self._value = _held(self._path)
                self._stamp = stamp
        except OSError as error:
            raise SettingsError(f"{self._path.name}: {error.strerror}") from error
        return self._value

    def __bool__(self) -> bool:
        """Whether a secret is configured at all."""
        return self._path is not None or bool(self._value)

    def __repr__(self) -> str:
        """Say only that there is one."""
        return "Credential(set)" if self else "Credential(not set)"


def _held(path: Path) -> str:
    """What a file holds, without the white space around it."""
    try:
        value = path.read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path.name}: it is no text in UTF-8") from error
    if not value:
        raise SettingsError(f"{path.name}: it is empty; write the secret into it or take it out")
    return value
