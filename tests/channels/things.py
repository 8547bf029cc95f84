"""What tests of deliveries begin with: a claimed row, a message, queued rows, an outbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.conftest import NOON
from trustops.channels.models import Delivery
from trustops.channels.rules import Claimed, Message, Target
from trustops.channels.services import queue
from trustops.db import Event, start_writing
from trustops.settings import Settings, load_settings

SECRET = "correct-horse-webhook-secret"
BODY = {
    "id": "a1b2c3",
    "kind": "sla.breached",
    "severity": "critical",
    "ticket": "MIG-7K3QRST",
    "dedupe_key": "sla:MIG-7K3QRST:first_response:1:100",
    "at": "2026-11-22T12:00:00Z",
    "url": "https://desk.example.org/desk/tickets/MIG-7K3QRST",
    "summary": "MIG-7K3QRST had no first response within 48 h.",
}
MESSAGE = Message(
    id="a1b2c3",
    subject="[Critical] MIG-7K3QRST had no first response within 48 h.",
    text="MIG-7K3QRST had no first response within 48 h.\nhttps://desk.example.org/desk/alerts",
    fields=BODY,
)


def claimed(channel: str = "webhook", target: str = "webhook", key: str = "alert:1:x") -> Claimed:
    """A delivery in our hands, on its first attempt."""
    return Claimed(1, "token", key, channel, target, "alert", "alert:1", BODY, 1, NOON)


def put(
    session: Session,
    now: datetime,
    key: str,
    *,
    target: Target | None = None,
    kind: str = "alert",
) -> bool:
    """Queue a delivery under a key."""
    to = target or Target("webhook", "webhook")
    return queue(
        session,
        now,
        dedupe_key=key,
        channel=to.channel,
        target=to.target,
        kind=kind,
        subject="alert:1",
        payload={"id": key},
    )


def opener(engine: Engine) -> AbstractContextManager[Session]:
    """A writing session that commits when left without an error, as jobs open them."""

    @contextmanager
    def opened() -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as session:
            start_writing(session)
            yield session
            session.commit()

    return opened()


def rows(session: Session) -> dict[str, Delivery]:
    """All deliveries as the database has them, by their keys."""
    found = session.scalars(select(Delivery).execution_options(populate_existing=True))
    return {row.dedupe_key: row for row in found}


def events(session: Session, kind: str) -> list[Event]:
    """All events of a kind, the oldest first."""
    session.flush()  # what the act left pending is read by query
    return list(session.scalars(select(Event).where(Event.kind == kind).order_by(Event.seq)))


def settings(folder: Path, **given: str) -> Settings:
    """Settings of an instance in a folder, such as `settings(tmp_path, SMTP_URL="smtp://x")`."""
    environ = {f"TRUSTOPS_{name}": value for name, value in given.items()}
    return load_settings({"TRUSTOPS_INSTANCE_DIR": str(folder), **environ})
