"""What this room reads of the release that is served, without knowing how releases are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LatestFiles:
    """The machine files of the current release; the composition root says where they are.

    `read` gives the bytes of a path such as `/api/v2/migration.json`, None before the first
    release.
    """

    read: Callable[[str], bytes | None]
