"""The npm client `statuspage.io`, which nobody here wrote, reads all eight files."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.status.serving import served
from tests.status.things import a_component, a_snapshot
from trustops.status.snapshot import ComponentStatus
from trustops.status.statuspage import files

pytestmark = pytest.mark.e2e

READER = Path(__file__).parent / "statuspage" / "read.cjs"
TIMEOUT_SECONDS = 60
EIGHT = {
    "summary": "summary",
    "status": "status",
    "components": "components",
    "incidents": "incidents",
    "unresolved": "incidents/unresolved",
    "maintenances": "scheduled-maintenances",
    "upcoming": "scheduled-maintenances/upcoming",
    "active": "scheduled-maintenances/active",
}


def test_the_client_reads_every_file_as_it_was_written() -> None:
    """Its words for the state are ours, and nothing was lost on the way."""
    broken = a_component(id="chain", name="Figures", status=ComponentStatus.DEGRADED)
    written = files(a_snapshot(components=(a_component(), broken)), "https://desk.example.org")
    with served(written) as address:
        told = subprocess.run(
            ["node", str(READER), address],
            env={name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
            check=True,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
        )
    read: dict[str, Any] = json.loads(told.stdout)
    assert read["status"]["status"] == {
        "indicator": "minor",
        "description": "Partially Degraded Service",
    }
    assert [(one["name"], one["status"]) for one in read["components"]["components"]] == [
        ("Answers to tickets", "operational"),
        ("Figures", "degraded_performance"),
    ]
    assert read == {
        name: json.loads(written[f"/api/v2/{path}.json"]) for name, path in EIGHT.items()
    }
