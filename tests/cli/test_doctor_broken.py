"""`trustops doctor` on broken instances: each is named, with a remedy, and never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.channels.receiver import closed_port
from tests.cli.conftest import Run
from tests.cli.healthy import make_well, nodes_that_answer, sign
from tests.official.things import OTHER_SECRET, SOURCE
from trustops.alerts.rules import Kind, NewAlert, Severity
from trustops.alerts.services import raise_alert
from trustops.channels.rules import Target
from trustops.cli.doctor import looked
from trustops.cli.engines import engine_of
from trustops.cli.health import database, nodes
from trustops.cli.health.finding import Finding, Level
from trustops.clock import SystemClock
from trustops.db import Session, start_writing
from trustops.posts.models import Heartbeat
from trustops.settings import Settings, load_settings

pytestmark = pytest.mark.long

HIDDEN = "hidden-word"
"""Stands in every value that no output may show."""


@dataclass(frozen=True)
class Broken:
    """An instance that was well, and the means to break it."""

    settings: Settings
    monkeypatch: pytest.MonkeyPatch
    nodes: str

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.settings.content_dir

    @property
    def database(self) -> Path:
        """The file of the database."""
        return Path(self.settings.database_url.reveal().removeprefix("sqlite:///"))

    def set(self, **given: str) -> None:
        """Change settings in the environment."""
        for name, value in given.items():
            self.monkeypatch.setenv(f"TRUSTOPS_{name}", value)

    def run(self, statement: str) -> None:
        """Change the database by hand."""
        with engine_of(self.settings) as engine, engine.begin() as connection:
            connection.execute(text(statement))

    def write(self, *rows: object) -> None:
        """Add rows to the database."""
        with engine_of(self.settings) as engine, Session(engine) as session:
            start_writing(session)
            session.add_all(rows)
            session.commit()


@pytest.fixture
def broken(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broken]:
    """An instance that is still well."""
    with nodes_that_answer() as address:
        yield Broken(make_well(settings, monkeypatch, address), monkeypatch, address)


def ago(**duration: float) -> timedelta:
    """A duration before now, as a negative one."""
    return -timedelta(**duration)


def a_heartbeat(state: str, due_in: timedelta) -> Heartbeat:
    """The heartbeat of some week."""
    now = SystemClock().now()
    return Heartbeat(
        schedule="weekly", iso_week="2026-W47", due_at=now + due_in, state=state, created_at=now
    )


def an_alert(at: Broken, severity: Severity) -> None:
    """An alert that was opened an hour ago and that nobody acknowledged."""
    moment = SystemClock().now() - timedelta(hours=1)
    new = NewAlert(
        kind=Kind.TEST,
        severity=severity,
        dedupe_key="one",
        subject="alerts",
        summary="Something is wrong.",
        at=moment,
    )
    with engine_of(at.settings) as engine, Session(engine) as session:
        start_writing(session)
        targets = (Target("console", "console"),)
        raise_alert(session, moment, new, targets=targets, base_url="http://localhost")
        session.execute(text("UPDATE delivery SET state = 'sent'"))
        session.commit()


def a_cursor(at: Broken, *packs: str) -> None:
    """A chain that was read for each of some packs."""
    with engine_of(at.settings) as engine, engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO chain_cursor (pack, chain, span, migrated, unmigrated, issued, events,"
                " plan, state, reason, next_at) VALUES (:pack, 'base', 1, '0', '0', '0', 0, '',"
                " 'good', '', '2026-11-22 12:00:00')"
            ),
            [{"pack": pack} for pack in packs],
        )


def a_folder_for_a_key(at: Broken) -> None:
    """Somebody mounted a folder where the key has to lie."""
    at.set(OFFICIAL_KEY="")
    (at.settings.instance_dir / "official.pub").mkdir()


def tamper(at: Broken) -> None:
    """Change the signed list."""
    path = at.content / "official" / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b"elizaOS", b"elizaOX", 1))


def put_a_folder_in_place_of(path: Path) -> None:
    """Take a file away and make a folder of its name."""
    path.unlink()
    path.mkdir()


def empty_the_key(at: Broken) -> None:
    """Leave the key that is made on first start without a byte."""
    at.monkeypatch.delenv("TRUSTOPS_SECRET_KEY")
    (at.settings.instance_dir / "secret_key").touch(mode=0o600)


def empty(folder: Path) -> None:
    """Leave a folder without a file."""
    shutil.rmtree(folder)
    folder.mkdir()


BREAK: dict[str, tuple[Callable[[Broken], object], str, str]] = {
    "a database file of garbage": (
        lambda at: at.database.write_bytes(b"no database" * 500),
        "database",
        "not a database",
    ),
    "a database file without a byte": (
        lambda at: at.database.write_bytes(b""),
        "schema",
        "does not have the schema",
    ),
    "a folder in the place of the database": (
        lambda at: put_a_folder_in_place_of(at.database),
        "database",
        "no file",
    ),
    "a database that went away": (
        lambda at: at.database.unlink(),
        "database",
        "no database yet",
    ),
    "a database in memory": (
        lambda at: at.set(DATABASE_URL="sqlite://"),
        "database",
        "in memory",
    ),
    "a database server that is not there": (
        lambda at: at.set(DATABASE_URL=f"postgresql+psycopg://desk:{HIDDEN}@127.0.0.1:1/desk"),
        "database",
        "does not answer",
    ),
    "a database of another kind": (
        lambda at: at.set(DATABASE_URL=f"mysql://desk:{HIDDEN}@127.0.0.1/desk"),
        "database",
        "has to begin with",
    ),
    "an empty content folder": (lambda at: empty(at.content), "content", "site.toml"),
    "a content folder that is not there": (
        lambda at: shutil.rmtree(at.content),
        "content",
        "is no folder",
    ),
    "a config.toml that is no TOML": (
        lambda at: (at.settings.instance_dir / "config.toml").write_text("port = = 1"),
        "settings",
        "config.toml cannot be read",
    ),
    "an instance folder that is a file": (
        lambda at: at.set(INSTANCE_DIR=str(at.database)),
        "settings",
        "config.toml cannot be read",
    ),
    "a secret key that was emptied": (
        empty_the_key,
        "secret key",
        "empty",
    ),
    "a secret key that can be guessed": (
        lambda at: at.set(SECRET_KEY=f"changeme-{HIDDEN}-changeme-changeme"),
        "secret key",
        "guessed",
    ),
    "no official key": (lambda at: at.set(OFFICIAL_KEY=""), "official key", "No official key"),
    "a file in the place of the built pages": (
        lambda at: (at.settings.instance_dir / "releases").write_text("x"),
        "built pages",
        "is no folder",
    ),
    "a table that somebody dropped": (
        lambda at: at.run("DROP TABLE message"),
        "schema",
        "lacks message",
    ),
    "an index that somebody dropped": (
        lambda at: at.run("DROP INDEX ix_ticket_queue"),
        "schema",
        "lacks ix_ticket_queue",
    ),
    "a database in a folder that is not there": (
        lambda at: at.set(DATABASE_URL="sqlite:////nowhere/at/all.sqlite3"),
        "database",
        "There is no folder /nowhere/at",
    ),
    "a folder in the place of the official key": (
        a_folder_for_a_key,
        "official key",
        "is a folder",
    ),
    "an official key that is none": (
        lambda at: at.set(OFFICIAL_KEY="RWQnonsense"),
        "official key",
        "cannot be read",
    ),
    "a list that nobody signed": (
        lambda at: (at.content / "official" / "manifest.json").unlink(),
        "official list",
        "is not there",
    ),
    "a list that was changed": (tamper, "official list", "signature"),
    "a list that another key signed": (
        lambda at: sign(at.content, secret=OTHER_SECRET),
        "official list",
        "signature",
    ),
    "a list that expired": (
        lambda at: sign(at.content, days_ago=10, lifetime=9),
        "official list",
        "last day",
    ),
    "a list of another project": (
        lambda at: sign(at.content, source=SOURCE),
        "project",
        "names other tokens",
    ),
    "a database of another project": (
        lambda at: a_cursor(at, "heliotrope"),
        "data",
        "heliotrope",
    ),
    "nodes of a chain that is misspelt": (
        lambda at: at.set(RPC_ETHERUM=f"https://node.example.org/{HIDDEN}"),
        "node names",
        "TRUSTOPS_RPC_ETHERUM",
    ),
    "a node of another chain": (
        lambda at: at.set(RPC_BASE=f"{at.nodes}/1?key={HIDDEN}"),
        "nodes",
        "Node 1 of base",
    ),
    "a node that is down": (
        lambda at: at.set(RPC_BASE=f"{at.nodes}/8453,http://127.0.0.1:{closed_port()}/{HIDDEN}"),
        "nodes",
        "Node 2 of base",
    ),
    "a mail server that is down": (
        lambda at: at.set(
            SMTP_URL=f"smtp://desk:{HIDDEN}@127.0.0.1:{closed_port()}", MAIL_FROM="d@example.org"
        ),
        "mail",
        "cannot be reached",
    ),
    "a heartbeat that was missed": (
        lambda at: at.write(a_heartbeat("missed", ago(days=3))),
        "heartbeat",
        "2026-W47",
    ),
    "a heartbeat that is overdue": (
        lambda at: at.write(a_heartbeat("draft", ago(hours=1))),
        "heartbeat",
        "has been due",
    ),
    "an urgent alert that nobody saw": (
        lambda at: an_alert(at, Severity.CRITICAL),
        "open alerts",
        "waited for 60 minutes",
    ),
    "a base URL that is not answered": (
        lambda at: at.set(ALLOWED_HOSTS="other.example.org"),
        "allowed hosts",
        "127.0.0.1:8000",
    ),
}

WARN: dict[str, tuple[Callable[[Broken], object], str, str]] = {
    "a list that ends in two days": (
        lambda at: sign(at.content, days_ago=5, lifetime=7),
        "official list",
        "hours more",
    ),
    "no node for balances": (lambda at: at.set(RPC_BASE=""), "nodes", "No node is set for base"),
    "an alert that is not urgent": (
        lambda at: an_alert(at, Severity.WARNING),
        "open alerts",
        "none of them urgent",
    ),
    "a heartbeat that is due soon": (
        lambda at: at.write(a_heartbeat("draft", timedelta(hours=5))),
        "heartbeat",
        "not approved yet",
    ),
    "a migration after another one": (
        lambda at: a_cursor(at, "heliotrope", "ai16z-elizaos"),
        "data",
        "heliotrope",
    ),
    "a demo without a key": (
        lambda at: at.set(DEMO="1", OFFICIAL_KEY=""),
        "official key",
        "No official key",
    ),
}


def findings_of(run: Run) -> tuple[int, list[dict[str, str]]]:
    """Ask the doctor; whatever is broken, it ends in order and shows no secret."""
    result = run("doctor", "--json")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert HIDDEN not in result.output
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize("what", BREAK)
def test_what_is_broken_is_named_and_fails(broken: Broken, run: Run, what: str) -> None:
    """With what is wrong in a sentence, and what to do about it in another."""
    breaks, check, word = BREAK[what]
    breaks(broken)
    code, rows = findings_of(run)
    failed = [row for row in rows if row["level"] == "fail"]
    assert code == 1
    assert any(row["check"] == check and word in row["sentence"] for row in failed), failed
    assert all(row["remedy"] for row in failed)


@pytest.mark.parametrize("what", WARN)
def test_what_somebody_should_know_is_a_warning(broken: Broken, run: Run, what: str) -> None:
    """It works, so the exit code is 0."""
    breaks, check, word = WARN[what]
    breaks(broken)
    code, rows = findings_of(run)
    warned = [row for row in rows if row["level"] == "warn"]
    assert any(row["check"] == check and word in row["sentence"] for row in warned), rows
    assert all(row["remedy"] for row in warned)
    assert code == 0


def test_a_misspelt_name_comes_with_the_right_one(broken: Broken, run: Run) -> None:
    """The nearest chain of the pack; where none is near, all of them."""
    broken.set(RPC_ETHERUM="https://a.example", RPC_XYZ="https://b.example")
    remedy = next(row["remedy"] for row in findings_of(run)[1] if row["check"] == "node names")
    assert "Write TRUSTOPS_RPC_ETHEREUM in place of TRUSTOPS_RPC_ETHERUM." in remedy
    assert "Take TRUSTOPS_RPC_XYZ out" in remedy


def test_a_node_that_says_nothing_is_left_in_time(
    broken: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All nodes are asked at once, so the slowest alone counts."""
    monkeypatch.setattr(nodes, "PATIENCE", timedelta(seconds=1))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        broken.set(RPC_BASE=",".join(f"http://127.0.0.1:{port}/{number}" for number in range(4)))
        began = SystemClock().wall()
        finding = nodes.nodes(load_settings())
    assert finding.level is Level.FAIL
    assert finding.sentence.count("did not answer") == 4
    assert SystemClock().wall() - began < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("database is locked", "holds the database"),
        ("file is not a database", "backup"),
        ("unable to open database file", "owns them"),
        ('password authentication failed for user "desk"', "password"),
        ('database "desk" does not exist', "right database"),
        ("connection refused", "server runs"),
    ],
)
def test_a_database_that_does_not_answer_has_a_remedy_by_its_reason(said: str, word: str) -> None:
    """What helps depends on what it said."""
    finding = database.silent(OperationalError("SELECT 1", {}, sqlite3.OperationalError(said)))
    assert word in finding.remedy


def test_a_check_that_cannot_look_stops_no_other() -> None:
    """It says so itself."""

    def check() -> Finding:
        raise PermissionError(13, os.strerror(13))

    finding = looked("some_check", check)
    assert (finding.check, finding.level) == ("some check", Level.FAIL)
    assert "Permission denied" in finding.sentence
