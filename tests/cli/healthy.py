"""An instance on which all is well: content, a signed list, nodes that answer, people, jobs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from jobs.schedule import TABLE
from tests.cli.test_job import note
from tests.factories import a_person
from tests.official.things import PUBLIC, SECRET, signed
from tests.web_fixtures import own_content
from trustops.cli.engines import engine_of
from trustops.clock import SystemClock
from trustops.db import Session, start_writing
from trustops.settings import Settings, load_settings


class _Node(BaseHTTPRequestHandler):
    """A node of the chain whose number is its path."""

    def do_POST(self) -> None:
        """Answer one request of JSON-RPC."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        chain_id = hex(int(self.path.partition("?")[0].strip("/")))
        result = chain_id if asked["method"] == "eth_chainId" else "0x10"
        body = json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": result}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def nodes_that_answer() -> Iterator[str]:
    """The address of nodes of every chain: its number is the path."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Node)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def source_of(folder: Path) -> str:
    """The source of the list that the content came with."""
    return (folder / "official" / "source.toml").read_text(encoding="utf-8")


def a_content(folder: Path) -> Path:
    """The shipped content with an operator and with a list that was signed yesterday."""
    folder = own_content(folder.parent)
    plan = folder / "heartbeat.toml"
    text = plan.read_text(encoding="utf-8")
    networks = 'networks = ["console", "webhook", "mastodon", "email"]'
    assert networks in text
    plan.write_text(text.replace(networks, 'networks = ["console"]'), encoding="utf-8")
    sign(folder)
    return folder


def sign(
    folder: Path,
    *,
    days_ago: float = 1,
    lifetime: float = 14,
    source: str = "",
    secret: bytes = SECRET,
) -> None:
    """Sign the list of a content folder as of some days ago, for some days."""
    signed(
        folder,
        issued_at=(SystemClock().now() - timedelta(days=days_ago)).replace(microsecond=0),
        lifetime=timedelta(days=lifetime),
        source=source or source_of(folder),
        secret=secret,
    )


def make_well(settings: Settings, monkeypatch: pytest.MonkeyPatch, nodes: str) -> Settings:
    """Make all well on an instance that has a database."""
    settings.instance_dir.mkdir(mode=0o700, exist_ok=True)
    if settings.database_url.reveal().startswith("sqlite"):
        Path(settings.database_url.reveal().removeprefix("sqlite:///")).chmod(0o600)
    for name, value in {
        "ALERT_WEBHOOK_URL": "https://alerts.example.org/hook",
        "ALERT_WEBHOOK_SECRET": "a secret",
        "CONTENT_DIR": str(a_content(settings.instance_dir.parent / "content")),
        "OFFICIAL_KEY": PUBLIC.line,
        "RPC_ETHEREUM": f"{nodes}/1",
        "RPC_BASE": f"{nodes}/8453",
        "RPC_BSC": f"{nodes}/56",
    }.items():
        monkeypatch.setenv(f"TRUSTOPS_{name}", value)
    with engine_of(settings) as engine, Session(engine) as session:
        start_writing(session)
        a_person(session)
        session.commit()
    for job in TABLE:
        note(settings, job.name, timedelta(seconds=30))
    return load_settings()
