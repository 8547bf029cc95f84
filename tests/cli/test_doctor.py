"""`trustops doctor`: one line for each thing that can be wrong, and what to do about it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.cli.conftest import Run
from tests.cli.healthy import make_well, nodes_that_answer
from tests.cli.test_job import note
from tests.factories import a_ticket
from tests.web_fixtures import OPERATOR
from trustops.channels.services import queue
from trustops.cli.engines import engine_of
from trustops.cli.health import machine
from trustops.cli.health.finding import Level
from trustops.clock import SystemClock
from trustops.db import Session, migrate, start_writing
from trustops.demo.folder import SHIPPED as DEMO_CONTENT
from trustops.settings import Settings, load_settings

pytestmark = pytest.mark.long

Findings = dict[str, dict[str, str]]
Ask = Callable[[], tuple[int, Findings]]


@pytest.fixture
def ask(run: Run) -> Ask:
    """Ask the doctor; gives the exit code and the findings by their names."""

    def ask() -> tuple[int, Findings]:
        result = run("doctor", "--json")
        return result.exit_code, {row["check"]: row for row in json.loads(result.stdout)}

    return ask


@pytest.fixture
def nodes() -> Iterator[str]:
    """Nodes that answer for every chain."""
    with nodes_that_answer() as address:
        yield address


@pytest.fixture
def healthy(settings: Settings, monkeypatch: pytest.MonkeyPatch, nodes: str) -> Settings:
    """An instance on SQLite on which all is well."""
    return make_well(settings, monkeypatch, nodes)


def test_a_healthy_instance_has_nothing_but_good_findings(
    ask: Ask, run: Run, on_each: Settings, monkeypatch: pytest.MonkeyPatch, nodes: str
) -> None:
    """Exit code 0, and no remedy anywhere; on each kind of database."""
    make_well(on_each, monkeypatch, nodes)
    code, findings = ask()
    assert [row for row in findings.values() if row["level"] != "ok"] == []
    assert code == 0
    assert not any(row["remedy"] for row in findings.values())
    assert "FAIL" not in run("doctor").output


def test_settings_that_cannot_be_used_end_the_visit(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else can be looked at without them."""
    monkeypatch.setenv("TRUSTOPS_PORT", "many")
    code, findings = ask()
    assert (code, list(findings)) == (1, ["settings"])
    assert "PORT" in findings["settings"]["sentence"]


def test_before_init_it_says_what_comes_first(ask: Ask) -> None:
    """There is no database, and looking for one makes none."""
    code, findings = ask()
    assert code == 1
    assert findings["database"]["remedy"] == "Run: trustops init"
    assert not (load_settings().instance_dir / "trustops.sqlite3").exists()


def test_a_database_that_does_not_answer(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence has no password in it."""
    url = "postgresql+psycopg://desk:hidden@127.0.0.1:1/desk"
    monkeypatch.setenv("TRUSTOPS_DATABASE_URL", url)
    code, findings = ask()
    assert (code, findings["database"]["level"]) == (1, "fail")
    assert "hidden" not in json.dumps(findings)


def test_a_schema_that_is_behind_or_ahead(ask: Ask, healthy: Settings) -> None:
    """Each with its own way out."""
    migrate.downgrade(healthy.database_url.reveal(), "-1")
    code, findings = ask()
    assert (code, findings["schema"]["remedy"]) == (1, "Run: trustops init")
    with engine_of(healthy) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer version" in ask()[1]["schema"]["sentence"]


@pytest.mark.parametrize(
    ("given", "check", "level"),
    [
        ({"SECRET_KEY": "short"}, "secret key", "fail"),
        ({"BASE_URL": "http://desk.example.org"}, "base URL", "fail"),
        ({"ALLOWED_HOSTS": "other.example.org"}, "allowed hosts", "fail"),
        ({"BASE_URL": "https://desk.example.org"}, "own host", "fail"),
        ({"TRUSTED_PROXIES": "1"}, "trusted proxies", "warn"),
        ({"WORKERS": "3"}, "rate limits", "warn"),
        ({"DEMO": "1"}, "demo", "warn"),
        ({"DEMO": "1", "CLOCK_OFFSET": "60"}, "demo", "warn"),
        ({"ALERT_WEBHOOK_URL": ""}, "alert channel", "warn"),
    ],
)
@pytest.mark.usefixtures("healthy")
def test_what_stands_in_the_settings(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], check: str, level: str
) -> None:
    """What breaks a promise fails; what somebody should know is a warning."""
    for name, value in given.items():
        monkeypatch.setenv(f"TRUSTOPS_{name}", value)
    code, findings = ask()
    assert findings[check]["level"] == level
    assert findings[check]["remedy"]
    assert code == int(level == "fail")


@pytest.mark.usefixtures("healthy")
def test_https_with_one_proxy_is_as_it_should_be(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample in `deploy/`; without the proxy it is a warning."""
    monkeypatch.setenv("TRUSTOPS_BASE_URL", "https://desk.example.org")
    assert ask()[1]["trusted proxies"]["level"] == "warn"
    monkeypatch.setenv("TRUSTOPS_TRUSTED_PROXIES", "1")
    _, findings = ask()
    assert {findings[name]["level"] for name in ("base URL", "trusted proxies")} == {"ok"}


def test_files_that_others_may_read(ask: Ask, healthy: Settings) -> None:
    """The folder counts, and what lies in it."""
    (healthy.instance_dir / "config.toml").write_text("")
    (healthy.instance_dir / "config.toml").chmod(0o644)
    code, findings = ask()
    assert (code, "config.toml" in findings["file modes"]["sentence"]) == (1, True)


@pytest.mark.parametrize(
    ("table", "level", "words"),
    [
        ("", "fail", "Nobody has taken responsibility"),
        ('[operator]\nname = " \u2003"\n', "fail", "Nobody has taken responsibility"),
        ('[operator]\nname = "TrustOps demo"\n', "fail", "Nobody has taken responsibility"),
        ("operator = ", "fail", "cannot be used"),
        ('[operator]\nname = "Heliotrope"\n', "warn", "without relation and contact"),
        (OPERATOR, "ok", "Example Foundation answers for this site."),
    ],
)
def test_who_answers_for_the_site(
    ask: Ask, healthy: Settings, tmp_path: Path, table: str, level: str, words: str
) -> None:
    """Where nobody does, it fails, with what to do next."""
    site = healthy.content_dir / "site.toml"
    text = site.read_text(encoding="utf-8").replace(OPERATOR, "")
    site.write_text(f"{text}\n{table}", encoding="utf-8")
    code, findings = ask()
    finding = findings["operator"]
    assert (finding["level"], code) == (level, int(level == "fail"))
    assert words in finding["sentence"]
    assert (level == "ok") is (finding["remedy"] == "")


@pytest.mark.usefixtures("healthy")
def test_the_shipped_content_is_to_be_copied_first(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own files are replaced with the next version; heartbeats that wait are named."""
    monkeypatch.delenv("TRUSTOPS_CONTENT_DIR")
    monkeypatch.setenv("TRUSTOPS_HEARTBEAT_WEBHOOK_URL", "https://example.org/hook")
    monkeypatch.setenv("TRUSTOPS_HEARTBEAT_WEBHOOK_SECRET", "a secret")
    finding = ask()[1]["operator"]
    assert finding["level"] == "fail"
    assert "heartbeats stay in the log" in finding["sentence"]
    assert "Copy the content folder" in finding["remedy"]
    assert "[operator]" in finding["remedy"]


def test_a_demo_is_looked_at_by_the_content_that_it_laid_out(
    ask: Ask, healthy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo answers for itself, and for nothing else."""
    monkeypatch.delenv("TRUSTOPS_CONTENT_DIR")
    monkeypatch.setenv("TRUSTOPS_DEMO", "1")
    assert ask()[1]["operator"]["level"] == "fail"
    shutil.copytree(DEMO_CONTENT, healthy.instance_dir / "demo/content")
    assert ask()[1]["operator"]["level"] == "ok"


@pytest.mark.usefixtures("healthy")
def test_content_that_is_wrong(ask: Ask, tmp_path: Path) -> None:
    """The first problem is named."""
    (tmp_path / "content" / "sla.toml").unlink()
    code, findings = ask()
    assert (code, "sla.toml" in findings["content"]["sentence"]) == (1, True)


@pytest.mark.parametrize(
    ("mounts", "level"),
    [
        ("/dev/vda / ext4 rw 0 0\n", Level.OK),
        ("/dev/vda / ext4 rw 0 0\nhost:/x /{} nfs4 rw 0 0\n", Level.FAIL),
        ("host:/x / nfs rw 0 0\n/dev/vda /{} xfs rw 0 0\n", Level.OK),
        ("/dev/vda / ext4 rw 0 0\nhost:/x /{}x nfs4 rw 0 0\n", Level.OK),
        (None, Level.WARN),
    ],
)
def test_sqlite_on_a_network_file_system(
    sqlite_url: str,
    instance: Path,
    monkeypatch: pytest.MonkeyPatch,
    mounts: str | None,
    level: Level,
) -> None:
    """The longest mount point above the file counts; where it is not known, that is said."""
    monkeypatch.setenv("TRUSTOPS_DATABASE_URL", sqlite_url)
    table = instance.parent / "mounts"
    if mounts is not None:
        table.write_text(mounts.format(str(instance.parent.resolve()).lstrip("/")))
    assert machine.file_system(load_settings(), table).level is level


def test_jobs_that_are_silent(ask: Ask, healthy: Settings) -> None:
    """Each is named."""
    with engine_of(healthy) as engine, engine.begin() as connection:
        connection.execute(text("DELETE FROM job_run WHERE name IN ('silence', 'deliveries')"))
    note(healthy, "another", timedelta(hours=1))
    with engine_of(healthy) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE job_run SET id = -1 WHERE name = 'another'"))
    code, findings = ask()
    assert code == 1
    assert findings["jobs"]["sentence"] == "No sign of life in time from deliveries, silence."


def test_an_instance_on_which_nothing_ran(ask: Ask, healthy: Settings) -> None:
    """A warning: it may be a minute old."""
    with engine_of(healthy) as engine, engine.begin() as connection:
        connection.execute(text("DELETE FROM job_run"))
    code, findings = ask()
    assert (code, findings["jobs"]["level"]) == (0, "warn")


@pytest.mark.parametrize(
    ("state", "minutes_ago", "level"),
    [("queued", 4, "ok"), ("queued", 6, "fail"), ("unknown", 6, "warn"), ("rejected", 6, "warn")],
)
def test_deliveries_that_are_late_or_wait_for_a_person(
    ask: Ask, healthy: Settings, state: str, minutes_ago: int, level: str
) -> None:
    """Late ones fail, undecided ones are a warning."""
    with engine_of(healthy) as engine, Session(engine) as session:
        start_writing(session)
        queue(
            session,
            SystemClock().now() - timedelta(minutes=minutes_ago),
            dedupe_key="k",
            channel="console",
            target="console",
            kind="alert",
            subject="alert:1",
            payload={},
        )
        session.execute(text("UPDATE delivery SET state = :state"), {"state": state})
        session.commit()
    code, findings = ask()
    assert findings["deliveries"]["level"] == level
    assert code == int(level == "fail")


def test_clocks_that_nobody_judged(ask: Ask, healthy: Settings) -> None:
    """The sweep should have come by."""
    with engine_of(healthy) as engine, Session(engine) as session:
        start_writing(session)
        a_ticket(session, SystemClock().now() - timedelta(hours=60))
        session.commit()
    code, findings = ask()
    assert (code, findings["SLA clocks"]["level"]) == (1, "fail")
    assert "1 clock should" in findings["SLA clocks"]["sentence"]


@pytest.mark.parametrize(
    ("statement", "word"),
    [("UPDATE staff SET demo = true", "demo"), ("DELETE FROM staff", "Nobody works")],
)
def test_who_works_here(ask: Ask, healthy: Settings, statement: str, word: str) -> None:
    """People of the demo do not belong here, and somebody should."""
    with engine_of(healthy) as engine, engine.begin() as connection:
        connection.execute(text(statement))
    code, findings = ask()
    assert (code, findings["people"]["level"]) == (0, "warn")
    assert word in findings["people"]["sentence"]
