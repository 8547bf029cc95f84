"""What prose may not hold: a literal address, domain, date or ratio. Pure.

Such a value is named as a fact instead, so that it comes from the signed manifest or the pack
and is mended in one place. Code spans are prose too; links within the site are not looked at.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import base58
import tldextract

from trustops.content.figures import DATES, RATIOS
from trustops.content.figures.shapes import Family, always


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

_HEX = r"(?i)\b0x[0-9a-f]{40,}\b"
_BARE_HEX = r"(?i)(?<![0-9A-Za-z])(?=[0-9a-f]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{40}(?![0-9A-Za-z])"
_SHORT_HEX = (
    r"(?i)\b0x[0-9a-f]{2,12}\s?(?:\.{2,4}|[\N{HORIZONTAL ELLIPSIS}\N{MIDLINE HORIZONTAL ELLIPSIS}])"
    r"\s?[0-9a-f]{2,12}\b"
)
_BASE58 = r"(?<![A-Za-z0-9])[1-9A-HJ-NP-Za-km-z]{25,90}(?![A-Za-z0-9])"
_NAME_SERVICE = r"(?i)(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:eth|sol|bnb)\b"
_URL = r"(?i)\b[a-z][a-z0-9+.-]{0,30}://[^\s)>\]`'\"]+"
_HOST = r"(?<![\w.-])(?:\w(?:[\w-]{0,61}\w)?\.)+[^\W\d_](?:[\w-]*\w)?(?![\w-])"
_HOST_BESIDE_LETTERS = (
    r"(?<![A-Za-z0-9_.-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z]{2,24}(?![A-Za-z0-9_-])"
)
"""The same in Korean and Chinese, where a particle or the next word follows without a space."""


def literals(markdown: str) -> tuple[Literal, ...]:
    """Every value in a text that has to be a fact, in the order of the text.

    Args:
        markdown: the text as somebody wrote it; what a reader would see is what counts, so
            entities, escapes and invisible characters hide nothing.
    """
    first = 0
    found: list[Literal] = []
    for paragraph in markdown.split("\n\n"):
        found += (replace(item, line=first + item.line) for item in _literals_of(paragraph))
        first += paragraph.count("\n") + 2
    return tuple(found)


@lru_cache(maxsize=4096)
def _literals_of(paragraph: str) -> tuple[Literal, ...]:
    """The literals of lines that no empty one parts: no value goes on below an empty line.

    Kept, as several checks ask for the same text, and an edit changes one paragraph of a page.
    """
    text = "\n".join(as_read(line) for line in paragraph.split("\n"))
    taken = bytearray(len(text))
    found: list[tuple[int, LiteralKind, str]] = []
    for start, end, kind in _candidates(text):
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        words = " ".join(text[start:end].split())
        # `4 February.` at the end of a sentence; the stop is the sentence's.
        found.append((start, kind, words.removesuffix(".") if kind is LiteralKind.DATE else words))
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
    if not line.isascii():
        line = unicodedata.normalize("NFKC", line).translate(_SEEN)
    line = _DOTS.sub(".", _IDEOGRAPHIC_DOT.sub(".", line).replace("*", ""))
    return _INTERNAL.sub("]()", line).replace("\n", " ")


class _Seen(dict[int, str]):
    """Takes characters out that take no room: joiners, marks of direction, selectors of variants.

    A table for `str.translate`, filled on demand.
    """

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        is_unseen = unicodedata.category(letter) == "Cf" or _SELECTORS.match(letter) is not None
        return self.setdefault(point, "" if is_unseen else letter)


_SEEN = _Seen()


def _candidates(text: str) -> Iterator[tuple[int, int, LiteralKind]]:
    """Places of literals; what comes first wins where two overlap."""
    for kind, families in _LOOK_FOR:
        for family in families:
            if family.needs.search(text) is None:
                continue
            for pattern, holds in family.shapes:
                for match in pattern.finditer(text):
                    if holds(match):
                        yield *match.span(), kind


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


_LONG_WORD = re.compile(r"[0-9A-Za-z]{25}|0x", re.IGNORECASE)
_DOT_IN_A_WORD = re.compile(r"\.[^\W\d_]")
_LOOK_FOR: tuple[tuple[LiteralKind, tuple[Family, ...]], ...] = (
    (LiteralKind.DOMAIN, (Family(re.compile("://"), ((_URL, always),)),)),
    (
        LiteralKind.ADDRESS,
        (
            Family(
                _LONG_WORD,
                (
                    *((form, always) for form in (_HEX, _BARE_HEX, _SHORT_HEX)),
                    (_BASE58, _is_base58),
                ),
            ),
            Family(_DOT_IN_A_WORD, ((_NAME_SERVICE, _is_payable_name),)),
        ),
    ),
    (
        LiteralKind.DOMAIN,
        (Family(_DOT_IN_A_WORD, ((_HOST, _is_domain), (_HOST_BESIDE_LETTERS, _is_domain))),),
    ),
    (LiteralKind.DATE, DATES),
    (LiteralKind.RATIO, RATIOS),
)
"""What is looked for; where two overlap, what comes first is told."""
