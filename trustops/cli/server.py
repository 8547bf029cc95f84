"""The web server: Granian's worker processes, and one scheduler in a thread of their parent.

The parent ticks because it is one, whatever the number of workers, because jobs take no time from
requests there, and because a worker that is replaced takes no job with it. Workers are spawned, not
forked: a fork of a process with threads copies locks that nobody opens again.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
import socket
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from flask import Flask

from trustops.errors import ConflictError
from trustops.settings import Settings
from trustops.site.serving import PublicPages
from trustops.web.context import part
from trustops.web.gateway import Gateway

if TYPE_CHECKING:
    from jobs.runner import Job

HEADERS_WITHIN_MS = 10_000
"""How long a connection may take for the headers of a request, and stay silent between two."""

MOST_CONNECTIONS = 4096
"""Connections that one worker keeps open; each costs memory and no thread."""

MOST_FILES = 65_536
"""Open files that are asked for; a connection is one, and systems give 1,024 by themselves."""

KILL_AFTER_SECONDS = 30
"""A worker that is still busy so long after being asked to stop is killed."""

LOGS = {
    "handlers": {},
    "loggers": {"_granian": {"level": "ERROR", "handlers": [], "propagate": True}},
}
"""The server's own messages go where ours go; it keeps no access log, for paths are private."""


def run(settings: Settings, app: Flask, jobs: Sequence[Job]) -> None:
    """Serve until asked to stop; `jobs` are ticked meanwhile, none of them if it is empty."""
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    multiprocessing.set_start_method("spawn", force=True)
    _allow_many_connections()
    server = Server(
        "trustops.cli.server:load",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.RSGI,
        workers=settings.workers,
        backlog=MOST_CONNECTIONS,
        backpressure=MOST_CONNECTIONS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN_MS),
        websockets=False,
        log_access=False,
        log_level=LogLevels.error,
        log_dictconfig=LOGS,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER_SECONDS,
    )
    if jobs:
        from jobs.scheduler import Ticker

        ticker = Ticker(app, jobs)
        server.on_startup(ticker.start)
        server.on_shutdown(ticker.stop)
    server.serve(target_loader=partial(load, settings), wrap_loader=False)


def load(settings: Settings) -> Callable[..., object]:
    """What a worker serves, with the settings that its parent was given."""
    from trustops.app import create_app

    # A terminal sends Ctrl-C to every process; asked twice to stop, by it and by their parent,
    # workers would wait until they are killed.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    app = create_app(settings)
    with app.app_context():
        return cast("Callable[..., object]", Gateway(app, part(PublicPages), settings))


def _allow_many_connections() -> None:
    """Raise the number of open files as far as the system lets us; workers inherit it."""
    lower, upper = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if upper == resource.RLIM_INFINITY else min(MOST_FILES, upper)
    if lower != resource.RLIM_INFINITY and lower < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, upper))


def require_free(host: str, port: int) -> None:
    """Refuse before anything starts where the address cannot be had.

    Raises:
        ConflictError: it is taken, or it is not an address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConflictError(
                f"Port {port} of {host} cannot be used: {error.strerror}. Choose another one with "
                "--port or TRUSTOPS_PORT."
            ) from error
