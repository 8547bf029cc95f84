"""Questions that pages alone ask, whose own tests run on SQLite: both databases understand them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from jobs.queries import last_run
from tests.conftest import NOON
from trustops.accounts.queries import own_account
from trustops.alerts.queries import urgent_since
from trustops.chain.services import note_not_set_up
from trustops.errors import NotFoundError
from trustops.posts.queries import of_week
from trustops.tickets.history import newest_event, news_since
from trustops.tickets.queries import key_of, listed
from trustops.tickets.rules import Status


def test_an_empty_desk_has_nothing_to_tell(session: Session) -> None:
    """Nothing is an answer, and no fault."""
    assert last_run(session, "sla_sweep") is None
    assert urgent_since(session) is None
    assert of_week(session, "2026-W47") is None
    assert newest_event(session, 1) == 0
    assert list(news_since(session, 1, 0)) == []
    assert listed(session, status=Status.OPEN, after=(NOON, 5), limit=3) == ([], None)
    note_not_set_up(session, "demo", "demo")


def test_who_is_not_there_is_not_found(session: Session) -> None:
    """Neither a person nor a ticket."""
    with pytest.raises(NotFoundError):
        own_account(session, NOON, 1)
    with pytest.raises(NotFoundError):
        key_of(session, "MIG-1234567")
