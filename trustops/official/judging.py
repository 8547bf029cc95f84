"""Whether an address, a host name or an account is ours, closed, reported, alike or unknown. Pure.

The first that applies counts: what is closed is never called ours, however it is written.
"""

from __future__ import annotations

from trustops.official import wording
from trustops.official.direct import NOTHING_SAID, Means, sentence_on
from trustops.official.question import Question, is_evm
from trustops.official.resemblance import (
    UNDER_CLOSED,
    UNDER_OURS,
    Brands,
    Likeness,
    embeds,
    resembles_address,
    resembles_handle,
    resembles_host,
)
from trustops.official.values import (
    Asked,
    Contract,
    Domain,
    Judgement,
    KnownBad,
    Manifest,
    Token,
    Verdict,
)

_PROFILES = {
    "x": ("x.com", "twitter.com"),
    "telegram": ("t.me",),
    "github": ("github.com",),
    "farcaster": ("farcaster.xyz", "warpcast.com"),
    "bluesky": ("bsky.app/profile",),
}
"""Where the profile of an account is found, by the network's name in the manifest."""


def judge_address(asked: Question, manifest: Manifest, means: Means = NOTHING_SAID) -> Verdict:
    """The verdict on an address; `means` is what becomes of tokens that are sent to a token."""
    things: tuple[Token | Contract, ...] = (*manifest.tokens, *manifest.contracts)
    ours = [(item, wording.thing(item)) for item in things]
    same = [(item, what) for item, what in ours if _same_address(asked.text, item.address)]
    if same:
        what = " and ".join(what for _, what in same)
        tokens = [item for item, _ in same if isinstance(item, Token)]
        sentence = wording.official_address(what, sentence_on(tokens, means) if tokens else "")
        return Verdict(asked.kind, Judgement.OFFICIAL, sentence, what, "exact")
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


def judge_name(asked: Question, manifest: Manifest, own_host: str) -> Verdict:
    """The verdict on a host name, a link or an account."""
    return (
        _closed_name(asked, manifest)
        or _official_name(asked, manifest)
        or _other_name(asked, manifest, own_host)
    )


def _closed_name(asked: Question, manifest: Manifest) -> Verdict | None:
    """A host that is closed, or one under it that is not in the list by itself."""
    if any(domain.is_open and domain.name == asked.host for domain in manifest.domains):
        return None
    for domain in manifest.domains:
        if domain.is_open or not _is_or_lies_under(asked.host, domain.name):
            continue
        why = "closed" if asked.host == domain.name else UNDER_CLOSED
        sentence = wording.closed_host(asked.host, domain.name)
        return Verdict(asked.kind, Judgement.CLOSED, sentence, domain.name, why)
    return None


def _is_or_lies_under(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")


def _official_name(asked: Question, manifest: Manifest) -> Verdict | None:
    """Exactly ours: the host, with nothing before it that hides another; or the account."""
    for domain in manifest.domains:
        if asked.host == domain.name and not asked.user:
            return _official_host(asked, domain)
    for handle in manifest.handles:
        plain = handle.handle.removeprefix("@").lower()
        by_name = asked.kind is not Asked.LINK and asked.account == plain
        if by_name or asked.profile in _profiles(handle.network, plain):
            what = f"{handle.handle} on {handle.network}"
            sentence = wording.official_handle(what)
            return Verdict(asked.kind, Judgement.OFFICIAL, sentence, what, "exact")
    return None


def _official_host(asked: Question, domain: Domain) -> Verdict:
    """A host of the list, which names no port."""
    if asked.port:
        sentence = wording.other_port(domain.name)
        return Verdict(asked.kind, Judgement.UNKNOWN, sentence, domain.name, "port")
    sentence = wording.official_host(domain)
    return Verdict(asked.kind, Judgement.OFFICIAL, sentence, domain.name, "exact")


def _profiles(network: str, plain: str) -> set[str]:
    """The addresses, without scheme and in lower case, at which an account is seen."""
    found = {f"{place}/{plain}" for place in _PROFILES.get(network, ())}
    name, at, server = plain.partition("@")
    return {f"{server}/@{name}"} if at else found


def _other_name(asked: Question, manifest: Manifest, own_host: str) -> Verdict:
    """A name that is not ours: reported, our own but missing, alike, under ours, or unknown."""
    bad = _reported(asked, manifest)
    if bad:
        return _bad(asked, bad)
    found = _likeness(asked, manifest)
    hides_another = found is not None and found.why == "userinfo"
    leads_here = bool(own_host) and asked.host == own_host and asked.kind is not Asked.HANDLE
    if leads_here and not hides_another:
        sentence = wording.own_host_missing(own_host)
        return Verdict(asked.kind, Judgement.UNKNOWN, sentence, own_host, "own-host-missing")
    if found is None:
        return Verdict(asked.kind, Judgement.UNKNOWN, wording.unknown(asked.kind))
    if found.why in {UNDER_OURS, UNDER_CLOSED}:
        under = wording.under_ours if found.why == UNDER_OURS else wording.beside_closed
        sentence = under(asked.host, found.what)
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
        return _is_or_lies_under(asked.host, bad.value.lower())
    return asked.account == bad.value.removeprefix("@").lower()


def _bad(asked: Question, bad: KnownBad) -> Verdict:
    sentence = wording.reported(bad.note, bad.grade)
    return Verdict(asked.kind, Judgement.KNOWN_BAD, sentence, bad.note, "reported")
