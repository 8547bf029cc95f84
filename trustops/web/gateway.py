"""What stands between the network and Flask: nobody who is slow holds up anybody else.

It runs on Granian's event loop. Built pages and `/healthz` are answered there from memory; the
body of any other request is read there, against a deadline and a rate, and only a request that is
whole goes to Flask, in a pool of a bounded number of threads. `/readyz` and static files have
threads of their own, so that they answer while all others wait for a database.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol

from flask import Flask
from werkzeug.test import run_wsgi_app

from trustops.settings import Settings
from trustops.web.bodies import BrokenBodyError, Pace, SlowBodyError, read_body
from trustops.web.environ import wsgi_environ
from trustops.web.headers import HSTS
from trustops.web.http_answer import (
    BUSY,
    READS,
    SLOW,
    UNREADABLE,
    Headers,
    HttpAnswer,
    as_json,
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

    def page(self, path: str, host: str) -> ReadyPage | None:
        """What stands at a path of a host, or None where the application has it."""

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
        self._pace = pace or Pace()
        width = width or Width()
        self._most_in_hand = width.threads + width.most_waiting
        self._in_hand = 0
        self._common: Headers = [("Strict-Transport-Security", HSTS)] if settings.secure else []
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
        method, headers = scope.method, scope.headers
        answer: HttpAnswer | None = None
        if method in READS:
            # An old client that names no host counts by the address that it came to.
            host = scope.authority or headers.get("host") or scope.server
            page = self._pages.page(scope.path, host)
            if page is not None:
                accepted = headers.get("accept-encoding", "")
                answer = page.to(method, accepted, headers.get("if-none-match"))
            else:
                answer = await self._probed(scope.path)
        if answer is None:
            answer = await self._by_flask(scope, protocol)
        if answer is None:
            return
        if answer.body and method != "HEAD":
            protocol.response_bytes(*answer)
        else:
            protocol.response_empty(answer.status, answer.headers)

    async def _probed(self, path: str) -> HttpAnswer | None:
        """The answer to a probe; None for every other path."""
        if path == "/healthz":
            return as_json(200, {"status": "alive"}, self._common)
        if path == "/readyz":
            return await self._ready()
        return None

    async def _by_flask(self, scope: Scope, protocol: HTTPProtocol) -> HttpAnswer | None:
        """The application's answer, or why it was not asked; None where nobody is left to hear."""
        try:
            environ = await self._whole(scope, protocol)
        except SlowBodyError:
            return refusal(SLOW, scope.path, self._common)
        except BrokenBodyError:
            return None
        if environ is None:
            return refusal(UNREADABLE, scope.path, self._common)
        if scope.path.startswith("/static/"):
            return await self._in_thread(self._light, environ)
        if self._in_hand >= self._most_in_hand:
            return refusal(BUSY, scope.path, self._common)
        self._in_hand += 1
        try:
            return await self._in_thread(self._threads, environ)
        finally:
            self._in_hand -= 1

    async def _whole(self, scope: Scope, protocol: HTTPProtocol) -> WSGIEnvironment | None:
        """The request and its body as WSGI has them; None where it names two hosts.

        Raises:
            SlowBodyError: the body came more slowly than the pace allows.
            BrokenBodyError: it ended early.
        """
        headers = scope.headers
        if headers.keys().count("host") > 1:
            return None
        length = headers.get("content-length")
        announced = int(length) if length is not None else None
        if announced is None and "transfer-encoding" not in headers:
            return wsgi_environ(scope, b"", None)
        if announced is not None and announced > MOST_BYTES:
            # Not a byte of it is read: the application refuses it for its length.
            return wsgi_environ(scope, b"", announced)
        body = await read_body(protocol, announced=announced, pace=self._pace)
        return wsgi_environ(scope, body, len(body))

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
