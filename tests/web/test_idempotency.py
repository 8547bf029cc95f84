"""`Idempotency-Key`: the same request twice makes one thing, however close the two follow."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.web_fixtures import settings_for
from trustops.db import start_writing
from trustops.errors import ConflictError, InvalidInputError
from trustops.settings import Settings
from trustops.web.idempotency import forget_old, remember, remembered
from trustops.web.models import IdempotentRequest

BODY = {"topic": "other", "message": "Hello"}


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    """Settings with a secret key; the database of the test is not read from them."""
    return settings_for("sqlite://", tmp_path)


def ask(
    session: Session,
    settings: Settings,
    *,
    client: str = "token:a",
    key: str = "key-1",
    body: object = BODY,
) -> dict[str, Any] | None:
    """Ask as one client with one key, unless told otherwise."""
    return remembered(session, settings, NOON, client=client, key=key, body=body)


def keep(session: Session, settings: Settings, reference: str) -> None:
    """Note what the first request made."""
    remember(session, settings, client="token:a", key="key-1", result={"reference": reference})


def test_the_first_request_does_the_work(session: Session, chosen: Settings) -> None:
    """Nothing is remembered of a key that nobody sent."""
    assert ask(session, chosen) is None


def test_a_replay_gets_what_the_first_one_made(session: Session, chosen: Settings) -> None:
    """Whatever the order of the names in its body."""
    ask(session, chosen)
    keep(session, chosen, "MIG-1")
    again = dict(reversed(BODY.items()))
    assert ask(session, chosen, body=again) == {"reference": "MIG-1"}


def test_the_same_key_with_another_body_is_a_conflict(session: Session, chosen: Settings) -> None:
    """A key names one request and no other."""
    ask(session, chosen)
    keep(session, chosen, "MIG-1")
    with pytest.raises(ConflictError):
        ask(session, chosen, body=BODY | {"message": "Something else"})


def test_keys_of_two_clients_never_meet(session: Session, chosen: Settings) -> None:
    """Nobody gets another's result by guessing a key."""
    ask(session, chosen)
    keep(session, chosen, "MIG-1")
    assert ask(session, chosen, client="token:b") is None


def test_neither_key_nor_body_nor_client_is_stored(session: Session, chosen: Settings) -> None:
    """Keyed hashes alone."""
    ask(session, chosen, key="my order 17")
    row = session.scalars(select(IdempotentRequest)).one()
    assert [len(text) for text in (row.client, row.key_hash, row.body_hash)] == [64] * 3


def test_a_write_that_forgets_to_say_what_it_made_is_a_defect(
    session: Session, chosen: Settings
) -> None:
    """A replay could not be answered."""
    ask(session, chosen)
    with pytest.raises(RuntimeError):
        ask(session, chosen)


@pytest.mark.parametrize("key", ["", "x" * 256, "käse", "tab\tkey", "line\nkey"])
def test_a_key_has_to_be_short_and_printable(session: Session, chosen: Settings, key: str) -> None:
    """1 to 255 printable ASCII characters."""
    with pytest.raises(InvalidInputError):
        ask(session, chosen, key=key)


@pytest.mark.parametrize("key", ["x", "x" * 255, "8e03978e-40d5-43dd-bc93-6894a57f9324"])
def test_keys_at_the_borders_are_taken(session: Session, chosen: Settings, key: str) -> None:
    """Both ends count."""
    assert ask(session, chosen, key=key) is None


def test_old_keys_are_forgotten(session: Session, chosen: Settings) -> None:
    """Those first used before the instant, and no others."""
    ask(session, chosen)
    remembered(session, chosen, later(hours=24), client="token:a", key="key-2", body=BODY)
    assert forget_old(session, NOON, most=10) == 0
    assert forget_old(session, NOON + timedelta(hours=1), most=10) == 1
    assert session.scalar(select(func.count()).select_from(IdempotentRequest)) == 1


def test_two_requests_at_once_make_one_thing(engine: Engine, chosen: Settings) -> None:
    """The second waits for the first, and answers with its result."""
    taken, seen = threading.Event(), []

    def second() -> None:
        taken.wait(timeout=10)
        with Session(engine) as session:
            start_writing(session)
            seen.append(ask(session, chosen))

    thread = threading.Thread(target=second)
    thread.start()
    with Session(engine) as session:
        start_writing(session)
        assert ask(session, chosen) is None
        taken.set()
        thread.join(timeout=0.3)
        assert seen == []
        keep(session, chosen, "MIG-1")
        session.commit()
    thread.join(timeout=10)
    assert seen == [{"reference": "MIG-1"}]


def test_if_the_first_request_fails_the_second_does_the_work(
    engine: Engine, chosen: Settings
) -> None:
    """A claim lives and dies with its transaction."""
    taken, seen = threading.Event(), []

    def second() -> None:
        taken.wait(timeout=10)
        with Session(engine) as session:
            start_writing(session)
            seen.append(ask(session, chosen))

    thread = threading.Thread(target=second)
    thread.start()
    with Session(engine) as session:
        start_writing(session)
        ask(session, chosen)
        taken.set()
        session.rollback()
    thread.join(timeout=10)
    assert seen == [None]
