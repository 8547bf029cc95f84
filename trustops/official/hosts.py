"""Host names as a browser reads them: their two forms, and what is no name at all. Pure."""

from __future__ import annotations

import re
from functools import cache

from tldextract import TLDExtract

from trustops.official.letters import mixes_scripts

LONGEST_HOST = 253
_ENDING = re.compile(r"(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_PART = r"(?:0x[0-9a-f]{1,16}|\d{1,20})"
_NUMBER = re.compile(rf"{_PART}(?:\.{_PART}){{0,3}}\.?")
_QUAD = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_NAMES_OF_CHAINS = frozenset({"eth", "sol", "bnb", "crypto"})
"""Endings that wallets resolve and the public list does not know."""

_RESERVED = frozenset({"example", "invalid", "localhost", "test"})
"""Endings that nobody can register (RFC 2606); desks that are tried out have their names there."""


@cache
def _suffixes() -> TLDExtract:
    """The public suffix list that comes with the library; nothing is fetched."""
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@cache
def _parts(host: str) -> tuple[str, str]:
    found = _suffixes()(host)
    if found.suffix and found.domain:
        return found.domain, found.suffix
    name, _, ending = host.rpartition(".")
    return name.rpartition(".")[2], ending


def registrable(host: str) -> tuple[str, str]:
    """The name that somebody registered, and the ending under which it was."""
    return _parts(host) if len(host) <= LONGEST_HOST else ("", "")


def above_ending(host: str) -> str:
    """A host without the ending under which names are registered."""
    _, ending = registrable(host)
    return host.removesuffix(ending).rstrip(".") if ending else host


def has_public_ending(host: str) -> bool:
    """Whether a host ends as names of the web or of wallets do."""
    ending = host.rpartition(".")[2]
    return ending in _NAMES_OF_CHAINS | _RESERVED or bool(_suffixes()(host).suffix)


def is_or_lies_under(host: str, name: str) -> bool:
    """Whether a host is a name, or one below it."""
    return host == name or host.endswith(f".{name}")


def is_host(ascii_form: str) -> bool:
    """Whether a name could stand in an address bar; a number alone is an address in disguise."""
    labels = ascii_form.split(".")
    return (
        len(labels) > 1
        and len(ascii_form) <= LONGEST_HOST
        and all(_LABEL.fullmatch(label) for label in labels)
        and _ENDING.fullmatch(labels[-1]) is not None
    )


def looks_like_host(text: str) -> bool:
    """Whether a text without a scheme is a name with an ending."""
    ascii_form, _ = both_forms(text)
    first, dot, ending = ascii_form.rpartition(".")
    return bool(first and dot and _ENDING.fullmatch(ending))


def is_number(host: str) -> bool:
    """Whether a browser takes a host for the number of a machine, however it is written."""
    return host.startswith("[") or _NUMBER.fullmatch(host.lower()) is not None


def is_dotted_number(host: str) -> bool:
    """Whether a text without a scheme is the number of a machine."""
    return _QUAD.fullmatch(host) is not None


def both_forms(host: str) -> tuple[str, str]:
    """A host in its `xn--` form and as a reader sees it, both in lower case."""
    labels = host[: 4 * LONGEST_HOST].lower().rstrip(".").split(".")
    shown = [_decoded(label) for label in labels]
    return ".".join(map(_encoded, shown)), ".".join(shown)


def _decoded(label: str) -> str:
    if not label.startswith("xn--") or not label.isascii():
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except (UnicodeError, ValueError, OverflowError):
        return label


def _encoded(label: str) -> str:
    if label.isascii():
        return label
    return f"xn--{label.encode('punycode').decode('ascii')}"


def mixed_or_encoded(written: str, shown: str) -> tuple[str, ...]:
    """What has to be said of how a host is written: several alphabets in one label, or `xn--`."""
    found = []
    if mixes_scripts(shown.split(".")):
        found.append("mixed-scripts")
    if "xn--" in written.lower() and not shown.isascii():
        found.append("punycode")
    return tuple(found)
