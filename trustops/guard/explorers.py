"""Web addresses in which 64 digits are public: explorers, and links to what a hash names.

A link counts for the host that a browser would open. Where that host only resembles one of these,
nothing in the link counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import unquote

from trustops.guard.places import EXPLORERS, hosts

_PARTS = (
    "tx|txs|txid|txn|txns|transactions?|trans|tr|block|blocks|msg|messages?|extrinsic|events?"
    "|deploy|operations?|ledgers?|attestation/view|schema/view|bundle|txblock|checkpoint|gmp"
    "|userophash|batch|blob|slot|orders?|order-details|packet|transfer|proposal|receipt|details"
)
_PARAMETERS = "hash|txhash|txid|tx|transaction|messageid|msgid|orderid|id|block|userophash"
_OF_AN_EXPLORER = re.compile(
    rf"(?:[/#](?:{_PARTS})/(?:(?:eth|bsc|mainnet|testnet|view|id)/)?|[?&](?:{_PARAMETERS})=)$"
)
OBJECTS_BY_HASH = hosts("""
    suivision.xyz suiscan.xyz explorer.sui.io aptoslabs.com aptoscan.com tracemove.io
    starkscan.co voyager.online nearblocks.io explorer.near.org
""")
_OBJECT = re.compile(
    r"/(?:account|accounts|address|object|coin|package|module|contract|class|validator)/$"
)
"""On these chains accounts and objects have 64 digits too."""

OTHERS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("discordapp.com", "discordapp.net", "discord.com"), re.compile(r"[?&]hm=$")),
    (("github.com",), re.compile(r"#diff-$")),
    (("safe.global", "gnosis-safe.io"), re.compile(r"(?:safetxhash=|[_=/])$")),
    (("snapshot.org", "snapshot.box", "tally.xyz"), re.compile(r"/(?:proposal|proposals)/$")),
    (("virustotal.com",), re.compile(r"/file/$")),
    (("hub.docker.com",), re.compile(r"sha256[-:]$")),
    (("ens.domains",), re.compile(r"/$")),
)
"""Links of other services that name something by 64 digits: host, and what stands before them."""

_LONGEST_LINK = 400
_TOKEN = re.compile(r"[^\s\"'`<>|]+")
"""What a link is written in, matched from its end."""

_HOST = re.compile(r"((?:[a-z0-9_-]{1,63}\.){1,6}[a-z]{2,24})(?::\d{1,5})?(?=[/?#])")
_OPENINGS = "([{<,;=*"
NAMES = frozenset(
    label
    for host in EXPLORERS
    for label in host.split(".")[-2:-1]
    if label.endswith(("scan", "scout", "chair", "trace"))
)


class Place(Enum):
    """What the web address says of the digits in it."""

    NONE = auto()
    """The digits stand in no address."""

    PUBLIC = auto()
    """A host that is known, and a path that names a public thing."""

    UNKNOWN = auto()
    """A host that nobody knows, or a path of a known one that says nothing."""

    IMITATION = auto()
    """A host that bears the name of an explorer and is none."""


@dataclass(frozen=True, slots=True)
class Link:
    """The address in which a value stands: what it says, and where it begins."""

    place: Place
    start: int


def link_before(low: str, start: int) -> Link:
    """The web address that the value at `start` is a part of."""
    window = low[max(0, start - _LONGEST_LINK) : start]
    match = _TOKEN.match(window[::-1])
    if match is None:
        return Link(Place.NONE, start)
    token, begin = match[0][::-1], start - len(match[0])
    schemed = unquote(token).rpartition("://")
    address = schemed[2] if schemed[1] else unquote(token).rpartition("(")[2].lstrip(_OPENINGS)
    host = _HOST.match(address)
    if host is None:
        place = Place.UNKNOWN if schemed[1] else Place.NONE
        return Link(place, begin if schemed[1] else start)
    return Link(_place(host[1], address[host.end() :]), begin)


def _place(host: str, path: str) -> Place:
    if _is_of(host, EXPLORERS) and _OF_AN_EXPLORER.search(path):
        return Place.PUBLIC
    if _is_of(host, OBJECTS_BY_HASH) and _OBJECT.search(path):
        return Place.PUBLIC
    if any(_is_of(host, hosts) and shape.search(path) for hosts, shape in OTHERS):
        return Place.PUBLIC
    imitates = any(name in host for name in NAMES) and not _is_of(host, EXPLORERS)
    return Place.IMITATION if imitates else Place.UNKNOWN


def _is_of(host: str, hosts: Sequence[str]) -> bool:
    return any(host == known or host.endswith("." + known) for known in hosts)
