"""The public key of the signed list as it is pinned at this moment, and where that stands.

Only what whoever runs the host has set, in the environment of the process, can change the key by
itself. `official.pub` and `config.toml` lie in the instance folder, which the desk itself may
write: what stands there counts only if it is the key that was accepted before.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trustops.settings.values import Settings

KEY_FILE = "official.pub"
MOST_KEY_BYTES = 4096

_IN_THE_INSTANCE = frozenset({KEY_FILE, "config.toml"})


@dataclass(frozen=True, slots=True)
class PinnedKey:
    """The text of the key, empty where none is pinned, and the place where it was read."""

    text: str
    source: str = ""

    @property
    def on_host(self) -> bool:
        """Whether it stands in the setting of the host, not in the instance folder."""
        return self.source not in _IN_THE_INSTANCE


def pinned_key(settings: Settings) -> PinnedKey:
    """The key as it is pinned now. The file is read anew, so that its change is seen at once."""
    source = settings.read_from.get("OFFICIAL_KEY", "")
    if source == KEY_FILE or not (source or settings.official_key):
        return PinnedKey(key_in_file(settings.instance_dir), KEY_FILE)
    return PinnedKey(settings.official_key, source)


def key_in_file(instance_dir: Path) -> str:
    """What `official.pub` of an instance holds; empty where it is missing or unreadable.

    Bytes that are no text stay visible as such, so that nothing is taken for a key by mistake.
    """
    try:
        with (instance_dir / KEY_FILE).open("rb") as file:
            return file.read(MOST_KEY_BYTES).decode("utf-8", errors="replace").strip()
    except OSError:
        return ""
