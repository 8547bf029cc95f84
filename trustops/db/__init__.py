"""The database room: engine and session, column types, the event table, migrations.

Rooms above keep their own tables in their `models`; they all inherit `Base` from here.
"""

from sqlalchemy.orm import Session

from trustops.db.core import Base, db, empty_journal, engine_options, is_writing, start_writing
from trustops.db.events import Actor, Event, record, subject_of
from trustops.db.inserting import insert_for, insert_new
from trustops.db.types import BigId, Instant, JsonValue, Spelled, one_of

__all__ = [
    "Actor",
    "Base",
    "BigId",
    "Event",
    "Instant",
    "JsonValue",
    "Session",
    "Spelled",
    "db",
    "empty_journal",
    "engine_options",
    "insert_for",
    "insert_new",
    "is_writing",
    "one_of",
    "record",
    "start_writing",
    "subject_of",
]
