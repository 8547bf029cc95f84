"""Answers public pages from memory, before Flask is reached: no session, no database, no chain.

Looks for a new release once a second. As soon as the manifest behind the official addresses has
expired, by the clock, the pages without them are served, whether or not a job has run.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.exceptions import SecurityError
from werkzeug.wsgi import get_host

from trustops.clock import Clock
from trustops.logs import get_logger
from trustops.settings import Settings
from trustops.site.accepting import matches, takes_gzip
from trustops.site.release import Releases
from trustops.site.shelf import Answer, Form, Shelf, load

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOOK_EVERY_SECONDS = 1.0
MOST_HOSTS = 64
"""Host names whose verdict is remembered; a stranger may send any number of them."""

_READS = frozenset({"GET", "HEAD"})

log = get_logger(__name__)


class PublicPages:
    """The layer around the application. It hands on whatever the release does not hold."""

    def __init__(
        self,
        inner: WSGIApplication,
        releases: Releases,
        settings: Settings,
        clock: Clock,
        *,
        look_every_seconds: float = LOOK_EVERY_SECONDS,
    ) -> None:
        """Take the application, where the releases are, and how often to look for a new one."""
        self._inner = inner
        self._clock = clock
        self._releases = releases
        self._allowed = list(settings.allowed_hosts)
        self._secure = settings.secure
        self._hosts: dict[str, bool] = {}
        self._every = look_every_seconds
        self._next_look = 0.0
        self._looking = Lock()
        self._shelf: Shelf | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the release, or let the application answer."""
        shelf = self.shelf()
        if shelf is None or environ["REQUEST_METHOD"] not in _READS or not self._is_ours(environ):
            return self._inner(environ, start_response)
        book = shelf.book(self._clock.now())
        path = environ["PATH_INFO"]
        answer = book.get(path)
        if answer is not None:
            return _give(answer, environ, start_response)
        bare = path.rstrip("/")
        target = shelf.redirects.get(bare) or (bare if bare != path and bare in book else None)
        if target is None:
            return self._inner(environ, start_response)
        form = book["/"].plain if "/" in book else next(iter(book.values())).plain
        return _lead(target, form, start_response)

    def shelf(self) -> Shelf | None:
        """The release that is served; looks for a newer one when it is time to."""
        moment = time.monotonic()
        # Whoever comes before the first release is read waits for it; later ones get the last.
        if moment >= self._next_look and self._looking.acquire(blocking=self._shelf is None):
            try:
                if moment >= self._next_look:
                    self._look()
                    self._next_look = moment + self._every
            finally:
                self._looking.release()
        return self._shelf

    def _look(self) -> None:
        """Take up the current release. One that cannot be read leaves the last good one."""
        found = self._releases.current()
        if found is None or (self._shelf is not None and self._shelf.folder == found):
            return
        try:
            self._shelf = load(found, secure=self._secure)
        except (OSError, ValueError, KeyError) as error:
            log.warning("release cannot be read", release=found.name, exc_info=error)

    def _is_ours(self, environ: WSGIEnvironment) -> bool:
        """Whether the host is one that we answer; for others the application has a refusal."""
        name = environ.get("HTTP_HOST", "")
        known = self._hosts.get(name)
        if known is None:
            try:
                get_host(environ, self._allowed)
                known = True
            except SecurityError:
                known = False
            if len(self._hosts) < MOST_HOSTS:
                self._hosts[name] = known
        return known


def install(app: Flask, settings: Settings, clock: Clock) -> None:
    """Put the layer around an application. Installed last, so that it answers first."""
    releases = Releases(settings.instance_dir)
    app.__dict__["wsgi_app"] = PublicPages(app.wsgi_app, releases, settings, clock)


def _give(
    answer: Answer, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Answer in the coding that the reader takes: whole, or 304 where they have it already."""
    form = answer.plain
    if answer.packed is not None and takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        form = answer.packed
    has = environ.get("HTTP_IF_NONE_MATCH")
    if has is not None and answer.status == "200 OK" and matches(has, form.etag):
        start_response("304 Not Modified", [*form.headers_304])
        return ()
    start_response(answer.status, [*form.headers])
    return () if environ["REQUEST_METHOD"] == "HEAD" else (form.body,)


def _lead(target: str, form: Form, start_response: StartResponse) -> Iterable[bytes]:
    """Lead to another path of the same host, under the same protecting headers."""
    left_out = {"ETag", "Vary"}
    headers = [pair for pair in form.headers_304 if pair[0] not in left_out]
    headers += [("Location", target), ("Content-Length", "0")]
    start_response("301 Moved Permanently", headers)
    return ()
