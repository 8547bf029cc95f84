"""What looks like ours and is not: addresses with the same ends, names with other letters.

Most false sites of real migrations carry the project's name and a word such as claim or migrate;
swapped letters are the smaller part (docs/official.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tldextract import TLDExtract

from trustops.guard.normalise import fold
from trustops.official.values import Domain, Handle, Manifest

UNDER_OURS = "under-ours"
"""The one likeness that is no trick: a host that nobody listed, under a name of ours."""

UNDER_CLOSED = "under-closed"
"""The same where every name of ours there is closed."""

_FIRST, _LAST = 3, 4
"""Characters at both ends of an address by which people compare: a theft of fifty million dollars
needed no more."""

_SLIPS = 3
"""Characters in which an address may differ and be taken for a slip of the pen."""

_SHORT, _SHORTEST = 6, 4
"""Names up to the first length are alike with one difference, longer ones with two; below the
second length everything is alike."""

_STRONG = 5
"""Letters of a name of ours that make it one even without a word such as claim beside it."""

_WEAK = 3
_HEX = "0x"

_WORDS = (
    "migrat claim swap upgrade airdrop revoke verify support restore sync validat wallet connect "
    "bridge help redeem reward recover admin official team desk service refund token portal"
)
"""Beginnings of the words that false sites put beside a name."""

_FOLDS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SAME = str.maketrans("10i|5$3", "lollsse")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of ours something looks like, and by which trick."""

    what: str
    why: str


@cache
def _suffixes() -> TLDExtract:
    """The public suffix list that comes with the library; nothing is fetched."""
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def registrable(host: str) -> tuple[str, str]:
    """The name that somebody registered, and the ending under which it was."""
    found = _suffixes()(host)
    if found.suffix and found.domain:
        return found.domain, found.suffix
    name, _, ending = host.rpartition(".")
    return name.rpartition(".")[2], ending


def skeleton(text: str) -> str:
    """What a hurried reader sees: accents, look-alike letters and digits made one."""
    seen = fold(text).lower()
    for pair, letter in _FOLDS:
        seen = seen.replace(pair, letter)
    return seen.translate(_SAME)


@dataclass(frozen=True, slots=True)
class Brands:
    """Names by which we are known, as skeletons.

    A weak one counts beside a telling word, or as a whole part of a name.
    """

    strong: tuple[tuple[str, str], ...]
    weak: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, manifest: Manifest) -> Brands:
        """From the names of our domains and the symbols of the tokens."""
        names = {registrable(item.name)[0] for item in manifest.domains}
        symbols = {item.symbol for item in manifest.tokens}
        strong = {name for name in names if len(name) >= _STRONG}
        weak = {name for name in (names | symbols) - strong if len(name) >= _WEAK}
        return cls(_skeletons(strong), _skeletons(weak))

    def named_in(self, text: str) -> str:
        """The name of ours that a text bears, or nothing."""
        parts = [skeleton(part.replace("-", "").replace("_", "")) for part in text.split(".")]
        whole = "".join(parts)
        for mark, name in self.strong:
            if mark in whole:
                return name
        told = any(word in whole for word in _telling())
        return next((name for mark, name in self.weak if _bears(parts, mark, told=told)), "")


def _bears(parts: list[str], mark: str, *, told: bool) -> bool:
    """Whether a part of a name is a weak mark, or has it in it where a telling word stands too."""
    alone = len(mark) >= _SHORTEST and mark in parts
    return alone or (told and any(mark in part for part in parts))


@cache
def _telling() -> tuple[str, ...]:
    return tuple(skeleton(word) for word in _WORDS.split())


def _skeletons(names: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple((skeleton(name.replace("-", "")), name) for name in sorted(names))


def resembles_address(asked: str, ours: str) -> str:
    """By which trick an address looks like one of ours; empty where it does not."""
    if asked.lower() == ours.lower():
        return "case"
    if asked.startswith(_HEX) != ours.startswith(_HEX):
        return ""
    one, other = (text.removeprefix(_HEX).lower() for text in (asked, ours))
    if distance(one, other, most=_SLIPS) <= _SLIPS:
        return "typo"
    ends_match = one[:_FIRST] == other[:_FIRST] and one[-_LAST:] == other[-_LAST:]
    return "same-ends" if ends_match else ""


def resembles_host(
    host: str, shown: str, domains: Sequence[Domain], brands: Brands
) -> Likeness | None:
    """What of ours a host looks like that is not in our list."""
    family = [domain for domain in domains if registrable(host) == registrable(domain.name)]
    if family:
        # Whoever asks is led to a name that is open, if there is one of the same family.
        nearest = next((domain for domain in family if domain.is_open), family[0])
        return Likeness(nearest.name, UNDER_OURS if nearest.is_open else UNDER_CLOSED)
    for domain in domains:
        why = _name_trick(registrable(shown), domain)
        if why:
            return Likeness(domain.name, why)
    embedded = embeds(host, shown, domains)
    if embedded:
        return Likeness(embedded, "embedded")
    bears = brands.named_in(shown)
    return Likeness(bears, "brand") if bears else None


def embeds(host: str, shown: str, domains: Sequence[Domain]) -> str:
    """The longest host of ours that stands within another name, with dots or hyphens."""
    found = [domain.name for domain in domains if _within(domain.name, (host, skeleton(shown)))]
    return max(found, key=len, default="")


def _within(name: str, texts: tuple[str, ...]) -> bool:
    """Whether a host stands as whole labels in one of the texts, as it is or with hyphens."""
    forms = {name, skeleton(name), name.replace(".", "-"), skeleton(name.replace(".", "-"))}
    marks = [re.compile(rf"(?<![a-z0-9]){re.escape(form)}(?![a-z0-9])") for form in forms]
    return any(mark.search(text) for mark in marks for text in texts)


def _name_trick(asked: tuple[str, str], domain: Domain) -> str:
    """By which trick a registered name looks like that of one of our domains."""
    name, ending = registrable(domain.name)
    one, other = skeleton(asked[0]), skeleton(name)
    if one == other:
        return "ending" if asked[0] == name and asked[1] != ending else "letters"
    most = _differences(other)
    return "typo" if most and distance(one, other, most=most) <= most else ""


def resembles_handle(account: str, handles: Sequence[Handle], brands: Brands) -> Likeness | None:
    """What of ours an account looks like."""
    seen = _bare(account)
    for handle in handles:
        ours = _bare(handle.handle.removeprefix("@").partition("@")[0])
        most = _differences(ours)
        if seen == ours:
            return Likeness(handle.handle, "letters")
        if most and distance(seen, ours, most=1) <= 1:
            return Likeness(handle.handle, "typo")
        if len(ours) >= _STRONG and ours in seen:
            return Likeness(handle.handle, "brand")
    bears = brands.named_in(account)
    return Likeness(bears, "brand") if bears else None


def _bare(account: str) -> str:
    return skeleton("".join(char for char in account if char not in "._-$"))


def _differences(name: str) -> int:
    """How many differences leave a name alike."""
    if len(name) < _SHORTEST:
        return 0
    return 1 if len(name) <= _SHORT else 2


def distance(one: str, other: str, *, most: int) -> int:
    """Letters added, dropped, replaced or swapped with their neighbour; `most + 1` for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
