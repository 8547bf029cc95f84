"""One run of a job: its transactions, its row, its slot, and what a failure leaves."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from jobs.models import JobRun
from jobs.runner import Between, JobContext, Ran, Result, run_job, tick
from tests.conftest import NOON, later
from tests.fakes import FakeClock
from tests.jobs.things import a_job, alerts, nothing, ran, runs
from trustops.db import Actor, Event, Session, record
from trustops.settings import Settings

PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"


def write(context: JobContext) -> dict[str, int]:
    """Write an event."""
    with context.open_session() as session:
        record(session, context.clock.now(), "thing.counted", subject="t", actor=Actor("system"))
    return {"things": 1}


def fail_after_writing(context: JobContext) -> dict[str, int]:
    """Write an event, then fail before the transaction ends."""
    with context.open_session() as session:
        record(session, context.clock.now(), "thing.counted", subject="t", actor=Actor("system"))
        raise ValueError(f"a wallet said {PHRASE}\nand more")


def written(context: JobContext) -> int:
    """How many events of the test's kind are committed."""
    with context.reading() as session:
        return session.query(Event).where(Event.kind == "thing.counted").count()


def test_a_good_run_is_committed_and_noted(desk: Flask, context: JobContext) -> None:
    """What the job wrote is there, and its row says when it ended and what it counted."""
    assert run_job(desk, a_job(write)) == Ran(Result.OK, {"things": 1})
    assert written(context) == 1
    (row,) = runs(context)
    assert (row.outcome, row.finished_at, row.data) == ("ok", NOON, {"things": 1})
    assert (row.slot, row.error) == (None, None)


def test_a_run_under_way_is_visible(desk: Flask, context: JobContext) -> None:
    """Its row is committed before the work, so that one that is killed is seen as well."""
    seen: list[tuple[str, datetime | None]] = []

    def look(context: JobContext) -> dict[str, int]:
        seen.extend((row.outcome, row.finished_at) for row in runs(context))
        return {}

    run_job(desk, a_job(look))
    assert seen == [("running", None)]


def test_of_two_runs_of_one_slot_the_second_does_nothing(desk: Flask, context: JobContext) -> None:
    """Whoever wrote the row first does the work."""
    job = a_job(write)
    results = [run_job(desk, job, slot=NOON).result for _ in range(2)]
    assert results == [Result.OK, Result.TAKEN]
    assert (written(context), len(runs(context))) == (1, 1)


def test_runs_that_a_person_asks_for_never_meet(desk: Flask, context: JobContext) -> None:
    """They have no slot."""
    for _ in range(2):
        assert run_job(desk, a_job(write)).result is Result.OK
    assert written(context) == 2


def test_a_failure_undoes_its_transaction_and_is_noted(desk: Flask, context: JobContext) -> None:
    """The row has the type and the first line of the message, and no secret of it."""
    outcome = run_job(desk, a_job(fail_after_writing), slot=NOON)
    assert outcome.result is Result.FAILED
    assert written(context) == 0
    (row,) = runs(context)
    assert (row.outcome, row.finished_at) == ("failed", NOON)
    assert row.error is not None
    assert row.error == outcome.error
    assert "sausage" not in row.error
    assert "and more" not in row.error


def test_a_failure_names_its_kind(desk: Flask, context: JobContext) -> None:
    """An operator sees which error it was."""

    def fail(context: JobContext) -> dict[str, int]:
        raise LookupError("no such target")

    run_job(desk, a_job(fail))
    assert runs(context)[0].error == "builtins.LookupError: no such target"


def test_a_failing_job_raises_one_alert_an_hour(
    desk: Flask, context: JobContext, clock: FakeClock
) -> None:
    """However often it fails in that hour."""
    job = a_job(fail_after_writing)
    for minutes in (0, 1, 1, 58):
        clock.advance(minutes=minutes)
        run_job(desk, job)
    found = alerts(context)
    assert [alert.kind for alert in found] == ["job.failed", "job.failed"]
    assert {alert.subject for alert in found} == {"job:count_things"}


def test_the_next_good_run_resolves_what_was_raised(
    desk: Flask, context: JobContext, clock: FakeClock
) -> None:
    """The alert stays in the list and is over."""
    run_job(desk, a_job(fail_after_writing))
    run_job(desk, a_job(write, name="another_job"))
    assert alerts(context)[0].resolved_at is None
    run_job(desk, a_job(write))
    assert alerts(context)[0].resolved_at == clock.now()


def test_a_database_that_does_not_answer_stops_nothing(desk: Flask, context: JobContext) -> None:
    """The ticker gets a result, not an error, and goes on."""
    with context.engine.begin() as connection:
        connection.execute(text("ALTER TABLE job_run RENAME TO elsewhere"))
    assert run_job(desk, a_job(write)).result is Result.FAILED
    assert tick(desk, a_job(write)).result is Result.FAILED
    assert written(context) == 0
    with context.engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO job_run"))


def test_a_tick_runs_a_slot_once(desk: Flask, context: JobContext, clock: FakeClock) -> None:
    """Later ticks in the same minute find it taken; the next minute is another slot."""
    job = a_job(write)
    results = []
    for seconds in (20, 20, 20):
        results.append(tick(desk, job).result)
        clock.advance(seconds=seconds)
    results.append(tick(desk, job).result)
    assert results == [Result.OK, Result.NOT_DUE, Result.NOT_DUE, Result.OK]
    assert [row.slot for row in runs(context)] == [NOON, later(minutes=1)]


def test_a_slot_is_left_out_after_its_grace(desk: Flask, clock: FakeClock) -> None:
    """What is too late to be of use is not done."""
    job = a_job(write, grace=timedelta(seconds=10))
    clock.advance(seconds=11)
    assert tick(desk, job).result is Result.NOT_DUE
    clock.advance(seconds=49)
    assert tick(desk, job).result is Result.OK


@pytest.mark.parametrize(("work", "expected"), [(True, Result.OK), (False, Result.NOT_DUE)])
def test_between_slots_a_job_runs_where_there_is_work(
    desk: Flask, context: JobContext, work: bool, expected: Result
) -> None:
    """Such runs have no slot, so every process may do one at the same moment."""

    def has_work(session: Session, now: datetime) -> bool:
        del session, now
        return work

    job = a_job(nothing, between=Between(5, has_work))
    assert tick(desk, job).result is Result.OK
    assert tick(desk, job).result is expected
    assert [row.slot for row in runs(context)] == [NOON, None][: 2 if work else 1]


def test_a_job_asks_for_parts_of_the_application(desk: Flask) -> None:
    """Such as the settings, by their class."""
    seen: list[Settings] = []

    def ask(context: JobContext) -> dict[str, int]:
        seen.append(context.part(Settings))
        return {}

    run_job(desk, a_job(ask))
    assert seen[0].base_url == "http://localhost"


def test_a_job_can_ask_whether_it_is_to_end(desk: Flask) -> None:
    """The ticker hands the answer in; where nobody does, it is no."""
    asked: list[bool] = []

    def ask(context: JobContext) -> dict[str, int]:
        asked.append(context.stopping())
        return {}

    run_job(desk, a_job(ask))
    tick(desk, a_job(ask), stopping=lambda: True)
    assert asked == [False, True]


def test_reading_commits_nothing(desk: Flask, context: JobContext) -> None:
    """A session that only reads leaves no trace."""
    del desk
    with context.reading() as session:
        session.add(JobRun(name="x", slot=None, started_at=NOON, outcome="ok"))
        session.flush()
    assert runs(context, "x") == []
    ran(context, "x", NOON)
    assert len(runs(context, "x")) == 1
