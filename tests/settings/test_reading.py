"""What reading the settings refuses, each by its name, with the fix and without the value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_settings import SECRET, a_file, problems, read
from trustops.official.services import readable
from trustops.settings.pinned import pinned_key

MAIL = {"SMTP_URL": "smtp://mail.example.org", "MAIL_FROM": "desk@example.org"}
HOOK = {"ALERT_WEBHOOK_SECRET": "a secret"}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "changeme" * 6}, "SECRET_KEY"),
        ({"SECRET_KEY": " " * 40}, "SECRET_KEY"),
        ({"BASE_URL": "https://desk.example.org/sub"}, "BASE_URL"),
        ({"BASE_URL": "https://desk.example.org\n"}, "BASE_URL"),
        ({"HOST": "*"}, "HOST"),
        ({"HOST": "fe80::1%eth0"}, "BASE_URL"),
        ({"ALLOWED_HOSTS": "desk.example.org,*"}, "ALLOWED_HOSTS"),
        ({"PORT": "٨٠٠٠"}, "PORT"),
        ({"PORT": "8e3"}, "PORT"),
        ({"PORT": "8_000"}, "PORT"),
        ({"PORT": "9" * 5000}, "PORT"),
        ({"DEMO": "perhaps"}, "DEMO"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://u:hidden@h/x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://u:hidden@h/x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql+asyncpg://u:hidden@h/x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://u:hidden@h:port/x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://u:hidden@h"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:////x/y\n"}, "DATABASE_URL"),
        ({"LIMITS_URL": "bogus://hidden"}, "LIMITS_URL"),
        ({**MAIL, "SMTP_URL": "http://u:hidden@h"}, "SMTP_URL"),
        ({**MAIL, "MAIL_FROM": "a@example.org, b@example.org"}, "MAIL_FROM"),
        ({**MAIL, "ALERT_EMAIL_TO": "ops"}, "ALERT_EMAIL_TO"),
        ({**MAIL, "HEARTBEAT_EMAIL_TO": "a@example.org;b@example.org"}, "HEARTBEAT_EMAIL_TO"),
        ({"ALERT_URLS": "hidden"}, "ALERT_URLS"),
        ({**HOOK, "ALERT_WEBHOOK_URL": "https://x.example/hook\n"}, "ALERT_WEBHOOK_URL"),
        ({**HOOK, "ALERT_WEBHOOK_URL": "https://[::1"}, "ALERT_WEBHOOK_URL"),
        ({"RPC_BASE": "wss://node.example.org"}, "RPC_BASE"),
        ({"RPC_BASE": "https://node.example.org:x"}, "RPC_BASE"),
        ({"MASTODON_BASE_URL": "https://social.example/@desk"}, "MASTODON_BASE_URL"),
        ({"CONTENT_DIR": "/nowhere/at/all"}, "CONTENT_DIR"),
    ],
)
def test_a_value_that_cannot_work_is_refused_by_its_name(
    tmp_path: Path, given: dict[str, str], name: str
) -> None:
    """It would else fail later, at a request or in the night, and never say why."""
    found = problems(tmp_path, **given)
    assert name in found
    assert "hidden" not in str(found)


def test_addresses_are_kept_as_they_are_sent(tmp_path: Path) -> None:
    """In lower case and in ASCII; white space around an item or a number does not count."""
    settings = read(
        tmp_path,
        BASE_URL="https://Desk.Example.org/",
        ALLOWED_HOSTS=" Desk.Example.org , ::1",
        PORT=" 8001 ",
        ALERT_EMAIL_TO=" ops@Example.ORG ,ops@example.org",
        **MAIL,
    )
    assert settings.base_url == "https://desk.example.org"
    assert settings.allowed_hosts == ("desk.example.org", "[::1]")
    assert settings.port == 8001
    assert settings.alert_email_to == ("ops@example.org",)


@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_an_ipv6_address_to_listen_at_gives_a_base_url_that_works(
    tmp_path: Path, host: str
) -> None:
    """With brackets, and answered."""
    settings = read(tmp_path, HOST=host, PORT="8149")
    assert (settings.host, settings.base_url) == ("::1", "http://[::1]:8149")
    assert "[::1]" in settings.allowed_hosts


@pytest.mark.parametrize("text", ["", " \n", "short", "changeme" * 6])
def test_a_key_in_a_file_is_judged_like_any_other(tmp_path: Path, text: str) -> None:
    """An empty file is no key, and signs nothing."""
    path = a_file(tmp_path, text)
    assert set(problems(tmp_path, SECRET_KEY_FILE=str(path))) == {"SECRET_KEY_FILE"}


def test_a_made_key_that_was_emptied_is_refused(tmp_path: Path) -> None:
    """A disk that was full leaves such a file behind."""
    a_file(tmp_path, "").rename(tmp_path / "secret_key")
    assert "empty" in problems(tmp_path)["SECRET_KEY"]


def test_nothing_but_the_key_stays_behind_when_one_is_made(tmp_path: Path) -> None:
    """The draft that it is written to is gone, and the folder is its owner's alone."""
    folder = tmp_path / "new"
    read(folder)
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    assert folder.stat().st_mode & 0o077 == 0


def test_a_credential_that_is_no_text_is_a_problem_of_its_name(tmp_path: Path) -> None:
    """Such as a key that was made by `openssl rand` and not encoded."""
    path = tmp_path / "credential"
    path.write_bytes(b"\xff\xfe\x00" * 20)
    path.chmod(0o600)
    assert "UTF-8" in problems(tmp_path, SECRET_KEY_FILE=str(path))["SECRET_KEY_FILE"]


def test_a_pinned_key_that_cannot_be_read_is_not_taken_for_no_key(tmp_path: Path) -> None:
    """The desk starts, for it has to say so itself; what stands there is no key of anybody."""
    (tmp_path / "official.pub").write_bytes(b"\xff\xfe")
    settings = read(tmp_path)
    key = pinned_key(settings)
    assert settings.official_key == key.text != ""
    assert (key.source, key.on_host) == ("official.pub", False)
    assert readable(key.text) is None


def test_an_instance_folder_that_cannot_be_is_a_problem(tmp_path: Path) -> None:
    """Here a file stands where the folder would be."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "INSTANCE_DIR" in problems(tmp_path / "file" / "instance")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("base_url = true\n", "BASE_URL"),
        ("mail_from = 5\n", "MAIL_FROM"),
        ("port = true\n", "PORT"),
        ("port = 8000.5\n", "PORT"),
        ("demo = 2026-11-22\n", "DEMO"),
        ("host = ['127.0.0.1']\n", "HOST"),
        ("allowed_hosts = [1, 2]\n", "ALLOWED_HOSTS"),
        ("[rpc_base]\nurl = 'https://node.example.org'\n", "RPC_BASE"),
        ("[smtp]\nurl = 'smtp://mail.example.org'\n", "SMTP"),
        ("BASE_URL = 'https://desk.example.org'\n", "BASE_URL"),
        ("instance_dir = '/srv'\n", "INSTANCE_DIR"),
    ],
)
def test_a_value_of_the_file_has_the_type_of_its_setting(
    tmp_path: Path, text: str, name: str
) -> None:
    """TOML tells numbers, texts and lists apart; nothing is guessed from another kind."""
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    assert set(problems(tmp_path)) == {name}


def test_the_file_may_begin_with_a_mark_and_name_true(tmp_path: Path) -> None:
    """Some editors write a byte order mark."""
    text = "\ufeffdemo = true\nrpc_base = ['https://a.example', 'https://b.example']\nport = 8002\n"
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    settings = read(tmp_path)
    assert (settings.demo, settings.port) == (True, 8002)
    assert settings.rpc == {"base": ("https://a.example", "https://b.example")}


def test_a_file_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    """Also a folder in its place."""
    (tmp_path / "config.toml").write_bytes(b"port = 1 # \xff")
    assert "UTF-8" in problems(tmp_path)["config.toml"]
    (tmp_path / "config.toml").unlink()
    (tmp_path / "config.toml").mkdir()
    assert "cannot be read" in problems(tmp_path)["config.toml"]


def test_a_file_that_holds_a_secret_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Like the files of credentials; without one in it, others may read it."""
    path = tmp_path / "config.toml"
    path.write_text(f"secret_key = '{SECRET}'\n", encoding="utf-8")
    path.chmod(0o644)
    assert "chmod 600" in problems(tmp_path)["config.toml"]
    path.chmod(0o600)
    assert read(tmp_path).secret_key.reveal() == SECRET


@pytest.mark.parametrize("name", ["PORT", "WORKERS", "TRUSTED_PROXIES", "CLOCK_OFFSET", "DEMO"])
def test_a_secret_in_the_wrong_setting_is_not_printed(name: str, tmp_path: Path) -> None:
    """Whoever pastes a credential into another line finds it in no log."""
    assert "hidden-word" not in f"{problems(tmp_path, **{name: 'hidden-word'})}"


def test_a_key_that_is_a_folder_is_called_one(tmp_path: Path) -> None:
    """To change its mode would not help."""
    (tmp_path / "secret_key").mkdir(mode=0o755)
    assert "is a folder" in f"{problems(tmp_path)}"
