"""Every way in which a node may answer wrongly, each as a fault of `bad_node`."""

from __future__ import annotations

import gzip

from tests.chain.bad_node import Asked
from trustops.chain.nodes import MOST_BYTES

GARBAGE = b"\x00\xff\xfe not a word of JSON"
PAGE = b"<!doctype html><title>502</title><h1>Bad gateway</h1>"


def busy(asked: Asked) -> bool:
    """Too many requests, for ever."""
    asked.send(429, b"slow down", Retry_After="1")
    return True


def hung(asked: Asked) -> bool:
    """No answer until the test is over."""
    asked.ended.wait(5)
    return True


def garbage(asked: Asked) -> bool:
    """Bytes that are no text."""
    asked.send(200, GARBAGE)
    return True


def page(asked: Asked) -> bool:
    """A page for people, as a proxy sends it."""
    asked.send(502, PAGE, Content_Type="text/html")
    return True


def page_with_200(asked: Asked) -> bool:
    """A page for people that claims to be well."""
    asked.send(200, PAGE, Content_Type="text/html")
    return True


def moved(asked: Asked) -> bool:
    """Somewhere else, which nobody follows."""
    asked.send(307, b"", Location="http://127.0.0.1:1/elsewhere")
    return True


def truncated(asked: Asked) -> bool:
    """Half of an answer, and the connection is gone."""
    asked.send(200, b'{"jsonrpc":"2.0","id":0,"result":[{"addre', length=5_000)
    return True


def cut(asked: Asked) -> bool:
    """Half of an answer that is said to be whole."""
    asked.send(200, b'{"jsonrpc":"2.0","id":0,"result":[{"addre')
    return True


def a_list(asked: Asked) -> bool:
    """JSON, and not of JSON-RPC."""
    asked.send(200, b"[1, 2, 3]")
    return True


def no_result(asked: Asked) -> bool:
    """JSON-RPC without a result."""
    asked.send(200, b'{"jsonrpc":"2.0","id":0}')
    return True


def odd_error(asked: Asked) -> bool:
    """An error that says nothing."""
    asked.send(200, b'{"jsonrpc":"2.0","id":0,"error":"no"}')
    return True


def forbidden(asked: Asked) -> bool:
    """A key that is no longer good."""
    asked.send(403, b"forbidden")
    return True


def limited(asked: Asked) -> bool:
    """A limit of requests, told inside of a good status."""
    asked.refuse(-32005, "rate limit exceeded")
    return True


def endless(asked: Asked) -> bool:
    """An answer that is short on the wire and never ends once it is unpacked."""
    asked.send(200, gzip.compress(b" " * (MOST_BYTES + 1), 1), Content_Encoding="gzip")
    return True


FAULTS = [
    busy,
    hung,
    garbage,
    page,
    page_with_200,
    moved,
    truncated,
    cut,
    a_list,
    no_result,
    odd_error,
    forbidden,
    limited,
    endless,
]
