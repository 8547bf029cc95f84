"""A local HTTP receiver that does what it is told, also what no receiver should do."""

from __future__ import annotations

import socket
import struct
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived; header names in lower case."""

    line: str
    headers: dict[str, str]
    body: bytes


Behaviour = Callable[["Receiver", socket.socket], None]
"""What the receiver does once it has read a whole request."""


def answers(status: int, **headers: str) -> Behaviour:
    """Answer with a status and headers; `_` in a name stands for `-`."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())

    def act(receiver: Receiver, connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 {status} So\r\n{lines}Content-Length: 0\r\n\r\n".encode())

    return act


@dataclass
class Receiver:
    """Keeps what it got; takes its behaviours one after the other, then as `otherwise` says."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    behaviours: deque[Behaviour] = field(default_factory=deque)
    released: Event = field(default_factory=Event)
    otherwise: Callable[[Request], Behaviour] = lambda _: answers(200)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hook"

    def will(self, *behaviours: Behaviour) -> None:
        """Choose what happens to the next requests."""
        self.behaviours.extend(behaviours)

    def handle(self, connection: socket.socket) -> None:
        """Read one request, keep it, and do the next thing."""
        with connection.makefile("rb") as stream:
            line = stream.readline().decode().strip()
            if not line:
                return
            headers: dict[str, str] = {}
            while text := stream.readline().decode().strip():
                name, _, value = text.partition(":")
                headers[name.lower()] = value.strip()
            body = stream.read(int(headers.get("content-length", "0")))
        request = Request(line, headers, body)
        self.requests.append(request)
        behaviour = self.behaviours.popleft() if self.behaviours else self.otherwise(request)
        behaviour(self, connection)


def hangs(receiver: Receiver, connection: socket.socket) -> None:
    """Accept, and say nothing until the test ends."""
    receiver.released.wait(20)


def drips(receiver: Receiver, connection: socket.socket) -> None:
    """Send the head of an answer so slowly that it never ends."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not receiver.released.wait(0.05):
        connection.sendall(b"x")


def resets(receiver: Receiver, connection: socket.socket) -> None:
    """Break the connection off after the request was read."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def talks_nonsense(receiver: Receiver, connection: socket.socket) -> None:
    """Answer something that is not HTTP."""
    connection.sendall(b"\x00\x01 what is this\r\n\r\n")


@contextmanager
def listening() -> Iterator[Receiver]:
    """A receiver on a free port, for as long as the block lasts."""
    receiver = Receiver()

    class Handler(BaseRequestHandler):
        """Hands each connection to the receiver."""

        def handle(self) -> None:
            try:
                receiver.handle(self.request)
            except OSError:
                receiver.released.wait(0)  # the client went away, which tests make it do

    class Server(ThreadingTCPServer):
        """A thread for each connection, none of which holds up the end."""

        allow_reuse_address = True
        daemon_threads = True
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            receiver.released.set()
            server.shutdown()
            thread.join()


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
