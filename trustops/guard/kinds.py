"""What the guard can find, and the only thing that it tells about a find.

The lowest module of the room: every detector reports spans, and the rules turn them into findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto


class SecretKind(StrEnum):
    """The family of a secret, as counters, problem documents and placeholders name it."""

    RECOVERY_PHRASE = auto()
    PRIVATE_KEY = auto()
    KEYSTORE = auto()
    API_TOKEN = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something was found in a field. Never the value, a part, a place or a digest of it.

    A phrase of which eleven words are known can be guessed, so even a hash would give it away.
    Where `is_certain` is false it may as well be something public, and the person is asked.
    """

    kind: SecretKind
    field: str
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """Where a secret stands in one view of a text; it never leaves this room."""

    start: int
    end: int
    kind: SecretKind
    is_certain: bool = True
    """Whether nothing harmless has this shape in this place."""
