"""The files for programs: the eight of the Statuspage shape, and the migration's own two.

Programs that read Statuspage (https://www.atlassian.com/software/statuspage) read these. What is
ours stands under the one extra key `x_migration`, which such programs pass over.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from trustops.status import files as shaping
from trustops.status.rules import overall
from trustops.status.shapes import stamp
from trustops.status.snapshot import Component, Snapshot

FOLDER = "/api/v2"
MIGRATION = f"{FOLDER}/migration.json"
EXCHANGES = f"{FOLDER}/exchanges.json"

_ID_LENGTH = 12

Json = dict[str, Any]


def files(snapshot: Snapshot, base_url: str) -> Mapping[str, bytes]:
    """Every file by its path, as UTF-8 JSON. `base_url` has no slash at its end."""
    page = {"page": _page(snapshot, base_url)}
    found = overall(snapshot.components)
    status = {"status": {"indicator": found.indicator, "description": found.description}}
    components = {
        "components": [
            _component(component, position, page["page"]["id"])
            for position, component in enumerate(snapshot.components, start=1)
        ]
    }
    incidents: Json = {"incidents": []}
    maintenances: Json = {"scheduled_maintenances": []}
    migration = shaping.migration(snapshot, base_url).model_dump(mode="json")
    bodies: dict[str, Json] = {
        "summary": {
            **page,
            **components,
            **incidents,
            **maintenances,
            **status,
            "x_migration": _in_short(migration),
        },
        "status": page | status,
        "components": page | components,
        "incidents": page | incidents,
        "incidents/unresolved": page | incidents,
        "scheduled-maintenances": page | maintenances,
        "scheduled-maintenances/upcoming": page | maintenances,
        "scheduled-maintenances/active": page | maintenances,
        "migration": migration,
        "exchanges": shaping.exchanges(snapshot, base_url).model_dump(mode="json"),
    }
    return {f"{FOLDER}/{name}.json": _bytes(body) for name, body in bodies.items()}


def stable_id(kind: str, name: str) -> str:
    """Twelve letters and digits that stay the same for as long as a thing keeps its name."""
    digest = hashlib.sha256(f"{kind}:{name}".encode()).digest()
    return base64.b32encode(digest).decode().lower()[:_ID_LENGTH]


def _page(snapshot: Snapshot, base_url: str) -> Json:
    """The page; one that nobody may take for a desk that somebody runs says so, and only then."""
    demo: Json = {"demo": True} if snapshot.demo else {}
    return {
        **demo,
        "id": stable_id("page", base_url),
        "name": snapshot.project,
        "url": base_url,
        "time_zone": "Etc/UTC",
        "updated_at": stamp(snapshot.as_of),
    }


def _component(component: Component, position: int, page_id: str) -> Json:
    """A component; the moment since which its status stands is all that is known of its past."""
    return {
        "id": stable_id("component", component.id),
        "name": component.name,
        "status": component.status,
        "created_at": stamp(component.since),
        "updated_at": stamp(component.since),
        "position": position,
        "description": component.description or None,
        "showcase": True,
        "start_date": component.since.date().isoformat(),
        "group_id": None,
        "page_id": page_id,
        "group": False,
        "only_show_if_degraded": False,
    }


def _in_short(migration: Json) -> Json:
    """The migration without what only a chart needs."""
    chains = [{**chain, "by_day": None} for chain in migration["chains"]]
    return {**migration, "chains": chains}


def _bytes(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
