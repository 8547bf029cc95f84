"""A restore brings nothing back to life that had ended, and says by name what it did.

Seen from outside: a backup, what happens after it, and what `trustops restore` then prints and
leaves; on both kinds of database.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from tests.cli.test_backup import Type, empty, filled, pg_bin, type_
from tests.conftest import later
from tests.factories import a_person, a_ticket
from trustops.accounts.models import ApiToken, Staff, StaffInvite
from trustops.accounts.services import add_token, disable, new_link, revoke_token
from trustops.cli.engines import engine_of
from trustops.cli.people import OPERATOR
from trustops.clock import SystemClock
from trustops.db import Session, migrate, start_writing
from trustops.official.keys import announced, last_key
from trustops.official.models import OfficialKey, OfficialVersion
from trustops.settings import Settings
from trustops.tickets.models import TicketLink

pytestmark = pytest.mark.long

__all__ = ["filled", "pg_bin", "type_"]

YEAR = timedelta(days=366)


@pytest.fixture
def backup(filled: Settings, type_: Type, tmp_path: Path) -> Path:
    """A backup of a desk with two tokens, two people, an invitation and a private link."""
    now = SystemClock().now()
    with engine_of(filled) as engine, Session(engine) as session:
        start_writing(session)
        for name in ("robot", "dashboard"):
            add_token(
                session, now, name=name, scopes=["tickets:read"], lifetime=YEAR, actor=OPERATOR
            )
        leaver = a_person(session, "Agent Two")
        leaver.password_hash = "a hash"
        session.add(
            StaffInvite(
                token_hash="invited",
                staff_id=leaver.id,
                created_at=now,
                expires_at=later(days=3000),
            )
        )
        session.commit()
    file = tmp_path / "desk.tar.gz"
    assert type_("backup", file).exit_code == 0
    return file


def ended(settings: Settings) -> None:
    """After the backup a token, a person, an invitation and a link end, and things change."""
    now = SystemClock().now()
    with engine_of(settings) as engine, Session(engine) as session:
        start_writing(session)
        robot = session.scalars(select(ApiToken).where(ApiToken.name == "robot")).one()
        revoke_token(session, now, public_id=robot.public_id, actor=OPERATOR)
        session.scalars(select(StaffInvite)).one().used_at = now
        session.scalars(select(TicketLink)).one().revoked_at = now
        first, second = session.scalars(select(Staff).order_by(Staff.id)).all()
        first.role, first.password_hash = "viewer", "another"
        disable(session, now, staff_id=second.id, actor=OPERATOR)
        a_person(session, "Agent Three")
        add_token(session, now, name="late", scopes=["tickets:read"], lifetime=YEAR, actor=OPERATOR)
        a_ticket(session, now)
        session.add(OfficialVersion(key_id="K", version=7, sha256="a" * 64, accepted_at=now))
        session.commit()


def test_what_had_ended_stays_ended_and_is_named(
    filled: Settings, type_: Type, backup: Path
) -> None:
    """By count and name; the token that still worked goes on working."""
    ended(filled)
    result = type_("restore", backup, "--force")
    assert result.exit_code == 0, result.output
    with engine_of(filled) as engine, Session(engine) as session:
        tokens = {row.name: row.revoked_at is None for row in session.scalars(select(ApiToken))}
        people = {row.name: row.disabled_at is None for row in session.scalars(select(Staff))}
        invite = session.scalars(select(StaffInvite)).one()
        link = session.scalars(select(TicketLink)).one()
        accepted = session.scalars(select(OfficialVersion.version)).all()
        used, revoked = invite.expires_at <= SystemClock().now(), link.revoked_at
    assert tokens == {"robot": False, "dashboard": True}
    assert people == {"Agent One": True, "Agent Two": False}
    assert (used, revoked is None, accepted) == (True, False, [7])
    for words in (
        "API tokens that had been revoked since the backup stay revoked (1): robot (",
        "People who had been locked out since the backup stay locked out (1): Agent Two <",
        "agent and not viewer",
        "Private links of tickets that had ended since the backup work no more (1): MIG-",
        "version 7 of key K",
        "People who came after the backup are gone; invite them again (1)",
        "are gone; programs that use one need another (1): late (",
        "Tickets came after the backup and are gone (1): MIG-",
    ):
        assert words in result.output
    assert "dashboard" not in result.output


@pytest.mark.parametrize("tidied", [False, True], ids=["expired", "expired and tidied away"])
def test_a_link_that_a_later_one_replaced_stays_dead(
    filled: Settings, type_: Type, backup: Path, *, tidied: bool
) -> None:
    """Whoever it was that had the first link: the reset was made because of them."""
    now = SystemClock().now()
    with engine_of(filled) as engine, Session(engine) as session:
        start_writing(session)
        person = session.scalars(select(Staff).where(Staff.name == "Agent Two")).one()
        new_link(session, now, staff_id=person.id, actor=OPERATOR)
        if tidied:
            session.execute(delete(StaffInvite).where(StaffInvite.token_hash == "invited"))
            session.execute(delete(TicketLink))
        session.commit()
    result = type_("restore", backup, "--force")
    with engine_of(filled) as engine, Session(engine) as session:
        invite = session.scalars(select(StaffInvite)).one()
        link = session.scalars(select(TicketLink)).one()
        until, revoked = invite.expires_at, link.revoked_at
    assert until <= SystemClock().now()
    assert (revoked is not None) is tidied
    assert "used or replaced since the backup work no more" in result.output
    assert "(1): Agent Two <" in result.output


def test_the_key_that_was_accepted_last_still_counts(
    filled: Settings, type_: Type, backup: Path
) -> None:
    """With what its lists announced: the key of the backup may be the one that leaked."""
    now = SystemClock().now()
    with engine_of(filled) as engine, Session(engine) as session:
        start_writing(session)
        for before, name in ((0, "A" * 16), (1, "B" * 16)):
            session.add(
                OfficialKey(
                    previous_id=before,
                    key_id=name,
                    line=f"line of {name}",
                    accepted_by="setting",
                    host="desk",
                    accepted_at=now,
                )
            )
        session.add(
            OfficialVersion(
                key_id="B" * 16,
                version=3,
                sha256="b" * 64,
                accepted_at=now,
                expires_at=now + YEAR,
                next_keys="C",
            )
        )
        session.commit()
    result = type_("restore", backup, "--force")
    with engine_of(filled) as engine, Session(engine) as session:
        last = last_key(session)
        then = announced(session, "B" * 16, now)
    assert last is not None
    assert (last.id, last.line, list(then)) == ("B" * 16, f"line of {'B' * 16}", ["C"])
    assert "the last of them counts (2): AAAAAAAAAAAAAAAA, since" in result.output


def test_a_browser_that_became_a_stranger_stays_one(
    filled: Settings, type_: Type, backup: Path
) -> None:
    """It would be spared the limit on guesses again."""
    with engine_of(filled) as engine, Session(engine) as session:
        start_writing(session)
        session.execute(update(Staff).values(device_generation=5))
        session.commit()
    assert type_("restore", backup, "--force").exit_code == 0
    with engine_of(filled) as engine, Session(engine) as session:
        assert set(session.scalars(select(Staff.device_generation))) == {5}


def test_what_the_replaced_database_never_had_is_told(
    filled: Settings, type_: Type, backup: Path
) -> None:
    """The backup of another desk brings its people and tokens along, and links end."""
    empty(filled)
    migrate.upgrade(filled.database_url.reveal())
    with engine_of(filled) as engine, Session(engine) as session:
        start_writing(session)
        a_person(session, "Somebody Else")
        session.commit()
    result = type_("restore", backup, "--force")
    assert result.exit_code == 0, result.output
    for words in (
        "the replaced database did not have; revoke what you do not know (2): robot (",
        "locks one out (1): Agent Two <",
        "People who came after the backup are gone; invite them again (1)",
        "used or replaced since the backup work no more",
    ):
        assert words in result.output
    with engine_of(filled) as engine, Session(engine) as session:
        assert session.scalars(select(TicketLink)).one().revoked_at is None


def test_where_nothing_ended_it_says_so(filled: Settings, type_: Type, backup: Path) -> None:
    """One calm line."""
    result = type_("restore", backup, "--force")
    assert "Nothing that had been ended since the backup came back to life." in result.output


def test_on_a_fresh_machine_it_lists_what_lives(
    filled: Settings, type_: Type, backup: Path
) -> None:
    """For what was ended since cannot be known there, and the operator has to look."""
    ended(filled)
    empty(filled)
    result = type_("restore", backup)
    assert result.exit_code == 0, result.output
    assert "cannot be known here" in result.output
    assert "API tokens (2): robot (" in result.output
    assert "People who can sign in (1): Agent Two <" in result.output
    assert "Links to set a password (1): Agent Two <" in result.output
    assert "trustops token list" in result.output
