"""`trustops job`: what runs when, how it went, and running one now."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from jobs.schedule import TABLE
from jobs.services import begin, settle
from tests.cli.conftest import Run
from trustops.cli.engines import engine_of
from trustops.clock import SystemClock
from trustops.db import Session, start_writing
from trustops.settings import Settings


def note(settings: Settings, name: str, ago: timedelta, error: str | None = None) -> None:
    """Note a run that ended some time ago."""
    at = SystemClock().now() - ago
    with engine_of(settings) as engine, Session(engine) as session:
        start_writing(session)
        run_id = begin(session, at, name=name, slot=None)
        assert run_id is not None
        settle(session, at, run_id=run_id, data={}, error=error)
        session.commit()


@pytest.mark.usefixtures("settings")
def test_every_job_is_listed(run: Run) -> None:
    """With its moment, and that it has not run."""
    shown = run("job", "list").output.splitlines()
    assert len(shown) == len(TABLE)
    assert all("has not run yet" in line for line in shown)
    assert shown[0].split()[:3] == ["sla_sweep", "every", "minute"]


def test_the_list_tells_how_the_last_run_went(run: Run, settings: Settings) -> None:
    """A failure with its error, and a job that is silent."""
    note(settings, "sla_sweep", timedelta(minutes=9))
    note(settings, "sla_sweep", timedelta(minutes=8), "builtins.ValueError: no")
    note(settings, "deliveries", timedelta(minutes=1))
    rows = {row["name"]: row for row in json.loads(run("job", "list", "--json").output)}
    sweep, deliveries = rows["sla_sweep"], rows["deliveries"]
    assert (sweep["last_outcome"], sweep["silent"]) == ("failed", True)
    assert sweep["last_error"] == "builtins.ValueError: no"
    assert sweep["last_good_at"] < sweep["last_started_at"]
    assert (deliveries["last_outcome"], deliveries["silent"]) == ("ok", False)
    shown = run("job", "list").output.splitlines()
    assert "failed" in shown[0]
    assert shown[0].endswith("ValueError: no  SILENT")


@pytest.mark.usefixtures("settings")
@pytest.mark.parametrize("name", [job.name for job in TABLE])
def test_every_job_can_be_run_now(run: Run, name: str) -> None:
    """Whenever it is due, and as often as one likes."""
    result = run("job", "run", name)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"{name}: ok")


@pytest.mark.usefixtures("settings")
def test_a_run_tells_a_machine_what_it_counted(run: Run) -> None:
    """As JSON."""
    facts = json.loads(run("job", "run", "lost_deliveries", "--json").stdout)
    assert facts == {"name": "lost_deliveries", "result": "ok", "data": {"lost": 0}, "error": None}


@pytest.mark.usefixtures("settings")
def test_an_unknown_job_is_refused_with_the_names(run: Run) -> None:
    """Exit code 1."""
    result = run("job", "run", "sweep")
    assert result.exit_code == 1
    assert "sla_sweep" in result.stderr


def test_a_job_that_fails_is_told_and_exits_with_1(run: Run, settings: Settings) -> None:
    """With the error, for people and for a machine."""
    with engine_of(settings) as engine, engine.begin() as connection:
        connection.execute(text("ALTER TABLE idempotent_request RENAME TO elsewhere"))
    result = run("job", "run", "housekeeping", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["result"] == "failed"
    assert "no such table: idempotent_request" in result.stderr
