"""Which key counts: the one accepted last, the one in the setting, the one that was announced."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.official.test_services import alerts, watched
from tests.official.things import (
    OTHER_PUBLIC,
    OTHER_SECRET,
    PUBLIC,
    SECRET,
    SOURCE,
    signed,
)
from trustops.alerts.models import Alert
from trustops.db import Event
from trustops.official.keys import last_key
from trustops.official.models import OfficialKey, OfficialVersion
from trustops.official.services import accept, current, watch
from trustops.official.signing import PublicKey, new_key
from trustops.official.values import AcceptedBy, Official, Problem

ANNOUNCING = f'next_keys = ["{OTHER_PUBLIC.line}"]\n{SOURCE}'
THIRD_SECRET, THIRD_PUBLIC = new_key()

Look = Callable[..., Official]


@pytest.fixture
def look(session: Session, folder: Path) -> Look:
    """Look as a host does whose key lies in its instance folder, and remember what is trusted."""

    def look(
        key: PublicKey = PUBLIC, now: datetime = NOON, *, on_host: bool = False, host: str = "one"
    ) -> Official:
        known = current(session, now, content_dir=folder, official_key=key.line, on_host=on_host)
        accept(session, now, known, host=host)
        watch(session, now, known, targets=(), base_url="https://desk.example.org", host=host)
        session.flush()
        return known

    return look


def events(session: Session) -> list[dict[str, object]]:
    """What the history says of keys."""
    rows = session.scalars(select(Event).where(Event.kind == "official.key").order_by(Event.seq))
    return [dict(row.data) for row in rows]


def test_the_first_key_of_a_file_is_trusted_on_first_use(session: Session, look: Look) -> None:
    """It is remembered whole, with its moment; looking again writes nothing more."""
    assert look().trusted
    assert look(now=later(hours=1)).trusted
    (row,) = session.scalars(select(OfficialKey)).all()
    assert (row.line, row.key_id, row.accepted_by) == (PUBLIC.line, PUBLIC.id, "first-use")
    assert (row.accepted_at, row.previous_id) == (NOON, 0)


def test_another_key_in_the_file_withholds_everything(
    session: Session, look: Look, folder: Path
) -> None:
    """Although its own list is in order; one critical alert names both keys and the host."""
    look()
    signed(folder, version=9, secret=OTHER_SECRET)
    for minute in range(3):
        known = look(OTHER_PUBLIC, later(minutes=minute))
        assert (known.problem, known.manifest, known.text) == (Problem.KEY_CHANGED, None, b"")
        assert "Use no address until" in known.sentence
    assert alerts(session) == [("critical", False)]
    alert = session.scalars(select(Alert)).one()
    assert all(part in alert.summary for part in (PUBLIC.id, OTHER_PUBLIC.id, "On one "))
    found = last_key(session)
    assert found is not None
    assert found.line == PUBLIC.line


def test_the_old_key_back_in_the_file_mends_it(session: Session, look: Look, folder: Path) -> None:
    """With its own list, by itself; the alert is over and no change was written."""
    look()
    signed(folder, version=9, secret=OTHER_SECRET)
    look(OTHER_PUBLIC)
    signed(folder, version=2)
    assert look(now=later(minutes=1)).trusted
    assert alerts(session) == [("critical", True)]
    assert events(session) == []


def test_the_setting_on_the_host_accepts_another_key(
    session: Session, look: Look, folder: Path
) -> None:
    """With an event and the end of the alert; after that the file with it does as well."""
    look()
    signed(folder, secret=OTHER_SECRET)
    look(OTHER_PUBLIC)
    assert look(OTHER_PUBLIC, later(minutes=1), on_host=True).trusted
    (event,) = events(session)
    assert (event["line"], event["before"]) == (OTHER_PUBLIC.line, PUBLIC.id)
    assert event["accepted_by"] == "setting"
    assert alerts(session) == [("critical", True)]
    assert look(OTHER_PUBLIC, later(minutes=2)).trusted
    signed(folder, version=5)
    assert look(PUBLIC, later(minutes=3)).problem is Problem.KEY_CHANGED


def test_a_key_that_the_accepted_list_announces_may_follow(
    session: Session, look: Look, folder: Path
) -> None:
    """What was accepted counts, not what lies there now: the old list is overwritten by then."""
    signed(folder, source=ANNOUNCING)
    assert look().trusted
    signed(folder, secret=OTHER_SECRET)
    assert look(OTHER_PUBLIC, later(minutes=1)).trusted
    (event,) = events(session)
    assert (event["accepted_by"], event["before"]) == ("announced", PUBLIC.id)
    assert look(OTHER_PUBLIC, later(days=12)).trusted


def test_an_announcement_that_no_desk_accepted_is_none(look: Look, folder: Path) -> None:
    """Such as one that was overwritten within the same minute."""
    look()
    signed(folder, version=2, source=ANNOUNCING)
    signed(folder, secret=OTHER_SECRET)
    assert look(OTHER_PUBLIC).problem is Problem.KEY_CHANGED


def test_a_key_cannot_announce_itself(look: Look, folder: Path) -> None:
    """Only a list under the key that counts announces another."""
    look()
    signed(folder, version=2, secret=OTHER_SECRET, source=ANNOUNCING)
    assert look(OTHER_PUBLIC).problem is Problem.KEY_CHANGED
    assert look(OTHER_PUBLIC, later(minutes=1)).problem is Problem.KEY_CHANGED


@pytest.mark.parametrize(
    ("moment", "trusted"),
    [(later(days=13) - timedelta(seconds=1), True), (later(days=13), False)],
)
def test_an_announcement_ends_with_its_list(
    look: Look, folder: Path, moment: datetime, trusted: bool
) -> None:
    """A key that nobody took up in time needs the setting."""
    signed(folder, source=ANNOUNCING)
    look()
    signed(folder, secret=OTHER_SECRET, issued_at=later(days=12))
    assert look(OTHER_PUBLIC, moment).trusted is trusted


def test_a_later_list_takes_an_announcement_back(look: Look, folder: Path) -> None:
    """And the earlier list, played again, does not bring it back."""
    signed(folder, version=1, source=ANNOUNCING)
    look()
    signed(folder, version=2)
    assert look().trusted
    signed(folder, version=1, source=ANNOUNCING)
    assert look().problem is Problem.ROLLED_BACK
    signed(folder, secret=OTHER_SECRET)
    assert look(OTHER_PUBLIC).problem is Problem.KEY_CHANGED


def test_what_a_former_key_announced_counts_no_more(look: Look, folder: Path) -> None:
    """Once another key has taken its place by the setting."""
    signed(folder, source=ANNOUNCING)
    look()
    signed(folder, secret=THIRD_SECRET)
    assert look(THIRD_PUBLIC, on_host=True).trusted
    signed(folder, secret=OTHER_SECRET)
    assert look(OTHER_PUBLIC).problem is Problem.KEY_CHANGED


def test_another_key_with_the_same_id_is_another_key(look: Look) -> None:
    """The id is part of the file, and whoever makes a key can choose it."""
    look()
    forged = PublicKey(PUBLIC.id, _with_id_of(PUBLIC, OTHER_PUBLIC))
    assert forged.line != PUBLIC.line
    assert PublicKey.read(forged.line).id == PUBLIC.id
    assert look(forged).problem is Problem.KEY_CHANGED


def test_a_key_that_is_gone_or_unreadable_withholds_and_alerts(
    session: Session, look: Look, folder: Path
) -> None:
    """Empty, garbage, or two keys in one file: none of them is a key."""
    look()
    for content in ("", "no key", f"{PUBLIC.line}\n{OTHER_PUBLIC.line}", PUBLIC.text * 2):
        known = current(session, NOON, content_dir=folder, official_key=content, on_host=False)
        assert known.problem is Problem.NO_KEY
        watched(session, NOON, known)
    assert alerts(session) == [("critical", False)]


def test_the_key_is_remembered_also_where_the_lists_are_not(
    session: Session, look: Look, folder: Path
) -> None:
    """Such as after a repair of the table of versions."""
    look()
    session.execute(delete(OfficialVersion))
    session.commit()
    signed(folder, secret=OTHER_SECRET)
    assert look(OTHER_PUBLIC).problem is Problem.KEY_CHANGED


def test_the_key_id_that_an_earlier_release_remembered_counts(
    session: Session, folder: Path
) -> None:
    """So that an update is no moment at which a key can be swapped."""
    session.add(
        OfficialVersion(
            key_id=PUBLIC.id, version=1, sha256="0" * 64, accepted_at=NOON, next_keys=""
        )
    )
    session.flush()
    signed(folder, version=2, secret=OTHER_SECRET)
    swapped = current(
        session, NOON, content_dir=folder, official_key=OTHER_PUBLIC.line, on_host=False
    )
    assert swapped.problem is Problem.KEY_CHANGED
    signed(folder, version=2)
    known = current(session, NOON, content_dir=folder, official_key=PUBLIC.line, on_host=False)
    assert accept(session, NOON, known)
    found = last_key(session)
    assert found is not None
    assert (found.line, found.by) == (PUBLIC.line, AcceptedBy.FIRST_USE)
    assert events(session) == []


def test_two_hosts_with_two_settings_write_each_key_once(
    session: Session, look: Look, folder: Path
) -> None:
    """Not one row a minute for ever."""
    for minute in range(4):
        signed(folder, version=minute + 1)
        look(PUBLIC, later(minutes=minute), on_host=True, host="one")
        signed(folder, version=minute + 1, secret=OTHER_SECRET)
        look(OTHER_PUBLIC, later(minutes=minute), on_host=True, host="two")
    lines = session.scalars(select(OfficialKey.line).order_by(OfficialKey.id)).all()
    assert lines == [PUBLIC.line, OTHER_PUBLIC.line]


def test_a_host_that_goes_back_to_its_former_key_by_the_setting_is_written(
    session: Session, look: Look, folder: Path
) -> None:
    """Whoever runs the host decides, also to go back."""
    for version, (key, secret) in enumerate(
        ((PUBLIC, SECRET), (OTHER_PUBLIC, OTHER_SECRET), (PUBLIC, SECRET)), 1
    ):
        signed(folder, version=version, secret=secret)
        assert look(key, on_host=True).trusted
    found = last_key(session)
    assert found is not None
    assert found.line == PUBLIC.line
    assert look(PUBLIC).trusted


def test_a_host_that_shows_the_list_does_not_close_the_alert_of_another(
    session: Session, look: Look, folder: Path
) -> None:
    """It would be raised anew every minute; a host that has gone quiet is not there any more."""
    for minute in range(4):
        signed(folder)
        assert look(PUBLIC, later(minutes=minute), host="one").trusted
        known = look(OTHER_PUBLIC, later(minutes=minute), host="two")
        assert known.problem is Problem.KEY_CHANGED
    assert alerts(session) == [("critical", False)]
    assert look(PUBLIC, later(minutes=17), host="one").trusted
    assert alerts(session) == [("critical", False)]
    assert look(PUBLIC, later(minutes=19), host="one").trusted
    assert alerts(session) == [("critical", True)]


@pytest.mark.parametrize("statement", ["UPDATE official_key SET line = 'x'", "DELETE FROM {0}"])
def test_the_database_refuses_to_change_which_keys_were_accepted(
    engine: Engine, session: Session, look: Look, statement: str
) -> None:
    """Rows are only ever added."""
    look()
    session.commit()
    with engine.connect() as connection, pytest.raises(DatabaseError, match="append-only"):
        connection.execute(text(statement.format("official_key")))


def test_of_two_processes_one_writes_the_change(
    engine: Engine, session: Session, folder: Path
) -> None:
    """Both have looked before either wrote."""
    known = current(session, NOON, content_dir=folder, official_key=PUBLIC.line)
    accept(session, NOON, known)
    session.commit()
    signed(folder, secret=OTHER_SECRET)
    with Session(engine) as reader:
        seen = [
            current(reader, NOON, content_dir=folder, official_key=OTHER_PUBLIC.line)
            for _ in range(2)
        ]
    for each in seen:
        with Session(engine) as writer:
            accept(writer, NOON, each, host="one")
            writer.commit()
    with Session(engine) as reader:
        assert len(reader.scalars(select(OfficialKey)).all()) == 2


def _with_id_of(key: PublicKey, other: PublicKey) -> str:
    """A key of other bytes that calls itself by the id of the first."""
    raw = bytearray(base64.b64decode(other.line))
    raw[2:10] = base64.b64decode(key.line)[2:10]
    return base64.b64encode(raw).decode()
