"""Runs of failed sign-ins: counted in few rows, told once, over after an hour of silence."""

from __future__ import annotations

import pytest
from sqlalchemy import event, func, select

from tests.accounts.people import events, person
from tests.fakes import FakeClock
from trustops.accounts.models import SignInRun
from trustops.accounts.rules import RUN_FAILURES, SPRAYED_ACCOUNTS, Run
from trustops.accounts.services import note_refused_sign_in
from trustops.alerts.guessing import settle_runs
from trustops.alerts.models import Alert
from trustops.alerts.rules import sign_ins_failed
from trustops.alerts.services import raise_alert
from trustops.db import Session


def fail(
    session: Session, clock: FakeClock, staff_id: int | None, times: int = 1, named: str = ""
) -> list[Run]:
    """Let sign-ins fail; gives the runs that somebody is told of, as their alerts are raised."""
    found = []
    for _ in range(times):
        found += note_refused_sign_in(session, clock.now(), staff_id=staff_id, named=named)
    for run in found:
        new = sign_ins_failed(run.subject, name=run.name, began_at=run.began_at, at=clock.now())
        raise_alert(session, clock.now(), new, targets=(), base_url="https://desk.example.org")
    return found


def test_a_run_on_one_account_is_told_once(session: Session, clock: FakeClock) -> None:
    """At the tenth failure within the hour, with the person's name."""
    staff = person(session, clock.now())
    assert fail(session, clock, staff.id, RUN_FAILURES - 1) == []
    assert fail(session, clock, staff.id) == [Run(f"staff:{staff.id}", "Agent", clock.now())]
    assert fail(session, clock, staff.id, 50) == []
    assert len(events(session, "staff.sign_in_failed")) == RUN_FAILURES


def test_few_failures_in_an_hour_are_no_run(session: Session, clock: FakeClock) -> None:
    """Somebody who mistypes now and then for a day alarms nobody."""
    staff = person(session, clock.now())
    for _ in range(8):
        assert fail(session, clock, staff.id, RUN_FAILURES - 1) == []
        clock.advance(hours=1)


@pytest.mark.long
def test_a_run_that_goes_on_for_days_is_one_run(session: Session, clock: FakeClock) -> None:
    """And is over, with its alert, after an hour of silence; the next one is told again."""
    staff = person(session, clock.now())
    told = []
    for _ in range(48):
        told += fail(session, clock, staff.id, RUN_FAILURES)
        clock.advance(minutes=30)
        assert settle_runs(session, clock.now()) == 0
    assert len(told) == 1
    clock.advance(minutes=30)
    assert settle_runs(session, clock.now()) == 1
    assert set(session.scalars(select(Alert.resolved_at))) == {clock.now()}
    assert settle_runs(session, clock.now()) == 0
    assert len(fail(session, clock, staff.id, RUN_FAILURES)) == 1


def test_a_run_that_begins_anew_is_told_again_without_the_job(
    session: Session, clock: FakeClock
) -> None:
    """Silence ends a run by itself, whether or not somebody looked."""
    staff = person(session, clock.now())
    assert len(fail(session, clock, staff.id, RUN_FAILURES)) == 1
    clock.advance(hours=1)
    assert len(fail(session, clock, staff.id, RUN_FAILURES)) == 1


def test_a_run_over_many_accounts_is_told_once_and_names_nobody(
    session: Session, clock: FakeClock
) -> None:
    """Accounts there are and addresses nobody has are counted alike."""
    people = [person(session, clock.now(), who=f"p{number}").id for number in range(5)]
    told = [run for staff_id in people for run in fail(session, clock, staff_id, 2)]
    for number in range(SPRAYED_ACCOUNTS):
        told += fail(session, clock, None, 2, named=f"{number:02x}")
    assert told == [Run("sign_in", "", clock.now())]


@pytest.mark.parametrize("named", ["", "3f"])
def test_an_address_that_nobody_has_is_told_of_to_nobody(
    session: Session, clock: FakeClock, named: str
) -> None:
    """There is no account to guess at; its failures stay few rows and few events."""
    assert fail(session, clock, None, 40, named=named) == []
    assert len(events(session, "staff.sign_in_failed")) == RUN_FAILURES


def test_neither_rows_nor_statements_grow_with_the_guesses(
    session: Session, clock: FakeClock
) -> None:
    """One row for the account and one for the desk; the hundredth guess asks less than the first.

    A known account and an address that nobody has take the same statements.
    """
    staff = person(session, clock.now())
    session.flush()
    counts = []
    for staff_id, named in ((staff.id, ""), (None, "3f")):
        asked: list[object] = []
        engine = session.get_bind()

        def listen(*args: object, seen: list[object] = asked) -> None:
            seen.append(args[2])

        fail(session, clock, staff_id, 100, named=named)
        session.flush()  # what comes after this is the hundred and first guess alone
        event.listen(engine, "before_cursor_execute", listen)
        fail(session, clock, staff_id, named=named)
        session.flush()
        event.remove(engine, "before_cursor_execute", listen)
        counts.append(len(asked))
    assert counts == [1, 1]
    assert session.scalar(select(func.count()).select_from(SignInRun)) == 3
