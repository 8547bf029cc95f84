"""People, passwords and actors for the tests of the accounts room."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from argon2 import PasswordHasher
from sqlalchemy import select

from trustops.accounts.models import Staff, StaffSession
from trustops.accounts.passwords import Passwords
from trustops.accounts.services import invite, set_password
from trustops.db import Actor, Event, Session
from trustops.keys import token_hash

OPERATOR = Actor("system", "cli")
GOOD = "a quiet harbour at dawn"
BETTER = "seven lamps on the pier"


class CountingHasher(PasswordHasher):
    """Argon2 at the least cost that it allows, which counts how often it was asked to check."""

    def __init__(self, rounds: int = 1) -> None:
        """Take the rounds, so that a test can change the parameters."""
        super().__init__(time_cost=rounds, memory_cost=8, parallelism=1)
        self.checks = 0

    def verify(self, stored: str | bytes, password: str | bytes) -> Literal[True]:
        """Count, then check."""
        self.checks += 1
        return super().verify(stored, password)


def cheap_passwords() -> Passwords:
    """Passwords that cost a test nothing."""
    return Passwords(CountingHasher())


def invited(session: Session, now: datetime, *, role: str = "agent", who: str = "agent") -> str:
    """Invite a person, such as agent@example.org; gives the secret of the link."""
    _staff, link = invite(
        session, now, email=f"{who}@example.org", name=who.title(), role=role, actor=OPERATOR
    )
    return link


def person(session: Session, now: datetime, *, role: str = "agent", who: str = "agent") -> Staff:
    """A person whose password is `GOOD`."""
    link = invited(session, now, role=role, who=who)
    staff = set_password(session, now, token=link, password=GOOD, passwords=cheap_passwords())
    session.flush()  # the tests read the rows by query
    return staff


def session_of(session: Session, token: str) -> StaffSession:
    """The row of a session, by the token in the cookie."""
    session.flush()  # what the act left pending is read by query
    return session.scalars(
        select(StaffSession)
        .where(StaffSession.token_hash == token_hash(token))
        .execution_options(populate_existing=True)
    ).one()


def events(session: Session, kind: str) -> list[Event]:
    """All events of a kind, the oldest first."""
    session.flush()  # what the act left pending is read by query
    return list(session.scalars(select(Event).where(Event.kind == kind).order_by(Event.seq)))
