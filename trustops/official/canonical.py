"""The manifest as bytes: RFC 8785 canonical JSON, so that there is one way to write it.

The bytes that are read are the bytes that were signed. Reading is strict: an unknown key, a key
that stands twice, a wrong type or another order is no manifest.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Annotated, Any, Literal, NoReturn, Self

import rfc8785
from pydantic import AfterValidator, Field, ValidationError, model_validator

from trustops.errors import TrustOpsError
from trustops.official.rules import facts
from trustops.official.schema import ContractEntry, DomainEntry, HandleEntry, OfficialSource
from trustops.official.values import Contract, Domain, DomainKind, Handle, KnownBad, Manifest, Token

SCHEMA = "trustops/migration-manifest/1"
"""What the signature is for, so that no other file signed with the key passes for a manifest."""

LONGEST_LIFE = timedelta(days=14)
MOST_BYTES = 256 * 1024
MOST_DEPTH = 32
HIGHEST_VERSION = 2**53 - 1
"""The largest whole number that JSON keeps exact everywhere."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


class MalformedError(TrustOpsError):
    """The bytes are no manifest; the message says why, for whoever signs."""

    slug = "official-malformed"
    title = "The manifest cannot be read"


def _is_instant(text: str) -> str:
    """Refuse everything but whole seconds in UTC, such as `2026-11-22T12:00:00Z`."""
    if not _INSTANT.fullmatch(text):
        raise ValueError("has to look like 2026-11-22T12:00:00Z")
    _instant(text)
    return text


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _stamp(moment: datetime) -> str:
    """An aware instant in whole seconds, as the manifest writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Moment = Annotated[str, AfterValidator(_is_instant)]


class ManifestFile(OfficialSource):
    """The source with what makes it a signed statement: format, version, beginning and end."""

    contracts: list[ContractEntry]
    domains: list[DomainEntry]
    handles: list[HandleEntry]
    schema_: Annotated[Literal["trustops/migration-manifest/1"], Field(alias="schema")]
    version: Annotated[int, Field(strict=True, ge=1, le=HIGHEST_VERSION)]
    issued_at: Moment
    expires_at: Moment

    @model_validator(mode="after")
    def _short_lived(self) -> Self:
        life = _instant(self.expires_at) - _instant(self.issued_at)
        if not timedelta(0) < life <= LONGEST_LIFE:
            raise ValueError(f"it is valid for {LONGEST_LIFE.days} days at most")
        return self


def to_bytes(
    source: OfficialSource, *, version: int, issued_at: datetime, lifetime: timedelta
) -> bytes:
    """The manifest of a source, as the bytes that are signed.

    Args:
        source: what is official.
        version: a whole number above that of every manifest before.
        issued_at: an aware instant; kept in whole seconds.
        lifetime: how long it is valid, 14 days at most.

    Raises:
        MalformedError: version or lifetime is not possible.
    """
    fields: dict[str, Any] = source.model_dump(mode="json", exclude_none=True)
    fields |= {
        "schema": SCHEMA,
        "version": version,
        "issued_at": _stamp(issued_at),
        "expires_at": _stamp(issued_at + lifetime),
    }
    for left_out_when_empty in ("known_bad", "next_keys"):
        if not fields[left_out_when_empty]:
            del fields[left_out_when_empty]
    try:
        text = rfc8785.dumps(fields)
    except rfc8785.CanonicalizationError as error:
        raise MalformedError(f"The manifest cannot be written: {error}") from error
    parse(text)
    return text


def parse(text: bytes) -> Manifest:
    """Read a manifest, strictly.

    Raises:
        MalformedError: it is anything but one canonical manifest.
    """
    if len(text) > MOST_BYTES:
        raise MalformedError(f"The manifest is larger than {MOST_BYTES // 1024} KiB.")
    if _depth(text) > MOST_DEPTH:
        raise MalformedError("The manifest is nested deeper than any manifest is.")
    try:
        found = json.loads(
            text.decode("utf-8"),
            object_pairs_hook=_once,
            parse_float=_refuse("a fraction"),
            parse_constant=_refuse("a number that JSON does not know"),
        )
        if rfc8785.dumps(found) != text:
            raise MalformedError("The manifest is not in canonical form (RFC 8785).")
        return _with_facts(_values(ManifestFile.model_validate(found)))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in fault["loc"]) or "the whole"
        raise MalformedError(f"In the manifest {where}: {fault['msg']}.") from error
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"The manifest is not JSON as it has to be: {error}") from error


def _depth(text: bytes) -> int:
    """How many brackets are open at once at most.

    Looked at first: a library that raises the limit of recursion lets the JSON reader run over
    the end of its stack.
    """
    steps = (byte in b"[{" for byte in text if byte in b"[]{}")
    return max(accumulate(1 if opens else -1 for opens in steps), default=0)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of which no key stands twice; readers would differ on which of the two counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(what: str) -> Callable[[str], NoReturn]:
    def refuse(_: str) -> NoReturn:
        raise ValueError(f"{what} stands in it")

    return refuse


def _with_facts(manifest: Manifest) -> Manifest:
    """Refuse a manifest of which two things would have one name in prose."""
    twice = [name for name, count in Counter(f.name for f in facts(manifest)).items() if count > 1]
    if twice:
        raise MalformedError(f"Two things of the manifest would be named {twice[0]} in pages.")
    return manifest


def _values(file: ManifestFile) -> Manifest:
    return Manifest(
        project=file.project,
        version=file.version,
        issued_at=_instant(file.issued_at),
        expires_at=_instant(file.expires_at),
        tokens=tuple(
            Token(item.chain, item.address, item.symbol, item.role, item.decimals)
            for item in file.tokens
        ),
        contracts=tuple(Contract(item.chain, item.address, item.role) for item in file.contracts),
        domains=tuple(Domain(item.id, item.name, DomainKind(item.kind)) for item in file.domains),
        handles=tuple(Handle(item.id, item.network, item.handle) for item in file.handles),
        known_bad=tuple(
            KnownBad(item.kind, item.value, item.note, item.grade) for item in file.known_bad
        ),
        next_keys=tuple(file.next_keys),
    )
