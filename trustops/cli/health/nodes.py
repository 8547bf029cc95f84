"""Checks of the nodes that chains are read from, and of how the chains were read last.

A URL may hold a key, so a node is told by its place in the setting.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from trustops.chain.faults import NodeError
from trustops.chain.nodes import Node
from trustops.chain.queries import reason, standing
from trustops.chain.schema import ChainPart, Pack
from trustops.chain.setup import nodes_of, published
from trustops.chain.sync import holds_tokens, readable
from trustops.cli.health.finding import Finding, counted, fail, ok, warn
from trustops.clock import SystemClock
from trustops.content import load
from trustops.errors import NotFoundError
from trustops.net import DeadlineError, within
from trustops.settings import PREFIX, Settings
from trustops.settings.values import NODES

PATIENCE = timedelta(seconds=6)
"""How long a node may take; all are asked at once."""

MOST_AT_ONCE = 32


def pack_of(settings: Settings) -> Pack:
    """The pack that this desk publishes.

    Raises:
        ContentError: the content cannot be read.
        NotFoundError: there is no such pack.
    """
    content = load(settings.content_dir)
    pack = published(settings, content)
    if pack is None:
        raise NotFoundError(f"There is no migrations/{content.migration}.toml in the content.")
    return pack


def setting_of(chain: str) -> str:
    """The setting that names the nodes of a chain."""
    return f"{PREFIX}{NODES}{chain.upper().replace('-', '_')}"


def node_names(settings: Settings) -> Finding:
    """Nodes under a name that no chain has are never asked."""
    name = "node names"
    pack = pack_of(settings)
    known = [chain.name for chain in pack.chains]
    strange = sorted(set(settings.rpc) - set(known))
    if not strange:
        return _not_asked(settings, pack) or ok(name, "Every setting of nodes names a chain.")
    told = warn if settings.demo else fail
    return told(
        name,
        f"No chain of the pack belongs to {', '.join(map(setting_of, strange))}.",
        " ".join(_instead(chain, known) for chain in strange),
    )


def _not_asked(settings: Settings, pack: Pack) -> Finding | None:
    """Nodes of chains that nothing here reads yet; whoever set them expects figures."""
    asked = {chain.name for chain in (*readable(pack), *holds_tokens(pack))}
    idle = [setting_of(name) for name in sorted(settings.rpc) if name not in asked]
    if not idle:
        return None
    told = f"{', '.join(idle)} is never asked: this desk has nothing to read on that chain yet."
    return warn("node names", told, "Take it out, or go on without figures of that chain.")


def _instead(chain: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(chain, known, n=1)
    if near:
        return f"Write {setting_of(near[0])} in place of {setting_of(chain)}."
    return f"Take {setting_of(chain)} out; the pack has {', '.join(known)}."


def nodes(settings: Settings) -> Finding:
    """Each chain that is read has a node, and each node answers for the right chain."""
    pack = pack_of(settings)
    wanted = list(dict.fromkeys((*readable(pack), *holds_tokens(pack))))
    if not wanted:
        return ok("nodes", "The pack has no chain that this desk reads.")
    answers = _ask(settings, pack)
    bad = [line for line, good in answers if not good]
    without = [chain for chain in wanted if not settings.rpc.get(chain.name)]
    if bad or any(chain in readable(pack) for chain in without):
        told = warn if settings.demo else fail
        return told("nodes", " ".join((*bad, *_missing(without))), _remedy(without, bad))
    if without:
        return warn("nodes", " ".join(_missing(without)), _remedy(without, bad))
    return ok("nodes", f"{_all(len(answers))} for the right chain.")


def _all(count: int) -> str:
    return "The one node answers" if count == 1 else f"All {count} nodes answer"


def _missing(without: Sequence[ChainPart]) -> Sequence[str]:
    if not without:
        return ()
    names = ", ".join(chain.name for chain in without)
    return (f"No node is set for {names}, so nothing is read there and pages say so.",)


def _remedy(without: Sequence[ChainPart], bad: Sequence[str]) -> str:
    parts = []
    if bad:
        parts.append("Ask whoever runs the node, or name another one.")
    if without:
        parts.append(f"Set {', '.join(setting_of(chain.name) for chain in without)}.")
    return " ".join(parts)


def _ask(settings: Settings, pack: Pack) -> Sequence[tuple[str, bool]]:
    """A line for each node, and whether it answers as it should."""
    places = [
        (f"Node {place} of {chain}", node)
        for chain, found in nodes_of(settings, pack, SystemClock()).items()
        for place, node in enumerate(found.nodes, start=1)
    ]
    if not places:
        return ()
    with ThreadPoolExecutor(min(len(places), MOST_AT_ONCE)) as pool:
        return list(pool.map(lambda item: _answer(*item), places))


def _answer(label: str, node: Node) -> tuple[str, bool]:
    try:
        within(PATIENCE, lambda: node.ask("eth_blockNumber"))
    except DeadlineError:
        return f"{label} did not answer in {PATIENCE.seconds} seconds.", False
    except NodeError as error:
        return f"{label} is of no use: {error.message}", False
    return f"{label} answers.", True


def chains(session: Session, now: datetime, settings: Settings) -> Finding:
    """Each chain that is read was read to its head a short time ago."""
    pack = pack_of(settings)
    names = {chain.name for chain in readable(pack)}
    found = [item for item in standing(session, pack, now) if item.chain in names]
    bad = [item for item in found if item.problem]
    if not bad:
        return ok(
            "chains", f"{counted(len(found), 'chain was', 'chains were')} read well, and lately."
        )
    told = warn if settings.demo else fail
    lines = (f"{item.problem} {reason(session, pack.id, item.chain)}".strip() for item in bad)
    return told("chains", " ".join(lines), "Look: trustops chain status. It tells each reason.")
