"""From a request as Granian gives it (RSGI) to the environment that WSGI asks for (PEP 3333)."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from granian.rsgi import Scope

_OWN_NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def wsgi_environ(scope: Scope, body: bytes, length: int | None) -> WSGIEnvironment:
    """What a WSGI application reads a request from.

    Args:
        scope: the request without its body.
        body: what was read of the body.
        length: how long the body is said to be; None where there is none.
    """
    server, _, port = scope.server.rpartition(":")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # PEP 3333: bytes of the path, each as the character of its number.
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": protocol(scope),
        "REMOTE_ADDR": peer_address(scope.client),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    environ.update(_headers(together(scope.headers.items())))
    if scope.authority:
        # RFC 9112, section 3.2.2: the host of an absolute target stands before the header.
        environ["HTTP_HOST"] = scope.authority
    environ.pop("CONTENT_LENGTH", None)
    if length is not None:
        environ["CONTENT_LENGTH"] = str(length)
    return environ


def protocol(scope: Scope) -> str:
    """The version of HTTP, as WSGI writes it."""
    return "HTTP/1.0" if scope.http_version == "1" else f"HTTP/{scope.http_version}"


def peer_address(peer: str) -> str:
    """The network address in `address:port`; empty for a peer without one, as on a Unix socket."""
    address, _, _ = peer.rpartition(":")
    return address.strip("[]")


def together(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Headers by their names in lower case; what came more than once is joined."""
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return fields
    fields = {}
    for name, value in pairs:
        between = "; " if name == "cookie" else ","
        fields[name] = f"{fields[name]}{between}{value}" if name in fields else value
    return fields


def _headers(fields: Mapping[str, str]) -> dict[str, str]:
    """The headers under the names of WSGI."""
    return {
        _OWN_NAMES.get(name) or f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in fields.items()
        # `X_Forwarded_For` would become the same name as `X-Forwarded-For`, which a proxy sets.
        if "_" not in name and name != "transfer-encoding"
    }
