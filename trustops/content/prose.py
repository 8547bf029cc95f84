"""What prose may not hold: a literal address, domain, date or ratio. Pure.

Such a value is named as a fact instead, so that it comes from the signed manifest or the pack
and is mended in one place. Code spans are prose too; links within the site are not looked at.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import base58
import tldextract

from trustops.content.figures import DATES, RATIOS


class LiteralKind(StrEnum):
    """What stands there, by the word that a problem uses."""

    ADDRESS = "address"
    DOMAIN = "domain"
    DATE = "date"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Literal:
    """One value that has to be a fact. Lines count from 1."""

    line: int
    kind: LiteralKind
    text: str


FACT = re.compile(r"\{\{\s*fact\.([A-Za-z0-9_.-]+?)\s*\}\}")
"""The name of a fact in prose, as in `{{ fact.new_token.base }}`."""

_SOLANA_SIZES = frozenset({32, 64})
"""Bytes of an account and of a transaction."""

_FILE_ENDINGS = frozenset({"app", "cc", "md", "mov", "pl", "ps", "py", "rs", "sh", "so", "zip"})
"""Endings of file names that are top-level domains too; in a code span they mean a file."""

# The bundled list alone: a check of words may not wait for a network.
_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

_INTERNAL = re.compile(r"\]\(\s*(?:/(?![/\\])|#)[^)\s]*\s*\)")
_SELECTORS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_IDEOGRAPHIC_DOT = re.compile("(?<=[A-Za-z0-9])\u3002(?=[A-Za-z0-9])")
"""What browsers read as the dot of a host name."""

_DOTS = re.compile(
    r"(?<=[A-Za-z0-9])\s?(?:\[\s?(?:\.|dot)\s?\]|\(\s?(?:\.|dot)\s?\)|\{\s?(?:\.|dot)\s?\})\s?(?=[A-Za-z0-9])",
    re.IGNORECASE,
)
"""A dot that somebody wrote so that nothing makes a link of it."""

_HEX = re.compile(r"\b0x[0-9a-f]{40,}\b", re.IGNORECASE)
_BARE_HEX = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9a-f]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{40}(?![0-9A-Za-z])", re.IGNORECASE
)
_SHORT_HEX = re.compile(
    r"\b0x[0-9a-f]{2,12}\s?(?:\.{2,4}|[\N{HORIZONTAL ELLIPSIS}\N{MIDLINE HORIZONTAL ELLIPSIS}])"
    r"\s?[0-9a-f]{2,12}\b",
    re.IGNORECASE,
)
_BASE58 = re.compile(r"(?<![A-Za-z0-9])[1-9A-HJ-NP-Za-km-z]{25,90}(?![A-Za-z0-9])")
_NAME_SERVICE = re.compile(r"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:eth|sol|bnb)\b", re.IGNORECASE)
_URL = re.compile(r"\b[a-z][a-z0-9+.-]{0,30}://[^\s)>\]`'\"]+", re.IGNORECASE)
_HOST = re.compile(r"(?<![\w.-])(?:\w(?:[\w-]{0,61}\w)?\.)+[^\W\d_](?:[\w-]*\w)?(?![\w-])")
_HOST_BESIDE_LETTERS = re.compile(
    r"(?<![A-Za-z0-9_.-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![A-Za-z0-9_-])"
)
"""The same in Korean and Chinese, where a particle or the next word follows without a space."""


@lru_cache(maxsize=2048)
def literals(markdown: str) -> tuple[Literal, ...]:
    """Every value in a text that has to be a fact, in the order of the text.

    Args:
        markdown: the text as somebody wrote it; what a reader would see is what counts, so
            entities, escapes and invisible characters hide nothing.
    """
    text = "\n".join(as_read(line) for line in markdown.split("\n"))
    taken = bytearray(len(text))
    found: list[tuple[int, LiteralKind, str]] = []
    for start, end, kind in _candidates(text):
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        found.append((start, kind, " ".join(text[start:end].split())))
    ends = [place for place, letter in enumerate(text) if letter == "\n"]
    return tuple(
        Literal(bisect_left(ends, start) + 1, kind, words) for start, kind, words in sorted(found)
    )


def host_of(address: str) -> str:
    """The host of an address, as it is compared."""
    host = re.split(r"[/?#]", re.sub(r"^[a-zA-Z+.-]+://", "", address), maxsplit=1)[0]
    return host.lower().removeprefix("www.")


def once_each(found: Iterable[Literal]) -> Iterator[Literal]:
    """Literals without those that name the host of one before on the same line."""
    hosts: set[tuple[int, str]] = set()
    for literal in found:
        place = literal.line, host_of(literal.text)
        if literal.kind is not LiteralKind.DOMAIN or place not in hosts:
            yield literal
        hosts.add(place)


def as_read(line: str) -> str:
    """A line as a reader sees it, without facts and without links within the site."""
    line = FACT.sub(" \N{OBJECT REPLACEMENT CHARACTER} ", line)
    line = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", html.unescape(line))
    line = unicodedata.normalize("NFKC", line)
    line = "".join(letter for letter in line if not _is_unseen(letter))
    line = _DOTS.sub(".", _IDEOGRAPHIC_DOT.sub(".", line).replace("*", ""))
    return _INTERNAL.sub("]()", line).replace("\n", " ")


def _is_unseen(letter: str) -> bool:
    """Whether a character takes no room: joiners, marks of direction, selectors of variants."""
    return unicodedata.category(letter) == "Cf" or _SELECTORS.match(letter) is not None


def _candidates(text: str) -> Iterator[tuple[int, int, LiteralKind]]:
    """Places of literals; what comes first wins where two overlap."""
    for pattern, kind, holds in _LOOK_FOR:
        for match in pattern.finditer(text):
            if holds(match):
                yield *match.span(), kind


def _always(_match: re.Match[str]) -> bool:
    return True


def _is_base58(match: re.Match[str]) -> bool:
    """Whether a word is an account or transaction of Solana, or an address with a checksum."""
    word = match.group()
    if len(base58.b58decode(word)) in _SOLANA_SIZES:
        return True
    try:
        base58.b58decode_check(word)
    except ValueError:
        return False
    return True


def _is_payable_name(match: re.Match[str]) -> bool:
    """A name that a wallet can pay; in a code span its ending is that of a file."""
    return not _in_code(match)


def _is_domain(match: re.Match[str]) -> bool:
    parts = _SUFFIXES(match.group())
    if not (parts.suffix and parts.domain):
        return False
    return not (parts.suffix in _FILE_ENDINGS and _in_code(match))


def _in_code(match: re.Match[str]) -> bool:
    """Whether a place stands in a code span of its line."""
    before = match.string[: match.start()].rpartition("\n")[2]
    return before.count("`") % 2 == 1


_LOOK_FOR: tuple[tuple[re.Pattern[str], LiteralKind, Callable[[re.Match[str]], bool]], ...] = (
    (_URL, LiteralKind.DOMAIN, _always),
    (_HEX, LiteralKind.ADDRESS, _always),
    (_BARE_HEX, LiteralKind.ADDRESS, _always),
    (_SHORT_HEX, LiteralKind.ADDRESS, _always),
    (_BASE58, LiteralKind.ADDRESS, _is_base58),
    (_NAME_SERVICE, LiteralKind.ADDRESS, _is_payable_name),
    (_HOST, LiteralKind.DOMAIN, _is_domain),
    (_HOST_BESIDE_LETTERS, LiteralKind.DOMAIN, _is_domain),
    *((pattern, LiteralKind.DATE, holds) for pattern, holds in DATES),
    *((pattern, LiteralKind.RATIO, holds) for pattern, holds in RATIOS),
)
