"""The real application with the routes of `tests/web/probe.py` beside its own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.fakes import FakeClock
from tests.web import probe
from tests.web_fixtures import SECRET_KEY, csrf, settings_for
from trustops import guard, logs
from trustops.db import Event, db
from trustops.settings import Settings
from trustops.web.identity import Identity
from trustops.web.openapi import Application

Made = Callable[..., Application]


@pytest.fixture
def log() -> io.StringIO:
    """Everything that is logged."""
    return io.StringIO()


@pytest.fixture
def make(sqlite_url: str, tmp_path: Path, clock: FakeClock, log: io.StringIO) -> Iterator[Made]:
    """Make the application with further settings; its connections are closed at the end."""
    from trustops.app import create_app

    all_made: list[Application] = []

    def made(**more: str) -> Application:
        settings = settings_for(sqlite_url, tmp_path, **more)
        app = create_app(settings, clock=clock, parts=[Identity(probe.Doorman())])
        assert isinstance(app, Application)
        app.testing = True
        app.register_blueprint(probe.pages)
        app.register_api(probe.api)
        logs.configure("info", scrub=guard.redact, stream=log)
        all_made.append(app)
        return app

    yield made
    for app in all_made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(make: Made) -> Application:
    """The application with the probe's routes."""
    return make()


@pytest.fixture
def client(app: Application) -> FlaskClient:
    """A browser without a past."""
    return app.test_client()


@pytest.fixture
def agent(app: Application) -> FlaskClient:
    """The browser of a signed-in agent."""
    browser = app.test_client()
    browser.set_cookie("trustops_session", probe.COOKIE)
    return browser


@pytest.fixture
def form(client: FlaskClient) -> dict[str, str]:
    """A form that was opened by `client`, with its token and nothing else."""
    return {"csrf_token": csrf(client, "/probe/form")}


def kinds(app: Flask) -> list[str]:
    """The kinds of all events that were committed."""
    with app.app_context():
        return list(db.session.scalars(select(Event.kind).order_by(Event.seq)))


def traces(settings: Settings) -> bytes:
    """Every byte of the instance's folder: database, write-ahead log and whatever else."""
    files = (path for path in settings.instance_dir.rglob("*") if path.is_file())
    return b"".join(path.read_bytes() for path in sorted(files))


__all__ = ["SECRET_KEY", "Made", "kinds", "traces"]
