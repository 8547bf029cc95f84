"""The instance's database for as long as a command needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine

from trustops.db import engine_options
from trustops.settings import Settings


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """An engine on the instance's database, closed at the end."""
    url = settings.database_url.reveal()
    engine = create_engine(url, **engine_options(url))
    try:
        yield engine
    finally:
        engine.dispose()
