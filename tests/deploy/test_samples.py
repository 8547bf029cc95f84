"""The samples in `deploy/` keep what `docs/operations.md` promises, and name what exists."""

from __future__ import annotations

import re
import shlex
from configparser import ConfigParser
from pathlib import Path

import click
import pytest

from trustops.cli import main
from trustops.settings import CREDENTIALS, PROJECT_ROOT, load_settings, setting_names
from trustops.web.texts import MOST_BYTES

FOLDER = PROJECT_ROOT / "deploy"
NGINX = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
UNITS = sorted(FOLDER.glob("*.service"))


def directives(text: str) -> list[list[str]]:
    """The directives of an nginx configuration as words, without comments and blocks."""
    plain = re.sub(r"(?m)(^|\s)#.*$", "", text)
    return [words for line in re.split(r"[;{}]", plain) if (words := line.split())]


class Unit(ConfigParser):
    """Reads units, in which upper and lower case differ."""

    def optionxform(self, optionstr: str) -> str:
        """Leave a name as it is written."""
        return optionstr


def unit(path: Path) -> Unit:
    """A unit as systemd reads it, for what is said once in it."""
    parser = Unit(interpolation=None, strict=False)
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


@pytest.mark.parametrize(
    "promised",
    [
        "listen 443 ssl http2",
        "ssl_protocols TLSv1.2 TLSv1.3",
        "server 127.0.0.1:8000",
        "proxy_pass http://trustops",
        "proxy_set_header Host $host",
        "proxy_set_header X-Forwarded-For $remote_addr",
        "proxy_set_header X-Forwarded-Proto $scheme",
        "proxy_next_upstream off",
        "client_max_body_size 300k",
        "client_header_timeout 10s",
        "client_body_timeout 15s",
        "proxy_read_timeout 60s",
        "gzip off",
        "gzip on",
        "server_tokens off",
        "return 301 https://$server_name$request_uri",
    ],
)
def test_nginx_has_every_directive_that_is_promised(promised: str) -> None:
    """Whoever takes one out has to change the promise as well."""
    assert promised.split() in directives(NGINX)


@pytest.mark.parametrize("name", ["$proxy_add_x_forwarded_for", "$http_x_forwarded_for"])
def test_nginx_appends_nothing_to_what_a_visitor_sent(name: str) -> None:
    """The address in the header is the one that nginx sees."""
    assert name not in NGINX


@pytest.mark.parametrize(
    "name",
    ["$request", "$request_uri", "$args", "$query_string", "$http_referer", "$http_user_agent"],
)
def test_the_log_format_has_no_field_that_can_carry_a_secret(name: str) -> None:
    """Neither the query string nor where a visitor came from."""
    (log_format,) = re.findall(r"log_format.*?;", NGINX, re.DOTALL)
    fields = set(re.findall(r"\$\w+", log_format))
    assert "$trustops_path" in fields
    assert name not in fields


def test_every_log_is_written_in_that_format() -> None:
    """And error logs only tell what is not about a request."""
    logs = [words for words in directives(NGINX) if words[0] in {"access_log", "error_log"}]
    assert {words[2] for words in logs if words[0] == "access_log"} == {"trustops"}
    assert {words[2] for words in logs if words[0] == "error_log"} == {"crit"}
    assert len(logs) == 4


def test_nginx_lets_through_what_the_desk_takes() -> None:
    """A little more, so that the desk gives the answer that explains it."""
    (size,) = [words[1] for words in directives(NGINX) if words[0] == "client_max_body_size"]
    assert MOST_BYTES < int(size.removesuffix("k")) * 1024 < 2 * MOST_BYTES


def test_there_is_a_unit_for_each_kind_of_process() -> None:
    """The desk and the worker."""
    assert [path.name for path in UNITS] == ["trustops-worker.service", "trustops.service"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_exists(path: Path) -> None:
    """With the settings of the sample, under its own user."""
    service = unit(path)["Service"]
    program, name = shlex.split(service["ExecStart"])
    assert program.endswith("/bin/trustops")
    assert main.get_command(click.Context(main), name) is not None
    assert service["EnvironmentFile"] == "/etc/trustops/trustops.env"
    assert service["User"] == service["Group"] == "trustops"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_may_write_to_its_instance_alone(path: Path) -> None:
    """The folder that the sample of the settings names."""
    service = unit(path)["Service"]
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    assert (service["StateDirectory"], service["StateDirectoryMode"]) == ("trustops", "0700")
    assert sample()["TRUSTOPS_INSTANCE_DIR"] == "/var/lib/trustops"
    assert "ReadWritePaths" not in service


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_stop_leaves_time_for_the_delivery_in_hand(path: Path) -> None:
    """It takes thirty seconds at most, and the web workers as long again."""
    assert int(unit(path)["Service"]["TimeoutStopSec"]) >= 70


def sample(*, commented: bool = False) -> dict[str, str]:
    """The settings of the sample, with those behind a `#` if asked for."""
    lines = (FOLDER / "trustops.env").read_text(encoding="utf-8").splitlines()
    if commented:
        lines = [line.removeprefix("#") for line in lines]
    return dict(line.split("=", 1) for line in lines if line.startswith("TRUSTOPS_"))


def test_the_sample_of_the_settings_names_settings() -> None:
    """All of them exist, those in comments too."""
    known = {*setting_names(), *(f"{name}_FILE" for name in CREDENTIALS)}
    assert {name.removeprefix("TRUSTOPS_") for name in sample(commented=True)} <= known


def test_the_sample_of_the_settings_can_be_used(tmp_path: Path) -> None:
    """As it stands, but for the folder."""
    settings = load_settings(sample() | {"TRUSTOPS_INSTANCE_DIR": str(tmp_path)})
    assert settings.secure
    assert settings.trusted_proxies == 1
