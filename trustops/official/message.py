"""Reads a pasted message for all that it holds: links, hosts, accounts, addresses. Pure.

Nothing is opened. Words that are none of these are passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from trustops import addresses
from trustops.official.accounts import network_named
from trustops.official.chainwords import is_transaction
from trustops.official.hosts import both_forms, has_public_ending, is_dotted_number
from trustops.official.question import DRAWN_LIKE_PARTS, LONGEST, Question, cleaned, read
from trustops.official.values import Asked

LONGEST_MESSAGE = 20_000
"""Characters of a message; the guard lets no longer text pass."""

_GAP = re.compile(
    r"[\s<>\"`|{}\[\]()\u00ab\u00bb\u201c\u201d\u2018\u2019\u3000-\u3002\u3008-\u3011\uff08\uff09\uff0c\uff1b\uff1a\uff01\uff1f]+"
)
_SCHEME_WITHIN = re.compile(r"(?<=[^a-z0-9])(?=(?:https?|hxxps?|tg|wc|ethereum)://)", re.IGNORECASE)
_URI = re.compile(
    r"(?:https?:|tg:|wc:|mailto:|data:|javascript:|vbscript:|ethereum:|solana:|eip155:"
    r"|[a-z0-9-]{2,12}:(?:0x)?[0-9a-z]{32,44}\b)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@[\w$+.-]{2,64}(?:@[\w.-]+)?(?:#\d{4})?")
_MAIL = re.compile(r"[^\s@]{1,64}@[\w-]+(?:\.[\w-]+)+")
_NAMED = re.compile(
    r"(?:\b(?P<network>telegram|tg|discord|twitter|signal|instagram|facebook|skype|line|kakao(?:talk)?"
    r"|we ?chat|whatsapp|qq)[ ]?(?P<word>id|user(?:name)?|handle|account)?[ ]?[:\uff1a][ ]?"
    r"|(?P<named>텔레그램|카카오톡|카톡|트위터|디스코드|위챗|인스타그램|微信|电报|電報|推特|飞机|飛機)"
    r"(?:[ ]?(?P<called>아이디|계정|id|号|號|帐号|账号))?"
    r"(?:[은는이가]|(?P<colon>[:\uff1a])|[ ])[ ]?)"
    r"(?P<name>[a-z][\w.]{2,39}(?:#\d{4})?)(?![\w./:@])",
    re.IGNORECASE | re.ASCII,
)
"""An account that is named after its network, without an @."""

_ALSO_WORDS = frozenset({"line", "signal"})
"""Networks whose names are words of any message: "last line: …"."""

_OF_A_NAME = re.compile(r"[\d_]")

_HIDDEN = {ord(sign): 0xE000 + at for at, sign in enumerate(DRAWN_LIKE_PARTS)}
_BACK = {private: sign for sign, private in _HIDDEN.items()}
_PATH = re.compile(rf"[/?#:\\{DRAWN_LIKE_PARTS}]")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e")
"""They show what follows in another direction than it is read; no sentence needs them."""

_EDGES = ".,;:!?*_~'\u2026\u2013\u2014"
_ADDRESS_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])0[xX][0-9a-fA-F]{40,64}(?![0-9A-Za-z])")


def pieces(text: str) -> tuple[str, ...]:
    """Every link, host, account, address and transaction of a message, once, in their order."""
    plain = _without_disguise(text[:LONGEST_MESSAGE])
    named = [found["name"] for found in _named(plain)]
    parts = (part for chunk in _GAP.split(plain) for part in _SCHEME_WITHIN.split(chunk))
    found = (piece for part in parts for piece in _kept(part))
    return tuple(dict.fromkeys([*found, *named]))


def _without_disguise(text: str) -> str:
    """A text as its readers see it, but for signs that only look like those within a link.

    Whether a browser takes them for those is what `read` has to judge, so they stay.
    """
    return cleaned(text.translate(_HIDDEN)).translate(_BACK)


def questions(text: str) -> tuple[Question, ...]:
    """What a text asks: the one thing that it is, or all that a message holds.

    A text that holds nothing we know is one question, of no shape.
    """
    whole = read(text)
    networks = _networks(text)
    if whole.kind is not Asked.UNKNOWN_SHAPE and not networks and not _is_prose(text):
        return (whole,)
    found = tuple(_on(networks, read(piece)) for piece in pieces(text)) or (whole,)
    if _TURNING.isdisjoint(text):
        return found
    return tuple(replace(asked, remarks=(*asked.remarks, "invisible")) for asked in found)


def _networks(text: str) -> Mapping[str, str]:
    """The accounts that a text names after their network, and that network."""
    found = _named(cleaned(text[:LONGEST_MESSAGE]))
    return {one["name"]: network_named(one["network"] or one["named"]) for one in found}


def _named(plain: str) -> Iterator[re.Match[str]]:
    """Accounts that are named after their network; an everyday word after one is none."""
    for found in _NAMED.finditer(plain):
        network = found["network"]
        clear = network.lower() not in _ALSO_WORDS if network else found["colon"] is not None
        if clear or found["word"] or found["called"] or _OF_A_NAME.search(found["name"]):
            yield found


def _on(networks: Mapping[str, str], asked: Question) -> Question:
    network = networks.get(asked.text, "") if asked.kind is Asked.HANDLE else ""
    return replace(asked, network=network) if network else asked


def _is_prose(text: str) -> bool:
    """Whether a text without gaps is a sentence that holds a name, as in Chinese or Korean."""
    plain = cleaned(text)
    return len(plain) <= LONGEST and _without_neighbours(plain) != plain


def _kept(part: str) -> Iterator[str]:
    """What of a part of a message is something to judge."""
    piece = _without_neighbours(
        part.strip(_EDGES).rstrip("/") if "://" not in part else part.strip(_EDGES)
    )
    if not piece or len(piece) > LONGEST:
        return
    if _is_thing(piece):
        yield piece
        return
    yield from _ADDRESS_IN_TEXT.findall(piece)


def _is_thing(written: str) -> bool:
    piece = cleaned(written)
    return (
        _URI.match(piece) is not None
        or _HANDLE.fullmatch(piece) is not None
        or _MAIL.fullmatch(piece) is not None
        or is_transaction(piece)
        or addresses.read(piece).shape in addresses.ADDRESSES
        or _names_host(written)
    )


def _names_host(piece: str) -> bool:
    """Whether a piece begins with a name of the web, or the number of a machine."""
    host = _PATH.split(piece, maxsplit=1)[0].rpartition("@")[2]
    if is_dotted_number(host):
        return True
    ascii_form, _ = both_forms(host)
    ending = host.rpartition(".")[2]
    written = not ending.istitle() or host.istitle()
    return "." in host and written and has_public_ending(ascii_form) and ".." not in host


def _without_neighbours(part: str) -> str:
    """A part without the words of Chinese, Japanese or Korean that stand directly beside a name."""
    start, end = 0, len(part)
    while start < end and _is_of_east_asia(part[start]):
        start += 1
    if start and not (
        start < end and (part[start].isascii() and (part[start].isalnum() or part[start] == "@"))
    ):
        start = 0
    while end > start and _is_of_east_asia(part[end - 1]):
        end -= 1
    beside = part[start:end]
    joined = "://" not in beside and end < len(part) and beside.endswith(".")
    return part[start:] if joined else beside


def _is_of_east_asia(char: str) -> bool:
    name = unicodedata.name(char, "")
    return name.startswith(("CJK ", "HANGUL ", "HIRAGANA ", "KATAKANA "))
