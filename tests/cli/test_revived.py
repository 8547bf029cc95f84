"""A restore brings nothing back to life that had ended, and says by name what it did.

Seen from outside: a backup, what happens after it, and what `trustops restore` then prints and
leaves; on both kinds of database.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cli.test_backup import Type, empty, filled, pg_bin, type_
from tests.conftest import later
from tests.factories import a_person, a_ticket
from trustops.accounts.models import ApiToken, Staff, StaffInvite
from trustops.accounts.services import add_token, disable, revoke_token
from trustops.cli.context import engine_of
from trustops.cli.people import OPERATOR
from trustops.clock import SystemClock
from trustops.db import Session, start_writing
from trustops.official.models import OfficialVersion
from trustops.settings import Settings
from trustops.tickets.models import TicketLink

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
        used, revoked = invite.used_at, link.revoked_at
    assert tokens == {"robot": False, "dashboard": True}
    assert people == {"Agent One": True, "Agent Two": False}
    assert (used is None, revoked is None, accepted) == (False, False, [7])
    for words in (
        "1 API tokens that had been revoked since the backup stay revoked: robot (",
        "1 people who had been locked out since the backup stay locked out: Agent Two <",
        "agent and not viewer",
        "1 private links of tickets that had ended since work no more.",
        "version 7 of key K",
        "1 people who came after the backup are gone",
        "1 tickets came after the backup and are gone: MIG-",
    ):
        assert words in result.output
    assert "dashboard" not in result.output


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
    assert "2 API tokens: robot (" in result.output
    assert "2 people who can sign in: Agent One <" in result.output
    assert "1 links to set a password: Agent Two <" in result.output
    assert "trustops token list" in result.output
