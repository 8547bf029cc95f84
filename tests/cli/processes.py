"""Real `trustops` processes with an environment of their own, and what they wrote."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

PATIENCE_SECONDS = 240
COMMAND = str(Path(sys.executable).parent / "trustops")

Process = subprocess.Popen[bytes]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The settings of an instance in a folder; `more` are further ones by their names."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TRUSTOPS_")}
    own.pop("PORT", None)
    given = {"INSTANCE_DIR": str(folder), **more}
    return own | {f"TRUSTOPS_{name}": value for name, value in given.items()}


@contextmanager
def started(*arguments: str, log: Path, env: dict[str, str]) -> Iterator[Process]:
    """A process that runs in another folder than the project's, and is ended with the block."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            [COMMAND, *arguments],
            cwd=log.parent,
            env=env,
            stdout=file,
            stderr=file,
            process_group=0,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def stop(process: Process, by: signal.Signals = signal.SIGTERM) -> int:
    """Ask a process to stop; gives its exit code."""
    process.send_signal(by)
    return process.wait(PATIENCE_SECONDS)


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Until something is so; fails when patience ends."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < until, f"it never came to: {what}"
        time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether an address answers with a success."""
    try:
        return requests.get(url, timeout=5).ok
    except requests.ConnectionError:
        return False


def free_port() -> int:
    """A port on loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_desk_that_serves(folder: Path) -> Iterator[int]:
    """Its port; it has to end well."""
    port = free_port()
    env = environment(folder, SCHEDULER="off", PORT=str(port), LOG_LEVEL="error")
    with started("serve", log=folder / "serve.log", env=env) as process:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz"), "the desk is ready")
        yield port
        assert stop(process) == 0, (folder / "serve.log").read_text()
