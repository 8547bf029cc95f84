"""Whether a server is ready is what a visitor would be answered, and else the reason."""

from __future__ import annotations

import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from tests.cli.processes import free_port, wait_until
from trustops.cli import readiness
from trustops.cli.engines import engine_of
from trustops.cli.readiness import (
    NotReadyError,
    address,
    announced,
    reason_of,
    require_writable,
    starting,
)
from trustops.errors import ConflictError, FieldError, InvalidInputError
from trustops.settings import PROJECT_ROOT, Settings

Answers = dict[str, tuple[int, object]]

EVERYWHERE = next(iter(readiness.EVERY_ADDRESS))

READY: Answers = {"/readyz": (200, {"status": "ready"}), "/": (200, {})}


@contextmanager
def answering(port: int, answers: Answers) -> Iterator[list[str]]:
    """A server that gives these answers; what it was asked, and under which name."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.headers['Host']}{self.path}")
            status, body = answers[self.path]
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def here(settings: Settings) -> Settings:
    """A server that listens everywhere, and that visitors reach by a name."""
    return replace(settings, host=EVERYWHERE, port=free_port(), base_url="https://desk.example.org")


def test_it_asks_as_a_visitor_would_and_says_once_that_it_is_ready(here: Settings) -> None:
    """By the name that visitors use, at an address of this machine."""
    said: list[str] = []
    with answering(here.port, READY) as asked, announced(here, said.append):
        wait_until(lambda: bool(said), "a word")
    at = f"http://127.0.0.1:{here.port}"
    assert said == [f"Ready: {at} answers; visitors come by https://desk.example.org."]
    assert asked == ["desk.example.org/readyz", "desk.example.org/"]


def test_a_reason_is_told_once_and_the_next_one_when_it_is_another(here: Settings) -> None:
    """In the words of `/readyz`; then the pages; then that all is well."""
    said: list[str] = []
    answers: Answers = {
        "/readyz": (503, {"reason": "the database does not answer"}),
        "/": (503, {}),
    }
    with answering(here.port, answers) as asked, announced(here, said.append):
        wait_until(lambda: len(asked) > 2, "three questions")
        answers["/readyz"] = READY["/readyz"]
        wait_until(lambda: len(said) > 1, "another reason")
        answers["/"] = READY["/"]
        wait_until(lambda: len(said) > 2, "an end")
    assert said[:2] == [
        "Not ready: the database does not answer.",
        "Not ready: the public pages could not be built.",
    ]
    assert said[2].startswith("Ready: ")
    assert len(said) == 3


def test_silence_is_told_after_a_while(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers take seconds to start, so not at once."""
    monkeypatch.setattr(readiness, "ASK_EVERY_SECONDS", 0.05)
    monkeypatch.setattr(readiness, "SILENCE_SECONDS", 0.2)
    said: list[str] = []
    with announced(here, said.append):
        wait_until(lambda: bool(said), "a word")
    assert said == [f"Not ready: nothing answers at http://127.0.0.1:{here.port} yet."]


@pytest.mark.long
def test_a_broken_content_file_is_named(here: Settings, tmp_path: Path) -> None:
    """By file, line and field, as the check names it."""
    folder = shutil.copytree(PROJECT_ROOT / "content", tmp_path / "content")
    page = folder / "faq" / "ratio" / "en.md"
    page.write_text(page.read_text().replace("order: ", "order: x"))
    with answering(here.port, {**READY, "/": (503, {})}):
        reason = reason_of(replace(here, content_dir=folder))
    assert reason is not None
    assert "faq/ratio/en.md:" in reason
    assert "order" in reason


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"/readyz": (500, [])}, "/readyz answers 500."),
        ({"/readyz": (503, {})}, "/readyz answers 503."),
        ({**READY, "/": (404, {})}, "the front page answers 404."),
        (READY, ""),
    ],
)
def test_what_else_may_answer(here: Settings, answers: Answers, reason: str) -> None:
    """A program that is not ours gives no reason of ours."""
    with answering(here.port, answers):
        assert reason_of(here) == reason


def test_nothing_that_answers_is_no_reason_yet(here: Settings) -> None:
    """It may be on its way."""
    assert reason_of(here) is None


def test_an_address_of_ipv6_stands_in_brackets(here: Settings) -> None:
    """So that a browser takes it."""
    assert address(replace(here, host="::", port=80)) == "http://[::1]:80"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConflictError("It is taken."), "It is taken."),
        (InvalidInputError("No", errors=(FieldError("PORT", "is wrong"),)), "  PORT is wrong"),
        (OperationalError("SELECT 1", {}, Exception("readonly")), "the database refused: "),
        (PermissionError(13, "Permission denied", "/x"), "Permission denied (/x)."),
        (OSError("odd"), "odd."),
    ],
)
def test_what_ends_a_start_is_one_sentence(error: Exception, words: str) -> None:
    """With exit code 1, on the error stream."""

    @click.command()
    def begin() -> None:
        with starting():
            raise error

    ran = CliRunner().invoke(begin)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.startswith("Not ready: ")
    assert words in ran.stderr
    with pytest.raises(NotReadyError), starting():
        raise error


def test_a_database_that_takes_no_writes_is_refused(
    on_each: Settings,
) -> None:
    """A standby of PostgreSQL, a SQLite file that is no database: before the first visitor."""
    require_writable(on_each)
    url = on_each.database_url.reveal()
    if url.startswith("postgresql"):
        name = make_url(url).database
        with engine_of(on_each) as engine, engine.begin() as connection:
            connection.execute(
                text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
            )
        with pytest.raises(ConflictError, match="can be read and not written"):
            require_writable(on_each)
        return
    Path(url.removeprefix("sqlite:///")).write_bytes(b"no database at all" * 100)
    with pytest.raises(NotReadyError, match="the database refused"), starting():
        require_writable(on_each)
