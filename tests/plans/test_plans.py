"""No statement of the product costs more because history is long: each is asked on a full desk.

`make plans` runs it after tests have written down every statement that the product sent
(`recorder.py`). A statement that reads or sorts a table that grows from one end to
the other is a fault, on either database; so is a place that asks and was never seen to, and a
partial index that no statement is answered by.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.plans import postgresql, sqlite
from tests.plans.data import fill
from tests.plans.excuses import ASKED_ELSEWHERE, EXCUSED, UNUSED
from tests.plans.plan import Plan
from tests.plans.recorder import FOLDER, Asked, Record, read
from tests.plans.sites import calls
from tests.schema import without_driver
from trustops.db import Base

pytestmark = pytest.mark.plans

SIZE = 100_000
ON_BOTH = ("/jobs/", "/queries.py", "/services.py", "/services/")
"""Places whose statements both databases have to have been asked."""

Explain = Callable[[str, Any], Plan]


@pytest.fixture(scope="module")
def record() -> Record:
    """What the product asked while its tests ran."""
    folder = os.environ.get(FOLDER, "")
    found = read(Path(folder)) if folder else Record()
    assert found.asked, f"nothing was written down in {FOLDER}; run: make cover"
    return found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    return str(request.param)


@pytest.fixture(scope="module")
def explain(
    dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Explain]:
    """How the kind of database answers a statement on a desk of many years."""
    if dialect == "sqlite":
        yield from _on_sqlite(request, tmp_path_factory)
    else:
        yield from _on_postgresql(request)


def _on_sqlite(
    request: pytest.FixtureRequest, factory: pytest.TempPathFactory
) -> Iterator[Explain]:
    path = factory.mktemp("plans") / "full.sqlite3"
    path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
    fill(f"sqlite:///{path}", SIZE)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("BEGIN")
        names = partial_indexes("sqlite")
        yield partial(sqlite.explain, connection, partial=names)
        connection.execute("ROLLBACK")


def _on_postgresql(request: pytest.FixtureRequest) -> Iterator[Explain]:
    template: str = request.getfixturevalue("postgres")
    admin = without_driver(template.replace("/template_trustops", "/postgres"))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("CREATE DATABASE plans TEMPLATE template_trustops STRATEGY file_copy")
    url = template.replace("/template_trustops", "/plans")
    fill(url, SIZE)
    with psycopg.connect(without_driver(url), cursor_factory=psycopg.ClientCursor) as connection:
        yield partial(postgresql.explain, connection)
        connection.rollback()
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("DROP DATABASE plans WITH (FORCE)")


@pytest.fixture(scope="module")
def plans(record: Record, dialect: str, explain: Explain) -> list[tuple[Asked, Plan]]:
    """Every statement of the product with the plans of the values that it was asked with."""
    found: list[tuple[Asked, Plan]] = []
    for (kind, _), asked in sorted(record.asked.items()):
        if kind == dialect and not all(map(_is_of_a_migration, asked.sites)):
            found.extend((asked, explain(*sample)) for sample in asked.samples)
    return found


@pytest.fixture(scope="module")
def faults(plans: list[tuple[Asked, Plan]]) -> dict[str, list[str]]:
    """What is wrong with the statements of each function that asks, by its `file:name`."""
    found: dict[str, list[str]] = {}
    for asked, plan in plans:
        for fault in plan.faults():
            for site in asked.sites:
                told = f"{fault}\n  {asked.samples[0][0]}\n{plan.text}"
                found.setdefault(site, []).append(told)
    return found


def test_no_statement_grows_with_history(
    plans: list[tuple[Asked, Plan]], faults: dict[str, list[str]]
) -> None:
    """But those that are excused, each with its reason."""
    assert len(plans) > 200
    told = [f"{site}: {fault}" for site, of_site in faults.items() for fault in of_site]
    assert [item for item in told if item.partition(": ")[0] not in EXCUSED] == []


def test_each_partial_index_answers_a_statement(
    plans: list[tuple[Asked, Plan]], dialect: str
) -> None:
    """One whose condition is in other words than the statements' is never used, and costs."""
    used = {name for _, plan in plans for name in plan.indexes}
    names = partial_indexes(dialect)
    assert len(names) > 10
    assert names - used - UNUSED.keys() == set()


def test_every_place_that_asks_was_seen(record: Record) -> None:
    """A query that no test runs has no plan, and nobody knows what it costs."""
    assert missing_places(record) - ASKED_ELSEWHERE.keys() == set()


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("SELECT id FROM ticket WHERE subject LIKE '%%x%%'", ()),
        ("SELECT count(*) FROM message", ()),
        ("SELECT id FROM ticket ORDER BY subject LIMIT 50", ()),
        ("SELECT count(DISTINCT payer) FROM migration_event", ()),
        ("DELETE FROM delivery WHERE kind = 'x'", ()),
    ],
)
def test_a_statement_that_grows_is_caught(explain: Explain, statement: str, values: object) -> None:
    """So that the gate is known to be able to fail."""
    assert explain(statement, values).faults()


def test_a_statement_that_reads_a_page_passes(explain: Explain) -> None:
    """By the primary key, and by an index in its order."""
    for statement in (
        "SELECT id FROM ticket WHERE id = 5",
        "SELECT id FROM ticket ORDER BY id DESC LIMIT 50",
    ):
        assert explain(statement, ()).faults() == []


def test_a_beginning_that_no_word_has_is_looked_up_in_the_index(
    request: pytest.FixtureRequest, dialect: str, explain: Explain
) -> None:
    """PostgreSQL takes it for frequent; the search switches sequential scans off before it."""
    if dialect == "sqlite":
        statement = "SELECT ticket_id FROM ticket_search WHERE words MATCH ?"
        values: object = ('"zzz"*',)
    else:
        statement = "SELECT id FROM ticket_search WHERE words @@ CAST(%(q)s AS tsquery) LIMIT 1001"
        values = {"q": "'zzz':*"}
        request.getfixturevalue("explain").args[0].execute("SET LOCAL enable_seqscan = off")
    assert explain(statement, values).faults() == []


def missing_places(record: Record) -> set[str]:
    """Functions (`kind file:name`) with a call that asks a database and was never seen to."""
    missing = set()
    for call in calls():
        kinds = ["sqlite"]
        if any(part in f"/{call.file}" for part in ON_BOTH):
            kinds.append("postgresql")
        for kind in kinds:
            lines = {line for file, line in record.places[kind] if file == call.file}
            if not lines & set(range(call.first, call.last + 1)):
                missing.add(f"{kind} {call.name}")
    return missing


def partial_indexes(dialect: str) -> set[str]:
    """The names of all indexes of the product that hold a part of their table."""
    for module in ("jobs.models", "trustops.app"):
        import_module(module)  # so that every table is known
    return {
        str(index.name)
        for table in Base.metadata.tables.values()
        for index in table.indexes
        if index.dialect_options[dialect].get("where") is not None
    }


def _is_of_a_migration(site: str) -> bool:
    return site.startswith(("trustops/db/migrations/", "trustops/db/checks.py"))
