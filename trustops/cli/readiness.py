"""Says when a server is ready, by asking it as a visitor would, and why where it is not.

A reason is told once, and again only when it becomes another one; the server goes on meanwhile.
What ends the command before it serves becomes one sentence and exit code 1.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import IO, Any
from urllib.parse import urlsplit

import click
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from trustops.cli.content import find_problems
from trustops.cli.engines import engine_of
from trustops.cli.schema import is_sqlite
from trustops.db import Session, start_writing
from trustops.errors import ConflictError, TrustOpsError
from trustops.logs import first_line
from trustops.settings import Settings

Say = Callable[[str], None]

ASK_EVERY_SECONDS = 0.5
SILENCE_SECONDS = 45
"""How long nothing may answer before that is told: workers take seconds to start."""

ANSWER_SECONDS = 10
LONGEST_ANSWER_BYTES = 4096
MOST_PROBLEMS = 5

EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


READ_ONLY = "The database can be read and not written; a standby cannot serve the desk."


class NotReadyError(click.ClickException):
    """Why a server ends before it serves."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it on the error stream."""
        click.echo(f"Not ready: {self.message}", file=file, err=file is None)


@contextmanager
def starting() -> Iterator[None]:
    """Turn what goes wrong on the way to a server into the reason why it is not ready.

    Raises:
        NotReadyError: the reason, in a sentence or with a line for each fault.
    """
    from trustops.cli import in_words

    try:
        yield
    except TrustOpsError as error:
        raise NotReadyError(in_words(error)) from error
    except SQLAlchemyError as error:
        sentence = f"the database refused: {first_line(error)}. `trustops doctor` looks further."
        raise NotReadyError(sentence) from error
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise NotReadyError(f"{error.strerror or error}{place}.") from error


def require_writable(settings: Settings) -> None:
    """Refuse to serve on a database that can only be read.

    Raises:
        ConflictError: PostgreSQL takes no writes, as on a standby.
        SQLAlchemyError: SQLite says why it takes none.
    """
    with engine_of(settings) as engine, Session(engine) as session:
        start_writing(session)
        if not is_sqlite(settings) and session.scalar(text("SHOW transaction_read_only")) == "on":
            raise ConflictError(READ_ONLY)
        session.rollback()


@contextmanager
def announced(settings: Settings, say: Say) -> Iterator[None]:
    """While the block serves, say once that it is ready, or for what reason it is not yet."""
    ended = Event()
    asking = Thread(target=_ask, args=(settings, say, ended), daemon=True)
    asking.start()
    try:
        yield
    finally:
        ended.set()
        asking.join(ANSWER_SECONDS)


def _ask(settings: Settings, say: Say, ended: Event) -> None:
    """Ask until the answer is good, or the server has ended."""
    told, silent_for = "", 0.0
    while not ended.wait(ASK_EVERY_SECONDS):
        reason = reason_of(settings)
        if reason is None:
            silent_for += ASK_EVERY_SECONDS
            reason = f"nothing answers at {address(settings)} yet." if _long(silent_for) else told
        elif not reason:
            say(f"Ready: {_whole(settings)}")
            return
        if reason != told:
            say(f"Not ready: {reason}")
            told = reason


def _long(seconds: float) -> bool:
    return seconds >= SILENCE_SECONDS


def reason_of(settings: Settings) -> str | None:
    """Why a server does not serve; empty when it does, None while nothing answers.

    It serves when it says so itself and has a front page.
    """
    try:
        status, body = _get(settings, "/readyz")
        if status != http.client.OK:
            return _reason_in(status, body)
        status, _ = _get(settings, "/")
    except (OSError, http.client.HTTPException):
        return None
    if status == http.client.OK:
        return ""
    if status != http.client.SERVICE_UNAVAILABLE:
        return f"the front page answers {status}."
    faults = "".join(f"\n  {fault}" for fault in first_faults(settings))
    return f"the public pages could not be built.{faults}"


def first_faults(settings: Settings) -> list[str]:
    """The first faults of the content files, by file, line and field."""
    return [str(problem) for problem in find_problems(settings)[:MOST_PROBLEMS]]


def _reason_in(status: int, body: bytes) -> str:
    """What `/readyz` gives as its reason."""
    try:
        return f"{json.loads(body)['reason']}."
    except (ValueError, LookupError, TypeError):
        return f"/readyz answers {status}."


def _get(settings: Settings, path: str) -> tuple[int, bytes]:
    """Ask the address that is listened at, under the name that visitors use."""
    host = EVERY_ADDRESS.get(settings.host, settings.host)
    connection = http.client.HTTPConnection(host, settings.port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": urlsplit(settings.base_url).netloc})
        answer = connection.getresponse()
        return answer.status, answer.read(LONGEST_ANSWER_BYTES)
    finally:
        connection.close()


def address(settings: Settings) -> str:
    """The address that is listened at, as a browser on this machine takes it."""
    host = EVERY_ADDRESS.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def _whole(settings: Settings) -> str:
    at = address(settings)
    if at == settings.base_url:
        return f"{at} answers."
    return f"{at} answers; visitors come by {settings.base_url}."
