"""What `serve`, `worker` and `demo` refuse at the start: everything at once, in words."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import requests

from tests.cli.conftest import Run
from tests.cli.processes import answers, environment, started, stop, wait_until
from tests.web_fixtures import SECRET_KEY
from trustops.app import create_app
from trustops.app.ready import require_ready
from trustops.cli.serve import listening_at
from trustops.errors import SettingsError
from trustops.settings import load_settings
from trustops.settings.hosts import UnusableError


@pytest.mark.parametrize("command", ["serve", "worker", "demo"])
def test_all_that_is_wrong_is_told_at_once_and_no_value(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Exit code 1, a line for each setting, no traceback."""
    for name, value in {
        "SECRET_KEY": "hidden",
        "BASE_URL": "https://user:hidden@desk.example.org/sub",
        "MAIL_FROM": "a@example.org, b@example.org",
        "SMTP_URL": "smtp://desk:hidden@:25",
    }.items():
        monkeypatch.setenv(f"TRUSTOPS_{name}", value)
    result = run(command)
    assert result.exit_code == 1
    for name in ("SECRET_KEY", "BASE_URL", "MAIL_FROM", "SMTP_URL"):
        assert f"  {name} " in result.stderr
    assert "hidden" not in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["serve", "worker", "demo"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", SECRET_KEY),
        ("DATABASE_URL", "sqlite://"),
        ("ALERT_URLS", "nosuchservice://hidden"),
    ],
)
def test_what_only_a_desk_that_serves_needs_is_refused_there(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, name: str, value: str
) -> None:
    """The settings can be read, so that commands that look or mend still work."""
    monkeypatch.setenv(f"TRUSTOPS_{name}", value)
    load_settings()
    result = run(command)
    assert result.exit_code == 1
    assert f"  {name} " in result.stderr
    assert "hidden" not in result.output


@pytest.mark.usefixtures("settings")
def test_another_server_that_loads_the_application_is_refused_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`wsgi:app` reads the settings itself."""
    monkeypatch.setenv("TRUSTOPS_SECRET_KEY", SECRET_KEY)
    with pytest.raises(SettingsError, match="public tests"):
        create_app()


@pytest.mark.usefixtures("instance")
def test_good_settings_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with a service that Apprise knows."""
    monkeypatch.setenv("TRUSTOPS_ALERT_URLS", "json://127.0.0.1/hook")
    settings = load_settings()
    assert require_ready(settings) is settings


@pytest.mark.usefixtures("instance")
def test_another_address_moves_base_url_and_hosts_that_nobody_chose() -> None:
    """So that what is printed can be opened, also over IPv6."""
    chosen = listening_at(load_settings(), "[::1]", 8149)
    assert (chosen.host, chosen.base_url) == ("::1", "http://[::1]:8149")
    assert chosen.allowed_hosts == ("[::1]", "127.0.0.1", "localhost")
    with pytest.raises(UnusableError, match="network interface"):
        listening_at(load_settings(), "fe80::1%eth0", None)
    with pytest.raises(UnusableError, match="IP address of this machine"):
        listening_at(load_settings(), "127.0.0.1:80", None)


def test_a_taken_ipv6_port_is_told_before_anything_starts(run: Run) -> None:
    """Like one of IPv4."""
    with socket.socket(socket.AF_INET6) as taken:
        taken.bind(("::1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--host", "::1", "--port", str(port))
    assert result.exit_code == 1
    assert f"Port {port} of ::1 cannot be used" in result.stderr


@pytest.mark.processes
def test_a_desk_listens_and_answers_on_ipv6(tmp_path: Path) -> None:
    """Under the address that it prints, and a probe under any name."""
    with socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "log"
    env = environment(tmp_path / "instance", HOST="::1", PORT=str(port), SCHEDULER="off")
    with started("serve", log=log, env=env) as desk:
        wait_until(lambda: answers(f"http://[::1]:{port}/readyz"), "a desk that serves")
        page = requests.get(f"http://[::1]:{port}/support", timeout=30)
        strange = {"Host": "10.42.0.7:8000"}
        alive = requests.get(f"http://[::1]:{port}/healthz", headers=strange, timeout=30)
        other = requests.get(f"http://[::1]:{port}/support", headers=strange, timeout=30)
        code = stop(desk)
    assert f"http://[::1]:{port}" in log.read_text(encoding="utf-8")
    assert (page.status_code, alive.status_code, other.status_code) == (200, 200, 400)
    assert code == 0
