"""The daily tidying deletes what nobody can use any more, and keeps everything else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.housekeeping import BATCH, tidy
from jobs.runner import JobContext
from tests.conftest import NOON, later
from tests.factories import a_person, a_ticket
from tests.jobs.things import ran, runs
from trustops.accounts.models import StaffInvite, StaffSession
from trustops.db import Base, Event
from trustops.tickets.models import Ticket, TicketLink
from trustops.web.models import IdempotentRequest

pytestmark = pytest.mark.usefixtures("desk")

ALMOST = timedelta(seconds=1)
MONTH = timedelta(days=30)


def ids(context: JobContext, table: type[Base]) -> list[int]:
    """The keys of all rows of a table."""
    with context.reading() as session:
        found: list[int] = list(session.scalars(select(table.__table__.c.id).order_by("id")))
        return found


def key(number: int, at: datetime) -> IdempotentRequest:
    """A key that a client used at a moment."""
    return IdempotentRequest(
        id=number, client="c", key_hash=str(number), body_hash="b", result={}, created_at=at
    )


def test_idempotency_keys_go_after_two_days(context: JobContext) -> None:
    """Until then a client may repeat a write."""
    with context.open_session() as session:
        session.add_all([key(1, later(hours=-48)), key(2, later(hours=-48) - ALMOST)])
    assert tidy(context)["idempotency_keys"] == 1
    assert ids(context, IdempotentRequest) == [1]


def test_runs_go_after_two_weeks_but_for_the_last_of_each_job(context: JobContext) -> None:
    """The last good one stays as well: silence is counted from it."""
    for days in (40, 30, 20, 13):
        ran(context, "busy", later(days=-days))
    ran(context, "rare", later(days=-60))
    ran(context, "broken", later(days=-50))
    ran(context, "broken", later(days=-40), error="builtins.ValueError: no")
    ran(context, "broken", later(days=-30), error="builtins.ValueError: no")
    tidy(context)
    assert [row.started_at for row in runs(context, "busy")] == [later(days=-13)]
    assert len(runs(context, "rare")) == 1
    assert [row.started_at for row in runs(context, "broken")] == [
        later(days=-50),
        later(days=-30),
    ]


def link(session: Session, number: int, expires: datetime, revoked: datetime | None = None) -> None:
    """A private link to a ticket."""
    ticket = session.scalars(select(Ticket)).first() or a_ticket(session)
    session.add(
        TicketLink(
            id=number,
            token_hash=str(number),
            ticket_id=ticket.id,
            purpose="view",
            created_at=NOON,
            expires_at=expires,
            revoked_at=revoked,
        )
    )


def test_links_go_a_month_after_they_ended(context: JobContext) -> None:
    """Those that a requester may still use stay."""
    with context.open_session() as session:
        link(session, 101, later(days=300))
        link(session, 102, NOON - MONTH)
        link(session, 103, NOON - MONTH - ALMOST)
        link(session, 104, later(days=300), NOON - MONTH - ALMOST)
    tidy(context)
    kept = ids(context, TicketLink)
    assert {101, 102} <= set(kept)
    assert not {103, 104} & set(kept)


def test_sessions_and_invitations_go_a_month_after_they_ended(context: JobContext) -> None:
    """Of those in use none goes, and no person does."""
    old = NOON - MONTH - ALMOST
    with context.open_session() as session:
        staff = a_person(session)
        for number, (expires, ended) in enumerate(
            ((later(hours=1), None), (old, None), (later(hours=1), old), (NOON - MONTH, None)), 1
        ):
            session.add(
                StaffSession(
                    id=number,
                    token_hash=str(number),
                    staff_id=staff.id,
                    created_at=old,
                    last_seen_at=old,
                    expires_at=expires,
                    ended_at=ended,
                )
            )
            session.add(
                StaffInvite(
                    id=number,
                    token_hash=str(number),
                    staff_id=staff.id,
                    created_at=old,
                    expires_at=expires,
                    used_at=ended,
                )
            )
    done = tidy(context)
    assert (done["staff_sessions"], done["staff_invites"]) == (2, 2)
    assert ids(context, StaffSession) == [1, 4]
    assert ids(context, StaffInvite) == [1, 4]


def test_the_hash_of_the_client_goes_off_old_tickets(context: JobContext) -> None:
    """The ticket stays, and to its requester and to agents nothing about it has changed."""
    with context.open_session() as session:
        old = a_ticket(session, NOON - MONTH - ALMOST)
        young = a_ticket(session, NOON - MONTH)
        old.client_key = young.client_key = "f" * 64
        session.flush()  # the versions are read below
        before = (old.id, old.version, young.id)
    assert tidy(context)["client_keys"] == 1
    with context.reading() as session:
        assert session.get_one(Ticket, before[0]).client_key is None
        assert session.get_one(Ticket, before[0]).version == before[1]
        assert session.get_one(Ticket, before[2]).client_key == "f" * 64


def test_more_than_one_transaction_holds_is_tidied_too(context: JobContext) -> None:
    """It goes on until nothing is left, in short transactions."""
    with context.open_session() as session:
        session.add_all(
            StaffInvite(
                token_hash=str(number),
                staff_id=staff_id,
                created_at=NOON,
                expires_at=NOON - 2 * MONTH,
            )
            for staff_id in [a_person(session).id]
            for number in range(BATCH + 3)
        )
    assert tidy(context)["staff_invites"] == BATCH + 3


def test_history_is_never_tidied(context: JobContext) -> None:
    """Events stay for ever."""
    with context.open_session() as session:
        a_ticket(session, later(days=-4000))
    with context.reading() as session:
        before = session.query(Event).count()
    tidy(context)
    with context.reading() as session:
        assert session.query(Event).count() == before
