"""What the manifest says, as values, and what is known of it at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the migration. `role` is `old` or `new`; `chain` is the name of the pack."""

    chain: str
    address: str
    symbol: str
    role: str
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract that the official flow uses, by its role such as `migrator`."""

    chain: str
    address: str
    role: str


@dataclass(frozen=True, slots=True)
class Domain:
    """A host name of ours, exact, with the id by which prose names it, such as `portal`."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Handle:
    """An account of ours on a network, such as `mastodon` and `@desk@example.org`."""

    id: str
    network: str
    handle: str


@dataclass(frozen=True, slots=True)
class KnownBad:
    """A domain, address or handle that was reported as not ours, with the class of evidence."""

    kind: str
    value: str
    note: str
    grade: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything official, as it was signed. Times are aware, in UTC."""

    project: str
    version: int
    issued_at: datetime
    expires_at: datetime
    tokens: tuple[Token, ...]
    contracts: tuple[Contract, ...]
    domains: tuple[Domain, ...]
    handles: tuple[Handle, ...]
    known_bad: tuple[KnownBad, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The newest manifest that was accepted under a key: its version and the SHA-256 of its bytes.

    Version 0 means that there was none yet.
    """

    version: int = 0
    sha256: str = ""


NONE_YET = Accepted()
"""Before the first manifest of a key."""


class Problem(StrEnum):
    """Why a manifest is not trusted."""

    NO_KEY = "no-key"
    MISSING = "missing"
    BAD_SIGNATURE = "bad-signature"
    MALFORMED = "malformed"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    ROLLED_BACK = "rolled-back"


@dataclass(frozen=True, slots=True)
class Official:
    """What is known at a moment: a verified manifest, or the reason why there is none.

    `sentence` tells readers why nothing is shown; it is empty while all is well. `text` and
    `signature` are the two files as they lie on disk, only where they were verified. `key_id` is
    that of the pinned key, as minisign prints it; `sha256` is of the manifest as it lies there,
    verified or not.
    """

    checked_at: datetime
    manifest: Manifest | None
    problem: Problem | None
    sentence: str
    key_id: str = ""
    text: bytes = b""
    signature: bytes = b""
    sha256: str = ""

    @property
    def trusted(self) -> bool:
        """Whether addresses may be shown."""
        return self.manifest is not None


class Asked(StrEnum):
    """What somebody asked about, by its shape."""

    ADDRESS = "address"
    DOMAIN = "domain"
    LINK = "link"
    HANDLE = "handle"
    UNKNOWN_SHAPE = "unknown-shape"


class Judgement(StrEnum):
    """Whether it is ours. There is no word for safe: what we do not know, we do not judge."""

    OFFICIAL = "official"
    KNOWN_BAD = "known-bad"
    LOOKALIKE = "lookalike"
    UNKNOWN = "unknown"
    UNCHECKED = "could-not-check"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a question. `sentence` is for a person.

    `what` names the thing of ours that it is or looks like, or what was reported; `why` is a short
    word for programs, such as `typo` or `same-ends`. Both are empty where nothing is known.
    """

    kind: Asked
    verdict: Judgement
    sentence: str
    what: str = ""
    why: str = ""
