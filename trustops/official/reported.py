"""What the list has as reported, read in the same way as a question, however it was written. Pure.

A report may hold a link, a star, capitals, a port or a path: people paste what they saw.
"""

from __future__ import annotations

from functools import lru_cache

from trustops.official.accounts import is_platform
from trustops.official.chainwords import is_evm
from trustops.official.hosts import is_or_lies_under
from trustops.official.question import Question, read
from trustops.official.values import Asked, KnownBad, Manifest


def reported(asked: Question, manifest: Manifest) -> KnownBad | None:
    """What was reported as not ours: the thing itself, or a host that it lies under."""
    return next((item for item in manifest.known_bad if _is_reported(asked, item)), None)


def same_address(asked: str, ours: str) -> bool:
    """Equal as bytes: EVM addresses in any case, base58 to the letter."""
    return asked.lower() == ours.lower() if is_evm(ours) else asked == ours


@lru_cache(maxsize=4096)
def meant(kind: str, value: str) -> Question:
    """What a report is about; a star before a name means all that lies under it."""
    plain = value.strip().strip("*").removeprefix("://*").replace("://*.", "://").lstrip(".")
    found = read(plain)
    if kind == "handle" and found.kind is Asked.DOMAIN:
        # A name with a dot in it, which the report calls an account.
        return Question(Asked.HANDLE, plain, account=plain.removeprefix("@").lower())
    return found


def is_readable(kind: str, value: str) -> bool:
    """Whether a report names something that a question can be about; else it warns of nothing."""
    about = meant(kind, value)
    if kind == "address":
        return about.kind is Asked.ADDRESS and about.trouble != "shortened-address"
    return bool(about.account if kind == "handle" else about.host)


def _is_reported(asked: Question, bad: KnownBad) -> bool:
    about = meant(bad.kind, bad.value)
    if bad.kind == "address":
        named = (asked.text, *asked.beside) if asked.kind is Asked.ADDRESS else ()
        return any(same_address(one, about.text or bad.value) for one in named)
    if about.account and about.kind is not Asked.DOMAIN:
        return _is_account(asked, about)
    return bool(about.host and asked.host) and _is_site(asked, about)


def _is_account(asked: Question, about: Question) -> bool:
    """The same name, and the same network where both name one."""
    same = asked.account == about.account
    return same and (not asked.network or not about.network or asked.network == about.network)


def _is_site(asked: Question, about: Question) -> bool:
    """The host or one below it; on a site of many, what lies under the reported path."""
    if not is_or_lies_under(asked.host, about.host):
        return False
    path = about.behind.rstrip("/").lower()
    return not (path and is_platform(about.host)) or asked.behind.lower().startswith(path)
