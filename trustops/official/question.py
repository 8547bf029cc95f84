"""Reads what somebody asks about: an address, a host name, a link or an account, by its shape.

Disguises are undone first (`hxxp`, `[.]`, invisible characters); the host of a link is what a
browser would open, and no other. What was undone is remembered, so that it can be told.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from urllib.parse import unquote

from trustops import addresses
from trustops.guard.places import EXPLORERS
from trustops.official import accounts, chainwords
from trustops.official.hosts import (
    both_forms,
    is_dotted_number,
    is_host,
    is_number,
    looks_like_host,
    mixed_or_encoded,
)
from trustops.official.values import Asked

LONGEST = 2_000
"""Characters beyond which one question is none."""

_ENDINGS = (
    "com|net|org|io|ai|app|xyz|finance|eth|co|dev|info|site|online|top|shop|live|world|network"
    "|foundation|claims?|support|help"
)
"""Ends of names before which a dot may be told in words, or stand apart."""

_DEFANGED = (
    (re.compile(r"\bh(?:xx|\*\*)p(?=s?[:\[(])", re.IGNORECASE), "http"),
    (re.compile(r"\[:\]|\(:\)"), ":"),
    (re.compile(r"[ \t]*[\[({][ \t]*(?:\.|dot)[ \t]*[\])}][ \t]*", re.IGNORECASE), "."),
    (re.compile(r"[\u3002\uff61](?=\w)"), "."),
    (re.compile(rf"(?<=[a-z0-9])[ \t]+dot[ \t]+(?=(?:{_ENDINGS})\b)", re.IGNORECASE), "."),
    (re.compile(rf"(?<=[a-z0-9])[ \t]+\.(?=(?:{_ENDINGS})\b)", re.IGNORECASE), "."),
)
_BASE58_LIKE = re.compile(r"[0-9A-Za-z]{32,44}")
_OF_AN_EXPLORER = re.compile(
    r"https?://(?:[a-z0-9-]{1,63}\.){0,3}(?:"
    + "|".join(map(re.escape, sorted(EXPLORERS)))
    + r")/(?:#/)?(?:address|account|token)/[0-9A-Za-z]{32,44}/?(?:[?#].*)?",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?!\d+(?:[/?#]|$))")
_WEB = frozenset({"http", "https"})
_USUAL_PORTS = {"", "80", "443"}
_ACCOUNT = re.compile(r"[\w$+.-]{2,40}(?:#\d{4})?")
DRAWN_LIKE_PARTS = "\uff0f\uff3c\uff20\u2100\u2101\u2105\u2106"
"""Characters that some programs read as the end of a host, or the @ before it, and some do not."""

_AROUND = (
    " \t\r\n'\"`<>()[]{},;"
    "\u3001\u3002\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\u0964\u00ab\u00bb\u201c\u201d\u201e"
)
"""Quotes, brackets and ends of sentences around what somebody pasted, also of East Asia."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, taken apart.

    `text` is the whole, cleaned, an address in its one spelling; `written` is it as somebody wrote
    it, without its disguises. `host` is in lower case and in its `xn--` form, `shown` the same as a
    reader sees it; `user` stands before an `@` that precedes the host. `account` is a handle
    without its first `@`, in lower case, and `network` where it is, if a link says so.
    `trouble` is why nobody can tell where it leads, as a short word; `remarks` name what has to be
    said of how it is written; `chain` is the one that a wallet's URI names.
    """

    kind: Asked
    text: str
    host: str = ""
    shown: str = ""
    user: str = ""
    user_shown: str = ""
    port: str = ""
    account: str = ""
    network: str = ""
    by_anybody: bool = False
    behind: str = ""
    trouble: str = ""
    remarks: tuple[str, ...] = ()
    chain: str = ""
    beside: tuple[str, ...] = ()
    written: str = ""


def read(query: str) -> Question:
    """Take a question apart; whatever it is, there is an answer."""
    text = cleaned(query[: LONGEST + 1])
    if len(query) > LONGEST or not text:
        return Question(Asked.UNKNOWN_SHAPE, "")
    found = replace(_of_chain(text) or _unspaced(text), written=text)
    if found.host and not frozenset(DRAWN_LIKE_PARTS).isdisjoint(query):
        return replace(found, trouble="unreadable", host="", account="")
    if _hides_something(query):
        return replace(found, remarks=(*found.remarks, "invisible"))
    return found


def _of_chain(text: str) -> Question | None:
    """What belongs to a chain: a transaction, a request to pay, an address; None for all else."""
    joined = "".join(text.split())
    if chainwords.is_transaction(joined):
        return Question(Asked.TRANSACTION, joined)
    request = chainwords.request_in(text)
    if request:
        first, *others = request
        return Question(Asked.ADDRESS, first, trouble="payment-request", beside=tuple(others))
    if chainwords.is_shortened(text):
        return Question(Asked.ADDRESS, joined, trouble="shortened-address")
    return _address(text, joined)


def _address(text: str, joined: str) -> Question | None:
    """The address that is asked about in its one spelling; None where it is something else.

    It may stand in the URI of a wallet, or in a link of an explorer that we know. Of any other
    link the host is the question, whichever address somebody wrote behind it.
    """
    bare = chainwords.is_evm(joined) or _BASE58_LIKE.fullmatch(joined) is not None
    of_a_wallet = chainwords.is_of_wallet(text)
    if not (bare or of_a_wallet or _OF_AN_EXPLORER.fullmatch(text)):
        return None
    reading = addresses.read(joined)
    if reading.shape in addresses.ADDRESSES and not reading.beside:
        remarks = ("checksum",) if reading.mistyped else ()
        if of_a_wallet and chainwords.asks_for_amount(text):
            remarks = (*remarks, "amount")
        chain = chainwords.chain_in(text) if of_a_wallet else chainwords.chain_of_explorer(text)
        return Question(Asked.ADDRESS, reading.text, remarks=remarks, chain=chain)
    return Question(Asked.ADDRESS, joined) if bare else None


def _unspaced(text: str) -> Question:
    if "".join(text.split()) != text:
        return Question(Asked.UNKNOWN_SHAPE, text)
    return _read_name(text)


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in {"Cf", "Cs"} or char in "\u115f\u1160\u3164\uffa0"


def _hides_something(query: str) -> bool:
    """Whether an invisible character stands within; at the ends one comes along with copying."""
    inner = query.strip().strip("\u200b\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff" + _AROUND)
    return any(map(_is_unseen, inner))


def with_unseen_shown(text: str) -> str:
    """The text with its number in place of every character that is invisible, or turns others."""
    return "".join(f"\u27e8U+{ord(char):04X}\u27e9" if _is_unseen(char) else char for char in text)


def is_plain_address(text: str) -> bool:
    """Whether a text is an address and nothing beside it, so that it can be shown in groups."""
    plain = text.isascii() and text.isalnum()
    return plain and addresses.read(text).shape in addresses.ADDRESSES


def cleaned(query: str) -> str:
    """The text without what hides it: invisible characters, disguises, quotes around it."""
    visible = "".join(char for char in unicodedata.normalize("NFKC", query) if not _is_unseen(char))
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
    if is_dotted_number(host):
        return _link(text, text)
    if "@" not in text and (port or looks_like_host(host)):
        return _domain(text, host, port)
    return _account(text)


def _with_scheme(text: str, scheme: str, rest: str) -> Question:
    """A link of the web, a mail address, or something that is run rather than opened."""
    if scheme == "mailto":
        return _account(rest.partition("?")[0])
    if scheme == "tg":
        shown = accounts.in_link("t.me", rest.removeprefix("//"))
        if shown:
            return Question(Asked.LINK, text, account=shown.name, network=shown.network)
    if scheme in _WEB:
        return _link(text, rest.lstrip("/"))
    return Question(Asked.LINK, text, trouble="wallet-connect" if scheme == "wc" else "program")


def _domain(text: str, host: str, port: str) -> Question:
    kind = Asked.LINK if port else Asked.DOMAIN
    ascii_form, shown = both_forms(host)
    if not is_host(ascii_form):
        return Question(kind, text, trouble="unreadable")
    return Question(
        kind,
        text,
        host=ascii_form,
        shown=shown,
        port="" if port in _USUAL_PORTS else port,
        account=host.lower(),
        remarks=mixed_or_encoded(host, shown),
    )


def _link(text: str, rest: str) -> Question:
    """A link; `rest` begins with its authority."""
    if "\\" in text or any(unicodedata.category(char) == "Cc" for char in text):
        return Question(Asked.LINK, text, trouble="unreadable")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    behind = rest[len(authority) :]
    user, _, place = authority.rpartition("@")
    host, _, port = unquote(place).partition(":")
    ascii_form, shown = both_forms(host)
    if is_number(unquote(place) if place.startswith("[") else host):
        return Question(Asked.LINK, text, host=ascii_form, trouble="number")
    if not is_host(ascii_form):
        return Question(Asked.LINK, text, trouble="unreadable")
    named = unquote(user).lower()
    account = accounts.in_link(ascii_form, behind)
    return Question(
        Asked.LINK,
        text,
        host=ascii_form,
        shown=shown,
        user=named,
        user_shown=both_forms(named)[1],
        port="" if port in _USUAL_PORTS else port,
        account=account.name if account else "",
        network=account.network if account else "",
        by_anybody=bool(account and account.by_anybody),
        behind=behind,
        remarks=mixed_or_encoded(host, shown),
    )


def _account(text: str) -> Question:
    """A handle or a mail address; what follows its last `@` is a host."""
    plain = text.removeprefix("@").lower()
    name, at, place = plain.rpartition("@")
    if not at:
        shaped = _ACCOUNT.fullmatch(plain) is not None
        kind = Asked.HANDLE if shaped else Asked.UNKNOWN_SHAPE
        return Question(kind, text, account=accounts.plain_name(plain))
    ascii_form, shown = both_forms(place)
    if not name or not is_host(ascii_form):
        return Question(Asked.UNKNOWN_SHAPE, text)
    return Question(
        Asked.HANDLE,
        text,
        host=ascii_form,
        shown=shown,
        user=name,
        user_shown=both_forms(name)[1],
        account=f"{name}@{ascii_form}",
        remarks=mixed_or_encoded(place, shown),
    )
