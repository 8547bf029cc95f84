"""What looks like ours and is not: addresses with the same ends, names with other letters. Pure.

Most false sites of real migrations carry the project's name and a word such as claim or migrate;
swapped letters are the smaller part (docs/official.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from trustops.official.accounts import Account, listed
from trustops.official.brands import Brands, is_everyday, is_generic
from trustops.official.hosts import above_ending, registrable
from trustops.official.letters import distance, readings, skeleton
from trustops.official.values import Domain, Handle

_FIRST, _LAST = 3, 4
"""Characters at both ends of an address by which people compare: a theft of fifty million dollars
needed no more."""

_SLIPS = 3
"""Characters in which an address may differ and be taken for a slip of the pen."""

_SHORT, _SHORTEST = 6, 4
"""Names up to the first length are alike with one difference, longer ones with two; below the
second length everything is alike."""

_TOO_SHORT = 3
"""Letters below which a name under another ending is anybody's."""

_HEX = "0x"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of ours something looks like, and by which trick."""

    what: str
    why: str


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


def family_of(host: str, domains: Sequence[Domain]) -> Domain | None:
    """Our host that belongs to the same registered name; an open one, if there is one."""
    family = [domain for domain in domains if registrable(host) == registrable(domain.name)]
    return next((domain for domain in family if domain.is_open), family[0] if family else None)


def resembles_host(
    host: str, shown: str, domains: Sequence[Domain], brands: Brands
) -> Likeness | None:
    """What of ours a host looks like that is not in our list, nor beside one that is."""
    for domain in domains:
        why = _name_trick(registrable(shown), domain)
        if why:
            return Likeness(domain.name, why)
    embedded = embeds(host, shown, domains)
    if embedded:
        return Likeness(embedded, "embedded")
    bears = brands.named_in(above_ending(shown))
    return Likeness(bears, "brand") if bears else None


def embeds(host: str, shown: str, domains: Sequence[Domain]) -> str:
    """The longest host of ours that stands within another name, with dots or hyphens."""
    texts = (host, *(skeleton(one) for one in readings(shown)))
    found = [name for name, mark in _marks(tuple(domains)) if any(map(mark.search, texts))]
    return max(found, key=len, default="")


@lru_cache(maxsize=8)
def _marks(domains: tuple[Domain, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A pattern for each host: as whole labels, as it is or with hyphens."""
    found = []
    for name in (domain.name for domain in domains):
        hyphens = name.replace(".", "-")
        forms = "|".join(map(re.escape, {name, skeleton(name), hyphens, skeleton(hyphens)}))
        found.append((name, re.compile(rf"(?<![a-z0-9])(?:{forms})(?![a-z0-9])")))
    return tuple(found)


def _name_trick(asked: tuple[str, str], domain: Domain) -> str:
    """By which trick a registered name looks like that of one of our domains."""
    name, ending = registrable(domain.name)
    ours = skeleton(name)
    if asked[0] == name:
        return "ending" if asked[1] != ending and len(name) >= _TOO_SHORT else ""
    seen = [skeleton(one) for one in readings(asked[0])]
    if ours in seen:
        return "letters"
    same_place = asked[1] == ending
    return (
        "typo" if any(_is_slip(one, ours, asked[0], same_place=same_place) for one in seen) else ""
    )


def _is_slip(seen: str, ours: str, word: str, *, same_place: bool) -> bool:
    """Whether a name differs from ours in a letter or two, and is no word of its own."""
    most = _differences(ours)
    if not most or is_everyday(word) or distance(seen, ours, most=most) > most:
        return False
    return most > 1 or same_place or seen[:1] == ours[:1]


def resembles_handle(asked: Account, handles: Sequence[Handle], brands: Brands) -> Likeness | None:
    """What of ours an account looks like; one that looks like our name on another network, too."""
    name, _, server = asked.name.partition("@")
    for handle in handles:
        ours = listed(handle.network, handle.handle)
        plain, _, home = ours.name.partition("@")
        if is_generic(plain) and server != home:
            continue
        if name == plain:
            if (asked.network, server) != (ours.network, home):
                return Likeness(handle.handle, "network")
            continue
        why = _handle_trick(name, plain)
        if why:
            return Likeness(handle.handle, why)
    bears = brands.named_in(name)
    return Likeness(_handle_of(bears, handles), "brand") if bears else None


def _handle_trick(name: str, ours: str) -> str:
    """By which trick the name of an account looks like that of one of ours."""
    wanted = _bare(ours)
    seen = {_bare(one) for one in readings(name)}
    if wanted in seen:
        return "letters"
    near = _differences(wanted) and any(distance(one, wanted, most=1) <= 1 for one in seen)
    return "typo" if near and not is_everyday(name) else ""


def _handle_of(brand: str, handles: Sequence[Handle]) -> str:
    """Our account of that very name, which a reader knows; else the name."""
    return next((item.handle for item in handles if _bare(item.handle) == skeleton(brand)), brand)


def _bare(account: str) -> str:
    return skeleton("".join(char for char in account if char not in "@._-$"))


def _differences(name: str) -> int:
    """How many differences leave a name alike."""
    if len(name) < _SHORTEST:
        return 0
    return 1 if len(name) <= _SHORT else 2
