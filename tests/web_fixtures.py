"""Fixtures for page and API tests: the real application on a fresh SQLite database.

Nothing has to be imported: `tests/conftest.py` loads this module. `csrf` alone is a function.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from tests.fakes import FakeClock
from trustops.accounts.passwords import Passwords
from trustops.db import db
from trustops.settings import PROJECT_ROOT, Settings, load_settings
from trustops.web.openapi import Application

SECRET_KEY = "a fixed key for tests, of a good length, known to everybody"
BASE_URL = "http://localhost"

CHEAP_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2 at its least, for hundreds of sign-ins; `test_passwords.py` has the real one."""

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def settings_for(url: str, folder: Path, **more: str) -> Settings:
    """Settings of an instance in a folder; `more` are further settings by their names."""
    return load_settings(
        {
            "TRUSTOPS_INSTANCE_DIR": str(folder),
            "TRUSTOPS_DATABASE_URL": url,
            "TRUSTOPS_SECRET_KEY": SECRET_KEY,
            "TRUSTOPS_BASE_URL": BASE_URL,
            "TRUSTOPS_SCHEDULER": "off",
            **{f"TRUSTOPS_{name}": value for name, value in more.items()},
        }
    )


OPERATOR = """
[operator]
name = "Example Foundation"
relation = "The foundation that issued the token."
contact = "The form on this site."
"""
"""Somebody who answers for a site."""


def own_content(folder: Path) -> Path:
    """A copy of the shipped content whose operator is named; gives its path."""
    copied = shutil.copytree(PROJECT_ROOT / "content", folder / "content")
    with (copied / "site.toml").open("a", encoding="utf-8") as file:
        file.write(OPERATOR)
    return copied


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Templates and routes are compiled once, not for every application that a test makes."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    Application.jinja_options = {**Application.jinja_options, "bytecode_cache": cache}
    compile_builder = vars(Rule)["_compile_builder"]
    builders: dict[tuple[str, str, bool], object] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> object:
        key = (rule.rule, repr(rule.defaults), append_unknown)
        if key not in builders:
            builders[key] = compile_builder(rule, append_unknown)
        return builders[key]

    with patch.object(Rule, "_compile_builder", builder):
        yield


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """Settings of a fresh instance on SQLite, without mail, Redis or demo."""
    return settings_for(sqlite_url, tmp_path)


@pytest.fixture
def app(settings: Settings, clock: FakeClock) -> Iterator[Flask]:
    """The real application under the test's clock."""
    from trustops.app import create_app

    made = create_app(settings, clock=clock, parts=[Passwords(CHEAP_HASHER)])
    made.testing = True
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a past."""
    return app.test_client()


def csrf(client: FlaskClient, path: str) -> str:
    """Open a page as this client and give the CSRF token of its form."""
    page = client.get(path).get_data(as_text=True)
    found = _TOKEN.search(page)
    assert found is not None, f"no form with a CSRF token at {path}"
    return html.unescape(found.group(1))
