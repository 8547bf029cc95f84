"""From the settings to what the chain room works with: the published pack and its nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trustops.chain.nodes import Nodes, http_nodes
from trustops.chain.packs import published_pack
from trustops.chain.schema import Pack
from trustops.chain.sync import Work, holds_tokens, never, readable
from trustops.channels.rules import Target
from trustops.clock import Clock
from trustops.content import Content, ContentError
from trustops.content.versions import LastGood, Reading
from trustops.settings import Settings


def published(settings: Settings, content: Content) -> Pack | None:
    """The pack that this desk publishes, in its last good version where its file has a fault.

    None while its file is not there.

    Raises:
        ContentError: the file cannot be used and never could.
    """
    reading = Reading(settings.content_dir, LastGood(settings.instance_dir))
    pack = published_pack(reading, content.migration)
    if pack is None and reading.problems:
        raise ContentError(tuple(reading.problems))
    return pack


def nodes_of(settings: Settings, pack: Pack, clock: Clock) -> dict[str, Nodes]:
    """The nodes of each chain of a pack that can be asked and that the settings name nodes of."""
    found: dict[str, Nodes] = {}
    for chain in dict.fromkeys((*readable(pack), *holds_tokens(pack))):
        urls = settings.rpc.get(chain.name, ())
        if urls and chain.chain_id is not None:
            found[chain.name] = http_nodes(urls, chain.chain_id, clock)
    return found


def work_of(
    settings: Settings,
    content: Content,
    clock: Clock,
    *,
    targets: Sequence[Target] = (),
    enough: Callable[[], bool] = never,
) -> Work | None:
    """What there is to read by the settings; None while there is no pack.

    Raises:
        ContentError: the pack cannot be used.
    """
    pack = published(settings, content)
    if pack is None:
        return None
    return Work(pack, nodes_of(settings, pack, clock), targets, settings.base_url, enough)
