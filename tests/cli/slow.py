"""People on the worst of networks, and those who only pretend to be."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

MANY = 64


@contextmanager
def connections(port: int, opening: bytes, *, count: int = MANY) -> Iterator[list[socket.socket]]:
    """Connections that each sent the same bytes."""
    with ExitStack() as stack:
        made = []
        for _ in range(count):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), 10))
            connection.sendall(opening)
            made.append(connection)
        yield made


def drip(made: list[socket.socket], byte: bytes = b"x") -> None:
    """One byte more of each."""
    for connection in made:
        try:
            connection.sendall(byte)
        except OSError:
            continue  # The other side let it go, which is what tests wait for.


def read_to_end(connection: socket.socket, *, seconds: float = 30.0) -> bytes:
    """Everything that comes until the other side closes."""
    connection.settimeout(seconds)
    received = b""
    while True:
        try:
            piece = connection.recv(65_536)
        except ConnectionResetError:
            return received
        if not piece:
            return received
        received += piece


def exchange(
    port: int, *pieces: bytes, pause_seconds: float = 0.0, host: str = "127.0.0.1"
) -> bytes:
    """Send pieces over one connection and read all that is answered."""
    with socket.create_connection((host, port), 10) as connection:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause_seconds)
        return read_to_end(connection)
