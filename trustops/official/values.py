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


class DomainKind(StrEnum):
    """What a host name is: this desk's, the project's, or closed, which nobody should use."""

    DESK = "desk"
    PROJECT = "project"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Domain:
    """A host name, exact, with the id by which prose names it, such as `portal`."""

    id: str
    name: str
    kind: DomainKind = DomainKind.PROJECT

    @property
    def is_open(self) -> bool:
        """Whether somebody may be sent there."""
        return self.kind is not DomainKind.CLOSED


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
    """Everything official, as it was signed. Times are aware, in UTC.

    `next_keys` are the public keys, as base64 lines, that may sign after the present one.
    """

    project: str
    version: int
    issued_at: datetime
    expires_at: datetime
    tokens: tuple[Token, ...]
    contracts: tuple[Contract, ...]
    domains: tuple[Domain, ...]
    handles: tuple[Handle, ...]
    known_bad: tuple[KnownBad, ...] = ()
    next_keys: tuple[str, ...] = ()

    def domains_of(self, kind: str) -> tuple[Domain, ...]:
        """The host names of a kind, in the order of the list."""
        return tuple(domain for domain in self.domains if domain.kind == kind)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The newest manifest that was accepted under a key: its version and the SHA-256 of its bytes.

    Version 0 means that there was none yet.
    """

    version: int = 0
    sha256: str = ""


NONE_YET = Accepted()
"""Before the first manifest of a key."""


class AcceptedBy(StrEnum):
    """What made a key count on this desk."""

    FIRST_USE = "first-use"
    SETTING = "setting"
    ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True)
class AcceptedKey:
    """The key that was accepted last.

    `line` is the whole key in base64; it is empty where an earlier release remembered its id
    alone. `position` is that of its row, 0 where there is none. `by` is None there too.
    """

    id: str
    line: str
    accepted_at: datetime
    by: AcceptedBy | None = None
    position: int = 0

    def is_the_key(self, key_id: str, line: str) -> bool:
        """Whether a key is this one; the id alone decides only where nothing else is known."""
        return self.line == line if self.line else self.id == key_id


class Problem(StrEnum):
    """Why a manifest is not trusted."""

    NO_KEY = "no-key"
    KEY_CHANGED = "key-changed"
    MISSING = "missing"
    BAD_SIGNATURE = "bad-signature"
    MALFORMED = "malformed"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    ROLLED_BACK = "rolled-back"
    NO_OPERATOR = "no-operator"


@dataclass(frozen=True, slots=True)
class Official:
    """What is known at a moment: a verified manifest, or the reason why there is none.

    `sentence` tells readers why nothing is shown; it is empty while all is well. `text` and
    `signature` are the two files as they lie on disk, only where they were verified. `key_id` is
    that of the pinned key, as minisign prints it, and `key` the whole of it in base64;
    `key_on_host` tells whether it stands in the setting of the host. `sha256` is of the manifest
    as it lies there, verified or not.
    """

    checked_at: datetime
    manifest: Manifest | None
    problem: Problem | None
    sentence: str
    key_id: str = ""
    text: bytes = b""
    signature: bytes = b""
    sha256: str = ""
    key: str = ""
    key_on_host: bool = True

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
    TRANSACTION = "transaction"
    UNKNOWN_SHAPE = "unknown-shape"


class Judgement(StrEnum):
    """Whether it is ours. There is no word for safe: what we do not know, we do not judge."""

    OFFICIAL = "official"
    CLOSED = "closed"
    KNOWN_BAD = "known-bad"
    LOOKALIKE = "lookalike"
    UNKNOWN = "unknown"
    UNCHECKED = "could-not-check"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a question. `sentence` is for a person.

    `what` names the thing of ours that it is or looks like, or what was reported; `why` is a short
    word for programs, such as `typo` or `same-ends`. Both are empty where nothing is known.
    `asked` is the piece of a pasted message that it is about; empty where nothing was cut out.
    """

    kind: Asked
    verdict: Judgement
    sentence: str
    what: str = ""
    why: str = ""
    asked: str = ""
