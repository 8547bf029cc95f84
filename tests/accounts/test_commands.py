"""`trustops user` and `trustops token`: what an operator types, reads and can hand on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, select

from tests.accounts.people import GOOD, cheap_passwords
from trustops.accounts.models import ApiToken, Staff, StaffSession
from trustops.accounts.rules import parse_token
from trustops.accounts.services import set_password, sign_in
from trustops.cli import main
from trustops.clock import SystemClock
from trustops.db import Session, start_writing

ADD = ("user", "add", "agent@example.org", "--role", "agent", "--name", "First Agent")

Run = Callable[..., Result]


@pytest.fixture
def url(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A migrated database, named in the settings that commands read."""
    monkeypatch.setenv("TRUSTOPS_INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("TRUSTOPS_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("TRUSTOPS_BASE_URL", "https://desk.example.org")
    return sqlite_url


@pytest.fixture
def run(url: str) -> Run:
    """Type a command; gives what it printed and its exit code."""
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.fixture
def read(run: Run) -> Callable[..., Any]:
    """Type a command with `--json`; gives what a machine reads of it."""

    def read(*arguments: str) -> object:
        result = run(*arguments, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return read


def enter(url: str, address: str) -> None:
    """Follow a printed address: set the password and sign in."""
    link = address.rpartition("/")[2]
    now = SystemClock().now()
    passwords = cheap_passwords()
    engine = create_engine(url)
    with Session(engine) as session:
        start_writing(session)
        staff = set_password(session, now, token=link, password=GOOD, passwords=passwords)
        sign_in(session, now, email=staff.email, password=GOOD, passwords=passwords, demo=False)
        session.commit()
    engine.dispose()


def test_adding_a_person_prints_the_one_time_address_and_until_when(run: Run, url: str) -> None:
    """What the operator hands on; the time is in UTC."""
    result = run(*ADD)
    assert result.exit_code == 0
    [address] = [line.strip() for line in result.stdout.splitlines() if "https://" in line]
    assert address.startswith("https://desk.example.org/desk/invite/")
    assert "UTC" in result.stdout
    enter(url, address)


def test_a_machine_reads_the_address_as_json(read: Callable[..., Any], url: str) -> None:
    """One object, with the person beside it."""
    row = read(*ADD)
    assert (row["email"], row["role"], row["state"]) == ("agent@example.org", "agent", "invited")
    assert row["expires_at"].endswith("Z")
    enter(url, row["url"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("user", "add", "agent", "--role", "agent", "--name", "First Agent"), "name@example.org"),
        (("user", "add", "a@example.org", "--role", "owner", "--name", "Owner"), "owner"),
        (("user", "add", "a@example.org", "--role", "agent", "--name", " "), "name"),
        (("user", "disable", "nobody@example.org"), "Nobody"),
        (("user", "reset", "nobody@example.org"), "Nobody"),
        (("user", "role", "agent@example.org", "owner"), "owner"),
        (("token", "add", "Import", "--scope", "everything"), "everything is not a scope"),
        (("token", "add", "Import", "--scope", ","), "at least one scope"),
        (("token", "add", "Import", "--scope", "tickets:read", "--days", "0"), "1 to 366 days"),
        (("token", "add", " ", "--scope", "tickets:read"), "name"),
        (("token", "revoke", "unknown"), "no token"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_exit_code_tells(
    run: Run, arguments: tuple[str, ...], words: str
) -> None:
    """Scripts stop here, and people read why."""
    result = run(*arguments)
    assert result.exit_code != 0
    assert words in result.output
    assert isinstance(result.exception, SystemExit)


def test_a_person_is_added_once(run: Run) -> None:
    """The second try names the reason and changes nothing."""
    run(*ADD)
    result = run(*ADD)
    assert result.exit_code == 1
    assert "on the staff already" in result.output


def test_the_list_tells_who_is_invited_active_and_disabled(
    run: Run, read: Callable[..., Any], url: str
) -> None:
    """For people as a table, for machines as a list."""
    assert "nobody yet" in run("user", "list").stdout
    enter(url, read(*ADD)["url"])
    for name in ("invited", "disabled"):
        run("user", "add", f"{name}@example.org", "--role", "viewer", "--name", name)
    run("user", "disable", "disabled@example.org")
    states = {row["email"]: row["state"] for row in read("user", "list")}
    assert states == {
        "agent@example.org": "active",
        "invited@example.org": "invited",
        "disabled@example.org": "disabled",
    }
    table = run("user", "list").stdout.splitlines()
    assert table[0].split() == ["email", "name", "role", "state", "created_at"]
    assert len(table) == 4


def test_disabling_enabling_and_another_role_take_effect(
    run: Run, read: Callable[..., Any], url: str
) -> None:
    """Each command says what is so now; sessions are ended by the first."""
    enter(url, read(*ADD)["url"])
    assert "is disabled" in run("user", "disable", "Agent@example.org").stdout
    assert "is enabled" in run("user", "enable", "agent@example.org").stdout
    assert "the role lead" in run("user", "role", "agent@example.org", "lead").stdout
    engine = create_engine(url)
    with Session(engine) as session:
        staff = session.scalars(select(Staff)).one()
        assert (staff.role, staff.disabled_at) == ("lead", None)
        assert session.scalars(select(StaffSession.end_reason)).all() == ["disabled"]
    engine.dispose()


def test_a_reset_prints_another_address(run: Run, read: Callable[..., Any], url: str) -> None:
    """It sets a password like the first one, which stopped working."""
    first = read(*ADD)["url"]
    second = read("user", "reset", "agent@example.org")["url"]
    assert first != second
    enter(url, second)
    assert (
        "https://desk.example.org/desk/invite/" in run("user", "reset", "agent@example.org").stdout
    )


def test_a_token_is_printed_alone_so_that_a_script_can_take_it(run: Run, url: str) -> None:
    """The words about it go to the other stream."""
    result = run(
        "token", "add", "Import", "--scope", "tickets:read,tickets:write", "--scope", "reports:read"
    )
    assert result.exit_code == 0
    parts = parse_token(result.stdout.strip())
    assert parts is not None
    assert "shown once" in result.stderr
    engine = create_engine(url)
    with Session(engine) as session:
        row = session.scalars(select(ApiToken)).one()
    engine.dispose()
    assert row.public_id == parts.public_id
    assert row.scopes == ["reports:read", "tickets:read", "tickets:write"]
    assert (row.expires_at - row.created_at).days == 90


def test_tokens_are_listed_without_their_secret_and_revoked_by_their_id(
    run: Run, read: Callable[..., Any]
) -> None:
    """The list is safe to show to somebody."""
    assert "no token yet" in run("token", "list").stdout
    plain = read("token", "add", "Import", "--scope", "tickets:read", "--days", "7")["token"]
    [row] = read("token", "list")
    assert row["revoked_at"] is None
    assert "is revoked" in run("token", "revoke", row["id"]).stdout
    assert read("token", "list")[0]["revoked_at"] is not None
    listed = run("token", "list").stdout
    assert plain.split("_")[2] not in listed
    assert row["id"] in listed
