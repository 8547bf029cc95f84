"""Judges host names and addresses of our own, and writes them as browsers send them. Pure.

A browser sends a host in lower case, in ASCII, and an IPv6 address in square brackets. What is
compared with that is brought into the same form when the settings are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from trustops.errors import TrustOpsError

LOOPBACK_HOSTS = ("127.0.0.1", "localhost")
"""Answered wherever nobody chose the hosts; `[::1]` joins them where IPv6 is listened at."""

HIGHEST_PORT = 65535
LONGEST_NAME = 253

_LOOPBACK: Mapping[int, IPv4Address | IPv6Address] = {
    4: IPv4Address("127.0.0.1"),
    6: IPv6Address("::1"),
}
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_NAMED = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?")
"""A host as a request may name it; machines behind a proxy have an underscore now and then."""

_HOST_AND_PORT = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(:.*)?")
_PORT = re.compile(r":[1-9][0-9]{0,4}")
_READ_DIFFERENTLY = re.compile("[\u00df\u03c2\u200c\u200d]")
"""Letters that the older and the newer rules for domain names write differently (UTS 46)."""

_ADDRESS = "write what visitors type, such as https://desk.example.org"


class UnusableError(TrustOpsError):
    """A value that cannot be used. The message ends the sentence that its setting begins."""

    status = 422
    slug = "unusable-setting"
    title = "A setting cannot be used"


def host_name(text: str) -> str:
    """A host as browsers send it: `desk.example.org`, `127.0.0.1` or `[::1]`.

    Raises:
        UnusableError: no browser sends such a host.
    """
    if text.startswith("[") and text.endswith("]"):
        return f"[{_ipv6(text[1:-1])}]"
    name = _in_ascii(text)
    labels = name.split(".")
    if len(name) > LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise UnusableError(
            "has to name a host in letters, digits, hyphens and dots, such as desk.example.org"
        )
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(name)
    return name


def _ipv6(text: str) -> str:
    try:
        address = IPv6Address(text)
    except ValueError as error:
        raise UnusableError("has no IPv6 address between its brackets") from error
    if address.scope_id is not None:
        raise UnusableError("names a network interface after the %, which no browser can")
    return address.compressed


def _ipv4(text: str) -> str:
    try:
        return str(IPv4Address(text))
    except ValueError as error:
        raise UnusableError("ends in a number and is no IPv4 address") from error


def _address_in(name: str) -> IPv4Address | IPv6Address | None:
    """The IP address that a host is, the one inside where IPv6 holds one of IPv4; else None."""
    try:
        address = ip_address(name.strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_kept(address: IPv4Address | IPv6Address) -> bool:
    """Whether it belongs to 240.0.0.0/4, which no machine has (RFC 1112), broadcast among them."""
    return isinstance(address, IPv4Address) and address.is_reserved


def is_name(host: str) -> bool:
    """Whether a host that was judged is a domain name and no IP address."""
    return _address_in(host) is None


def _in_ascii(text: str) -> str:
    """A name in the form that goes over the wire: `xn--bcher-kva.example` for `bücher.example`."""
    if text.isascii():
        return text.lower()
    try:
        if _READ_DIFFERENTLY.search(text):
            raise UnusableError("has a letter that browsers disagree on; write its xn-- form")
        return text.lower().encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise UnusableError("is no domain name; write its xn-- form") from error


def split(text: str) -> SplitResult:
    """An http or https address in its parts, with a host and a port that can be.

    Raises:
        UnusableError: it is none.
    """
    if any(character.isspace() or not character.isprintable() for character in text):
        raise UnusableError("must not hold a space, a line end or a control character")
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise UnusableError("has to be an http or https address") from error
    if parts.scheme not in {"http", "https"} or not parts.netloc or "\\" in text:
        raise UnusableError("has to be an http or https address")
    _host_and_port(parts)
    return parts


def _host_and_port(parts: SplitResult) -> tuple[str, int | None]:
    """The host of an address as it is written there, and its port where it has one."""
    host, port = parted(parts.netloc.rpartition("@")[2])
    if not host:
        raise UnusableError("names no host")
    if port is None:
        return host, None
    if not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) <= HIGHEST_PORT:
        raise UnusableError(f"has a port that is no number from 1 to {HIGHEST_PORT}")
    return host, int(port)


def parted(netloc: str) -> tuple[str, str | None]:
    """A host and the text of its port; None without one.

    Raises:
        UnusableError: an IPv6 address stands there without brackets.
    """
    match = _HOST_AND_PORT.fullmatch(netloc)
    port = None if match is None else match[2]
    if match is None or (port is not None and ":" in port[1:]):
        raise UnusableError("needs square brackets around an IPv6 address: http://[::1]:8000")
    return match[1], None if port is None else port[1:]


def origin(text: str) -> str:
    """A base URL as browsers write it: scheme, host, and the port where it is not the usual one.

    Raises:
        UnusableError: links that begin with it would not work.
    """
    parts = split(text)
    if "@" in parts.netloc:
        raise UnusableError(f"must not hold a name or password; {_ADDRESS}")
    if parts.path.strip("/") or "?" in text or "#" in text:
        raise UnusableError(f"must not have anything after the host, no path, ? or #; {_ADDRESS}")
    host, port = _host_and_port(parts)
    if host.endswith("."):
        raise UnusableError("must not end in a dot: browsers take that for another host")
    name = host_name(host)
    address = _address_in(name)
    if address is not None and (
        address.is_unspecified or address.is_multicast or _is_kept(address)
    ):
        raise UnusableError(f"is an address to listen at, which nobody can visit; {_ADDRESS}")
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{name}" + ("" if port in {None, usual} else f":{port}")


def http_url(text: str) -> str:
    """An http or https address of somebody else, as it was written.

    Raises:
        UnusableError: nothing can be sent there.
    """
    split(text)
    return text


def allowed_host(text: str) -> str:
    """A host that is answered, as browsers send it; with a dot before it, all under it as well.

    A port is left out, because the port of a request does not count. An IPv6 address gets its
    brackets.

    Raises:
        UnusableError: no request would ever match it, or each would.
    """
    if "*" in text:
        raise UnusableError("knows no *; write .example.org for a domain and all under it")
    if "/" in text or "@" in text:
        raise UnusableError("takes host names alone, such as desk.example.org")
    if text.startswith("."):
        return f".{host_name(text[1:])}"
    if text.count(":") > 1 and not text.startswith("["):
        return host_name(f"[{text}]")
    host, port = parted(text)
    if port is not None and not _PORT.fullmatch(f":{port}"):
        raise UnusableError("takes host names alone, such as desk.example.org")
    return host_name(host.removesuffix("."))


def listening_address(text: str) -> str:
    """An IP address to listen at, without brackets; `localhost` stands for that of IPv4.

    Raises:
        UnusableError: it is no IP address, which is all that the server takes.
    """
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        return str(ip_address("127.0.0.1" if bare.lower() == "localhost" else bare))
    except ValueError as error:
        raise UnusableError(
            "has to be an IP address of this machine, such as 0.0.0.0 or ::1; TRUSTOPS_PORT names "
            "the port"
        ) from error


def base_url_at(host: str, port: int) -> str:
    """The base URL that follows from where the desk listens; loopback where that is everywhere.

    Raises:
        UnusableError: no browser can name that address.
    """
    address = ip_address(host)
    if address.is_unspecified:
        address = _LOOPBACK[address.version]
    shown = f"[{_ipv6(str(address))}]" if isinstance(address, IPv6Address) else str(address)
    return f"http://{shown}:{port}"


def answered_hosts(base_url: str, host: str) -> tuple[str, ...]:
    """The hosts that are answered where nobody chose them: that of the base URL, and loopback."""
    own = parted(urlsplit(base_url).netloc)[0] or LOOPBACK_HOSTS[0]
    more = ("[::1]",) if ":" in host else ()
    return tuple(dict.fromkeys((own, *LOOPBACK_HOSTS, *more)))


def is_answered(header: str, allowed: tuple[str, ...]) -> bool:
    """Whether a `Host` header names one of the hosts that are answered, in any letter case."""
    name = _named(header).lower()
    return any(
        name == entry.removeprefix(".") or (entry.startswith(".") and name.endswith(entry))
        for entry in allowed
        if name
    )


def can_be(header: str) -> bool:
    """Whether a `Host` header names any host: one name or address, with or without a port."""
    name = _named(header)
    if not name.startswith("["):
        return _NAMED.fullmatch(name) is not None
    try:
        return bool(_ipv6(name[1:-1]))
    except UnusableError:
        return False


def _named(header: str) -> str:
    """The name in a `Host` header; empty where the port is none, or brackets stand astray."""
    match = _HOST_AND_PORT.fullmatch(header)
    if match is None or (match[2] is not None and not _is_port(match[2])):
        return ""
    return match[1]


def _is_port(text: str) -> bool:
    return _PORT.fullmatch(text) is not None and 0 < int(text[1:]) <= HIGHEST_PORT
