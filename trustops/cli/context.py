"""What a command works with: the settings, the clock, one transaction, or the application."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trustops.cli.engines import engine_of
from trustops.cli.schema import is_sqlite, prepare, require_head
from trustops.clock import Clock, SystemClock
from trustops.db import Session, db, start_writing
from trustops.settings import Settings, load_settings

if TYPE_CHECKING:
    from flask import Flask


@contextmanager
def transaction() -> Iterator[tuple[Session, Settings, Clock]]:
    """A writing session, committed at the end and rolled back on error.

    A new instance on SQLite gets its database first, as `trustops serve` would give it.

    Raises:
        SettingsError: the settings cannot be used.
        ConflictError: the database does not have the schema of this version.
    """
    settings = load_settings()
    if is_sqlite(settings):
        prepare(settings)
    require_head(settings)
    with engine_of(settings) as engine, Session(engine) as session:
        start_writing(session)
        yield session, settings, SystemClock(settings.clock_offset)
        session.commit()


@contextmanager
def application(settings: Settings | None = None) -> Iterator[Flask]:
    """The application with its real parts, for commands that run jobs; closed at the end.

    Raises:
        SettingsError: the settings cannot be used.
        ContentError: the content files cannot be used.
        ConflictError: the database does not have the schema of this version.
    """
    from trustops.app import create_app

    chosen = settings or load_settings()
    require_head(chosen)
    app = create_app(chosen)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()
