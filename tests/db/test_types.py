"""Instants and JSON come back as they went in, alike on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, Table, insert, select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from tests.conftest import NOON
from trustops.db import Actor, Event, Instant, record
from trustops.db.core import Base

WHO = "system"


def keep(session: Session, at: datetime, data: dict[str, Any] | None = None) -> int:
    """Write a row with an instant; gives its key."""
    session.execute(
        insert(Event).values(at=at, kind="probe", subject="probe", actor=WHO, data=data or {})
    )
    return session.scalars(select(Event.seq).order_by(Event.seq.desc()).limit(1)).one()


def kept(session: Session, seq: int) -> datetime:
    """The instant of a row, read from the database."""
    return session.scalars(select(Event.at).where(Event.seq == seq)).one()


@pytest.mark.parametrize(
    "written",
    [
        NOON,
        NOON + timedelta(microseconds=1),
        NOON.astimezone(timezone(timedelta(hours=9))),
        NOON.astimezone(timezone(timedelta(hours=-7, minutes=-30))),
        datetime(1970, 1, 1, tzinfo=UTC),
    ],
)
def test_an_instant_comes_back_as_the_same_moment_in_utc(
    session: Session, written: datetime
) -> None:
    """Whatever zone it was written in, to the microsecond."""
    read = kept(session, keep(session, written))
    assert read == written
    assert read.utcoffset() == timedelta(0)


def test_an_instant_without_a_zone_is_refused(session: Session) -> None:
    """It could be any of two dozen moments, so it is a defect of the caller."""
    with pytest.raises(StatementError, match="needs a time zone"):
        keep(session, datetime(2026, 11, 22, 12, 0))


def test_a_missing_instant_stays_missing(session: Session) -> None:
    """None is no moment, and becomes none."""
    dialect = session.get_bind().dialect
    assert Instant().process_bind_param(None, dialect) is None
    assert Instant().process_result_value(None, dialect) is None


def test_instants_sort_by_time_whatever_their_fractions(session: Session) -> None:
    """Mixed widths of text do not sort by time; the fixed width does."""
    moments = [NOON + timedelta(microseconds=n) for n in (0, 1, 500_000, 1_000_000)]
    for moment in reversed(moments):
        keep(session, moment)
    assert list(session.scalars(select(Event.at).order_by(Event.at))) == moments


def test_sqlite_keeps_instants_as_text_of_one_width(sqlite_engine: Engine) -> None:
    """`YYYY-MM-DD HH:MM:SS.ffffff`, in UTC, with nothing behind it."""
    with Session(sqlite_engine) as session:
        for moment in (NOON, NOON + timedelta(microseconds=7)):
            keep(session, moment)
        rows = session.scalars(text("SELECT at FROM event ORDER BY seq")).all()
    assert rows == ["2026-11-22 12:00:00.000000", "2026-11-22 12:00:00.000007"]


def test_a_comparison_takes_instants_of_any_zone(session: Session) -> None:
    """The moment decides, not how it is written."""
    seq = keep(session, NOON)
    in_seoul = NOON.astimezone(timezone(timedelta(hours=9)))
    assert session.scalars(select(Event.seq).where(Event.at == in_seoul)).one() == seq
    assert session.scalars(select(Event.seq).where(Event.at < in_seoul)).all() == []


def test_json_comes_back_with_its_types(session: Session) -> None:
    """Numbers stay numbers, nothing stays nothing, other scripts stay readable."""
    data = {"percent": 90, "late": True, "none": None, "words": "늦음", "list": [1, 2]}
    record(session, NOON, "probe", subject="probe", actor=Actor(WHO), data=data)
    session.flush()  # the row is read by query
    session.expire_all()
    assert session.scalars(select(Event.data)).one() == data


def test_keys_count_up_by_themselves_and_hold_more_than_32_bits(session: Session) -> None:
    """A 64-bit key on PostgreSQL, the row id on SQLite."""
    first = keep(session, NOON)
    assert keep(session, NOON) == first + 1
    high = 2**40
    session.execute(
        insert(Event).values(seq=high, at=NOON, kind="probe", subject="s", actor=WHO, data={})
    )
    assert session.scalars(select(Event.seq).where(Event.seq == high)).one() == high


def test_every_moment_in_every_table_is_an_instant() -> None:
    """A column for a naive moment would let one in."""
    tables: dict[str, Table] = dict(_metadata().tables)
    moments = [
        column
        for table in tables.values()
        for column in table.columns
        if column.name.endswith(("_at", "slot")) or column.name == "at"
    ]
    assert len(moments) > 30
    assert [str(column) for column in moments if not isinstance(column.type, Instant)] == []


def _metadata() -> MetaData:
    """All tables of the product."""
    for module in ("jobs.models", "trustops.app"):
        import_module(module)
    return Base.metadata
