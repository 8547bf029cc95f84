"""What makes a manifest trusted, what prose may name from it, and whether something is ours. Pure.

The checker compares and never opens, resolves or fetches what it is asked about. It knows no word
for safe: what is not in the signed list is unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from trustops.content.facts import Fact, FactKind
from trustops.official import wording
from trustops.official.question import Question, is_evm, read
from trustops.official.resemblance import (
    UNDER_OURS,
    Brands,
    Likeness,
    embeds,
    resembles_address,
    resembles_handle,
    resembles_host,
)
from trustops.official.values import (
    Accepted,
    Asked,
    Contract,
    Judgement,
    KnownBad,
    Manifest,
    Problem,
    Token,
    Verdict,
)

SKEW = timedelta(minutes=5)
"""How far the clock of whoever signs may be ahead of ours."""

_SENTENCES = {
    Problem.NO_KEY: "The official addresses are withheld: no key is set to check them with.",
    Problem.MISSING: "The official addresses are withheld: the signed list is not there.",
    Problem.BAD_SIGNATURE: (
        "The official addresses are withheld: the signature of the list does not hold."
    ),
    Problem.MALFORMED: "The official addresses are withheld: the signed list cannot be read.",
    Problem.EXPIRED: "The official addresses are withheld: the signed list is past its last day.",
    Problem.NOT_YET: "The official addresses are withheld: the signed list is dated in the future.",
    Problem.ROLLED_BACK: (
        "The official addresses are withheld: an older list stands in the place of a newer one."
    ),
}

_PROFILES = {
    "x": ("x.com", "twitter.com"),
    "telegram": ("t.me",),
    "github": ("github.com",),
    "farcaster": ("farcaster.xyz", "warpcast.com"),
    "bluesky": ("bsky.app/profile",),
}
"""Where the profile of an account is found, by the network's name in the manifest."""


def problem_at(manifest: Manifest, sha256: str, now: datetime, highest: Accepted) -> Problem | None:
    """Why a manifest whose signature holds is not trusted at a moment; None where it is.

    Args:
        manifest: what it says.
        sha256: of its bytes, in hexadecimal.
        now: an aware instant.
        highest: what was accepted last under the same key.
    """
    if manifest.issued_at > now + SKEW:
        return Problem.NOT_YET
    if now >= manifest.expires_at:
        return Problem.EXPIRED
    other_bytes = manifest.version == highest.version and sha256 != highest.sha256
    if manifest.version < highest.version or other_bytes:
        return Problem.ROLLED_BACK
    return None


def sentence_of(problem: Problem) -> str:
    """What readers are told where nothing official can be shown."""
    return _SENTENCES[problem]


def facts(manifest: Manifest) -> tuple[Fact, ...]:
    """What prose may name: `new_token.base`, `contract.migrator`, `domain.portal`, `handle.x`.

    Of several tokens with one role on a chain each has its symbol in the name, as in
    `old_token.ethereum-agix`; of several contracts with one role, its chain.
    """
    return (*_address_facts(manifest), *_name_facts(manifest))


def _address_facts(manifest: Manifest) -> Iterator[Fact]:
    alike = Counter((token.role, token.chain) for token in manifest.tokens)
    for token in manifest.tokens:
        name = f"{token.role}_token.{token.chain}"
        if alike[token.role, token.chain] > 1:
            name += f"-{_slug(token.symbol)}"
        yield Fact(name, FactKind.ADDRESS, token.address, chain=token.chain)
    roles = Counter(contract.role for contract in manifest.contracts)
    for contract in manifest.contracts:
        name = f"contract.{contract.role}"
        if roles[contract.role] > 1:
            name += f"-{contract.chain}"
        yield Fact(name, FactKind.ADDRESS, contract.address, chain=contract.chain)


def _name_facts(manifest: Manifest) -> Iterator[Fact]:
    for domain in manifest.domains:
        yield Fact(f"domain.{domain.id}", FactKind.DOMAIN, domain.name)
    for handle in manifest.handles:
        yield Fact(f"handle.{handle.id}", FactKind.HANDLE, handle.handle)


def _slug(symbol: str) -> str:
    return re.sub(r"[^a-z0-9]", "", symbol.lower())


def check(query: str, manifest: Manifest) -> Verdict:
    """Whether an address, host name, link or account is ours, by a verified manifest.

    The first that applies: exactly ours, reported as not ours, looks like ours, unknown.
    """
    asked = read(query)
    if asked.kind is Asked.UNKNOWN_SHAPE:
        return Verdict(asked.kind, Judgement.UNKNOWN, wording.NO_SHAPE, why="no-shape")
    if asked.unreadable:
        return Verdict(asked.kind, Judgement.UNKNOWN, wording.UNREADABLE, why="unreadable")
    if asked.kind is Asked.ADDRESS:
        return _check_address(asked, manifest)
    return _official_name(asked, manifest) or _other_name(asked, manifest)


def could_not_check(query: str, sentence: str) -> Verdict:
    """The answer while the manifest cannot be trusted: nothing is judged by it."""
    return Verdict(read(query).kind, Judgement.UNCHECKED, f"{wording.UNCHECKED} {sentence}")


def _check_address(asked: Question, manifest: Manifest) -> Verdict:
    things: tuple[Token | Contract, ...] = (*manifest.tokens, *manifest.contracts)
    ours = [(item, wording.thing(item)) for item in things]
    same = [(item, what) for item, what in ours if _same_address(asked.text, item.address)]
    if same:
        what = " and ".join(what for _, what in same)
        of_token = any(isinstance(item, Token) for item, _ in same)
        return Verdict(
            asked.kind,
            Judgement.OFFICIAL,
            wording.official_address(what, of_token=of_token),
            what,
            "exact",
        )
    bad = _reported(asked, manifest)
    if bad:
        return _bad(asked, bad)
    for item, what in ours:
        why = resembles_address(asked.text, item.address)
        if why:
            sentence = wording.alike_address(what, why)
            return Verdict(asked.kind, Judgement.LOOKALIKE, sentence, what, why)
    return Verdict(asked.kind, Judgement.UNKNOWN, wording.unknown(asked.kind))


def _same_address(asked: str, ours: str) -> bool:
    """Equal as bytes: EVM addresses in any case, base58 to the letter."""
    return asked.lower() == ours.lower() if is_evm(ours) else asked == ours


def _official_name(asked: Question, manifest: Manifest) -> Verdict | None:
    """Exactly ours: the host, with nothing before it that hides another; or the account."""
    for domain in manifest.domains:
        if asked.host == domain.name and not asked.user:
            if asked.port:
                sentence = wording.other_port(domain.name)
                return Verdict(asked.kind, Judgement.UNKNOWN, sentence, domain.name, "port")
            sentence = wording.official_host(domain.name)
            return Verdict(asked.kind, Judgement.OFFICIAL, sentence, domain.name, "exact")
    for handle in manifest.handles:
        plain = handle.handle.removeprefix("@").lower()
        by_name = asked.kind is not Asked.LINK and asked.account == plain
        if by_name or asked.profile in _profiles(handle.network, plain):
            what = f"{handle.handle} on {handle.network}"
            sentence = wording.official_handle(what)
            return Verdict(asked.kind, Judgement.OFFICIAL, sentence, what, "exact")
    return None


def _profiles(network: str, plain: str) -> set[str]:
    """The addresses, without scheme and in lower case, at which an account is seen."""
    found = {f"{place}/{plain}" for place in _PROFILES.get(network, ())}
    name, at, server = plain.partition("@")
    return {f"{server}/@{name}"} if at else found


def _other_name(asked: Question, manifest: Manifest) -> Verdict:
    """A name that is not ours: reported, alike, under ours, or unknown."""
    bad = _reported(asked, manifest)
    if bad:
        return _bad(asked, bad)
    found = _likeness(asked, manifest)
    if found is None:
        return Verdict(asked.kind, Judgement.UNKNOWN, wording.unknown(asked.kind))
    if found.why == UNDER_OURS:
        sentence = wording.under_ours(asked.host, found.what)
        return Verdict(asked.kind, Judgement.UNKNOWN, sentence, found.what, found.why)
    sentence = wording.alike_name(asked.host or asked.account, found.what, found.why)
    return Verdict(asked.kind, Judgement.LOOKALIKE, sentence, found.what, found.why)


def _likeness(asked: Question, manifest: Manifest) -> Likeness | None:
    """What of ours a name looks like: what stands before an @, the host, or the account."""
    if any(asked.host == domain.name for domain in manifest.domains):
        return None
    brands = Brands.of(manifest)
    shown = embeds(asked.user, asked.user_shown, manifest.domains) or brands.named_in(
        asked.user_shown
    )
    if shown:
        return Likeness(shown, "userinfo")
    found = None
    if asked.host:
        found = resembles_host(asked.host, asked.shown, manifest.domains, brands)
    if asked.kind is Asked.HANDLE and found is None:
        found = resembles_handle(asked.account, manifest.handles, brands)
    return found


def _reported(asked: Question, manifest: Manifest) -> KnownBad | None:
    """What was reported as not ours: the thing itself, or a host that it lies under."""
    return next((item for item in manifest.known_bad if _is_reported(asked, item)), None)


def _is_reported(asked: Question, bad: KnownBad) -> bool:
    if bad.kind == "address":
        return asked.kind is Asked.ADDRESS and _same_address(asked.text, bad.value)
    if bad.kind == "domain":
        host = bad.value.lower()
        return asked.host == host or asked.host.endswith(f".{host}")
    return asked.account == bad.value.removeprefix("@").lower()


def _bad(asked: Question, bad: KnownBad) -> Verdict:
    sentence = wording.reported(bad.note, bad.grade)
    return Verdict(asked.kind, Judgement.KNOWN_BAD, sentence, bad.note, "reported")
