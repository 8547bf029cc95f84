"""A real server on a demo instance, and Debian's Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from tests.schema import make_schema
from trustops.clock import SystemClock
from trustops.content import load
from trustops.db import engine_options, start_writing
from trustops.demo.people import SIGN_INS
from trustops.demo.seed import seed
from trustops.settings import PROJECT_ROOT

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 120

PASSWORDS = {role: (email, password) for role, email, password in SIGN_INS}


@dataclass(frozen=True)
class Server:
    """A running desk: its address, its database, and the cookies of who signed in."""

    url: str
    engine: Engine
    cookies: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def free_port() -> int:
    """A port on loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`trustops serve` on a seeded demo instance."""
    folder = tmp_path_factory.mktemp("instance")
    url = f"sqlite:///{folder / 'trustops.sqlite3'}"
    make_schema(url)
    engine = create_engine(url, **engine_options(url))
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with Session(engine) as session:
        start_writing(session)
        content = load(PROJECT_ROOT / "content")
        seed(session, SystemClock().now(), content=content, base_url=address)
        session.commit()
    environment = {
        **os.environ,
        "TRUSTOPS_INSTANCE_DIR": str(folder),
        "TRUSTOPS_DEMO": "1",
        "TRUSTOPS_PORT": str(port),
        "TRUSTOPS_SCHEDULER": "off",
    }
    command = [str(Path(sys.executable).parent / "trustops"), "serve"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=PROJECT_ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            _wait(f"{address}/readyz", process)
            yield Server(address, engine)
        finally:
            process.terminate()
            process.wait(20)
            engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each takes a context of its own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a browser without a past; a script error fails the test."""
    context = browser.new_context()
    opened = watched(context)
    yield opened
    context.close()


def watched(context: BrowserContext) -> Page:
    """A page whose script errors fail the test."""
    opened = context.new_page()

    def fail(error: Exception) -> None:
        raise AssertionError(f"a script failed: {error}")

    opened.on("pageerror", fail)
    return opened


def sign_in(page: Page, server: Server, role: str) -> None:
    """Sign in as a demo person.

    Once for each role: an account takes five sign-ins a minute and no more.
    """
    if role in server.cookies:
        page.context.add_cookies(
            [
                {"name": name, "value": value, "url": server.url}
                for name, value in server.cookies[role]
            ]
        )
        page.goto(f"{server.url}/desk")
        return
    email, password = PASSWORDS[role]
    page.goto(f"{server.url}/desk/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{server.url}/desk")
    server.cookies[role] = [
        (item.get("name", ""), item.get("value", "")) for item in page.context.cookies()
    ]


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers, or it is clear that it will not."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            if requests.get(url, timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.2)
    raise AssertionError("the server did not start")
