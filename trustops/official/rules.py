"""What makes a manifest trusted, what prose may name from it, and whether something is ours. Pure.

The checker compares and never opens, resolves or fetches what it is asked about. It knows no word
for safe: what is not in the signed list is unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from trustops.content.chain_names import NO_TITLES
from trustops.content.facts import Fact, FactKind
from trustops.official import wording
from trustops.official.direct import NOTHING_SAID, Means
from trustops.official.judging import Ground, judge
from trustops.official.message import questions
from trustops.official.question import read
from trustops.official.values import (
    Accepted,
    AcceptedBy,
    AcceptedKey,
    DomainKind,
    Judgement,
    Manifest,
    Problem,
    Verdict,
)

_KEY_CHANGED = (
    "The official addresses are withheld: the key of the signed list was replaced on this desk, "
    "and the old key did not announce the new one. Use no address until this desk shows its list "
    "again."
)

SKEW = timedelta(minutes=5)
"""How far the clock of whoever signs may be ahead of ours."""

_SENTENCES = {
    Problem.NO_KEY: "The official addresses are withheld: no key is set to check them with.",
    Problem.KEY_CHANGED: _KEY_CHANGED,
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
    Problem.NO_OPERATOR: (
        "The official addresses are withheld: nobody has taken responsibility for this site yet."
    ),
}


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


def key_accepted_by(
    key_id: str,
    line: str,
    last: AcceptedKey | None,
    *,
    announced: Collection[str],
    on_host: bool,
) -> AcceptedBy | None:
    """What makes a pinned key count; None where nothing does, and everything is withheld.

    Args:
        key_id: its id, as minisign prints it.
        line: the whole key in base64.
        last: the key that was accepted last; None where there was none, so that the first counts.
        announced: the keys that the valid list of the last key announces.
        on_host: whether the key stands in the setting of the host.
    """
    if last is None:
        return AcceptedBy.SETTING if on_host else AcceptedBy.FIRST_USE
    if last.is_the_key(key_id, line):
        return last.by or AcceptedBy.FIRST_USE
    if on_host:
        return AcceptedBy.SETTING
    return AcceptedBy.ANNOUNCED if line in announced else None


def sentence_of(problem: Problem) -> str:
    """What readers are told where nothing official can be shown."""
    return _SENTENCES[problem]


def facts(manifest: Manifest) -> tuple[Fact, ...]:
    """What prose may name: `new_token.base`, `contract.migrator`, `domain.portal`, `handle.x`.

    Of several tokens with one role on a chain each has its symbol in the name, as in
    `old_token.ethereum-agix`; of several contracts with one role, its chain. A host that is closed
    is plain words that say so, and no link can lead there.
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
        if domain.is_open:
            yield Fact(f"domain.{domain.id}", FactKind.DOMAIN, domain.name)
        else:
            words = wording.named_as_closed(domain.name)
            yield Fact(f"domain.{domain.id}", FactKind.TEXT, words)
    for handle in manifest.handles:
        yield Fact(f"handle.{handle.id}", FactKind.HANDLE, handle.handle)


def _slug(symbol: str) -> str:
    return re.sub(r"[^a-z0-9]", "", symbol.lower())


def host_of_desk(base_url: str) -> str:
    """The host that the list has to name as this desk's; empty for one machine alone.

    It is in lower case and in its `xn--` form, as the list has it.
    """
    host = (urlsplit(base_url).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return ""
    try:
        return "" if ip_address(host).is_loopback else host
    except ValueError:
        return read(f"https://{host}").host or host


def names_desk(manifest: Manifest, base_url: str) -> bool:
    """Whether the list names the host of the base URL as this desk's own."""
    own = host_of_desk(base_url)
    return any(domain.name == own for domain in manifest.domains_of(DomainKind.DESK))


_WORST_FIRST = (
    Judgement.KNOWN_BAD,
    Judgement.LOOKALIKE,
    Judgement.CLOSED,
    Judgement.UNCHECKED,
    Judgement.UNKNOWN,
    Judgement.OFFICIAL,
)
"""In which order a reader has to hear of several things."""


def check(
    query: str,
    manifest: Manifest,
    *,
    own_host: str = "",
    means: Means = NOTHING_SAID,
    chains: Mapping[str, str] = NO_TITLES,
) -> Verdict:
    """Whether an address, host name, link or account is ours, by a verified manifest.

    The first that applies: closed, exactly ours, reported as not ours, this desk's own host that
    the list lacks, looks like ours, oddly written, beside ours, unknown. Of a message that holds
    several things, the worst verdict.

    Args:
        query: what somebody typed.
        manifest: the verified list.
        own_host: the host of this desk, from `host_of_desk`; empty where there is none to list.
        means: what the pack says of tokens that are sent to a token's own address.
        chains: the titles of chains by id.
    """
    return check_all(query, manifest, own_host=own_host, means=means, chains=chains)[0]


def check_all(
    text: str,
    manifest: Manifest,
    *,
    own_host: str = "",
    means: Means = NOTHING_SAID,
    chains: Mapping[str, str] = NO_TITLES,
) -> tuple[Verdict, ...]:
    """A verdict on everything that a pasted message holds, the worst first; at least one.

    Args:
        text: what somebody pasted, a single address or many lines.
        manifest: the verified list.
        own_host: as in `check`.
        means: as in `check`.
        chains: as in `check`.
    """
    ground = Ground(manifest, own_host, means, chains)
    found = [
        replace(judge(asked, ground), asked=asked.written or asked.text)
        for asked in questions(text)
    ]
    return tuple(sorted(found, key=_severity))


def _severity(verdict: Verdict) -> tuple[int, bool]:
    """The worst first; among unknown things those of which something odd is known."""
    return _WORST_FIRST.index(verdict.verdict), not verdict.why


def could_not_check(query: str, sentence: str, *, own_host: str = "") -> Verdict:
    """The answer while the manifest cannot be trusted: nothing is judged by it.

    Where somebody asks for the host of this very desk alone, they are told what they can see.
    """
    asked = questions(query)
    said = f"{wording.UNCHECKED} {sentence}"
    if own_host and all(one.host == own_host and not one.user for one in asked):
        said = f"{said} {wording.own_host_alone(own_host)}"
    return Verdict(asked[0].kind, Judgement.UNCHECKED, wording.remarked(said, ()))
