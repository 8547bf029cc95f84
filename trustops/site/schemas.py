"""The JSON Schemas of all content files of all rooms, published at `/schemas/<name>.json`."""

from __future__ import annotations

from functools import cache
from typing import Any

from trustops.chain.coherence import PackFile
from trustops.content import json_schema
from trustops.exchanges.schema import ExchangeFile
from trustops.official.canonical import ManifestFile
from trustops.official.schema import OfficialSource
from trustops.posts.schema import HeartbeatFile


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """Each schema by its name, such as `faq` or `migration-pack`."""
    return json_schema.schemas(
        {
            "exchange": ExchangeFile,
            "migration-pack": PackFile,
            "official-source": OfficialSource,
            "official-manifest": ManifestFile,
            "heartbeat": HeartbeatFile,
        }
    )
