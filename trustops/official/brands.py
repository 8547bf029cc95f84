"""The names by which we are known, and whether another name bears one of them. Pure.

A name that is no word of everyday life counts wherever it stands. A short one, a symbol, or one
that is a word (sky, mantra, polygon) counts as a part of its own beside a word such as claim: as a
mere piece of another word (police, skyscanner, polygonal) it accuses nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import mnemonic

from trustops.official.accounts import listed
from trustops.official.hosts import registrable
from trustops.official.letters import distance, readings, skeleton, skeletons, words
from trustops.official.values import Manifest

_STRONG = 5
"""Letters of a name that is no word, from which it counts wherever it stands."""

_WHOLE = 4
"""Letters from which a name counts where it is a whole part between dots."""

_SHORTEST = 2
_LONGEST = 300
_NEAR = 7
"""Letters from which a part that differs in one letter counts, beside a telling word."""

_TELLING = (
    "migrate migration migrations migrator migrating claim claims claiming claimer swap swaps "
    "swapping upgrade upgrades upgrading airdrop airdrops drop revoke verify verified verification "
    "support supports helpdesk restore validate validation validator validate wallet wallets "
    "redeem redemption reward rewards recover recovery recovered official refund refunds token "
    "tokens portal bonus giveaway presale stake staking snapshot eligibility eligible convert "
    "converter conversion unlock genesis allocation compensation"
)
"""Words that false sites put beside a name, also without a hyphen between."""

_TELLING_APART = (
    "connect bridge help desk team admin service services sync synchronize exchange check checker "
    "update registration register login app dapp customer care center"
)
"""The same where a hyphen, a dot or a line parts them from the name."""

_BETWEEN = "my the get to new app io xyz coin dao defi web3 eth v2 now online web site net bot"
"""Words that may stand between a name and a telling one."""

_EVERYDAY = words("""
    able aver area asks avenge have gave save cave pave nave wave rave lave have haven sky skye
    skip sly spy sonic tonic conic sonics mantra mantras tantra manta mantis polygon polygons pol
    pole poll polo poly police policy polish render renders lender vendor tender fetch fetched
    fetches ocean oceans vault vaults fault near maker makers cosmos harmony compound orbit
    stellar solar solana lunar terra flow flower stacks stack radix helium origin origins matrix
    matic static lend lends blend trend send end bend fantom phantom avalanche optimism graph
    curve sushi balance balancer sand render gala chain link links core theta iris icon band audio
    basic storm nano horizon neutron osmosis secret oasis moon bonfire eliza liza elisa support
    help official news desk info team admin hello contact community discord announcements
    foundation network protocol finance labs token coin project migration technology world
""")
_GENERIC = words("""
    support help desk helpdesk news info admin official team hello contact community discord
    announcements announcement updates update security status post mail office press team token
    tokens migration network foundation protocol finance labs project the and for from with into
""")
"""Names of accounts, and words of a project's name, by which nobody is known."""

_WORD = re.compile(r"\w+")
_CHUNK = re.compile(r"[^\W_]+")


@cache
def _dictionary() -> frozenset[str]:
    """Words of everyday life: those above, and a list of two thousand that a library brings."""
    return _EVERYDAY | frozenset(mnemonic.Mnemonic("english").wordlist)


def is_everyday(word: str) -> bool:
    """Whether a name is a word that many use."""
    return word.lower() in _dictionary()


def is_generic(name: str) -> bool:
    """Whether a name says what somebody does rather than who it is."""
    return name.lower() in _GENERIC


@dataclass(frozen=True, slots=True)
class Brand:
    """One name of ours: as a reader sees it, as it is written, and whether it counts anywhere."""

    mark: str
    name: str
    anywhere: bool


@dataclass(frozen=True, slots=True)
class Brands:
    """All names by which we are known; those that count anywhere come first, then the longest."""

    items: tuple[Brand, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """The names as a reader sees them; another of ours may stand beside one of ours."""
        return tuple(brand.mark for brand in self.items if len(brand.mark) > _SHORTEST)

    @classmethod
    def of(cls, manifest: Manifest) -> Brands:
        """From our domains, accounts and tokens, and the words of the project's name."""
        return _brands(manifest)

    def named_in(self, text: str) -> str:
        """The name of ours that a text bears, or nothing."""
        return next((name for one in readings(text) if (name := self._named_in(one))), "")

    def _named_in(self, text: str) -> str:
        labels = [_CHUNK.findall(label) for label in re.split(r"[.@]", text[:_LONGEST].lower())]
        parts = [[skeleton(chunk) for chunk in label] for label in labels]
        whole = "".join(chunk for label in parts for chunk in label)
        for brand in self.items:
            if brand.anywhere and brand.mark in whole:
                return brand.name
        return next((one.name for one in self.items if _bears(parts, one, self.marks)), "")


@lru_cache(maxsize=8)
def _brands(manifest: Manifest) -> Brands:
    found: dict[str, Brand] = {}
    for name, least in _names(manifest):
        mark = skeleton("".join(_CHUNK.findall(name)))
        if len(mark) < _SHORTEST or is_generic(name):
            continue
        anywhere = len(mark) >= least and not is_everyday(name)
        if mark not in found or (anywhere and not found[mark].anywhere):
            found[mark] = Brand(mark, name, anywhere)
    return Brands(tuple(sorted(found.values(), key=lambda item: (-len(item.mark), item.name))))


def _names(manifest: Manifest) -> Iterator[tuple[str, int]]:
    """Every name of ours, with the letters from which it counts wherever it stands."""
    for domain in manifest.domains:
        yield registrable(domain.name)[0], _STRONG
    for handle in manifest.handles:
        yield listed(handle.network, handle.handle).name.partition("@")[0], _NEAR
    for word in _WORD.findall(manifest.project):
        if len(word) >= _WHOLE:
            yield word, _NEAR
    for token in manifest.tokens:
        yield token.symbol, _NEAR


def _bears(parts: list[list[str]], brand: Brand, marks: tuple[str, ...]) -> bool:
    """Whether a name bears one of ours as a part of its own."""
    glued = _glued(brand.mark, marks)
    elsewhere = [_tells(label) for label in parts]
    for place, label in enumerate(parts):
        if len(brand.mark) > _SHORTEST and any(glued.fullmatch(chunk) for chunk in label):
            return True
        if brand.mark in label:
            others = [told for at, told in enumerate(elsewhere) if at != place]
            alone = len(label) == 1
            if elsewhere[place] or (alone and (any(others) or _counts_alone(brand))):
                return True
        if _is_near(label, brand.mark) and any(elsewhere):
            return True
    return False


def _counts_alone(brand: Brand) -> bool:
    """Whether a whole part of a name that is the brand and nothing else is enough."""
    return len(brand.mark) >= _WHOLE and not is_everyday(brand.name)


def _tells(label: Iterable[str]) -> bool:
    """Whether one of the parts of a label is a telling word, or made of such words."""
    return any(_telling().fullmatch(chunk) for chunk in label)


def _is_near(label: Iterable[str], mark: str) -> bool:
    """Whether a part of a name is a long name of ours but for one letter."""
    return len(mark) >= _NEAR and any(distance(chunk, mark, most=1) == 1 for chunk in label)


def _any_of(*listed: str) -> str:
    return "|".join(map(re.escape, skeletons(" ".join(listed))))


@cache
def _telling() -> re.Pattern[str]:
    telling = _any_of(_TELLING, _TELLING_APART)
    return re.compile(f"(?:{telling}|{_any_of(_BETWEEN)})*(?:{telling})\\w?")


@lru_cache(maxsize=256)
def _glued(mark: str, marks: tuple[str, ...]) -> re.Pattern[str]:
    """A name of ours with telling words on one side or both, and nothing else."""
    telling, between, ours = _any_of(_TELLING), _any_of(_BETWEEN, *marks), re.escape(mark)
    filler = f"(?:{between}){{0,2}}"
    before, after = f"{filler}(?:(?:{telling}){filler})", f"(?:{filler}(?:{telling})){filler}"
    return re.compile(f"(?:{before}+{ours}{filler}|{filler}{ours}{after}+|{before}+{ours}{after}+)")
