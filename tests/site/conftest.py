"""An instance with a trusted manifest, what it shows, and its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.site.folder import a_folder, showing
from tests.site.things import rendered, some_sources
from trustops.db import engine_options
from trustops.settings import Settings
from trustops.site.pages import File
from trustops.site.sources import Sources


@pytest.fixture
def reading(sqlite_url: str) -> Iterator[Session]:
    """A session on SQLite; pages do not know databases, and `test_sources` reads from both."""
    engine = create_engine(sqlite_url, **engine_options(sqlite_url))
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def shown(settings: Settings, tmp_path: Path) -> Settings:
    """An instance whose manifest is trusted."""
    return showing(settings, a_folder(tmp_path / "content"), NOON)


@pytest.fixture
def sources(reading: Session, shown: Settings) -> Sources:
    """What it shows, with figures of every kind."""
    return some_sources(reading, shown)


@pytest.fixture
def files(app: Flask, sources: Sources) -> Mapping[str, File]:
    """Its pages."""
    return rendered(app, sources)
