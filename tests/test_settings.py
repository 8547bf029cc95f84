"""Settings: read once, all problems told at once, no secret shown.

Names come from the environment with the prefix `TRUSTOPS_`, over `config.toml` of the instance.
"""

from __future__ import annotations

import os
import stat
from dataclasses import FrozenInstanceError
from datetime import timedelta
from pathlib import Path

import pytest

from trustops.errors import SettingsError
from trustops.settings import CREDENTIALS, Credential, Settings, load_settings, setting_names

SECRET = "gWq8Zt-4Vn1xK0rYb6Lc_9EsPj3MdUhTaFi2oR5y"

FIT: dict[str, str] = {
    "DATABASE_URL": f"postgresql+psycopg://desk:{SECRET}@127.0.0.1/desk",
    "LIMITS_URL": f"redis://:{SECRET}@127.0.0.1:6379/0",
    "SMTP_URL": f"smtps://desk:{SECRET}@mail.example.org",
    "ALERT_URLS": f"discord://id/{SECRET}",
}
"""Credentials that have a shape of their own, each with the secret in it."""


def read(folder: Path, **given: str) -> Settings:
    """Settings of an instance in a folder, with these in the environment."""
    environ = {f"TRUSTOPS_{name}": value for name, value in given.items()}
    return load_settings({"TRUSTOPS_INSTANCE_DIR": str(folder), **environ})


def problems(folder: Path, **given: str) -> dict[str, str]:
    """What is wrong with settings, by name."""
    with pytest.raises(SettingsError) as refused:
        read(folder, **given)
    return {fault.field: fault.message for fault in refused.value.errors}


def a_file(folder: Path, text: str = SECRET, mode: int = 0o600) -> Path:
    """A file that holds a credential."""
    path = folder / "credential"
    path.write_text(f"{text}\n", encoding="utf-8")
    path.chmod(mode)
    return path


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    """A new instance runs on SQLite, on loopback, with the scheduler in the same process."""
    settings = read(tmp_path)
    assert settings.database_url.reveal() == f"sqlite:///{tmp_path / 'trustops.sqlite3'}"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.allowed_hosts == ("127.0.0.1", "localhost")
    assert (settings.scheduler, settings.demo) == ("embedded", False)
    assert settings.clock_offset == timedelta(0)
    assert not settings.secure
    assert settings.read_from == {}


def test_the_environment_stands_over_the_file(tmp_path: Path) -> None:
    """And each value knows where it came from; lists may be written as lists."""
    text = 'port = 9000\nlog_level = "error"\nallowed_hosts = ["a.example", "b.example"]\n'
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    settings = read(tmp_path, LOG_LEVEL="warning")
    assert (settings.port, settings.log_level) == (9000, "warning")
    assert settings.allowed_hosts == ("a.example", "b.example")
    assert settings.read_from["PORT"] == "config.toml"
    assert settings.read_from["LOG_LEVEL"] == "environment"


def test_an_empty_value_is_no_value(tmp_path: Path) -> None:
    """A line of a service file that was left empty means the default."""
    assert read(tmp_path, PORT="", BASE_URL="").base_url == "http://127.0.0.1:8000"


def test_the_port_that_a_platform_gives_is_taken(tmp_path: Path) -> None:
    """`PORT` without the prefix, unless ours is set as well."""
    environ = {"TRUSTOPS_INSTANCE_DIR": str(tmp_path), "PORT": "8123"}
    assert load_settings(environ).base_url == "http://127.0.0.1:8123"
    assert load_settings({**environ, "TRUSTOPS_PORT": "8124"}).port == 8124


def test_the_hosts_follow_the_base_url(tmp_path: Path) -> None:
    """What is given stands alone; else the host of the base URL and the loopback names."""
    assert read(tmp_path, BASE_URL="https://desk.example.org/").allowed_hosts == (
        "desk.example.org",
        "127.0.0.1",
        "localhost",
    )
    assert read(tmp_path, ALLOWED_HOSTS="a.example, b.example").allowed_hosts == (
        "a.example",
        "b.example",
    )


def test_the_base_url_decides_whether_visitors_come_over_tls(tmp_path: Path) -> None:
    """And it never ends in a slash, because paths begin with one."""
    settings = read(tmp_path, BASE_URL="https://desk.example.org/")
    assert settings.secure
    assert settings.base_url == "https://desk.example.org"


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    """Nobody mends one line, starts again, and meets the next."""
    found = problems(
        tmp_path,
        PORT="eight",
        WORKERS="0",
        SCHEDULER="sometimes",
        BASE_URL="ftp://desk.example.org",
        CLOCK_OFFSET="60",
        ALERT_WEBHOOK_URL="https://ops.example.org/hook",
        ALERT_EMAIL_TO="ops@example.org",
        NOT_A_NAME="1",
    )
    assert set(found) == {
        "PORT",
        "WORKERS",
        "SCHEDULER",
        "BASE_URL",
        "CLOCK_OFFSET",
        "ALERT_WEBHOOK_SECRET",
        "SMTP_URL",
        "NOT_A_NAME",
    }
    with pytest.raises(SettingsError, match="PORT has to be a whole number"):
        read(tmp_path, PORT="eight")


@pytest.mark.parametrize("name", ["PROT", "SECRET", "MAIL_FROM_FILE", "READ_FROM"])
def test_an_unknown_name_is_refused(tmp_path: Path, name: str) -> None:
    """A slip of the pen in a name would else be a setting that never works."""
    assert "is not a setting" in problems(tmp_path, **{name: "x"})[name]


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    """The file knows the same names, in lower case."""
    (tmp_path / "config.toml").write_text("prot = 1\n", encoding="utf-8")
    assert "is not a setting" in problems(tmp_path)["PROT"]


def test_names_of_others_in_the_environment_are_none_of_ours(tmp_path: Path) -> None:
    """Only the prefix makes a name ours."""
    environ = {"TRUSTOPS_INSTANCE_DIR": str(tmp_path), "HOME": "/", "TRUST": "1"}
    assert load_settings(environ).port == 8000


def test_a_file_that_is_no_toml_is_a_problem_among_the_others(tmp_path: Path) -> None:
    """It does not hide what is wrong elsewhere."""
    (tmp_path / "config.toml").write_text("port = = 1", encoding="utf-8")
    found = problems(tmp_path, WORKERS="many")
    assert set(found) == {"config.toml", "WORKERS"}


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"ALERT_WEBHOOK_URL": "https://ops.example.org"}, "ALERT_WEBHOOK_SECRET"),
        ({"ALERT_EMAIL_TO": "ops@example.org"}, "SMTP_URL"),
        ({"SMTP_URL": "smtp://mail"}, "MAIL_FROM"),
        ({"CLOCK_OFFSET": "3600"}, "CLOCK_OFFSET"),
    ],
)
def test_settings_that_need_one_another_say_so(
    tmp_path: Path, given: dict[str, str], missing: str
) -> None:
    """An alert without its signature, or a moved clock on a real desk, is refused at the start."""
    assert missing in problems(tmp_path, **given)


def test_a_demo_may_move_its_clock(tmp_path: Path) -> None:
    """Forward or back, in whole seconds."""
    assert read(tmp_path, DEMO="1", CLOCK_OFFSET="-90").clock_offset == timedelta(seconds=-90)
    assert set(problems(tmp_path, DEMO="1", CLOCK_OFFSET="1.5")) == {"CLOCK_OFFSET"}


@pytest.mark.parametrize(("name", "value"), [("PORT", "0"), ("PORT", "65536"), ("WORKERS", "65")])
def test_a_number_beyond_its_range_is_refused(tmp_path: Path, name: str, value: str) -> None:
    """The sentence names the range."""
    assert "between" in problems(tmp_path, **{name: value})[name]


@pytest.mark.parametrize("name", sorted(CREDENTIALS))
def test_a_credential_may_stand_in_a_file(tmp_path: Path, name: str) -> None:
    """Named by the setting with `_FILE`; white space around it does not count."""
    value = FIT.get(name, SECRET)
    path = str(a_file(tmp_path, value))
    settings = read(tmp_path, **{f"{name}_FILE": path}, MAIL_FROM="desk@example.org")
    credential: Credential = getattr(settings, name.lower())
    assert credential.reveal() == value
    assert credential


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    """With the command that puts it right."""
    path = a_file(tmp_path, mode=mode)
    assert "chmod 600" in problems(tmp_path, SECRET_KEY_FILE=str(path))["SECRET_KEY_FILE"]


def test_a_file_that_is_missing_is_a_problem_of_its_name(tmp_path: Path) -> None:
    """The text names the file and not the folders above it."""
    found = problems(tmp_path, SECRET_KEY_FILE=str(tmp_path / "nowhere"))
    assert found["SECRET_KEY_FILE"].startswith("nowhere: ")


def test_a_credential_in_a_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    """A password is changed without a restart."""
    path = a_file(tmp_path, "before")
    credential = Credential(path=path)
    assert credential.reveal() == "before"
    path.write_text("afterwards", encoding="utf-8")
    assert credential.reveal() == "afterwards"


def test_a_credential_in_a_file_is_not_read_again_while_it_is_the_same(tmp_path: Path) -> None:
    """Looking at the time and the size of the file is enough."""
    path = a_file(tmp_path, "before")
    credential = Credential(path=path)
    credential.reveal()
    status = path.stat()
    path.write_text("BEFORE\n", encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert credential.reveal() == "before"


def test_a_file_whose_mode_was_loosened_is_refused_when_it_is_read_again(tmp_path: Path) -> None:
    """A change is no way around the check."""
    path = a_file(tmp_path, "before")
    credential = Credential(path=path)
    credential.reveal()
    path.write_text("afterwards", encoding="utf-8")
    path.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        credential.reveal()


def test_a_credential_that_is_not_set_is_empty_and_false() -> None:
    """Callers ask `if settings.smtp_url`."""
    assert not Credential()
    assert Credential().reveal() == ""


@pytest.mark.parametrize("name", sorted(CREDENTIALS))
def test_no_secret_is_shown(tmp_path: Path, name: str) -> None:
    """Neither by `repr` nor by `str`, of the credential or of all settings."""
    value = FIT.get(name, SECRET)
    settings = read(tmp_path, MAIL_FROM="desk@example.org", **{name: value})
    credential: Credential = getattr(settings, name.lower())
    assert credential.reveal() == value
    assert SECRET not in f"{settings!r} {settings} {credential!r} {credential}"
    assert repr(credential) == "Credential(set)"
    assert repr(Credential()) == "Credential(not set)"


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    """With mode 0600, long enough, and the same on every start."""
    folder = tmp_path / "new"
    key = read(folder).secret_key.reveal()
    path = folder / "secret_key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(key) >= 64
    assert read(folder).secret_key.reveal() == key


def test_the_key_of_another_process_is_taken(tmp_path: Path) -> None:
    """Two processes that start at once agree on one."""
    path = a_file(tmp_path).rename(tmp_path / "secret_key")
    assert read(tmp_path).secret_key.reveal() == SECRET
    assert path.read_text(encoding="utf-8") == f"{SECRET}\n"


def test_no_key_is_made_where_one_is_given(tmp_path: Path) -> None:
    """Several machines share the one that they are given."""
    assert read(tmp_path, SECRET_KEY=SECRET).secret_key.reveal() == SECRET
    assert not (tmp_path / "secret_key").exists()


def test_settings_cannot_be_changed_once_they_are_read(tmp_path: Path) -> None:
    """What was read at the start holds until the end."""
    settings, name = read(tmp_path), "port"
    with pytest.raises(FrozenInstanceError):
        setattr(settings, name, 1)


def test_every_credential_is_a_setting_and_no_name_stands_twice() -> None:
    """This is the list that the documentation is compared with."""
    names = setting_names()
    assert len(names) == len(set(names))
    assert set(names) >= CREDENTIALS
    assert "READ_FROM" not in names
