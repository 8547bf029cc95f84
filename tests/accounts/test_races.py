"""Two requests at one moment: a link is used once, and nobody slips in beside a lock-out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from tests.accounts.people import (
    BETTER,
    GOOD,
    OPERATOR,
    CountingHasher,
    cheap_passwords,
    invited,
    person,
)
from tests.fakes import FakeClock
from trustops.accounts.models import Staff, StaffInvite, StaffSession
from trustops.accounts.passwords import Passwords
from trustops.accounts.services import SignInRefusedError, disable, set_password, sign_in
from trustops.db import start_writing
from trustops.errors import NotFoundError, TrustOpsError


def committed(engine: Engine, act: Callable[[Session], object]) -> str:
    """Do something in a transaction of its own; gives how it went."""
    with Session(engine) as session:
        start_writing(session)
        try:
            act(session)
        except TrustOpsError as error:
            return type(error).__name__
        session.commit()
        return "done"


@pytest.mark.parametrize("_round", range(5))
def test_of_four_who_use_one_link_at_once_one_sets_the_password(
    engine: Engine, clock: FakeClock, _round: int
) -> None:
    """The others are told that the link is used."""
    links: list[str] = []
    committed(engine, lambda session: links.append(invited(session, clock.now())))
    barrier = Barrier(4)

    def use(number: int) -> str:
        def act(session: Session) -> None:
            set_password(
                session,
                clock.now(),
                token=links[0],
                password=f"{GOOD} {number}",
                passwords=cheap_passwords(),
            )

        barrier.wait()
        return committed(engine, act)

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(use, range(4)))
    assert sorted(outcomes) == sorted(["done", *[NotFoundError.__name__] * 3])
    with Session(engine) as session:
        staff = session.scalars(select(Staff)).one()
        winner = outcomes.index("done")
        assert cheap_passwords().verify(staff.password_hash, f"{GOOD} {winner}")
        assert session.scalars(select(StaffInvite.used_at)).all() == [clock.now()]


class PausingPasswords(Passwords):
    """Passwords that stop after checking one until the test lets them go on."""

    def __init__(self) -> None:
        """Begin with nothing checked."""
        super().__init__(CountingHasher())
        self.checked, self.go_on = Event(), Event()

    def verify(self, stored: str | None, password: str) -> bool:
        """Check, then wait."""
        right = super().verify(stored, password)
        self.checked.set()
        self.go_on.wait(10)
        return right


@pytest.mark.parametrize("kind", ["disabled", "password"])
def test_a_lock_out_between_check_and_session_leaves_no_session(
    postgres_url: str, clock: FakeClock, kind: str
) -> None:
    """Only on PostgreSQL can another writer come between; there the row is judged again."""
    engine = create_engine(postgres_url)
    committed(engine, lambda session: person(session, clock.now()))
    passwords = PausingPasswords()

    def enter(session: Session) -> None:
        sign_in(
            session,
            clock.now(),
            email="agent@example.org",
            password=GOOD,
            passwords=passwords,
            demo=False,
        )

    def lock_out(session: Session) -> None:
        staff = session.scalars(select(Staff)).one()
        if kind == "disabled":
            disable(session, clock.now(), staff_id=staff.id, actor=OPERATOR)
        else:
            staff.password_hash = cheap_passwords().hash(BETTER)

    with ThreadPoolExecutor(1) as pool:
        outcome = pool.submit(committed, engine, enter)
        assert passwords.checked.wait(10)
        assert committed(engine, lock_out) == "done"
        passwords.go_on.set()
        assert outcome.result(10) == SignInRefusedError.__name__
    with Session(engine) as session:
        assert session.scalars(select(StaffSession)).all() == []
    engine.dispose()
