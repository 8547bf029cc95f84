"""Who sends a request, as far as the network tells; kept and counted only as a keyed hash."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from trustops.keys import keyed_hash
from trustops.settings import Settings
from trustops.web.context import settings

UNKNOWN = "unknown"
"""A peer without a network address, such as a proxy on a Unix socket that names nobody."""


def trust_proxies(app: Flask, chosen: Settings) -> None:
    """Believe as many proxies as the operator runs, and none by default.

    Each of them appends to `X-Forwarded-For`, so the address stands that many places from the
    end. The scheme is taken from the nearest proxy, which sets it. `X-Forwarded-Host` is never
    believed: a proxy hands the host on unchanged (`deploy/`).
    """
    if chosen.trusted_proxies:
        wrapped = ProxyFix(
            app.wsgi_app, x_for=chosen.trusted_proxies, x_proto=1, x_host=0, x_port=0, x_prefix=0
        )
        app.__dict__["wsgi_app"] = wrapped


def client_address() -> str:
    """The client's address: IPv4 in full, IPv6 by its /64, which is what one household gets."""
    try:
        address = ip_address((request.remote_addr or "").partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 64), strict=False))
    return str(address)


def client_key() -> str:
    """The client as limits and tickets know it: a keyed hash in hexadecimal."""
    return keyed_hash(settings(), "client", client_address())
