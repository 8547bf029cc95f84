"""A node over HTTP that misbehaves on request, in front of a chain in the process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from hexbytes import HexBytes

from tests.chain.local import InProcess

Fault = Callable[["Asked"], bool]
"""Answers a request wrongly and says that it did; or leaves it to the chain."""


@dataclass
class Asked:
    """One request, with the means to answer it."""

    handler: BaseHTTPRequestHandler
    method: str
    params: Sequence[object]
    ended: Event

    def send(self, status: int, body: bytes, *, length: int | None = None, **headers: str) -> None:
        """Answer with a status, headers and bytes; `length` may lie about them."""
        self.handler.send_response(status)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.send_header("Content-Length", str(len(body) if length is None else length))
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def answer(self, result: object) -> None:
        """Answer as a node does."""
        self.send(200, json.dumps({"jsonrpc": "2.0", "id": 0, "result": result}).encode())

    def refuse(self, code: int, message: str, *, status: int = 200) -> None:
        """Refuse as a node does."""
        error = {"code": code, "message": message}
        self.send(status, json.dumps({"jsonrpc": "2.0", "id": 0, "error": error}).encode())


@dataclass
class BadNode:
    """A running node; `fault` is asked first about each request, which `seen` counts."""

    url: str = ""
    fault: Fault = field(default=lambda _asked: False)
    seen: list[str] = field(default_factory=list)


@contextmanager
def serving(process: InProcess) -> Iterator[BadNode]:
    """A node over HTTP in front of a chain."""
    node = BadNode()
    ended = Event()

    class Handler(BaseHTTPRequestHandler):
        """One connection."""

        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """Answer one request of JSON-RPC."""
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            node.seen.append(body["method"])
            asked = Asked(self, body["method"], body["params"], ended)
            if node.fault(asked):
                self.close_connection = True
                return
            answer = process.make_request(body["method"], body["params"])
            asked.send(200, json.dumps(answer, default=as_hex).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    node.url = f"http://127.0.0.1:{server.server_port}/a-key-in-the-path"
    try:
        yield node
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def as_hex(value: object) -> str:
    """Bytes as nodes write them."""
    return HexBytes(value).to_0x_hex() if isinstance(value, bytes) else str(value)
