"""Public pages under Granian against nginx with `gzip_static`, on the same bytes in the same run.

Needs nginx and wrk. Both servers have two workers, answer the same files with the same headers,
and are asked in turns; the median of the rounds counts.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.bench.release import a_release
from tests.cli.processes import free_port
from trustops.settings import PROJECT_ROOT
from trustops.site.shelf import CACHING
from trustops.web.headers import ALWAYS

LEAST = 0.42
"""Below this share of nginx the measurement fails."""

GOAL = 0.50
WORKERS = 2
CONNECTIONS = 16
ROUNDS = 3
START_SECONDS = 60

NGINX = "/usr/sbin/nginx"
PATH = "/"
CODINGS = {"gzip": "gzip", "plain": "identity"}

_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_FAILED = re.compile(r"Non-2xx|Socket errors")


@dataclass(frozen=True)
class Servers:
    """The addresses of the two that are compared."""

    ours: str
    nginx: str


def measure(*, rounds: int = ROUNDS, seconds: int = 2) -> list[dict[str, object]]:
    """One row for compressed and one for plain answers: requests a second, and the share."""
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder)) as both:
        return [compare(name, both, rounds=rounds, seconds=seconds) for name in CODINGS]


def compare(metric: str, both: Servers, *, rounds: int, seconds: int) -> dict[str, object]:
    """The row of one metric: our requests a second, those of nginx, and the share."""
    coding = CODINGS[metric]
    same(both, coding)
    rates: dict[str, list[float]] = {both.ours: [], both.nginx: []}
    for _ in range(rounds):
        for address, taken in rates.items():
            taken.append(load(address, coding, seconds))
    ours, nginx = (statistics.median(taken) for taken in rates.values())
    return {
        "name": "public",
        "db": "sqlite",
        "size": 0,
        "metric": metric,
        "value": ours,
        "unit": "requests/s",
        "floor": nginx,
        "ratio": ours / nginx,
        "least": LEAST,
        "goal": GOAL,
        "ok": ours / nginx >= LEAST,
    }


def same(both: Servers, coding: str) -> None:
    """Refuse to compare servers that do not answer the same."""
    answers = [
        requests.get(f"{base}{PATH}", headers={"Accept-Encoding": coding}, stream=True, timeout=10)
        for base in (both.ours, both.nginx)
    ]
    bodies = {answer.raw.read(decode_content=False) for answer in answers}
    if len(bodies) != 1 or {answer.status_code for answer in answers} != {200}:
        raise RuntimeError("the two servers do not answer the same bytes")


def load(base: str, coding: str, seconds: int) -> float:
    """Requests a second that a server answers."""
    done = subprocess.run(
        [
            *("wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s"),
            *("-H", f"Accept-Encoding: {coding}", f"{base}{PATH}"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    found = _RATE.search(done.stdout)
    if found is None or _FAILED.search(done.stdout):
        raise RuntimeError(f"the load did not run: {done.stdout}")
    return float(found[1])


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    """Both servers over one release."""
    instance = folder / "instance"
    pages = a_release(instance)
    with _granian(instance) as ours, _nginx(folder, pages) as nginx:
        yield Servers(ours, nginx)


@contextmanager
def _granian(instance: Path) -> Iterator[str]:
    """`trustops serve` with two workers and no jobs."""
    port = free_port()
    environment = {
        **os.environ,
        "TRUSTOPS_INSTANCE_DIR": str(instance),
        "TRUSTOPS_PORT": str(port),
        "TRUSTOPS_WORKERS": str(WORKERS),
        "TRUSTOPS_SCHEDULER": "off",
        "TRUSTOPS_LOG_LEVEL": "error",
    }
    command = [str(Path(sys.executable).parent / "trustops"), "serve"]
    with _running(command, f"http://127.0.0.1:{port}", environment) as address:
        yield address


@contextmanager
def _nginx(folder: Path, pages: Path) -> Iterator[str]:
    """Nginx with two workers over the same files, with the same headers."""
    port = free_port()
    given = {**ALWAYS, "Cache-Control": CACHING, "Vary": "Accept-Encoding"}
    headers = "\n".join(f'add_header {name} "{value}";' for name, value in given.items())
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"""{user} daemon off; pid {folder}/pid; worker_processes {WORKERS}; error_log stderr crit;
        events {{}}
        http {{ {temporary}
          access_log off; types {{ text/html html; }} default_type text/html; charset utf-8;
          open_file_cache max=1000; keepalive_requests 1000000;
          server {{ listen 127.0.0.1:{port}; root {pages};
            gzip_static on; server_tokens off; {headers}
            location / {{ try_files $uri $uri.html $uri/index.html =404; }} }} }}"""
    )
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    with _running(command, f"http://127.0.0.1:{port}", dict(os.environ)) as address:
        yield address


@contextmanager
def _running(command: list[str], address: str, environment: dict[str, str]) -> Iterator[str]:
    """A server, from its first good answer until it has ended."""
    with subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment) as process:
        try:
            until = time.monotonic() + START_SECONDS
            while not _answers(address):
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"{command[0]} did not start")
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        return requests.get(f"{address}{PATH}", timeout=5).ok
    except requests.ConnectionError:
        return False
