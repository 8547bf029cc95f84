"""Fixtures of the jobs' tests: the real application on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from jobs.runner import JobContext
from tests.fakes import FakeClock
from tests.web_fixtures import settings_for
from trustops.app import create_app
from trustops.db import db


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
