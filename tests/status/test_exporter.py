"""`statuspage-prometheus-exporter`, which nobody here wrote, reads our summary."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.status.serving import served
from tests.status.things import a_component, a_snapshot
from trustops.status.snapshot import Component, ComponentStatus
from trustops.status.statuspage import files

URL = "https://desk.example.org"
TIMEOUT_SECONDS = 60


def exported(components: tuple[Component, ...], folder: Path) -> str:
    """What the exporter writes for Prometheus after one look at a summary of ours."""
    exporter = Path(sys.executable).with_name("statuspage-prometheus-exporter")
    with served(files(a_snapshot(components=components), URL)) as address:
        services = {"ours": {"name": "Ours", "url": f"{address}/api/v2/summary.json"}}
        (folder / "services.json").write_text(json.dumps(services), encoding="utf-8")
        settings = {
            "RUN_MODE": "once",
            "SERVICES_JSON_PATH": str(folder / "services.json"),
            "METRICS_TEXTFILE_PATH": str(folder / "metrics.prom"),
            "NO_PROXY": "127.0.0.1",
        }
        told = subprocess.run(
            [str(exporter)],
            cwd=folder,
            env=os.environ | settings,
            check=False,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
        )
    assert told.returncode == 0, told.stderr
    return (folder / "metrics.prom").read_text(encoding="utf-8")


def value(metrics: str, name: str, **labels: str) -> float:
    """The value of the one metric with these labels among its own."""
    lines = [
        line
        for line in metrics.splitlines()
        if line.startswith(f"{name}{{")
        and all(f'{key}="{given}"' in line for key, given in labels.items())
    ]
    assert len(lines) == 1, metrics
    return float(re.split(r"\s", lines[0])[-1])


@pytest.mark.parametrize(
    ("status", "works"), [(ComponentStatus.OPERATIONAL, 1), (ComponentStatus.MAJOR_OUTAGE, 0)]
)
def test_the_exporter_sees_the_state_of_every_component(
    tmp_path: Path, status: ComponentStatus, works: int
) -> None:
    """And that of the whole."""
    parts = (a_component(), a_component(id="chain", name="Figures", status=status))
    metrics = exported(parts, tmp_path)
    names = ("Answers to tickets", "Figures")
    found = [value(metrics, "statuspage_component_status", component_name=name) for name in names]
    assert found == [1, works]
    assert value(metrics, "statuspage_service_status") == works
