"""Whether a request is for a host of ours: asked of every request but a probe of the machine.

Werkzeug's own check compares letter by letter and knows no IPv6 address, so it is not used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trustops.settings.hosts import is_answered

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PROBES = frozenset({"plumbing.healthz", "plumbing.readyz"})
"""Routes that answer under any name, because a probe asks by the machine's address."""


def is_ours(environ: WSGIEnvironment, allowed: Sequence[str]) -> bool:
    """Whether a request names one of the allowed hosts, in any letter case.

    A request of an old client that names none counts by the address that it came to.

    Args:
        environ: the request as WSGI has it.
        allowed: the hosts as the settings hold them.
    """
    named = environ.get("HTTP_HOST")
    return is_answered(own_name(environ) if named is None else str(named), tuple(allowed))


def own_name(environ: WSGIEnvironment) -> str:
    """The address that a request came to, as a `Host` would name it."""
    name = str(environ.get("SERVER_NAME", ""))
    return f"[{name}]" if ":" in name and not name.startswith("[") else name
