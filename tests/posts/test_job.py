"""The job of the heartbeat: what it does by itself, and that a broken file stops nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from jobs.heartbeat import heartbeat, take
from jobs.runner import JobContext
from tests.conftest import NOON
from tests.fakes import FakeClock
from tests.posts.things import CONTENT, WEEK, states
from tests.status.things import a_snapshot
from tests.web_fixtures import OPERATOR, settings_for
from trustops.app import create_app
from trustops.content.values import ContentError, Problem
from trustops.content.versions import LastGood
from trustops.db import db
from trustops.posts.setup import setup_of
from trustops.settings import Settings
from trustops.site.files import check
from trustops.status.snapshot import Snapshot

TEMPLATES = ("heartbeat/full.md.j2", "heartbeat/short.md.j2")
BY_RULE = (
    'weekday = "sunday"\ntime = "12:00"\napproval = "rule"\nnetworks = ["console", "mastodon"]\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder of our own."""
    made = tmp_path / "content"
    shutil.copytree(CONTENT, made)
    return made


@pytest.fixture
def context(sqlite_url: str, tmp_path: Path, folder: Path) -> Iterator[JobContext]:
    """The real application with that folder, an hour before noon."""
    settings = settings_for(sqlite_url, tmp_path, CONTENT_DIR=str(folder))
    clock = FakeClock(NOON)
    app = create_app(settings, clock=clock)
    clock.advance(hours=-1)
    with app.app_context():
        yield JobContext(db.engine, clock)
        db.engine.dispose()


def well(session: Session, now: datetime, settings: Settings) -> Snapshot:
    """Figures of the moment, all well."""
    del session, settings
    return a_snapshot(as_of=now)


def broken(session: Session, now: datetime, settings: Settings) -> Snapshot:
    """A content file that somebody is writing on."""
    raise ContentError((Problem("faq/x/en.md", 3, "title", "is missing"),))


def moved(context: JobContext, **duration: float) -> None:
    """Move the clock on."""
    assert isinstance(context.clock, FakeClock)
    context.clock.advance(**duration)


def test_heartbeats_of_a_site_that_nobody_answers_for_stay_in_the_log(
    context: JobContext, folder: Path
) -> None:
    """A copy of some content posts nothing; a name takes it to the networks that are set."""
    settings = replace(context.part(Settings), heartbeat_webhook_url="https://example.org/hook")
    setups = [setup_of(settings)]
    with (folder / "site.toml").open("a", encoding="utf-8") as file:
        file.write(OPERATOR)
    setups.append(setup_of(settings))
    reached = [[target.channel for target in setup.targets] for setup in setups if setup]
    assert reached == [["console"], ["console", "heartbeat-webhook"]]


def test_without_a_schedule_there_is_nothing_to_do(context: JobContext, folder: Path) -> None:
    """And nobody is asked for figures."""
    (folder / "heartbeat.toml").unlink()
    assert set(heartbeat(context, broken).values()) == {0}


def test_a_schedule_is_stopped_by_a_word_and_never_by_a_lost_file(
    context: JobContext, folder: Path
) -> None:
    """What was accepted goes on without its file, and the check that knows it says so."""
    settings = context.part(Settings)
    good = LastGood(settings.instance_dir)
    path = folder / "heartbeat.toml"
    accepted = {name: (folder / name).read_bytes() for name in ("site.toml", *TEMPLATES)}
    good.accept({**accepted, path.name: BY_RULE.encode()}, "ai16z-elizaos", context.clock.now())
    path.unlink()
    assert heartbeat(context, well)["planned"] == 1
    told = {problem.file for problem in check(folder, good=good)}
    assert path.name in told
    path.write_text(f"{BY_RULE}stopped = true\n", encoding="utf-8")
    moved(context, hours=1)
    assert set(heartbeat(context, well).values()) == {0}
    assert path.name not in {problem.file for problem in check(folder, good=good)}


def test_by_the_rule_a_heartbeat_goes_out_without_anybody(
    context: JobContext, folder: Path
) -> None:
    """Written before, written anew at its moment, approved and sent in one run."""
    (folder / "heartbeat.toml").write_text(BY_RULE, encoding="utf-8")
    first = heartbeat(context, well)
    assert (first["planned"], first["composed"], first["sent"]) == (1, 1, 0)
    moved(context, hours=1)
    second = heartbeat(context, well)
    assert (second["planned"], second["composed"], second["sent"]) == (1, 1, 1)
    assert set(heartbeat(context, well).values()) == {0}


def test_a_broken_content_file_stops_no_heartbeat_that_was_approved(
    context: JobContext, folder: Path
) -> None:
    """It fails the run, which raises an alert, after everything else was done."""
    (folder / "heartbeat.toml").write_text(BY_RULE, encoding="utf-8")
    heartbeat(context, well)
    with context.open_session() as session:
        from trustops.posts.models import Heartbeat

        row = session.query(Heartbeat).one()
        row.state, row.approved_sha256 = "approved", row.sha256
    moved(context, hours=1)
    assert heartbeat(context, broken)["sent"] == 1
    moved(context, days=6)
    with pytest.raises(ContentError):
        heartbeat(context, broken)


def test_the_snapshot_is_the_one_of_the_pages(context: JobContext) -> None:
    """One truth: what the site says, the heartbeat says."""
    with context.reading() as session:
        found = take(session, context.clock.now(), context.part(Settings))
    assert found.as_of == context.clock.now()


def test_the_demo_shows_its_first_heartbeat_at_once(
    sqlite_url: str, tmp_path: Path, folder: Path
) -> None:
    """Later ones follow the schedule."""
    (folder / "heartbeat.toml").write_text(BY_RULE, encoding="utf-8")
    settings = settings_for(sqlite_url, tmp_path, CONTENT_DIR=str(folder), DEMO="1")
    app = create_app(settings, clock=FakeClock(NOON))
    with app.app_context():
        context = JobContext(db.engine, FakeClock(NOON))
        assert heartbeat(context, well)["sent"] == 1
        with context.reading() as session:
            assert states(session)[WEEK] == "sent"
        db.engine.dispose()
