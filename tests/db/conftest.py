"""Fixtures for tests that concern one kind of database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from trustops.db import engine_options


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """An engine on a fresh SQLite database."""
    made = create_engine(sqlite_url, **engine_options(sqlite_url))
    yield made
    made.dispose()
