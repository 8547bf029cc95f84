"""The history: rows in the transaction of the change, which the database itself keeps as they are.

That the two databases refuse updates and deletes is stated in `tests/house/test_migrations.py`,
beside the migration that makes them do so.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from tests.conftest import NOON
from trustops.db import (
    Actor,
    Event,
    engine_options,
    is_writing,
    record,
    start_writing,
    subject_of,
)

AGENT = Actor("staff", "7", "Agent One")


def history(session: Session) -> list[Event]:
    """All events, in their order."""
    return list(session.scalars(select(Event).order_by(Event.seq)))


def test_an_event_says_what_happened_to_what_when_and_by_whom(session: Session) -> None:
    """The words for machines and the name for people are both kept."""
    data = {"from": "open", "to": "solved"}
    record(session, NOON, "ticket.status", subject="ticket:41", actor=AGENT, data=data)
    (row,) = history(session)
    assert (row.at, row.kind, row.subject) == (NOON, "ticket.status", "ticket:41")
    assert (row.actor, row.actor_name) == ("staff:7", "Agent One")
    assert row.data == data


def test_an_event_without_details_has_empty_ones(session: Session) -> None:
    """Readers need not ask whether there are any."""
    record(session, NOON, "guard.refused", subject="guard", actor=Actor("system"))
    assert history(session)[0].data == {}


@pytest.mark.parametrize(
    ("actor", "label"),
    [
        (Actor("staff", "7", "Agent One"), "staff:7"),
        (Actor("system", "sla_sweep"), "system:sla_sweep"),
        (Actor("requester", name="Requester"), "requester"),
    ],
)
def test_an_actor_is_named_by_kind_and_key(actor: Actor, label: str) -> None:
    """A requester has no key: the history does not tell one from another."""
    assert actor.label == label


def test_a_subject_is_named_by_kind_and_key() -> None:
    """All events of a thing are found under it."""
    assert subject_of("ticket", 41) == "ticket:41"
    assert subject_of("job", "sla_sweep") == "job:sla_sweep"


def test_the_sequence_tells_the_order_and_not_the_clock(session: Session) -> None:
    """Two clocks may disagree; the sequence does not."""
    for hours, kind in ((1, "first"), (0, "second"), (2, "third")):
        at = NOON + timedelta(hours=hours)
        record(session, at, kind, subject="probe", actor=AGENT)
        session.flush()  # one row at a time, as in three transactions
    rows = history(session)
    assert [row.kind for row in rows] == ["first", "second", "third"]
    assert [row.seq for row in rows] == sorted(row.seq for row in rows)


def test_what_is_handed_over_may_change_afterwards(session: Session) -> None:
    """The event keeps a copy."""
    data: dict[str, object] = {"to": "open"}
    record(session, NOON, "ticket.status", subject="ticket:1", actor=AGENT, data=data)
    data["to"] = "spam"
    assert history(session)[0].data == {"to": "open"}


def test_an_event_is_gone_with_the_change_that_failed(engine: Engine) -> None:
    """It stands in the transaction of the change, so neither is there without the other."""
    with Session(engine) as session:
        start_writing(session)
        record(session, NOON, "ticket.opened", subject="ticket:1", actor=AGENT)
        session.flush()  # it reaches the database before the change fails
        session.rollback()
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Event)) == 0


def test_a_session_knows_whether_it_began_as_a_writer(engine: Engine) -> None:
    """Who would write beside one has to know, because on SQLite it would wait for it."""
    with Session(engine) as writer:
        start_writing(writer)
        assert is_writing(writer)
    with Session(engine) as reader:
        assert not is_writing(reader)


def test_a_writer_on_sqlite_holds_the_lock_from_its_beginning(sqlite_engine: Engine) -> None:
    """A second one does not begin half-way and then fail."""
    with Session(sqlite_engine) as first, sqlite_engine.connect() as second:
        start_writing(first)
        second.exec_driver_sql("PRAGMA busy_timeout=1")
        second.rollback()
        with Session(second) as other, pytest.raises(Exception, match="locked"):
            start_writing(other)


def test_readers_on_sqlite_do_not_wait_for_a_writer(sqlite_engine: Engine) -> None:
    """They see what was committed before."""
    with Session(sqlite_engine) as writer, Session(sqlite_engine) as reader:
        start_writing(writer)
        record(writer, NOON, "probe", subject="probe", actor=AGENT)
        writer.flush()  # it is written and not committed
        assert history(reader) == []


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("busy_timeout", 15_000)],
)
def test_every_connection_to_sqlite_is_set_up(
    sqlite_engine: Engine, pragma: str, value: object
) -> None:
    """WAL, foreign keys, a full sync on commit, and fifteen seconds of patience."""
    with sqlite_engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_postgresql_speaks_utc_and_gives_up_on_a_statement_that_hangs(postgres_url: str) -> None:
    """Whatever the server's own zone is, and after thirty seconds."""
    engine = create_engine(postgres_url, **engine_options(postgres_url))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW timezone").scalar() == "UTC"
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "30s"
    engine.dispose()
