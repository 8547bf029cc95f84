"""`trustops backup` and `trustops restore`: everything comes back, and nothing is sent twice."""

from __future__ import annotations

import json
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tests.cli.archives import content_of, rewrite
from tests.cli.conftest import Run
from tests.conftest import later
from tests.factories import a_person, a_ticket
from trustops.accounts.models import Staff, StaffSession
from trustops.channels.models import Delivery
from trustops.channels.services import queue
from trustops.cli import postgres_copy, sqlite_copy
from trustops.cli.archive import DUMP, MANIFEST, Manifest, digest_of, pack
from trustops.cli.engines import engine_of
from trustops.clock import SystemClock
from trustops.db import Event, migrate, start_writing
from trustops.settings import Settings
from trustops.tickets.models import Message, Ticket

pytestmark = pytest.mark.long

Type = Callable[..., Result]


@pytest.fixture
def pg_bin(on_each: Settings) -> list[str]:
    """Where the tools of the server's version are; nothing to say on SQLite."""
    if on_each.database_url.reveal().startswith("sqlite"):
        return []
    with engine_of(on_each) as engine, engine.connect() as connection:
        found = connection.scalar(text("SELECT setting FROM pg_config WHERE name = 'BINDIR'"))
    return ["--pg-bin", str(found)]


@pytest.fixture
def type_(run: Run, pg_bin: list[str]) -> Type:
    """Type `backup` or `restore`, with the tools of the server's version."""
    return lambda command, *rest: run(command, *pg_bin, *map(str, rest))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "desk.tar.gz"


@pytest.fixture
def filled(on_each: Settings) -> Settings:
    """An instance with a ticket, a signed-in person, and deliveries in three states."""
    now = SystemClock().now()
    with engine_of(on_each) as engine, Session(engine) as session:
        start_writing(session)
        a_ticket(session, now)
        staff = a_person(session)
        session.add(
            StaffSession(
                token_hash="t",
                staff_id=staff.id,
                created_at=now,
                last_seen_at=now,
                expires_at=later(days=3000),
            )
        )
        for state in ("queued", "sending", "sent"):
            queue(
                session,
                now,
                dedupe_key=state,
                channel="console",
                target="console",
                kind="alert",
                subject="alert:1",
                payload={},
            )
            session.execute(
                text("UPDATE delivery SET state = :state WHERE dedupe_key = :state"),
                {"state": state},
            )
        session.commit()
    return on_each


def empty(settings: Settings) -> None:
    """Take everything out of the database, as on a new machine."""
    url = settings.database_url.reveal()
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).unlink()
    else:
        migrate.downgrade(url, "base")


def count(settings: Settings, table: type[Ticket | Message | Staff | Event]) -> int:
    """How many rows a table has."""
    with engine_of(settings) as engine, Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_everything_comes_back_on_an_empty_machine(
    filled: Settings, type_: Type, file: Path
) -> None:
    """Tickets, words, people and the whole history."""
    before = {table: count(filled, table) for table in (Ticket, Message, Staff)}
    assert type_("backup", file).exit_code == 0
    empty(filled)
    result = type_("restore", file)
    assert result.exit_code == 0, result.output
    assert {table: count(filled, table) for table in before} == before
    assert set(before.values()) == {1}


def test_after_a_restore_nothing_is_sent_by_itself(
    filled: Settings, type_: Type, file: Path
) -> None:
    """What waited may have been sent since the backup, so a person decides."""
    type_("backup", file)
    empty(filled)
    result = type_("restore", file)
    with engine_of(filled) as engine, Session(engine) as session:
        rows = session.scalars(select(Delivery)).all()
        states = {row.dedupe_key: row.state for row in rows}
        ended = session.scalar(select(StaffSession.end_reason))
        kinds = session.scalars(select(Event.kind)).all()
    assert states == {"queued": "unknown", "sending": "unknown", "sent": "sent"}
    assert ended == "restored"
    assert {"instance.restored", "delivery.held"} <= set(kinds)
    assert "2 deliveries" in result.output
    assert "1 sessions" in result.output


def test_a_backup_is_private_and_says_what_it_is(filled: Settings, type_: Type, file: Path) -> None:
    """Its owner alone reads it; nothing else is left beside it."""
    beside = set(file.parent.iterdir())
    type_("backup", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(file.parent.iterdir()) == beside | {file}
    with tarfile.open(file) as archive:
        assert archive.getnames() == [MANIFEST, DUMP]
        manifest = json.loads(content_of(archive, archive.getmember(MANIFEST)))
    kind = "sqlite" if filled.database_url.reveal().startswith("sqlite") else "postgresql"
    assert (manifest["kind"], manifest["revision"]) == (kind, migrate.head())
    assert set(manifest) == {"kind", "revision", "version", "sha256", "made_at", "format"}
    assert manifest["made_at"].endswith("+00:00")


@pytest.mark.usefixtures("filled")
def test_a_backup_overwrites_nothing(type_: Type, file: Path) -> None:
    """Whatever has the name."""
    file.write_text("precious")
    result = type_("backup", file)
    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert file.read_text() == "precious"


def test_a_database_that_is_not_empty_is_replaced_only_by_force(
    filled: Settings, type_: Type, file: Path
) -> None:
    """Then it is as it was when the backup was made."""
    type_("backup", file)
    with engine_of(filled) as engine, Session(engine) as session:
        start_writing(session)
        a_ticket(session)
        session.commit()
    refused = type_("restore", file)
    assert (refused.exit_code, count(filled, Ticket)) == (1, 2)
    assert "--force" in refused.stderr
    result = type_("restore", file, "--force")
    assert result.exit_code == 0, result.output
    assert count(filled, Ticket) == 1


@pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("force", [(), ("--force",)], ids=["plain", "force"])
def test_what_is_no_database_is_not_replaced_and_the_way_out_is_told(
    filled: Settings, type_: Type, file: Path, force: tuple[str, ...]
) -> None:
    """A damaged file is moved away by a person; then the restore works."""
    assert type_("backup", file).exit_code == 0
    database = Path(filled.database_url.reveal().removeprefix("sqlite:///"))
    empty(filled)
    database.write_bytes(b"not a database at all" * 500)
    refused = type_("restore", file, *force)
    assert refused.exit_code == 1
    assert f"{database} is no database that can be read" in refused.output
    assert "Move it away" in refused.output
    database.unlink()
    assert type_("restore", file, *force).exit_code == 0


def test_a_backup_into_no_folder_says_so(filled: Settings, type_: Type, tmp_path: Path) -> None:
    """Without a traceback, and nothing is made."""
    del filled
    refused = type_("backup", tmp_path / "nowhere" / "desk.tar.gz")
    assert refused.exit_code == 1
    assert "There is no folder" in refused.output
    assert isinstance(refused.exception, SystemExit)


def test_a_database_in_use_is_not_replaced(filled: Settings, type_: Type, file: Path) -> None:
    """Whoever serves from it has to be stopped first."""
    type_("backup", file)
    with engine_of(filled) as engine, Session(engine) as session:
        session.scalars(select(Ticket)).all()
        result = type_("restore", file, "--force")
    assert result.exit_code == 1
    assert "Stop `trustops serve`" in result.stderr
    assert count(filled, Ticket) == 1


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({DUMP: "something else"}, "checksum"),
        ({"revision": "9999"}, "does not know"),
        ({"kind": "oracle"}, "backup of oracle"),
        ({"format": 2}, "newer version"),
        ({"colour": "red"}, "not a backup"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(
    type_: Type, file: Path, changed: dict[str, object], sentence: str
) -> None:
    """Before anything is touched."""
    type_("backup", file)
    rewrite(file, **changed)
    result = type_("restore", file, "--force")
    assert result.exit_code == 1
    assert sentence in result.stderr


@pytest.mark.usefixtures("on_each")
@pytest.mark.parametrize("content", [b"", b"no archive at all", b"\x1f\x8b broken", None])
def test_a_file_that_is_no_backup_is_refused(
    type_: Type, file: Path, content: bytes | None
) -> None:
    """Or one that is not there."""
    if content is not None:
        file.write_bytes(content)
    result = type_("restore", file)
    assert result.exit_code == 1
    assert ("no file" if content is None else "not a backup") in result.stderr


def test_a_backup_of_an_older_version_is_brought_up(
    filled: Settings, type_: Type, pg_bin: list[str], file: Path
) -> None:
    """Into a database that has the newest schema already."""
    url = filled.database_url.reveal()
    migrate.downgrade(url, "-1")
    with engine_of(filled) as engine:
        older = migrate.current(engine)
    dump = file.parent / "older"
    if pg_bin:
        postgres_copy.dump(url, dump, Path(pg_bin[1]))
    else:
        sqlite_copy.dump(url, dump)
    kind = "postgresql" if pg_bin else "sqlite"
    pack(file, dump, Manifest(kind, str(older), "0.0.1", digest_of(dump), "2026-11-22T12:00+00:00"))
    migrate.upgrade(url)
    result = type_("restore", file, "--force")
    assert result.exit_code == 0, result.output
    with engine_of(filled) as engine:
        assert migrate.current(engine) == migrate.head() != older
    assert count(filled, Ticket) == 1
