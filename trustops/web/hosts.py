"""Whether a request is for a host of ours: asked of every request but a probe of the machine.

Werkzeug's own check compares letter by letter and knows no IPv6 address, so it is not used. The
gateway and the application ask here, so that a page from memory and one of Flask are refused alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trustops.settings.hosts import can_be, is_answered

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PROBES = frozenset({"plumbing.healthz", "plumbing.readyz"})
"""Routes that answer under any name and under none.

A load balancer asks by the machine's address, and some of them name no host at all.
"""

PROBE_PATHS = frozenset({"/healthz", "/readyz"})
"""Where those routes stand."""

MOST_NAMES = 64
"""Names of ours that are remembered; a stranger may make up any number under a whole domain."""

_OLD = frozenset({"", "HTTP/0.9", "HTTP/1.0", "HTTP/1"})
"""Protocols that know no Host header."""


class Hosts:
    """The hosts that are answered, with a memory for those that are asked for again and again."""

    def __init__(self, allowed: Sequence[str], most: int = MOST_NAMES) -> None:
        """Take the hosts as the settings hold them, and how many names to remember."""
        self._allowed = tuple(allowed)
        self._most = most
        self._known: set[str] = set()

    def has(self, host: str | None) -> bool:
        """Whether a host is one of ours."""
        if host in self._known:
            return True
        if host is None or not can_be(host) or not is_answered(host, self._allowed):
            return False
        if len(self._known) < self._most:
            self._known.add(host)
        return True


def asked_host(
    named: str | None, *, protocol: str, own: str, authority: str | None = None
) -> str | None:
    """The host that a request asks for; empty where it names none, None where nobody can tell.

    RFC 9112, section 3.2: a request of HTTP/1.1 names one host, and an absolute target the same
    one. A proxy that looked at another of two would have let through what it does not know.

    Args:
        named: the `Host` header; what came twice is joined by a comma. None where none came.
        protocol: as WSGI names it. An old client names no host and counts by where it came to.
        own: the address that the request came to, as a `Host` would name it.
        authority: the host in an absolute target, where there is one.
    """
    if named is None:
        named = (authority or own) if protocol in _OLD else ""
    if authority is not None and authority.lower() != named.lower():
        return None
    return named if not named or can_be(named) else None


def host_of(environ: WSGIEnvironment) -> str | None:
    """The host that a request asks for, from what WSGI has of it (see `asked_host`)."""
    return asked_host(
        environ.get("HTTP_HOST"),
        protocol=str(environ.get("SERVER_PROTOCOL", "")),
        own=own_name(environ),
    )


def is_ours(environ: WSGIEnvironment, allowed: Sequence[str]) -> bool:
    """Whether a request names one of the allowed hosts, in any letter case.

    A request of an old client that names none counts by the address that it came to.

    Args:
        environ: the request as WSGI has it.
        allowed: the hosts as the settings hold them.
    """
    return is_answered(host_of(environ) or "", tuple(allowed))


def own_name(environ: WSGIEnvironment) -> str:
    """The address that a request came to, as a `Host` would name it."""
    name = str(environ.get("SERVER_NAME", ""))
    return f"[{name}]" if ":" in name and not name.startswith("[") else name
