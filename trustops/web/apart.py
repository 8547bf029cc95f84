"""Work that stands although the request that led to it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from trustops.db import db, empty_journal, start_writing
from trustops.logs import get_logger
from trustops.web import context

T = TypeVar("T")

_log = get_logger(__name__)


def take_back_and_write(act: Callable[[Session], T]) -> T:
    """Take back what the request wrote, do something in a transaction of its own, and commit it.

    For words that are taken out: SQLite's journal, which still holds them, is emptied afterwards.
    What the request had read has to be read again.
    """
    context.session().rollback()
    with Session(db.engine) as own:
        start_writing(own)
        done = act(own)
        own.commit()
    if not empty_journal(db.engine):
        _log.warning("journal not emptied")
    return done
