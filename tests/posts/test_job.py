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
from tests.posts.things import CONTENT, LEAD, WEEK, alert_keys, rows, states
from tests.status.things import a_snapshot
from tests.web_fixtures import OPERATOR, settings_for
from trustops.app import create_app
from trustops.content.values import ContentError, Problem
from trustops.content.versions import LastGood
from trustops.db import db
from trustops.posts.services import approve
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


def other_words(session: Session, now: datetime, settings: Settings) -> Snapshot:
    """The same after the window has closed."""
    del session, settings
    return a_snapshot(as_of=now, migration_state="The migration is closed.")


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


@pytest.mark.long
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


def approved_by_hand(context: JobContext) -> None:
    """What a lead does with the draft of the week."""
    setup = setup_of(context.part(Settings))
    assert setup is not None
    with context.open_session() as session:
        sha256 = rows(session)[WEEK].sha256
        now, schedule = context.clock.now(), setup.schedule
        approve(session, now, week=WEEK, actor=LEAD, sha256=sha256, schedule=schedule)


def test_figures_that_cannot_be_read_put_an_approved_heartbeat_off_and_are_told(
    context: JobContext, folder: Path
) -> None:
    """The run fails, whoever can help is told, and the first run that can read them sends."""
    (folder / "heartbeat.toml").write_text(BY_RULE, encoding="utf-8")
    heartbeat(context, well)
    approved_by_hand(context)
    moved(context, hours=1)
    for minutes in (0, 11):
        moved(context, minutes=minutes)
        with pytest.raises(ContentError):
            heartbeat(context, broken)
    with context.reading() as session:
        assert states(session)[WEEK] == "approved"
        assert alert_keys(session) == [f"heartbeat.waits:{WEEK}:due"]
    moved(context, minutes=1)
    assert heartbeat(context, well)["sent"] == 1


def test_what_an_approval_does_not_cover_is_written_anew_in_the_same_run(
    context: JobContext, folder: Path
) -> None:
    """A minute later somebody can read it."""
    (folder / "heartbeat.toml").write_text(BY_RULE.replace("rule", "lead"), encoding="utf-8")
    heartbeat(context, well)
    approved_by_hand(context)
    moved(context, hours=1)
    found = heartbeat(context, other_words)
    assert (found["sent"], found["composed"], found["reminded"]) == (0, 1, 1)
    with context.reading() as session:
        row = rows(session)[WEEK]
    assert row.state == "draft"
    assert "the state of the migration" in row.waits_for
    assert "The migration is closed." in row.texts["archive"]


def test_of_an_approved_heartbeat_the_figures_are_read_once_an_hour(
    context: JobContext, folder: Path
) -> None:
    """Not each minute; the desk shows them."""
    (folder / "heartbeat.toml").write_text(BY_RULE.replace("rule", "lead"), encoding="utf-8")
    moved(context, hours=-9)
    heartbeat(context, well)
    approved_by_hand(context)
    moved(context, minutes=59)
    assert set(heartbeat(context, broken).values()) == {0}
    moved(context, minutes=1)
    heartbeat(context, well)
    with context.reading() as session:
        row = rows(session)[WEEK]
    assert (row.state, row.as_of) == ("approved", context.clock.now())


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
