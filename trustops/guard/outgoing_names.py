"""Hosts, addresses, e-mail addresses and accounts in outgoing words, and whether they may stand.

What may stand is compared letter by letter with what was written, never with what it looks like:
a host in which one letter is of another script is another host.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import base58
import tldextract

from trustops.guard.normalise import decode, fold, fold_offsets
from trustops.guard.outgoing_reasons import Code, Reason
from trustops.guard.places import (
    NO_HOSTS,
    NOT_IN_THE_LIST,
    PROFILE_HOSTS,
    PUBLIC_HOSTS,
    SHORTENERS,
)
from trustops.guard.reading import Reading, plain, starts, without_defanging

_SUFFIXES = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False
)

_URL = re.compile(r"\b[a-z][a-z0-9+.-]{1,12}://[^\s<>\"'\uff0c\u3002\uff1b\u3001\uff09)\]]+")
_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[a-z\u0400-\U0003ffff]{2,24}")
_HOST = re.compile(
    r"(?<![\w@.-])(?:[\w-]{1,63}\.)+(?:xn--[a-z0-9-]{2,50}|[^\W\d_]{2,24})(?![\w-])(?:[:/?#][^\s<>\"'\uff0c\u3002\uff1b\u3001\uff09)\]]*)?"
)
_HOST_BESIDE_SIGNS = re.compile(
    r"(?<![a-z0-9@.-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:xn--[a-z0-9-]{2,50}|[a-z]{2,24})"
    r"(?![a-z0-9-])(?:[:/?#][!-~]*)?"
)
_IP = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?![\w.])(?:/\S*)?")
_AT = re.compile(
    r"(?<![\w@/.])@([a-z0-9_][a-z0-9_.-]{1,62}[a-z0-9_])(?:@((?:[\w-]+\.)+[a-z]{2,24}))?"
)
_DISCORD_NAME = re.compile(r"(?<![\w#/-])[a-z0-9_.]{2,32}#\d{4}(?![\w-])")
_ELSEWHERE = re.compile(
    r"\b(?:telegram|whatsapp|wechat|discord|signal|viber|line|kakaotalk|skype)"
    r"(?:\s+(?:handle|id|user(?:name)?|account|number|is|at|under|as|to)){0,3}\s*[:=]?\s+"
    r"(?P<name>[a-z0-9_.]*[0-9_][a-z0-9_.]*|\+?\d[\d -]{6,})"
    r"|(?:텔레그램|카카오톡|카톡|오픈채팅|라인|微信号?|微信|飞机号?|电报|qq群?)\s*(?:아이디|id|号|群|[:\uff1a]|은|는|是)*\s*"
    r"(?P<other>[a-z0-9_.]{4,})"
)
_PHONE = re.compile(r"(?<![\w+])\+\d[\d ()-]{7,17}\d(?!\w)")

_EVM = re.compile(r"0x(?:[0-9a-f]{64}|[0-9a-f]{40})")
_DIGIT = r"(?:[\s_.,:|*/-]{0,3}[0-9A-Fa-f])"
_EVM_APART = re.compile(rf"(?<![0-9A-Za-z])0[xX](?:{_DIGIT}{{64}}|{_DIGIT}{{40}})(?![0-9A-Za-z])")
_APART = re.compile(r"[\W_]")
_BARE_HEX = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{64}|[0-9A-Fa-f]{40})(?![0-9A-Za-z])")
_BECH32 = re.compile(
    r"(?<![0-9a-z])[a-z]{1,20}(?:_test)?1[ac-hj-np-z02-9]{38,110}(?![0-9a-z])", re.IGNORECASE
)
_BASE58 = re.compile(r"(?<![0-9A-Za-z])[1-9A-HJ-NP-Za-km-z]{25,90}(?![0-9A-Za-z])")
_BASE32 = re.compile(
    r"(?<![0-9A-Za-z])(?:[GMC][A-Z2-7]{55}|(?:EQ|UQ|kQ|0Q)[A-Za-z0-9_-]{46})(?![0-9A-Za-z])"
)
_MIXED = tuple(map(re.compile, ("[0-9]", "[A-Z]", "[a-z]")))
_ADDRESS_BYTES = frozenset({21, 25, 32, 35, 64, 67, 69, 71})
"""Sizes of what addresses and transactions hold in base58: Tron and Bitcoin, Solana, and others."""

_LEADS_ELSEWHERE = re.compile(
    r"[?&#](?:url|u|to|next|redirect\w*|return\w*|target|dest\w*|goto|link)=\s*(?:https?|//|%2f)"
)
_HOST_END = re.compile(r"[?# ]")
_OWN_PARTS = frozenset({"", "i", "home", "search", "share", "intent", "hashtag", "explore"})
_BEFORE_NAME = frozenset(
    {"invite", "profile", "s", "c", "users", "user", "channels", "groups", "r"}
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What outgoing words may name beside the shipped list: what is official, and the reader's own.

    `hosts` are exact names; `addresses` and `own` are compared as bytes where they are EVM's, else
    letter by letter. `accounts` are pairs of network and name, without `@`, in lower case. `facts`
    are dates and amounts, as written, that rest on something known.
    """

    hosts: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    accounts: frozenset[tuple[str, str]] = frozenset()
    emails: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    _spellings: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        """Bring every address into the spelling by which it is compared."""
        spellings = frozenset(map(_spelling, self.addresses | self.own))
        object.__setattr__(self, "_spellings", spellings)

    def has_address(self, text: str) -> bool:
        """Whether an address or a transaction is official or the reader's own."""
        return _spelling(text) in self._spellings

    def has_account(self, name: str, network: str | None = None) -> bool:
        """Whether an account is official, on a network or on any."""
        return any(name == known and network in {None, on} for on, known in self.accounts)


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a text names, its place in what was written, and why it may not stand."""

    start: int
    end: int
    code: Code | None


def names(text: str, allowed: Allowed) -> Iterator[Reason]:
    """Everything in the text that leads to strangers, each part of it once."""
    read = (one for reading in starts(text) for one in _names_in(reading, text, allowed))
    for one in (*_addresses(text, allowed), *read):
        if one.code:
            yield Reason(one.code, one.start, one.end)


def named(text: str, allowed: Allowed) -> tuple[Named, ...]:
    """Everything that a text names as it stands, strange or not, in its order, each part once."""
    found = [*_names_in(plain(text), text, allowed), *_addresses(text, allowed)]
    taken = bytearray(len(text))
    chosen = [one for one in found if _take(taken, one.start, one.end)]
    return tuple(sorted(chosen, key=lambda one: one.start))


def _take(taken: bytearray, start: int, end: int) -> bool:
    """Whether a part is free; it is taken then. Each place is looked at, however many are taken."""
    is_free = not any(taken[start:end])
    if is_free:
        taken[start:end] = b"\1" * (end - start)
    return is_free


def _names_in(first: Reading, text: str, allowed: Allowed) -> Iterator[Named]:
    reading = without_defanging(first)
    taken = bytearray(len(reading.text))
    for pattern, judge in _NAMES:
        for match in pattern.finditer(reading.text):
            if any(taken[match.start() : match.end()]):
                continue
            span = reading.span(*match.span())
            code = judge(match, _written(text, span), allowed)
            if code:
                _take(taken, *match.span())
                yield Named(*span, code if isinstance(code, Code) else None)


_Judged = Code | bool
"""A reason; else whether it is a name at all, which may stand."""


def _written(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]]


def _email(match: re.Match[str], written: str, allowed: Allowed) -> _Judged:
    name = match.group().strip(".")
    is_ours = name in allowed.emails and _is_plain(written)
    return True if is_ours else Code.EMAIL


def _link(match: re.Match[str], written: str, allowed: Allowed) -> _Judged:
    """A link with its scheme leads somewhere, whatever its host looks like."""
    scheme, _, rest = match.group().partition("://")
    if scheme not in {"http", "https"}:
        return Code.HOST
    return _place(rest, written, allowed)


def _bare_host(match: re.Match[str], written: str, allowed: Allowed) -> _Judged:
    """A name without a scheme is a host where its end is one of the public list."""
    host = re.split(r"[:/?#]", match.group(), maxsplit=1)[0]
    end = host.rpartition(".")[2]
    is_file = end in NO_HOSTS and host == match.group()
    known = end in NOT_IN_THE_LIST or bool(_SUFFIXES(host).suffix)
    if not known or is_file:
        return False
    return _place(match.group(), written, allowed)


def _place(rest: str, written: str, allowed: Allowed) -> _Judged:
    """What is wrong with a link, `rest` being all of it after the scheme."""
    authority, slash, path = re.sub(r"[.,;:!?…]+\Z", "", rest).partition("/")
    authority, more = _HOST_END.split(f"{authority} ", maxsplit=1)
    host, _, port = authority.partition(":")
    if host in SHORTENERS:
        return Code.SHORTENED
    is_plain = _is_plain(written) and "@" not in authority and port in {"", "443"}
    if is_plain and _LEADS_ELSEWHERE.search(f"?{more}{slash}{path}"):
        return True if host in allowed.hosts else Code.HOST
    if is_plain and host in allowed.hosts:
        return True
    if is_plain and host in PROFILE_HOSTS:
        return _profile(PROFILE_HOSTS[host], path, allowed)
    return True if is_plain and _is_public(host) else Code.HOST


def leads_elsewhere(link: str) -> bool:
    """Whether a link carries another one, to which the site that it names may pass the reader."""
    return _LEADS_ELSEWHERE.search(link.lower()) is not None


def _profile(network: str, path: str, allowed: Allowed) -> _Judged:
    """Whether the account that a profile's link names is one of ours."""
    parts = [part.lstrip("@+") for part in re.split(r"[?#]", path)[0].split("/")]
    while len(parts) > 1 and parts[0] in _BEFORE_NAME:
        parts = parts[1:]
    is_nobody = len(parts) == 1 and parts[0] in _OWN_PARTS
    return True if is_nobody or allowed.has_account(parts[0], network) else Code.ACCOUNT


def _is_public(host: str) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in PUBLIC_HOSTS)


def _is_plain(written: str) -> bool:
    """Whether every letter is the one that it looks like."""
    return written.isascii()


def _account(match: re.Match[str], written: str, allowed: Allowed) -> _Judged:
    name, server = match.groups()
    full = f"{name}@{server}" if server else name
    is_ours = allowed.has_account(full) and _is_plain(written)
    return True if is_ours else Code.ACCOUNT


def _stranger(match: re.Match[str], written: str, allowed: Allowed) -> _Judged:
    del written
    groups = match.groupdict()
    name = groups.get("name") or groups.get("other") or match.group()
    return True if allowed.has_account(name) else Code.ACCOUNT


def _ip(match: re.Match[str], written: str, allowed: Allowed) -> _Judged:
    del written
    host = re.split(r"[:/]", match.group(), maxsplit=1)[0]
    return True if host in allowed.hosts else Code.HOST


_Judge = Callable[[re.Match[str], str, Allowed], _Judged]
_NAMES: tuple[tuple[re.Pattern[str], _Judge], ...] = (
    (_URL, _link),
    (_AT, _account),
    (_EMAIL, _email),
    (_HOST_BESIDE_SIGNS, _bare_host),
    (_HOST, _bare_host),
    (_IP, _ip),
    (_DISCORD_NAME, _stranger),
    (_ELSEWHERE, _stranger),
    (_PHONE, _stranger),
)


def _addresses(text: str, allowed: Allowed) -> Iterator[Named]:
    """Addresses and transactions of any chain, official, the reader's or strange."""
    whole, decoded = fold(text), fold(decode(text))
    for version in dict.fromkeys((whole, decoded)):
        offsets = fold_offsets(text) if version == whole else [*[0] * len(version), len(text)]
        for pattern, is_one in _SHAPES:
            for match in pattern.finditer(version):
                written = match.group()
                address = _APART.sub("", written) if pattern is _EVM_APART else written
                if is_one(address):
                    code = None if allowed.has_address(address) else Code.ADDRESS
                    yield Named(offsets[match.start()], offsets[match.end()], code)


def _spelling(address: str) -> str:
    """EVM's addresses and those in bech32 in any case; all others to the letter."""
    low = address.lower()
    return low if any(form.fullmatch(low) for form in _ANY_CASE) else address


def _is_base58(text: str) -> bool:
    """Whether it holds as many bytes as an address does; a long word of one case is none."""
    is_mixed = all(pattern.search(text) for pattern in _MIXED)
    return is_mixed and len(base58.b58decode(text)) in _ADDRESS_BYTES


_ANY_CASE = (_EVM, _BARE_HEX, _BECH32)
_SHAPES: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_EVM_APART, bool),
    (_BARE_HEX, bool),
    (_BECH32, bool),
    (_BASE32, bool),
    (_BASE58, _is_base58),
)
