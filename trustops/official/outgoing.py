"""What outgoing words may name of what is official; a withheld manifest allows nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from trustops.guard.outgoing import Allowed
from trustops.official.values import Manifest


def allowed_by(
    manifest: Manifest | None,
    *,
    own_host: str,
    own: Iterable[str | None] = (),
    facts: Iterable[str] = (),
) -> Allowed:
    """What words to one holder may name: the manifest, this desk, the holder's own.

    `own` are the wallet and the transaction of the ticket; what is missing may be None. `facts` are
    what promises may rest on, beside the days of the list itself.
    """
    own_things = frozenset(item for item in own if item)
    hosts = frozenset({own_host} if own_host else ())
    known = frozenset(facts)
    if manifest is None:
        return Allowed(hosts=hosts, own=own_things, facts=known)
    addresses = [token.address for token in manifest.tokens]
    addresses += [contract.address for contract in manifest.contracts]
    handles = [(item.network, item.handle.removeprefix("@").lower()) for item in manifest.handles]
    return Allowed(
        hosts=hosts | {domain.name for domain in manifest.domains if domain.is_open},
        addresses=frozenset(addresses),
        accounts=frozenset(handles),
        emails=frozenset(name for network, name in handles if network == "email"),
        own=own_things,
        facts=known | {f"{day:%Y-%m-%d}" for day in (manifest.issued_at, manifest.expires_at)},
    )
