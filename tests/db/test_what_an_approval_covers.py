"""Migration 0013 on a desk with a heartbeat that is approved: it keeps what was promised."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.posts.steps import BY_LEAD, approved
from tests.posts.things import WEEK, rows
from trustops.db import engine_options, migrate, start_writing
from trustops.posts.services import queue_due

BEFORE = "0012"


@pytest.fixture
def engine(fresh_database: str) -> Iterator[Engine]:
    """A database of the step before, on which a lead has approved the text of the week."""
    made = create_engine(fresh_database, **engine_options(fresh_database))
    with Session(made) as session:
        start_writing(session)
        approved(session)
        session.commit()
    migrate.downgrade(fresh_database, BEFORE)
    yield made
    made.dispose()


def test_what_was_approved_before_goes_out_as_it_was_read(
    engine: Engine, fresh_database: str
) -> None:
    """Its approval covers exactly that text, and it asks for no figures."""
    migrate.upgrade(fresh_database)
    with Session(engine) as session:
        start_writing(session)
        row = rows(session)[WEEK]
        read = dict(row.texts)
        assert (row.state, row.cover, row.departed) == ("approved", {}, "")
        assert queue_due(session, NOON, BY_LEAD) == 1
        row = rows(session)[WEEK]
        assert (row.state, row.texts, row.sha256) == ("sent", read, row.approved_sha256)
