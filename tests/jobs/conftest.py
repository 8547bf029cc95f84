"""Fixtures of the jobs' tests: the real application on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from jobs.runner import JobContext
from tests.conftest import NOON
from tests.fakes import FakeClock
from tests.jobs.breaking import HEARTBEAT, TEMPLATE, Site
from tests.site.folder import a_folder, showing
from tests.web_fixtures import settings_for
from trustops.app import create_app
from trustops.db import db
from trustops.site.release import Releases
from trustops.site.serving import PublicPages


@pytest.fixture
def desk(database: str, tmp_path: Path, clock: FakeClock) -> Iterator[Flask]:
    """The real application on a fresh database of each kind, under the test's clock."""
    made = create_app(settings_for(database, tmp_path), clock=clock)
    with made.app_context():
        yield made
        db.engine.dispose()


@pytest.fixture
def context(desk: Flask, clock: FakeClock) -> JobContext:
    """What a job works with."""
    del desk
    return JobContext(db.engine, clock)


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path, clock: FakeClock) -> Iterator[Site]:
    """An instance with a file of every kind, before its first build."""
    folder = a_folder(tmp_path / "content")
    (folder / "heartbeat").mkdir()
    (folder / "heartbeat.toml").write_text(HEARTBEAT)
    for name in ("full", "short"):
        (folder / f"heartbeat/{name}.md.j2").write_text(TEMPLATE)
    shown = showing(settings_for(sqlite_url, tmp_path), folder, NOON)
    made = create_app(shown, clock=clock)
    layer = PublicPages(
        made.wsgi_app, Releases(shown.instance_dir), shown, clock, look_every_seconds=0
    )
    made.__dict__["wsgi_app"] = layer
    with made.app_context():
        work = JobContext(db.engine, clock)
        yield Site(made, work, made.test_client(), folder, clock, shown)
        db.engine.dispose()
