"""`trustops official` and `doctor` on keys: which counts, since when, what is announced."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests.cli.conftest import Run
from tests.official.test_commands import now, private
from tests.official.things import (
    OTHER_PUBLIC,
    OTHER_SECRET,
    PUBLIC,
    SECRET,
    SOURCE,
    a_folder,
    parse_signed,
    signed,
)
from tests.web_fixtures import SECRET_KEY
from trustops.cli.official import official
from trustops.db import Session
from trustops.official.canonical import parse
from trustops.official.services import accept, current
from trustops.official.signing import MANIFEST
from trustops.settings import KEY_FILE

pytestmark = pytest.mark.long

DESK = '\n[[domains]]\nid = "desk"\nname = "desk.example.org"\nkind = "desk"\n'


@pytest.fixture
def instance(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance on each kind of database whose key lies in its folder."""
    folder = tmp_path / "instance"
    folder.mkdir()
    (folder / KEY_FILE).write_text(PUBLIC.text)
    content = a_folder(tmp_path / "content")
    for name, value in (
        ("INSTANCE_DIR", folder),
        ("CONTENT_DIR", content),
        ("DATABASE_URL", database),
        ("SECRET_KEY", SECRET_KEY),
    ):
        monkeypatch.setenv(f"TRUSTOPS_{name}", str(value))
    return folder


@pytest.fixture
def accepted(instance: Path, database: str) -> Path:
    """The content folder, after the desk trusted its list under the key of the folder."""
    content = signed(instance.parent / "content", issued_at=now())
    engine = create_engine(database)
    with Session(engine) as session:
        known = current(
            session, now(), content_dir=content, official_key=PUBLIC.line, on_host=False
        )
        accept(session, now(), known)
        session.commit()
    engine.dispose()
    return content


def doctor(run: Run) -> dict[str, dict[str, str]]:
    """The findings of the doctor by their names."""
    return {row["check"]: row for row in json.loads(run("doctor", "--json").stdout)}


@pytest.mark.usefixtures("accepted")
def test_verify_says_which_key_counts_since_when_and_by_what(run: Run) -> None:
    """For a person and for a machine."""
    result = run("official", "verify")
    assert result.exit_code == 0, result.output
    assert f"The key is {PUBLIC.id}, from {KEY_FILE}." in result.output
    assert "as the first key that this desk used" in result.output
    found = json.loads(run("official", "verify", "--json").output)
    assert (found["trusted"], found["key"], found["key_from"]) == (True, PUBLIC.id, KEY_FILE)
    assert (found["accepted_key"], found["accepted_by"]) == (PUBLIC.id, "first-use")
    assert found["accepted_at"].endswith("+00:00")


def test_verify_fails_where_the_desk_withholds(
    run: Run, instance: Path, accepted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although the signature holds; the setting on the host ends it."""
    signed(accepted, version=2, issued_at=now(), secret=OTHER_SECRET)
    (instance / KEY_FILE).write_text(OTHER_PUBLIC.text)
    result = run("official", "verify")
    assert result.exit_code == 1
    assert "the key of the signed list was replaced" in result.output
    assert f"last accepted {PUBLIC.id}" in result.output
    assert doctor(run)["official addresses"]["level"] == "fail"
    monkeypatch.setenv("TRUSTOPS_OFFICIAL_KEY", OTHER_PUBLIC.line)
    assert run("official", "verify").exit_code == 0
    assert doctor(run)["official addresses"]["level"] == "ok"


def test_verify_knows_what_was_rolled_back(run: Run, accepted: Path) -> None:
    """The desk's memory counts, as it does for the pages."""
    signed(accepted, version=1, issued_at=now(), source=SOURCE + DESK)
    result = run("official", "verify")
    assert result.exit_code == 1
    assert "an older list" in result.output


def test_without_an_answer_of_the_database_nothing_is_confirmed(
    run: Run, accepted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Could not check is not all well."""
    monkeypatch.setenv("TRUSTOPS_DATABASE_URL", "postgresql+psycopg://desk@127.0.0.1:1/desk")
    result = run("official", "verify")
    assert result.exit_code == 1
    assert "could not check" in result.output
    del accepted


def test_build_announces_the_next_key(run: Run, instance: Path, tmp_path: Path) -> None:
    """By its file or its line, beside those that the source names."""
    content = instance.parent / "content"
    public = tmp_path / "next.pub"
    public.write_text(OTHER_PUBLIC.text)
    assert run("official", "build", "--next-key", str(public)).exit_code == 0
    key = private(tmp_path / "secret.key", SECRET)
    assert run("official", "sign", "--key", str(key)).exit_code == 0
    assert parse_signed(content).next_keys == (OTHER_PUBLIC.line,)
    assert f"announces the next key {OTHER_PUBLIC.id}" in run("official", "verify").output
    a_folder(content, f'next_keys = ["{PUBLIC.line}"]\n{SOURCE}')
    assert run("official", "build", "--next-key", OTHER_PUBLIC.line).exit_code == 0
    assert parse((content / MANIFEST).read_bytes()).next_keys == (PUBLIC.line, OTHER_PUBLIC.line)
    assert run("official", "build", "--next-key", "no key").exit_code == 1


def test_a_list_without_the_desks_own_host_is_not_built(
    run: Run, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence has the lines to add; nothing was written."""
    content = instance.parent / "content"
    monkeypatch.setenv("TRUSTOPS_BASE_URL", "https://Desk.Example.org")
    result = run("official", "build")
    assert result.exit_code == 1
    assert 'name = "desk.example.org", kind = "desk"' in result.output
    assert not (content / "official" / "manifest.json").exists()
    for kind in ("project", "closed"):
        a_folder(
            content,
            SOURCE
            + DESK.replace('"desk"\n', f'"{kind}"\n').replace(f'id = "{kind}"', 'id = "desk"'),
        )
        assert run("official", "build").exit_code == 1
    a_folder(content, SOURCE + DESK)
    assert run("official", "build").exit_code == 0
    monkeypatch.delenv("TRUSTOPS_BASE_URL")
    result = run("official", "build")
    assert result.exit_code == 0
    assert "it was not checked that the list names the desk" in result.output


def test_the_doctor_misses_the_desks_own_host(
    run: Run, accepted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that was signed without it fails; one machine alone needs none."""
    assert doctor(run)["own host"]["level"] == "ok"
    monkeypatch.setenv("TRUSTOPS_BASE_URL", "https://desk.example.org")
    assert doctor(run)["own host"]["level"] == "fail"
    signed(accepted, version=2, issued_at=now(), source=SOURCE + DESK)
    assert doctor(run)["own host"]["level"] == "ok"


def test_the_doctor_says_where_the_key_is_pinned(
    run: Run, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file alone, another key beside the setting, and one that cannot be read."""
    assert "instance folder alone" in doctor(run)["official key"]["sentence"]
    monkeypatch.setenv("TRUSTOPS_OFFICIAL_KEY", PUBLIC.line)
    assert doctor(run)["official key"]["level"] == "ok"
    (instance / KEY_FILE).write_text(OTHER_PUBLIC.text)
    found = doctor(run)["official key"]
    assert found["level"] == "warn"
    assert OTHER_PUBLIC.id in found["sentence"]
    monkeypatch.setenv("TRUSTOPS_OFFICIAL_KEY", "no key")
    assert doctor(run)["official key"]["level"] == "fail"


def test_the_doctor_takes_a_replaced_key_for_an_attack(
    run: Run, accepted: Path, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the key that was accepted, and never tells anybody to pin the other one."""
    (instance / KEY_FILE).write_text(OTHER_PUBLIC.text)
    signed(accepted, version=9, issued_at=now(), secret=OTHER_SECRET)
    found = doctor(run)
    key, listed = found["official key"], found["official list"]
    assert (key["level"], listed["level"]) == ("fail", "fail")
    assert f"it last accepted {PUBLIC.id}" in key["sentence"]
    assert f"Put {PUBLIC.id} back" in key["remedy"]
    assert "TRUSTOPS_OFFICIAL_KEY" not in key["remedy"]
    (instance / KEY_FILE).unlink()
    assert f"last accepted {PUBLIC.id}" in doctor(run)["official key"]["sentence"]
    monkeypatch.setenv("TRUSTOPS_OFFICIAL_KEY", OTHER_PUBLIC.line)
    found = doctor(run)
    assert (found["official key"]["level"], found["official list"]["level"]) == ("warn", "ok")
    assert f"last accepted {PUBLIC.id}" in found["official key"]["sentence"]


def test_an_earlier_key_is_called_so(run: Run, accepted: Path, instance: Path) -> None:
    """An old folder that was put back is no stranger's work, and nothing is shown either way."""
    source = f'next_keys = ["{OTHER_PUBLIC.line}"]\n{SOURCE}'
    signed(accepted, version=2, issued_at=now(), source=source)
    for secret, public in ((SECRET, PUBLIC), (OTHER_SECRET, OTHER_PUBLIC)):
        if secret is OTHER_SECRET:
            signed(accepted, version=3, issued_at=now(), secret=secret)
        (instance / KEY_FILE).write_text(public.text)
        engine = create_engine(os.environ["TRUSTOPS_DATABASE_URL"])
        with Session(engine) as session:
            known = current(
                session, now(), content_dir=accepted, official_key=public.line, on_host=False
            )
            assert known.trusted
            accept(session, now(), known)
            session.commit()
        engine.dispose()
    (instance / KEY_FILE).write_text(PUBLIC.text)
    found = doctor(run)["official key"]
    assert found["level"] == "fail"
    assert "an earlier key of this desk" in found["sentence"]


def test_the_command_has_no_way_to_confirm_a_key() -> None:
    """Neither here nor on any page: the setting of the host alone, or the old key."""
    assert set(official.commands) == {"build", "sign", "verify", "keygen"}
