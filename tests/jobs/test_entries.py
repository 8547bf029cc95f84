"""Each job does its work with the real rooms: a breach is found and told of once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from jobs.queries import deliveries_wait
from jobs.runner import JobContext, Result, run_job
from jobs.schedule import DEMO, job_named
from tests.channels.receiver import Receiver, listening
from tests.factories import a_person, a_ticket
from tests.fakes import FakeClock
from tests.jobs.things import alerts
from tests.web_fixtures import settings_for
from trustops.accounts.rules import RUN_FAILURES
from trustops.accounts.services import note_refused_sign_in
from trustops.alerts.guessing import GuessingBell
from trustops.alerts.rules import Kind
from trustops.app import create_app
from trustops.channels.models import Delivery
from trustops.channels.rules import CLAIM_TTL
from trustops.db import db
from trustops.settings import Settings
from trustops.tickets.models import Ticket


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Whoever is on call."""
    with listening() as opened:
        yield opened


@pytest.fixture
def desk(database: str, tmp_path: Path, clock: FakeClock, receiver: Receiver) -> Iterator[Flask]:
    """An application whose alerts go to the receiver."""
    settings = settings_for(
        database, tmp_path, ALERT_WEBHOOK_URL=receiver.url, ALERT_WEBHOOK_SECRET="a secret"
    )
    made = create_app(settings, clock=clock)
    with made.app_context():
        yield made
        db.engine.dispose()


def states(context: JobContext) -> list[str]:
    """The states of all deliveries."""
    with context.reading() as session:
        return list(session.scalars(select(Delivery.state).order_by(Delivery.id)))


def test_a_breach_is_found_and_told_of(
    desk: Flask, context: JobContext, clock: FakeClock, receiver: Receiver
) -> None:
    """The sweep writes the alert and its delivery; the delivery run sends it, once."""
    with context.open_session() as session:
        a_ticket(session)
    clock.advance(hours=48, minutes=1)
    assert run_job(desk, job_named("sla_sweep")).data["breached"] == 1
    assert [alert.kind for alert in alerts(context)].count(Kind.BREACHED) == 1
    assert receiver.requests == []
    for _ in range(2):
        assert run_job(desk, job_named("deliveries")).result is Result.OK
    assert set(states(context)) == {"sent"}
    assert len(receiver.requests) == len(alerts(context))


def test_an_alert_about_failed_sign_ins_is_over_after_an_hour_of_silence(
    desk: Flask, context: JobContext, clock: FakeClock
) -> None:
    """It goes out to whoever is on call, and resolves by itself."""
    bell = GuessingBell(context.part(Settings))
    with context.open_session() as session:
        staff = a_person(session)
        for _ in range(RUN_FAILURES):
            for run in note_refused_sign_in(session, clock.now(), staff_id=staff.id):
                bell.ring(session, clock.now(), run)
    assert states(context) == ["queued"]
    assert run_job(desk, job_named("sign_in_runs")).data == {"ended": 0}
    clock.advance(hours=1)
    assert run_job(desk, job_named("sign_in_runs")).data == {"ended": 1}
    assert [alert.resolved_at for alert in alerts(context)] == [clock.now()]
    clock.advance(minutes=1)
    assert run_job(desk, job_named("sign_in_runs")).data == {"ended": 0}


def test_the_delivery_run_begins_nothing_when_it_is_to_end(
    desk: Flask, context: JobContext, clock: FakeClock, receiver: Receiver
) -> None:
    """What waits is sent by another process, or after the next start."""
    with context.open_session() as session:
        a_ticket(session)
    clock.advance(hours=49)
    run_job(desk, job_named("sla_sweep"))
    run_job(desk, job_named("deliveries"), stopping=lambda: True)
    assert receiver.requests == []
    assert set(states(context)) == {"queued"}


def test_whether_deliveries_wait_is_asked_before_anything_is_locked(
    desk: Flask, context: JobContext, clock: FakeClock
) -> None:
    """Only what is due counts, and nothing once it was sent."""
    with context.open_session() as session:
        a_ticket(session)
    clock.advance(hours=49)
    run_job(desk, job_named("sla_sweep"))
    with context.reading() as session:
        assert deliveries_wait(session, clock.now())
        assert not deliveries_wait(session, clock.now().replace(year=2020))
    run_job(desk, job_named("deliveries"))
    with context.reading() as session:
        assert not deliveries_wait(session, clock.now())


def test_a_delivery_whose_process_ended_becomes_unknown(
    desk: Flask, context: JobContext, clock: FakeClock
) -> None:
    """After the time that a claim may take, and never back into the queue."""
    with context.open_session() as session:
        a_ticket(session)
    clock.advance(hours=49)
    run_job(desk, job_named("sla_sweep"))
    with context.open_session() as session:
        session.execute(
            update(Delivery).values(state="sending", claim_token="t", claimed_at=clock.now())
        )
    count = len(states(context))
    assert run_job(desk, job_named("lost_deliveries")).data == {"lost": 0}
    clock.advance(seconds=CLAIM_TTL.total_seconds() + 1)
    assert run_job(desk, job_named("lost_deliveries")).data == {"lost": count}
    assert set(states(context)) == {"unknown"}


def test_a_ticket_of_the_demo_arrives(desk: Flask, context: JobContext) -> None:
    """One at a time."""
    assert run_job(desk, DEMO).data == {"arrived": 1}
    with context.reading() as session:
        assert len(session.scalars(select(Ticket)).all()) == 1
