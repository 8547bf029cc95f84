"""Answers public pages from memory, before Flask is reached: no session, no database, no chain.

Looks for a new release once a second. As soon as the manifest behind the official addresses has
expired, by the clock, the pages without them are served, whether or not a job has run.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import Flask, has_request_context

from trustops.clock import Clock
from trustops.logs import get_logger
from trustops.settings import Settings
from trustops.site.release import Releases
from trustops.site.shelf import Answer, Redirect, Shelf, load, redirect
from trustops.web.context import register
from trustops.web.headers import HSTS
from trustops.web.hosts import Hosts, host_of
from trustops.web.http_answer import READS, Headers, by_other_method

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOOK_EVERY_SECONDS = 1.0
MOST_HOSTS = 64
"""Names of ours that are remembered; a stranger may make up any number under a whole domain."""

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
        self._secure = settings.secure
        self._common: Headers = [("Strict-Transport-Security", HSTS)] if settings.secure else []
        self._hosts = Hosts(settings.allowed_hosts, MOST_HOSTS)
        self._every = look_every_seconds
        self._next_look = 0.0
        self._looking = Lock()
        self._shelf: Shelf | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the release, or let the application answer."""
        self.shelf()
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        page = self.page(path) if self._hosts.has(host_of(environ)) else None
        if page is None:
            return self._inner(environ, start_response)
        if method in READS:
            accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
            answer = page.to(method, accepted, environ.get("HTTP_IF_NONE_MATCH"))
        else:
            answer = by_other_method(method, path, self._common)
        status = HTTPStatus(answer.status)
        start_response(f"{status.value} {status.phrase}", [*answer.headers])
        return (answer.body,) if answer.body else ()

    def page(self, path: str) -> Answer | Redirect | None:
        """What the release has at a path; None where the application has to answer.

        Whoever asks has looked whether the host is ours.

        Args:
            path: decoded, without the query.
        """
        shelf = self._shelf
        if shelf is None:
            return None
        book = shelf.book(self._clock.now())
        answer = book.get(path)
        if answer is not None:
            return answer
        bare = path.rstrip("/")
        target = shelf.redirects.get(bare) or (bare if bare != path and bare in book else None)
        if target is None:
            return None
        return redirect(target, book["/"].plain if "/" in book else next(iter(book.values())).plain)

    def look(self) -> None:
        """Take up a newer release where there is one."""
        self.shelf()

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


def install(app: Flask, settings: Settings, clock: Clock) -> None:
    """Put the layer around an application. Installed last, so that it answers first."""
    releases = Releases(settings.instance_dir)
    pages = PublicPages(app.wsgi_app, releases, settings, clock)
    register(app, pages)

    @app.context_processor
    def foot() -> dict[str, Any]:
        """The same way on from a page of the application as from one of the release."""
        shelf = pages.shelf() if has_request_context() else None
        return dict(shelf.foot) if shelf else {}

    app.__dict__["wsgi_app"] = pages
