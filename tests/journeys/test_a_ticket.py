"""A ticket's path, from a holder's words to an answer, and to the alarm when there is none.

`docs/tour.md` walks the same path through the code.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from jobs.runner import run_job
from jobs.schedule import job_named
from tests.accounts.people import cheap_passwords
from tests.channels.receiver import Receiver, listening
from tests.conftest import NOON, later
from tests.fakes import FakeClock
from tests.web_fixtures import csrf, settings_for
from trustops.accounts.models import Staff
from trustops.accounts.passwords import Passwords
from trustops.alerts.models import Alert
from trustops.app import create_app
from trustops.channels.models import Delivery
from trustops.db import db
from trustops.tickets.models import SlaClock
from trustops.web import limits
from trustops.web.context import register

PASSWORD = "a long passphrase for tests"
SECRET = "what signs the webhook"
WORDS = "I still hold the old token and see that the window is closed."


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Where ops get their alerts."""
    with listening() as started:
        yield started


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path, clock: FakeClock, receiver: Receiver) -> Iterator[Flask]:
    """The real application with an agent, somebody on call, and a webhook."""
    settings = settings_for(
        sqlite_url, tmp_path, ALERT_WEBHOOK_URL=receiver.url, ALERT_WEBHOOK_SECRET=SECRET
    )
    passwords = cheap_passwords()
    app = create_app(settings, clock=clock)
    limits.reset(app)
    with app.app_context():
        register(app, passwords, Passwords)
        for role in ("agent", "ops"):
            db.session.add(
                Staff(
                    email=f"{role}@example.org",
                    name=f"An {role}",
                    role=role,
                    password_hash=passwords.hash(PASSWORD),
                    created_at=NOON,
                )
            )
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


def ask_for_help(app: Flask) -> tuple[FlaskClient, str, str]:
    """A holder opens a ticket by the form; gives the browser, the private path, the reference."""
    holder = app.test_client()
    form = {"topic": "late", "subject": "Is it over?", "message": WORDS}
    answer = holder.post("/support", data={**form, "csrf_token": csrf(holder, "/support")})
    assert answer.status_code == 303
    path = answer.headers["Location"]
    found = re.search(r"MIG-[0-9A-Z]{7}", holder.get(path).get_data(as_text=True))
    assert found is not None
    return holder, path, found.group()


def sign_in(app: Flask, role: str) -> FlaskClient:
    """A member of staff signs in."""
    person = app.test_client()
    form = {"email": f"{role}@example.org", "password": PASSWORD}
    token = csrf(person, "/desk/sign-in")
    assert person.post("/desk/sign-in", data={**form, "csrf_token": token}).status_code == 303
    return person


def tick(app: Flask, *names: str) -> None:
    """Run jobs as the scheduler does."""
    for name in names:
        run_job(app, job_named(name))


def test_a_ticket_is_answered_and_its_clock_is_met(desk: Flask, clock: FakeClock) -> None:
    """Form, private page, queue, answer, and the answer on the private page."""
    holder, path, reference = ask_for_help(desk)
    assert "A person will answer it" in holder.get(path).get_data(as_text=True)

    clock.advance(hours=5)
    agent = sign_in(desk, "agent")
    assert reference in agent.get("/desk").get_data(as_text=True)
    page = f"/desk/tickets/{reference}"
    answer = {
        "csrf_token": csrf(agent, page),
        "visibility": "public",
        "body": "It is over. Your old tokens are safe where they are.",
        "version": "1",
        "then": "waiting",
    }
    assert agent.post(f"{page}/reply", data=answer).status_code == 303

    assert "Your old tokens are safe" in holder.get(path).get_data(as_text=True)
    with desk.app_context():
        row = db.session.scalars(select(SlaClock)).one()
        assert (row.state, row.met_at) == ("met", later(hours=5))
    clock.advance(days=3)
    tick(desk, "sla_sweep", "deliveries")
    with desk.app_context():
        assert db.session.scalars(select(Alert)).all() == []


def test_a_ticket_that_nobody_answers_reaches_a_person(
    desk: Flask, clock: FakeClock, receiver: Receiver
) -> None:
    """Sweep, breach, alert, signed delivery, acknowledgement."""
    _, _, reference = ask_for_help(desk)
    clock.advance(hours=48, seconds=1)
    tick(desk, "sla_sweep", "deliveries")
    tick(desk, "sla_sweep", "deliveries")

    (request,) = receiver.requests
    body = json.loads(request.body)
    assert (body["kind"], body["ticket"]) == ("sla.breached", reference)
    assert body["at"] == (NOON + timedelta(hours=48)).isoformat().replace("+00:00", "Z")
    fields = dict(part.split("=", 1) for part in request.headers["trustops-signature"].split(","))
    signed = hmac.new(SECRET.encode(), f"{fields['t']}.".encode() + request.body, hashlib.sha256)
    assert hmac.compare_digest(fields["v1"], signed.hexdigest())

    ops = sign_in(desk, "ops")
    assert reference in ops.get("/desk/alerts").get_data(as_text=True)
    form = {"csrf_token": csrf(ops, "/desk/alerts")}
    assert ops.post(f"/desk/alerts/{body['id']}/acknowledge", data=form).status_code == 303
    with desk.app_context():
        alert = db.session.scalars(select(Alert)).one()
        assert alert.acknowledged_by_name == "An ops"
        assert db.session.scalars(select(Delivery.state)).one() == "sent"
