"""When the next heartbeat is due, as pages and machine files of an instance say it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.posts.things import CONTENT
from tests.site.things import rendered, text_of
from tests.status.things import a_snapshot
from trustops.settings import Settings
from trustops.site.sources import Sources, gather
from trustops.status.files import migration

SUNDAYS = 'weekday = "sunday"\ntime = "{time}"\napproval = "lead"\nnetworks = ["console"]\n'


def scheduled(settings: Settings, words: str = "", *, time: str = "18:00") -> Settings:
    """The same instance with a heartbeat on Sundays."""
    folder = settings.content_dir
    shutil.copytree(CONTENT / "heartbeat", folder / "heartbeat", dirs_exist_ok=True)
    (folder / "heartbeat.toml").write_text(SUNDAYS.format(time=time) + words, encoding="utf-8")
    return settings


def told(sources: Sources) -> tuple[str | None, str | None]:
    """What `migration.json` says is to come, and what is late."""
    found = json.loads(migration(sources.snapshot, "http://localhost").model_dump_json())
    return found["next_heartbeat_at"], found["heartbeat_due_since"]


@pytest.mark.parametrize(
    ("time", "due"),
    [("18:00", "2026-11-22T18:00:00.000Z"), ("11:00", "2026-11-29T11:00:00.000Z")],
)
def test_a_fresh_instance_names_the_next_slot_of_its_schedule(
    app: Flask, reading: Session, shown: Settings, time: str, due: str
) -> None:
    """On every page and in the file for machines, although no job has run yet."""
    sources = gather(reading, NOON, scheduled(shown, time=time))
    assert told(sources) == (due, None)
    files = rendered(app, sources)
    assert "Next update by" in text_of(files, "/")
    assert "The next one is due" in text_of(files, "/heartbeats")


@pytest.mark.parametrize("words", [None, "stopped = true\n"])
def test_an_instance_without_a_schedule_plans_none(
    app: Flask, reading: Session, shown: Settings, words: str | None
) -> None:
    """Nobody promised one, or somebody ended them."""
    settings = shown if words is None else scheduled(shown, words)
    sources = gather(reading, NOON, settings)
    assert told(sources) == (None, None)
    for path in ("/", "/heartbeats"):
        assert "No next one is planned." in text_of(rendered(app, sources), path)


def test_a_heartbeat_that_is_late_is_told_as_such(app: Flask, sources: Sources) -> None:
    """Beside the one that comes after it."""
    late = a_snapshot(heartbeat_due_since=NOON - timedelta(hours=3))
    files = rendered(app, replace(sources, snapshot=late))
    for path in ("/", "/heartbeats"):
        page = text_of(files, path)
        assert "has not gone out yet." in page
        assert "09:00" in page.partition("has not gone out yet.")[0]
