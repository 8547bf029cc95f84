"""`trustops official`: from a source to a list that can be verified, on one machine."""

from __future__ import annotations

import json
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.official.things import (
    BAD,
    OTHER_PUBLIC,
    PUBLIC,
    SECRET,
    a_folder,
    both,
    parse_signed,
    put,
    signed,
)
from tests.web_fixtures import SECRET_KEY
from trustops.cli import main
from trustops.clock import SystemClock
from trustops.official.canonical import parse
from trustops.official.signing import MANIFEST, SIGNATURE

PASSWORD = "a password"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with a source, named in the environment with the pinned key."""
    folder = a_folder(tmp_path / "content")
    monkeypatch.setenv("TRUSTOPS_INSTANCE_DIR", str(tmp_path / "instance"))
    monkeypatch.setenv("TRUSTOPS_SECRET_KEY", SECRET_KEY)
    monkeypatch.setenv("TRUSTOPS_CONTENT_DIR", str(folder))
    monkeypatch.setenv("TRUSTOPS_OFFICIAL_KEY", PUBLIC.line)
    return folder


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The secret key, in a file of mode 0600."""
    return private(tmp_path / "secret.key", SECRET)


def private(path: Path, data: bytes) -> Path:
    """A file that nobody else may read."""
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def run(*arguments: object, typed: str = "") -> Result:
    """Type a command of the group, and what it asks for."""
    words = ["official", *map(str, arguments)]
    return CliRunner().invoke(main, words, input=typed)


def test_build_sign_verify(content: Path, key: Path) -> None:
    """The whole way, twice: each version is one more than the last."""
    for version in (1, 2):
        built = run("build")
        assert built.exit_code == 0, built.output
        assert f"version {version}" in built.output
        assert run("verify").exit_code == 1
        assert run("sign", "--key", key).exit_code == 0
        verified = run("verify")
        assert verified.exit_code == 0, verified.output
        assert f"version {version} of Heliotrope" in verified.output
    assert parse_signed(content).version == 2


def test_version_and_life_can_be_chosen(content: Path) -> None:
    """The life up to fourteen days."""
    assert run("build", "--version", 7, "--valid-days", 3).exit_code == 0
    made = parse((content / MANIFEST).read_bytes())
    assert (made.version, made.expires_at - made.issued_at) == (7, timedelta(days=3))
    assert run("build", "--valid-days", 15).exit_code == 2


def test_a_broken_source_is_named(content: Path) -> None:
    """With file, line and field; what was signed before stays."""
    signed(content)
    before = both(content)
    source = content / "official" / "source.toml"
    source.write_text(source.read_text().replace('role = "old"', 'role = "older"'))
    result = run("build")
    assert result.exit_code == 1
    assert "official/source.toml:15: role of the second [[tokens]]" in result.output
    assert both(content) == before


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("domain", "helio-refund.xyz", "helio-refund"),
        ("domain", "helio-refund.xyz", "hxxps://"),
        ("address", "{BAD}", "0xde0B...7BAe"),
        ("address", "{BAD}", "the-new-migrator"),
        ("handle", "@helio_refunds", "helio/refunds!"),
    ],
)
def test_a_report_that_nobody_can_read_is_refused(
    content: Path, kind: str, value: str, written: str
) -> None:
    """A list without it would look whole and warn of nothing; what was signed before stays."""
    signed(content)
    before = both(content)
    source = content / "official" / "source.toml"
    text = source.read_text()
    old = f'value = "{value.format(BAD=BAD)}"'
    assert old in text
    source.write_text(text.replace(old, f'value = "{written}"'))
    result = run("build")
    assert result.exit_code == 1
    number = ("domain", "address", "handle").index(kind) + 1
    assert f"no. {number} of [[known_bad]] cannot be read" in result.output
    assert both(content) == before


def test_there_is_something_to_sign(content: Path, key: Path) -> None:
    """Else the command says what writes it; and it signs nothing but a manifest."""
    assert "official build" in run("sign", "--key", key).output
    (content / MANIFEST).write_bytes(b"{}")
    result = run("sign", "--key", key)
    assert result.exit_code == 1
    assert not (content / SIGNATURE).exists()


def test_a_key_that_others_may_read_is_refused(content: Path, key: Path) -> None:
    """So is a password that they may."""
    assert run("build").exit_code == 0
    key.chmod(0o644)
    result = run("sign", "--key", key)
    assert result.exit_code == 1
    assert "chmod 600" in result.output
    assert not (content / SIGNATURE).exists()


@pytest.mark.usefixtures("content")
def test_a_new_key_signs_what_its_public_half_verifies(tmp_path: Path) -> None:
    """The password is asked twice when it is made and once when it is used."""
    out = tmp_path / "keys"
    made = run("keygen", "--out", out, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    assert stat.S_IMODE((out / "official.key").stat().st_mode) == 0o600
    assert run("build").exit_code == 0
    assert run("sign", "--key", out / "official.key", typed="another\n").exit_code == 1
    assert run("sign", "--key", out / "official.key", typed=f"{PASSWORD}\n").exit_code == 0
    password = private(tmp_path / "password", f"{PASSWORD}\n".encode())
    sign = ("sign", "--key", out / "official.key", "--password-file", password)
    assert run(*sign).exit_code == 0
    assert run("verify").exit_code == 1
    assert run("verify", "--key", out / "official.pub").exit_code == 0


@pytest.mark.usefixtures("content")
def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    """Whoever wants another one says where."""
    assert run("keygen", "--out", tmp_path / "keys", "--no-password").exit_code == 0
    before = (tmp_path / "keys" / "official.key").read_bytes()
    result = run("keygen", "--out", tmp_path / "keys", "--no-password")
    assert result.exit_code == 1
    assert "not overwritten" in result.output
    assert (tmp_path / "keys" / "official.key").read_bytes() == before


def test_a_flipped_byte_fails_and_says_why(content: Path) -> None:
    """For a person and for a machine."""
    signed(content, issued_at=now())
    assert run("verify").exit_code == 0
    text, signature = both(content)
    put(content, text[:-9] + bytes([text[-9] ^ 1]) + text[-8:], signature)
    result = run("verify")
    assert result.exit_code == 1
    assert "signature" in result.output
    found = json.loads(run("verify", "--json").output)
    assert (found["trusted"], found["version"]) == (False, None)
    assert "signature" in found["reason"]


@pytest.mark.parametrize(("days", "words"), [(-20, "it expired at"), (2, "it is dated")])
def test_a_good_signature_out_of_its_time_fails(content: Path, days: int, words: str) -> None:
    """Version and dates are told all the same."""
    signed(content, issued_at=now() + timedelta(days=days))
    result = run("verify")
    assert result.exit_code == 1
    assert words in result.output
    assert json.loads(run("verify", "--json").output)["version"] == 1


def test_another_file_and_another_key_may_be_named(content: Path, tmp_path: Path) -> None:
    """Such as a copy that somebody downloaded."""
    signed(content, issued_at=now())
    copy = tmp_path / "copy.json"
    copy.write_bytes(both(content)[0])
    assert run("verify", copy).exit_code == 1
    copy.with_name("copy.json.minisig").write_bytes(both(content)[1])
    assert run("verify", copy).exit_code == 0
    other = tmp_path / "other.pub"
    other.write_text(OTHER_PUBLIC.text)
    result = run("verify", "--key", other, copy)
    assert result.exit_code == 1
    assert "key identifiers" in result.output
    found = json.loads(run("verify", "--json").output)
    assert (found["trusted"], found["reason"], found["version"]) == (True, "", 1)


def test_without_a_key_nothing_is_verified(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says what to give."""
    signed(content, issued_at=now())
    monkeypatch.setenv("TRUSTOPS_OFFICIAL_KEY", "")
    result = run("verify")
    assert result.exit_code == 1
    assert "TRUSTOPS_OFFICIAL_KEY" in result.output
    monkeypatch.setenv("TRUSTOPS_OFFICIAL_KEY", "no key")
    assert "cannot be read" in run("verify").output


def now() -> datetime:
    """The machine's time, for the commands read no other."""
    return SystemClock().now().replace(microsecond=0)
