"""JSON-RPC over loopback HTTP in front of the demo's chain, as a node would speak it.

No batches, and `finalized` is the newest block: that is what py-evm behind eth-tester has.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

from eth_tester.exceptions import TransactionFailed
from web3 import EthereumTesterProvider, Web3
from web3.exceptions import Web3Exception
from web3.types import RPCEndpoint

LARGEST_REQUEST = 100_000
BAD_REQUEST, NO_METHOD, REVERTED, REFUSED = -32600, -32601, 3, -32000
"""Error codes: the first two are of JSON-RPC 2.0, the others what Ethereum nodes answer."""

READS = frozenset(
    {
        "eth_blockNumber",
        "eth_call",
        "eth_chainId",
        "eth_getBalance",
        "eth_getBlockByHash",
        "eth_getBlockByNumber",
        "eth_getCode",
        "eth_getLogs",
        "eth_getTransactionByHash",
        "eth_getTransactionCount",
        "eth_getTransactionReceipt",
        "web3_clientVersion",
    }
)
"""What may be asked: nobody but the demo itself writes to its chain."""


class Node(ThreadingHTTPServer):
    """Answers for one chain, one request at a time; `lock` is held by whoever changes it."""

    daemon_threads = True

    def __init__(self, provider: EthereumTesterProvider) -> None:
        """Listen on a free port of loopback."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.lock = Lock()
        bare = Web3(provider, middleware=[])
        self._ask = provider.request_func(bare, bare.middleware_onion)

    @property
    def url(self) -> str:
        """Where the node listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, asked: object) -> dict[str, Any]:
        """The answer to one request, as JSON-RPC 2.0 has it."""
        if not isinstance(asked, dict) or not isinstance(asked.get("method"), str):
            return _error(None, BAD_REQUEST, "one request at a time; there are no batches")
        key, method = asked.get("id"), asked["method"]
        if method not in READS:
            return _error(key, NO_METHOD, f"the method {method} is not here")
        with self.lock:
            try:
                found = self._ask(RPCEndpoint(method), self._by_number(asked.get("params") or []))
            except TransactionFailed as error:
                return _error(key, REVERTED, f"execution reverted: {error}")
            except (Web3Exception, ValueError, TypeError, LookupError, AttributeError) as error:
                return _error(key, REFUSED, f"{type(error).__name__}: {error}"[:300])
        if "error" in found:
            return _error(key, REFUSED, str(found["error"])[:300])
        return {"jsonrpc": "2.0", "id": key, "result": _plain(found.get("result"))}

    def _by_number(self, params: Sequence[Any]) -> list[Any]:
        """Parameters with a block that is named by its hash (EIP-1898) named by its number."""
        *first, last = params or [None]
        if not (first and isinstance(last, dict) and "blockHash" in last):
            return list(params)
        block = self._ask(RPCEndpoint("eth_getBlockByHash"), [last["blockHash"], False])
        if block.get("result") is None:
            raise LookupError("no such block")
        return [*first, _plain(block["result"]["number"])]


class _Handler(BaseHTTPRequestHandler):
    server: Node
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_POST(self) -> None:
        """Answer one request."""
        length = int(self.headers.get("Content-Length") or 0)
        try:
            asked = json.loads(self.rfile.read(min(length, LARGEST_REQUEST)))
        except ValueError:
            asked = None
        body = json.dumps(self.server.answer(asked)).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Keep no log of requests."""


def _error(key: object, code: int, message: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": key, "error": {"code": code, "message": message}}


def _plain(value: object) -> object:
    """A value of eth-tester as JSON-RPC writes it: quantities and bytes in hexadecimal."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return hex(value)
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} has no place in an answer")
