"""The web server: Granian's worker processes, and one scheduler in a thread of their parent.

The parent ticks because it is one, whatever the number of workers, because jobs take no time from
requests there, and because a worker that is replaced takes no job with it. Workers are spawned, not
forked: a fork of a process with threads copies locks that nobody opens again.
"""

from __future__ import annotations

import multiprocessing
import socket
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from flask import Flask

from trustops.errors import ConflictError
from trustops.settings import Settings

if TYPE_CHECKING:
    from jobs.runner import Job

BLOCKING_THREADS = 8
"""Requests that one worker answers at once; as many connections as its pool keeps."""

KILL_AFTER_SECONDS = 30
"""A worker that is still busy so long after being asked to stop is killed."""

LOGS = {
    "handlers": {},
    "loggers": {"_granian": {"level": "ERROR", "handlers": [], "propagate": True}},
}
"""The server's own messages go where ours go; it keeps no access log, for paths are private."""


def run(settings: Settings, app: Flask, jobs: Sequence[Job]) -> None:
    """Serve until asked to stop; `jobs` are ticked meanwhile, none of them if it is empty."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=BLOCKING_THREADS,
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
    """What `wsgi:app` is, in a worker, with the settings that its parent was given."""
    from trustops.app import create_app

    return create_app(settings)


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
