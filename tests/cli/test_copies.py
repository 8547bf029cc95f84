"""How copies are made: whole while others write, and without a password in sight."""

from __future__ import annotations

import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from itertools import count as count_up
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import pytest

from tests.cli.archives import content_of, rewrite
from tests.cli.conftest import Run
from trustops.cli import postgres_copy, sqlite_copy
from trustops.cli.archive import DUMP
from trustops.errors import InvalidInputError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "desk.tar.gz"


def test_a_damaged_database_is_neither_kept_nor_put_in_place(
    sqlite_url: str, run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the checksum is right: SQLite reads all of it before anything is touched."""
    monkeypatch.setenv("TRUSTOPS_DATABASE_URL", sqlite_url)
    run("backup", str(file))
    with tarfile.open(file) as archive:
        dump = bytearray(content_of(archive, archive.getmember(DUMP)))
    dump[8192:40960] = b"\xff" * 32768
    for number, damaged in enumerate((bytes(dump), b"no database")):
        path = file.with_name(f"damaged-{number}")
        path.write_bytes(damaged)
        with pytest.raises(InvalidInputError, match="damaged"):
            sqlite_copy.check(path)
    rewrite(file, dump="no database", sha256=sha256(b"no database").hexdigest())
    result = run("restore", "--force", str(file))
    assert (result.exit_code, "damaged" in result.stderr) == (1, True)


def test_a_database_in_memory_cannot_be_kept(tmp_path: Path) -> None:
    """It ends with its process."""
    with pytest.raises(InvalidInputError, match="in memory"):
        sqlite_copy.dump("sqlite://", tmp_path / "dump")


@contextmanager
def writing(path: str) -> Iterator[None]:
    """Somebody who writes rows in two steps, as fast as possible, until the block ends."""
    done = Flag()

    def write() -> None:
        with closing(sqlite3.connect(path, timeout=15)) as connection:
            connection.execute("CREATE TABLE pair (first INTEGER, second INTEGER)")
            begun.set()
            for number in count_up():
                connection.execute("INSERT INTO pair VALUES (?, NULL)", (number,))
                connection.execute("UPDATE pair SET second = first WHERE second IS NULL")
                connection.commit()
                if done.is_set():
                    break

    begun = Flag()
    writer = Thread(target=write)
    writer.start()
    try:
        assert begun.wait(10)
        yield
    finally:
        done.set()
        writer.join()


def test_sqlite_is_backed_up_while_others_write(
    sqlite_url: str, run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy is whole, and has no transaction by half."""
    monkeypatch.setenv("TRUSTOPS_DATABASE_URL", sqlite_url)
    with writing(sqlite_url.removeprefix("sqlite:///")):
        result = run("backup", str(file))
    assert result.exit_code == 0, result.output
    copy = file.with_name("copy.sqlite3")
    with tarfile.open(file) as archive:
        copy.write_bytes(content_of(archive, archive.getmember(DUMP)))
    with closing(sqlite3.connect(copy)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone()
        odd = connection.execute("SELECT count(*) FROM pair WHERE second IS NULL").fetchone()
    assert (whole, odd) == (("ok",), (0,))


def test_postgresql_tools_that_are_missing_are_named(
    postgres_url: str, run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the way to say where they are; no half a backup stays."""
    monkeypatch.setenv("TRUSTOPS_DATABASE_URL", postgres_url)
    (tmp_path / "nothing").mkdir()
    result = run("backup", "--pg-bin", str(tmp_path / "nothing"), str(file))
    assert result.exit_code == 1
    assert "pg_dump is not in" in result.stderr
    assert not file.exists()


SPY = """#!/bin/sh
echo "$@" > "$0.arguments"
file=$(echo "$@" | sed "s/.*passfile=\\([^ ]*\\).*/\\1/")
cat "$file" > "$0.passwords"
stat -c %a "$file" > "$0.mode"
exit 3
"""


def test_the_password_is_no_argument_of_a_tool(tmp_path: Path) -> None:
    """Arguments can be read by everybody on the machine, the file of passwords by its owner."""
    tool = tmp_path / "pg_dump"
    tool.write_text(SPY)
    tool.chmod(0o700)
    url = "postgresql+psycopg://desk:hard%3Ato%5Cguess@db.example.org/desk"
    with pytest.raises(InvalidInputError, match="pg_dump failed"):
        postgres_copy.dump(url, tmp_path / "dump", tmp_path)
    arguments = tool.with_suffix(".arguments").read_text()
    assert "host=db.example.org" in arguments
    assert "guess" not in arguments
    assert tool.with_suffix(".passwords").read_text() == "*:*:*:*:hard\\:to\\\\guess\n"
    assert tool.with_suffix(".mode").read_text() == "600\n"
