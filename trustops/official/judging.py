"""Whether an address, a host name or an account is ours, closed, reported, alike or unknown. Pure.

The first that applies counts: what is closed is never called ours, however it is written, and a
trick is told before it is said that a name belongs to the same one as ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from trustops.content.chain_names import NO_TITLES
from trustops.official import wording
from trustops.official.accounts import Account, listed, network_shown
from trustops.official.brands import Brands
from trustops.official.direct import NOTHING_SAID, Means, sentence_on
from trustops.official.hosts import is_or_lies_under
from trustops.official.question import Question
from trustops.official.reported import reported, same_address
from trustops.official.resemblance import (
    Likeness,
    embeds,
    family_of,
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
from trustops.official.wellknown import public_kind

UNDER_OURS = "under-ours"
"""Why a host that nobody listed, under a name of ours, is unknown."""

UNDER_CLOSED = "under-closed"
"""The same where every name of ours there is closed."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What verdicts rest on: the verified list, this desk's own host, what the pack says.

    `chains` are the titles of chains by id.
    """

    manifest: Manifest
    own_host: str = ""
    means: Means = field(default_factory=lambda: NOTHING_SAID)
    chains: Mapping[str, str] = field(default_factory=lambda: NO_TITLES)


def judge(asked: Question, ground: Ground) -> Verdict:
    """The verdict on one thing, with what has to be said beside it."""
    if asked.kind is Asked.UNKNOWN_SHAPE:
        sentence = wording.NO_SHAPE if asked.text else wording.TOO_LONG
        verdict = Verdict(asked.kind, Judgement.UNKNOWN, sentence, why="no-shape")
    elif asked.kind is Asked.TRANSACTION:
        verdict = Verdict(asked.kind, Judgement.UNKNOWN, wording.TRANSACTION, why="transaction")
    elif asked.kind is Asked.ADDRESS:
        verdict = _on_address(asked, ground)
    else:
        verdict = _on_name(asked, ground)
    remarks = _remarks(asked, verdict, ground.manifest)
    return replace(verdict, sentence=wording.remarked(verdict.sentence, remarks))


def _remarks(asked: Question, verdict: Verdict, manifest: Manifest) -> list[str]:
    """What is said beside a verdict, in the order in which it matters."""
    found = []
    if asked.kind is Asked.ADDRESS and verdict.verdict is Judgement.OFFICIAL:
        all_of_ours: tuple[Token | Contract, ...] = (*manifest.tokens, *manifest.contracts)
        things = [item for item in all_of_ours if same_address(asked.text, item.address)]
        if any(isinstance(item, Token) and item.role == "old" for item in things):
            found.append("old-token")
        if asked.chain and asked.chain not in {item.chain for item in things}:
            found.append("other-chain")
    said = {"checksum", "amount", "invisible"} - {verdict.why}
    return [*found, *(item for item in asked.remarks if item in said)]


def _on_address(asked: Question, ground: Ground) -> Verdict:
    """The verdict on an address, or on a request that names one."""
    manifest = ground.manifest
    bad = reported(asked, manifest)
    if asked.trouble:
        return _bad(asked, bad) if bad else _odd(asked, asked.trouble)
    things: tuple[Token | Contract, ...] = (*manifest.tokens, *manifest.contracts)
    ours = [(item, wording.thing(item, ground.chains)) for item in things]
    same = [(item, what) for item, what in ours if same_address(asked.text, item.address)]
    if same:
        what = " and ".join(what for _, what in same)
        tokens = [item for item, _ in same if isinstance(item, Token)]
        on_sending = sentence_on(tokens, ground.means) if tokens else ""
        sentence = wording.official_address(what, on_sending)
        return Verdict(asked.kind, Judgement.OFFICIAL, sentence, what, "exact")
    if bad:
        return _bad(asked, bad)
    for item, what in ours:
        why = resembles_address(asked.text, item.address)
        if why:
            sentence = wording.alike_address(what, why)
            return Verdict(asked.kind, Judgement.LOOKALIKE, sentence, what, why)
    return Verdict(asked.kind, Judgement.UNKNOWN, wording.unknown(asked.kind))


def _on_name(asked: Question, ground: Ground) -> Verdict:
    """The verdict on a host name, a link or an account."""
    return (
        _closed_name(asked, ground.manifest)
        or _official_name(asked, ground.manifest)
        or _other_name(asked, ground)
    )


def _closed_name(asked: Question, manifest: Manifest) -> Verdict | None:
    """A host that is closed, or one under it that is not in the list by itself."""
    if any(domain.is_open and domain.name == asked.host for domain in manifest.domains):
        return None
    for domain in manifest.domains:
        if domain.is_open or not is_or_lies_under(asked.host, domain.name):
            continue
        why = "closed" if asked.host == domain.name else UNDER_CLOSED
        sentence = wording.closed_host(asked.host, domain.name)
        return Verdict(asked.kind, Judgement.CLOSED, sentence, domain.name, why)
    return None


def _official_name(asked: Question, manifest: Manifest) -> Verdict | None:
    """Exactly ours: the host, with nothing before it that hides another; or the account."""
    for domain in manifest.domains:
        if asked.host == domain.name and not asked.user and not asked.network:
            return _official_host(asked, domain)
    for handle in manifest.handles:
        ours = listed(handle.network, handle.handle)
        names_network = asked.kind is Asked.LINK or bool(asked.network)
        elsewhere = names_network and asked.network != ours.network
        if not asked.account or asked.account != ours.name or elsewhere or asked.trouble:
            continue
        if asked.kind is Asked.LINK and (asked.user or asked.port):
            continue
        what = f"{handle.handle} on {network_shown(handle.network)}"
        if asked.by_anybody:
            sentence = wording.post_of_official(what)
            return Verdict(asked.kind, Judgement.OFFICIAL, sentence, what, "post")
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


def _other_name(asked: Question, ground: Ground) -> Verdict:
    """A name that is not ours: reported, a trick, our own but missing, beside ours, or unknown."""
    bad = reported(asked, ground.manifest)
    if bad:
        return _bad(asked, bad)
    if asked.kind is Asked.HANDLE and _is_symbol(asked, ground.manifest):
        sentence = wording.symbol(asked.written)
        return Verdict(asked.kind, Judgement.UNKNOWN, sentence, why="symbol")
    alike = _likeness(asked, ground.manifest)
    leads_here = bool(ground.own_host) and asked.host == ground.own_host
    hides_another = alike is not None and alike.why == "userinfo"
    if leads_here and asked.kind is not Asked.HANDLE and not hides_another:
        sentence = wording.own_host_missing(ground.own_host)
        return Verdict(asked.kind, Judgement.UNKNOWN, sentence, ground.own_host, "own-host-missing")
    if alike:
        sentence = wording.alike_name(asked.host or asked.account, alike.what, alike.why)
        return Verdict(asked.kind, Judgement.LOOKALIKE, sentence, alike.what, alike.why)
    oddity = _oddity(asked)
    if oddity:
        return _odd(asked, oddity)
    behind = _shown_behind(asked, ground.manifest)
    return behind or _beside_ours(asked, ground.manifest) or _nothing_known(asked)


def _shown_behind(asked: Question, manifest: Manifest) -> Verdict | None:
    """A link that shows a host of ours behind its own, where it means nothing."""
    if asked.network or not asked.behind or _is_anybodys(asked, manifest):
        return None
    behind = unquote(asked.behind).lower()
    shown = embeds(behind, behind, manifest.domains)
    if not shown:
        return None
    sentence = wording.shown_behind(asked.host, shown)
    return Verdict(asked.kind, Judgement.UNKNOWN, sentence, shown, "behind")


def _is_symbol(asked: Question, manifest: Manifest) -> bool:
    """Whether somebody asks about nothing but the symbol of a token of ours."""
    bare = asked.written.removeprefix("$").lower()
    return not (asked.host or asked.network) and bare in {
        token.symbol.lower() for token in manifest.tokens
    }


def _oddity(asked: Question) -> str:
    """What is odd about the way a link is written; empty where nothing is."""
    if asked.trouble:
        return asked.trouble
    if asked.kind is Asked.HANDLE:
        return next((item for item in asked.remarks if item != "invisible"), "")
    if asked.user:
        return "before-at"
    if "mixed-scripts" in asked.remarks or "punycode" in asked.remarks:
        return "mixed-scripts" if "mixed-scripts" in asked.remarks else "punycode"
    if "invisible" in asked.remarks:
        return "invisible"
    return "port" if asked.port else ""


def _odd(asked: Question, why: str) -> Verdict:
    name = asked.shown or asked.account or asked.text
    return Verdict(asked.kind, Judgement.UNKNOWN, wording.odd(why, name), why=why)


def _beside_ours(asked: Question, manifest: Manifest) -> Verdict | None:
    """A host under a name of ours that nobody listed; an account or mail address at one."""
    nearest = family_of(asked.host, manifest.domains) if asked.host else None
    at_server = asked.network == "mastodon" or asked.kind is Asked.HANDLE
    servers = {
        listed(item.network, item.handle).name.partition("@")[2] for item in manifest.handles
    }
    if asked.host and at_server and (nearest or asked.host in servers):
        sentence = wording.on_our_server(f"@{asked.account}" if asked.network else asked.written)
        what = nearest.name if nearest else asked.host
        return Verdict(asked.kind, Judgement.UNKNOWN, sentence, what, UNDER_OURS)
    if nearest is None:
        return None
    why, under = (
        (UNDER_OURS, wording.under_ours)
        if nearest.is_open
        else (UNDER_CLOSED, wording.beside_closed)
    )
    sentence = under(asked.host, nearest.name)
    return Verdict(asked.kind, Judgement.UNKNOWN, sentence, nearest.name, why)


def _nothing_known(asked: Question) -> Verdict:
    kind = public_kind(asked.host) if asked.host and asked.kind is not Asked.HANDLE else ""
    if kind and not asked.network:
        sentence = wording.public(kind, asked.host)
        return Verdict(asked.kind, Judgement.UNKNOWN, sentence, why=kind)
    return Verdict(asked.kind, Judgement.UNKNOWN, wording.unknown(asked.kind))


def _likeness(asked: Question, manifest: Manifest) -> Likeness | None:
    """What of ours a name looks like: what stands before an @, the host, or the account."""
    if any(asked.host == domain.name for domain in manifest.domains):
        return None
    brands = Brands.of(manifest)
    named = asked.account and (asked.network or (asked.kind is Asked.HANDLE and not asked.trouble))
    account = resembles_handle(_account_of(asked), manifest.handles, brands) if named else None
    by_letters = account is not None and account.why in {"letters", "typo"}
    if by_letters or not asked.host or asked.network:
        return account
    shown = embeds(asked.user, asked.user_shown, manifest.domains) or brands.named_in(
        asked.user_shown
    )
    if shown:
        return Likeness(shown, "userinfo")
    if asked.host and not asked.trouble and not _is_anybodys(asked, manifest):
        return resembles_host(asked.host, asked.shown, manifest.domains, brands) or account
    return account


def _account_of(asked: Question) -> Account:
    at_server = asked.network or ("mastodon" if "@" in asked.account else "")
    return Account(at_server, asked.account)


def _is_anybodys(asked: Question, manifest: Manifest) -> bool:
    """Whether a host is beside one of ours, or a public site, so that it imitates nobody."""
    return bool(family_of(asked.host, manifest.domains) or public_kind(asked.host))


def _bad(asked: Question, bad: KnownBad) -> Verdict:
    sentence = wording.reported(bad.note, bad.grade)
    return Verdict(asked.kind, Judgement.KNOWN_BAD, sentence, bad.note, "reported")
