"""Reads what somebody asks about: an address, a host name, a link or an account, by its shape.

Disguises are undone first (`hxxp`, `[.]`, invisible characters); the host of a link is what a
browser would open, and no other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

from trustops import addresses
from trustops.guard.context import EXPLORERS
from trustops.official.values import Asked

LONGEST = 2_000
"""Characters beyond which a question is none."""

_DEFANGED = (
    (re.compile(r"^h(?:xx|\*\*|tt)p", re.IGNORECASE), "http"),
    (re.compile(r"\[:\]|\(:\)"), ":"),
    (re.compile(r"\s*[\[({]\s*(?:\.|dot)\s*[\])}]\s*", re.IGNORECASE), "."),
    (re.compile(r"[\u3002\uff61]"), "."),
)
_EVM = re.compile(r"0[xX][0-9a-fA-F]{40}")
_BASE58_LIKE = re.compile(r"[0-9A-Za-z]{32,44}")
_OF_A_WALLET = re.compile(
    r"(?!javascript:|vbscript:|data:|file:|mailto:|tel:)[a-z0-9-]{2,32}:(?:[A-Za-z0-9-]{1,32}:)?(?:pay-)?[0-9A-Za-z]{32,44}(?:@\d+)?(?:\?.*)?",
    re.IGNORECASE,
)
"""EIP-3770, CAIP-10, EIP-681 without a function, Solana Pay: a prefix and one address."""

_OF_AN_EXPLORER = re.compile(
    r"https?://(?:www\.)?(?:"
    + "|".join(map(re.escape, (*EXPLORERS, "solscan.io", "explorer.solana.com", "solana.fm")))
    + r")/(?:address|account|token)/[0-9A-Za-z]{32,44}/?(?:[?#].*)?",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?!\d+(?:[/?#]|$))")
_WEB = frozenset({"http", "https"})
_USUAL_PORTS = {"", "80", "443"}
_ENDING = re.compile(r"(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_ACCOUNT = re.compile(r"[\w$+.-]{2,40}")
_AROUND = " \t\r\n'\"`<>()[]{},;"
_LONGEST_HOST = 253


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, taken apart.

    `text` is the whole, cleaned. `host` is in lower case and in its `xn--` form, `shown` the same
    as a reader sees it; `user` stands before an `@` that precedes the host. `account` is a handle
    without its first `@`, in lower case; `profile` host and path of a link, in lower case.
    """

    kind: Asked
    text: str
    host: str = ""
    shown: str = ""
    user: str = ""
    user_shown: str = ""
    port: str = ""
    account: str = ""
    profile: str = ""
    unreadable: bool = False


def is_evm(text: str) -> bool:
    """Whether a text has the shape of an EVM address."""
    return _EVM.fullmatch(text) is not None


def read(query: str) -> Question:
    """Take a question apart; whatever it is, there is an answer."""
    text = _clean(query[: LONGEST + 1])
    joined = "".join(text.split())
    if len(query) > LONGEST or not text:
        return Question(Asked.UNKNOWN_SHAPE, "")
    address = _address(text, joined)
    if address:
        return Question(Asked.ADDRESS, address)
    if joined != text:
        return Question(Asked.UNKNOWN_SHAPE, text)
    return _read_name(text)


def _address(text: str, joined: str) -> str:
    """The address that is asked about in its one spelling; empty where it is something else.

    It may stand in the URI of a wallet, or in a link of an explorer that we know. Of any other
    link the host is the question, whichever address somebody wrote behind it.
    """
    bare = is_evm(joined) or _BASE58_LIKE.fullmatch(joined) is not None
    if not (bare or _OF_A_WALLET.fullmatch(text) or _OF_AN_EXPLORER.fullmatch(text)):
        return ""
    reading = addresses.read(joined)
    if reading.shape in addresses.ADDRESSES and not reading.beside:
        return reading.text
    return joined if bare else ""


def _clean(query: str) -> str:
    """The text without what hides it: invisible characters, disguises, quotes around it."""
    visible = "".join(
        char
        for char in unicodedata.normalize("NFKC", query)
        if unicodedata.category(char) not in {"Cf", "Cs"}
    )
    text = visible.strip(_AROUND)
    for pattern, plain in _DEFANGED:
        text = pattern.sub(plain, text)
    return text.strip(_AROUND)


def _read_name(text: str) -> Question:
    scheme = _SCHEME.match(text)
    if scheme:
        return _with_scheme(text, scheme.group(1).lower(), text[scheme.end() :])
    if text.startswith("@"):
        return _account(text)
    if "/" in text or "\\" in text:
        return _link(text, text.lstrip("/"))
    host, _, port = text.partition(":")
    if "@" not in text and (port or _looks_like_host(host)):
        return _domain(text, host, port)
    return _account(text)


def _with_scheme(text: str, scheme: str, rest: str) -> Question:
    """A link of the web, a mail address, or something that is run rather than opened."""
    if scheme == "mailto":
        return _account(rest.partition("?")[0])
    if scheme in _WEB:
        return _link(text, rest.lstrip("/"))
    return Question(Asked.LINK, text, unreadable=True)


def _looks_like_host(text: str) -> bool:
    ascii_form, _ = _both_forms(text)
    first, dot, ending = ascii_form.rpartition(".")
    return bool(first and dot and _ENDING.fullmatch(ending))


def _domain(text: str, host: str, port: str) -> Question:
    kind = Asked.LINK if port else Asked.DOMAIN
    ascii_form, shown = _both_forms(host)
    if not _is_host(ascii_form):
        return Question(kind, text, unreadable=True)
    return Question(
        kind,
        text,
        host=ascii_form,
        shown=shown,
        port="" if port in _USUAL_PORTS else port,
        account=host.lower(),
    )


def _link(text: str, rest: str) -> Question:
    """A link; `rest` begins with its authority."""
    if "\\" in text or any(unicodedata.category(char) == "Cc" for char in text):
        return Question(Asked.LINK, text, unreadable=True)
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    path = re.split(r"[?#]", rest[len(authority) :], maxsplit=1)[0]
    user, _, place = authority.rpartition("@")
    host, _, port = unquote(place).partition(":")
    ascii_form, shown = _both_forms(host)
    if not _is_host(ascii_form):
        return Question(Asked.LINK, text, unreadable=True)
    named = unquote(user).lower()
    return Question(
        Asked.LINK,
        text,
        host=ascii_form,
        shown=shown,
        user=named,
        user_shown=_both_forms(named)[1],
        port="" if port in _USUAL_PORTS else port,
        profile=f"{ascii_form.removeprefix('www.')}{path.rstrip('/')}".lower(),
    )


def _account(text: str) -> Question:
    """A handle or a mail address; what follows its last `@` is a host."""
    plain = text.removeprefix("@").lower()
    name, at, place = plain.rpartition("@")
    if not at:
        shaped = _ACCOUNT.fullmatch(plain) is not None
        kind = Asked.HANDLE if shaped else Asked.UNKNOWN_SHAPE
        return Question(kind, text, account=plain)
    ascii_form, shown = _both_forms(place)
    if not name or not _is_host(ascii_form):
        return Question(Asked.UNKNOWN_SHAPE, text)
    return Question(
        Asked.HANDLE,
        text,
        host=ascii_form,
        shown=shown,
        user=name,
        user_shown=_both_forms(name)[1],
        account=plain,
    )


def _is_host(ascii_form: str) -> bool:
    """Whether a name could stand in an address bar; a number alone is an address in disguise."""
    labels = ascii_form.split(".")
    return (
        len(labels) > 1
        and len(ascii_form) <= _LONGEST_HOST
        and all(_LABEL.fullmatch(label) for label in labels)
        and _ENDING.fullmatch(labels[-1]) is not None
    )


def _both_forms(host: str) -> tuple[str, str]:
    """A host in its `xn--` form and as a reader sees it, both in lower case."""
    labels = host[: 4 * _LONGEST_HOST].lower().rstrip(".").split(".")
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
