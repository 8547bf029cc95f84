"""What stands between the network and Flask: nobody who is slow holds up anybody else.

It runs on Granian's event loop. A request that asks for no host of ours is refused there; bodies
are read there, against a deadline and a rate. Built pages and `/healthz` are answered there from
memory, and only a request that is whole goes to Flask, in a pool of a bounded number of threads.
`/readyz` and static files have threads of their own, so that they answer while all others wait for
a database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol

from flask import Flask
from werkzeug.test import run_wsgi_app

from trustops.settings import Settings
from trustops.web.bodies import (
    BrokenBodyError,
    Pace,
    SlowBodyError,
    announced_length,
    has_body,
    read_body,
)
from trustops.web.environ import protocol as protocol_of
from trustops.web.environ import together, wsgi_environ
from trustops.web.headers import HSTS
from trustops.web.hosts import PROBE_PATHS, Hosts, asked_host
from trustops.web.http_answer import (
    BUSY,
    CLOSE,
    READS,
    SLOW,
    STRANGE_HOST,
    TOO_LARGE,
    UNREADABLE,
    GatewayRefusal,
    Headers,
    HttpAnswer,
    as_json,
    by_other_method,
    refusal,
)
from trustops.web.plumbing import why_not_ready
from trustops.web.texts import MOST_BYTES

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

LIGHT_THREADS = 2
"""Threads for static files, which ask nothing of the database."""

READY_SECONDS = 3.0
"""How long the database may take to answer before a probe is told that it does not."""

LOOK_EVERY_SECONDS = 1.0


class ReadyPage(Protocol):
    """What stands at a path."""

    def to(self, method: str, accepted: str, etags: str | None) -> HttpAnswer:
        """The answer for a method, an `Accept-Encoding` and an `If-None-Match`."""


class ReadyPages(Protocol):
    """Pages that are answered from memory."""

    def page(self, path: str) -> ReadyPage | None:
        """What stands at a path, or None where the application has it."""

    def look(self) -> None:
        """Take up a newer release where there is one; reads files."""


@dataclass(frozen=True, slots=True)
class Width:
    """How much one process does at once.

    `threads` requests are in Flask, as many as the pool keeps connections to the database;
    `most_waiting` more may wait for a thread. Others would wait until their senders have gone.
    """

    threads: int = 8
    most_waiting: int = 128


class Gateway:
    """The application as Granian calls it: an RSGI one (version 1.6 of its specification)."""

    def __init__(
        self,
        app: Flask,
        pages: ReadyPages,
        settings: Settings,
        *,
        pace: Pace | None = None,
        width: Width | None = None,
    ) -> None:
        """Take the application, the pages that stand before it, and how patient and wide to be."""
        self._app = app
        self._pages = pages
        self._hosts = Hosts(settings.allowed_hosts)
        self._pace = pace or Pace()
        width = width or Width()
        self._most_in_hand = width.threads + width.most_waiting
        self._in_hand = 0
        self._common: Headers = [("Strict-Transport-Security", HSTS)] if settings.secure else []
        self._alive = as_json(200, {"status": "alive"}, self._common)
        self._threads = ThreadPoolExecutor(width.threads, "request")
        self._light = ThreadPoolExecutor(LIGHT_THREADS, "static")
        self._probe = ThreadPoolExecutor(1, "readiness")
        self._readiness: Future[str] | None = None
        self._stopped = Event()

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Look for pages now and from now on, in a thread: a slow disk is not to hold the loop."""
        del loop
        self._pages.look()
        Thread(target=self._keep_looking, name="pages", daemon=True).start()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Finish what was begun."""
        del loop
        self._stopped.set()
        self._threads.shutdown(wait=True)
        self._light.shutdown(wait=True)
        self._probe.shutdown(wait=False)

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request."""
        method = scope.method
        path = scope.path
        # Each look at `headers` copies all of them out of the server.
        fields = together(scope.headers.items())
        if not self._admits(scope, path, fields):
            answer = self._refusal(STRANGE_HOST, path)
        elif not method.isupper():
            # Methods are told apart by case (RFC 9110, section 9.1); WSGI libraries do not.
            answer = self._refusal(UNREADABLE, path)
        elif has_body(fields):
            answer = await self._with_body(scope, protocol, fields)
        else:
            from_memory = self._from_memory(method, path, fields)
            answer = from_memory or await self._by_application(scope, b"", None)
        if answer.body and method != "HEAD":
            protocol.response_bytes(*answer)
        else:
            protocol.response_empty(answer.status, answer.headers)

    def _admits(self, scope: Scope, path: str, fields: Mapping[str, str]) -> bool:
        """Whether a request asks for a host of ours; a probe may ask by any name, or by none."""
        host = fields.get("host")
        authority = scope.authority
        if authority is None and self._hosts.has(host):
            return True
        if host is None and "host" in scope.headers:
            # The server leaves out of the fields what is not in ASCII.
            return False
        asked = asked_host(host, protocol=protocol_of(scope), own=scope.server, authority=authority)
        return asked is not None and (path in PROBE_PATHS or self._hosts.has(asked))

    def _from_memory(self, method: str, path: str, fields: Mapping[str, str]) -> HttpAnswer | None:
        """What needs neither a thread nor a database; None for everything else."""
        page = self._pages.page(path)
        if page is None:
            return self._alive if path == "/healthz" and method in READS else None
        if method not in READS:
            return by_other_method(method, path, self._common)
        accepted = fields.get("accept-encoding", "")
        return page.to(method, accepted, fields.get("if-none-match"))

    async def _with_body(
        self, scope: Scope, protocol: HTTPProtocol, fields: Mapping[str, str]
    ) -> HttpAnswer:
        """The answer to a request that has a body, once the body is there."""
        path = scope.path
        try:
            body, length = await self._body(protocol, fields)
        except SlowBodyError:
            return self._refusal(SLOW, path)
        except BrokenBodyError:
            return self._refusal(UNREADABLE, path)
        if length > MOST_BYTES:
            if scope.method in READS:
                return self._refusal(TOO_LARGE, path)
            answer = await self._by_flask(path, wsgi_environ(scope, body, length))
            answer.headers.append(CLOSE)
            return answer
        from_memory = self._from_memory(scope.method, path, fields)
        return from_memory or await self._by_application(scope, body, length)

    async def _body(self, protocol: HTTPProtocol, fields: Mapping[str, str]) -> tuple[bytes, int]:
        """The body of a request and its length; of one that is too long not all of it.

        Raises:
            SlowBodyError: it came more slowly than the pace allows.
            BrokenBodyError: it ended early, or came in a form that cannot be read.
        """
        announced = announced_length(fields)
        if announced is not None and announced > MOST_BYTES:
            # Not a byte of it is read: the application refuses it for its length.
            return b"", announced
        body = await read_body(protocol, announced=announced, pace=self._pace)
        return body, len(body)

    async def _by_application(self, scope: Scope, body: bytes, length: int | None) -> HttpAnswer:
        """The answer to a whole request that does not stand in memory."""
        path = scope.path
        if path == "/readyz" and scope.method in READS:
            return await self._ready()
        return await self._by_flask(path, wsgi_environ(scope, body, length))

    async def _by_flask(self, path: str, environ: WSGIEnvironment) -> HttpAnswer:
        """The application's answer, or that too many wait for it."""
        if path.startswith("/static/"):
            return await self._in_thread(self._light, environ)
        if self._in_hand >= self._most_in_hand:
            return refusal(BUSY, path, self._common)
        self._in_hand += 1
        try:
            return await self._in_thread(self._threads, environ)
        finally:
            self._in_hand -= 1

    def _refusal(self, words: GatewayRefusal, path: str) -> HttpAnswer:
        """A refusal of a request of which nothing more is read."""
        return refusal(words, path, [*self._common, CLOSE])

    async def _in_thread(self, pool: ThreadPoolExecutor, environ: WSGIEnvironment) -> HttpAnswer:
        """What Flask answers, from a thread of a pool."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, self._call, environ)

    def _call(self, environ: WSGIEnvironment) -> HttpAnswer:
        """Call the application and collect its whole answer; all of ours fit into memory."""
        chunks, status, headers = run_wsgi_app(self._app.wsgi_app, environ, buffered=True)
        return HttpAnswer(int(status[:3]), list(headers), b"".join(chunks))

    async def _ready(self) -> HttpAnswer:
        """What `/readyz` of the application says, or that the database did not answer in time."""
        asked = self._readiness
        if asked is None or asked.done():
            asked = self._readiness = self._probe.submit(self._why_not_ready)
        try:
            async with asyncio.timeout(READY_SECONDS):
                reason = await asyncio.shield(asyncio.wrap_future(asked))
        except TimeoutError:
            reason = "the database does not answer in time"
        if not reason:
            return as_json(200, {"status": "ready"}, self._common)
        retry = ("Retry-After", "5")
        return as_json(503, {"status": "not ready", "reason": reason}, [*self._common, retry])

    def _why_not_ready(self) -> str:
        with self._app.app_context():
            return why_not_ready()

    def _keep_looking(self) -> None:
        while not self._stopped.wait(LOOK_EVERY_SECONDS):
            self._pages.look()
