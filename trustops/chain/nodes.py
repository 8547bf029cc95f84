"""Nodes of an EVM chain: one request with a bounded number of tries, and the next node after it.

web3 carries the request; its own retries are off, because they ignore `Retry-After` and repeat
what cannot succeed. A URL may hold a key, so it stands in no error and no log line.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, TypeVar, cast

import requests

from trustops.chain.faults import (
    ConflictError,
    MalformedError,
    NodeError,
    RangeError,
    RevertError,
    SlowError,
    refusal,
)
from trustops.clock import Clock
from trustops.logs import get_logger
from trustops.net import DeadlineError, TooLongError, plain_session, retry_after_of, within

T = TypeVar("T")

CONNECT_SECONDS = 4.0
READ_SECONDS = 15.0
LONGEST_REQUEST = timedelta(seconds=40)
"""A node that drips its answer is left after this, whatever it sent."""

MOST_BYTES = 32 * 1024 * 1024
"""An answer that is longer counts as refused: fewer blocks may fit. Nodes give some 10,000 logs."""

TRIES = 3
FIRST_WAIT = timedelta(milliseconds=300)
LONGEST_WAIT = timedelta(seconds=8)
"""A node that asks for a longer pause is left alone in this round."""

HTTP_TOO_MANY = 429
HTTP_SERVER_ERRORS = 500
HTTP_CLOSED_DOORS = frozenset({401, 403})

log = get_logger(__name__)


class Provider(Protocol):
    """What carries a request: a web3 provider, or a stand-in with the same method."""

    def make_request(self, method: str, params: Sequence[object]) -> object:
        """Send one request of JSON-RPC and give its answer."""
        ...


class _AgainError(Exception):
    """A try failed in a way that the next one may not."""

    def __init__(self, error: NodeError, wait: timedelta | None = None) -> None:
        super().__init__(error.message)
        self.error = error
        self.wait = wait


@dataclass(slots=True)
class Node:
    """One node. It proves that it is of the right chain before its first answer counts."""

    provider: Provider
    chain_id: int
    clock: Clock
    sleep: Callable[[float], None] = time.sleep
    proven: bool = field(default=False, init=False)

    def ask(self, method: str, *params: object) -> object:
        """The result of one request, tried again where that may help.

        Raises:
            NodeError: there was no usable result; a `RevertError` is the contract's own answer.
        """
        if not self.proven:
            self._prove()
        return self._tried(method, params)

    def _prove(self) -> None:
        given = self._tried("eth_chainId", ())
        try:
            found = given if isinstance(given, int) else int(str(given), 16)
        except ValueError as error:
            raise MalformedError("The node does not say which chain it is on.") from error
        if found != self.chain_id:
            raise NodeError(f"The node is on chain {found}, not on {self.chain_id}.")
        self.proven = True

    def _tried(self, method: str, params: Sequence[object]) -> object:
        pause = FIRST_WAIT
        for attempt in range(1, TRIES + 1):
            try:
                return self._once(method, params)
            except _AgainError as again:
                wait = again.wait or pause
                if attempt == TRIES or wait > LONGEST_WAIT:
                    raise again.error from again
                self.sleep(wait.total_seconds())
                pause *= 2
        raise AssertionError("unreachable")

    def _once(self, method: str, params: Sequence[object]) -> object:
        try:
            answer = within(
                LONGEST_REQUEST, lambda: self.provider.make_request(method, list(params))
            )
        except (requests.Timeout, DeadlineError) as error:
            raise SlowError("The node did not answer in time.") from error
        except requests.HTTPError as error:
            return self._refused(error)
        except TooLongError as error:
            raise RangeError("The node answered more than is read at once.") from error
        except (requests.RequestException, OSError) as error:
            raise _AgainError(NodeError("The node could not be reached.")) from error
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise _AgainError(MalformedError("The node answered no JSON.")) from error
        return _result(answer)

    def _refused(self, error: requests.HTTPError) -> object:
        """What an HTTP status means; the body of an error may still be one of JSON-RPC."""
        answer = error.response
        status = answer.status_code
        said = NodeError(f"The node answered with the HTTP status {status}.")
        if status == HTTP_TOO_MANY:
            wait = retry_after_of(answer.headers.get("Retry-After"), self.clock.wall())
            raise _AgainError(said, wait) from error
        if status not in HTTP_CLOSED_DOORS:
            try:
                return _result(answer.json())
            except (ValueError, MalformedError, _AgainError):
                pass
        if status >= HTTP_SERVER_ERRORS:
            raise _AgainError(said) from error
        raise said from error


def _result(answer: object) -> object:
    """The result of an answer of JSON-RPC."""
    if not isinstance(answer, Mapping):
        raise _AgainError(MalformedError("The node answered something else than JSON-RPC."))
    error = answer.get("error")
    if error is not None:
        if not isinstance(error, Mapping):
            raise NodeError("The node refused a request without saying why.")
        raise refusal(error.get("code"), str(error.get("message", "")))
    if "result" not in answer:
        raise _AgainError(MalformedError("The node answered without a result."))
    return answer["result"]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of one chain, in the order of the settings."""

    nodes: Sequence[Node]

    def first(self, work: Callable[[Node], T]) -> T:
        """Do a piece of work on one node alone; the next node begins it anew.

        A revert ends it at once: every node would say the same. That a final block changed is
        believed only when all nodes say so.

        Raises:
            NodeError: what the last node said; a conflict only when every node saw it.
        """
        last: NodeError = NodeError("There is no node to ask.")
        for number, node in enumerate(self.nodes, start=1):
            try:
                return work(node)
            except RevertError:
                raise
            except NodeError as error:
                log.info("node failed", node=number, of=len(self.nodes), because=error.message)
                # A conflict stops the desk, so a node that could not be asked outweighs it.
                if number == 1 or isinstance(last, ConflictError):
                    last = error
        raise last


def http_nodes(
    urls: Sequence[str],
    chain_id: int,
    clock: Clock,
    *,
    timeouts: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS),
) -> Nodes:
    """Nodes over HTTP: no redirect is followed, no proxy and no `.netrc` of the machine is used.

    Args:
        urls: addresses from the settings.
        chain_id: what each of them has to say to `eth_chainId`.
        clock: for the dates in `Retry-After`.
        timeouts: seconds to connect, and seconds between two pieces of an answer.
    """
    return Nodes(tuple(Node(_provider(url, timeouts), chain_id, clock) for url in urls))


def _provider(url: str, timeouts: tuple[float, float]) -> Provider:
    from web3 import HTTPProvider

    return cast(
        "Provider",
        HTTPProvider(
            url,
            request_kwargs={"timeout": timeouts, "allow_redirects": False},
            session=plain_session(most_bytes=MOST_BYTES),
            exception_retry_configuration=None,
        ),
    )
