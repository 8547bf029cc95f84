"""The fourth straight path: slot, snapshot, text, approval, deliveries, permalinks.

The real job with real adapters: a signed webhook, a Mastodon server, the log. Nothing of it is
replaced but the clock and the snapshot, which the pages' own test takes from a database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import requests
from flask import Flask
from mastodon_mock.testing.server import MockServer
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs import entries
from jobs.heartbeat import heartbeat
from jobs.runner import JobContext
from tests.channels.receiver import Receiver, listening
from tests.conftest import NOON
from tests.fakes import FakeClock
from tests.status.things import a_snapshot
from tests.web_fixtures import own_content, settings_for
from trustops.app import create_app
from trustops.db import Actor, Event, db
from trustops.posts import queries
from trustops.posts.services import approve
from trustops.posts.setup import setup_of
from trustops.settings import Settings
from trustops.status.snapshot import Snapshot

MONDAY_NOON = datetime.fromisoformat("2026-11-23T12:00:00+00:00")
WEEK = "2026-W48"
LEAD = Actor("staff", "7", "First Lead")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Where the webhook goes."""
    with listening() as opened:
        yield opened


@pytest.fixture
def mock() -> Iterator[MockServer]:
    """A Mastodon server."""
    with MockServer() as server:
        yield server


@pytest.fixture
def context(
    database: str, tmp_path: Path, receiver: Receiver, mock: MockServer
) -> Iterator[JobContext]:
    """The real application on content of an operator, a day before its first heartbeat is due."""
    settings = settings_for(
        database,
        tmp_path,
        MASTODON_BASE_URL=mock.base_url,
        MASTODON_TOKEN="alice_token",
        HEARTBEAT_WEBHOOK_URL=receiver.url,
        HEARTBEAT_WEBHOOK_SECRET="a secret that signs heartbeats",
        CONTENT_DIR=str(own_content(tmp_path)),
    )
    app: Flask = create_app(settings, clock=FakeClock(NOON))
    with app.app_context():
        from trustops.web.context import clock

        yield JobContext(db.engine, clock())
        db.engine.dispose()


def take(session: Session, now: datetime, settings: Settings) -> Snapshot:
    """The figures of the moment."""
    del session, settings
    return a_snapshot(as_of=now)


def brought_out(context: JobContext) -> None:
    """Written a day before, approved by a lead, sent once at its moment."""
    clock = context.clock
    assert isinstance(clock, FakeClock)
    written = heartbeat(context, take)
    assert (written["planned"], written["composed"], written["sent"]) == (1, 1, 0)
    with context.reading() as session:
        draft = queries.current(session)
    assert draft is not None
    assert (draft.iso_week, draft.due_at, draft.state) == (WEEK, MONDAY_NOON, "draft")
    clock.advance(hours=1)
    approved(context, draft.sha256)
    clock.advance(hours=22, minutes=59)
    assert heartbeat(context, take)["sent"] == 0
    clock.advance(minutes=1)
    assert heartbeat(context, take)["sent"] == 1
    # the log, the webhook and Mastodon; and the alert that it waited for a lead a day before
    assert entries.deliveries(context) == {"sent": 4}
    assert heartbeat(context, take)["sent"] == 0
    assert entries.deliveries(context) == {}


def approved(context: JobContext, sha256: str) -> None:
    """A lead approves the text with this hash."""
    setup = setup_of(context.part(Settings))
    assert setup is not None
    with context.open_session() as session:
        approve(
            session,
            context.clock.now(),
            week=WEEK,
            actor=LEAD,
            sha256=sha256,
            schedule=setup.schedule,
        )


def test_a_heartbeat_from_its_slot_to_its_permalinks(
    context: JobContext, receiver: Receiver, mock: MockServer
) -> None:
    """Once on each network, with the same figures as the pages, and kept with its links."""
    brought_out(context)

    [request] = receiver.requests
    body = json.loads(request.body)
    assert (body["kind"], body["week"], body["late"]) == ("heartbeat", WEEK, False)
    assert body["url"] == f"http://localhost/heartbeats/{WEEK}"
    assert "1,200 OLD migrated" in body["text"]
    assert request.headers["trustops-signature"].startswith("t=")

    with context.reading() as session:
        [found] = queries.published(session)
        kinds = session.scalars(
            select(Event.kind).where(Event.subject == f"heartbeat:{WEEK}").order_by(Event.seq)
        ).all()
    assert (found.week, found.sent_at) == (WEEK, MONDAY_NOON)
    assert kinds == ["heartbeat.approve", "heartbeat.send"]

    [link] = found.links
    public = requests.get(f"{mock.base_url}/api/v1/timelines/public", timeout=5).json()
    assert [status["url"] for status in public if WEEK in status["content"]] == [link.url]
