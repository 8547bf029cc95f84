"""A job that gives no sign of life raises one alert for that silence; its next good run ends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from jobs.entries import report_silence
from jobs.queries import beat_of
from jobs.runner import JobContext, run_job
from jobs.schedule import TABLE, job_named
from tests.conftest import NOON, later
from tests.fakes import FakeClock
from tests.jobs.things import a_job, alerts, began, ran
from trustops.alerts.models import Alert

FIVE = timedelta(minutes=5)
WATCHED = {"count_things": FIVE}


@pytest.fixture
def desk(app: Flask) -> Iterator[Flask]:
    """The real application on SQLite."""
    with app.app_context():
        yield app


def silent(context: JobContext) -> list[Alert]:
    """Look for silence, and give every alert that there is."""
    report_silence(context, WATCHED)
    return alerts(context)


@pytest.mark.usefixtures("desk")
def test_silence_begins_when_the_expected_beat_is_over(
    context: JobContext, clock: FakeClock
) -> None:
    """Five minutes to the microsecond are no silence yet."""
    ran(context, "count_things", NOON)
    clock.advance(minutes=5)
    assert silent(context) == []
    clock.advance(microseconds=1)
    assert [alert.kind for alert in silent(context)] == ["job.silent"]


@pytest.mark.usefixtures("desk")
def test_one_silence_raises_one_alert(context: JobContext, clock: FakeClock) -> None:
    """However often it is looked for."""
    ran(context, "count_things", NOON)
    for _ in range(4):
        clock.advance(minutes=6)
        assert len(silent(context)) == 1


def test_a_good_run_ends_the_silence_and_the_next_one_raises_again(
    desk: Flask, context: JobContext, clock: FakeClock
) -> None:
    """Each silence is told of by itself."""
    ran(context, "count_things", NOON)
    clock.advance(minutes=6)
    assert silent(context)[0].resolved_at is None
    run_job(desk, a_job())
    assert silent(context)[0].resolved_at == clock.now()
    clock.advance(minutes=6)
    first, second = silent(context)
    assert (first.resolved_at, second.resolved_at) == (later(minutes=6), None)


@pytest.mark.usefixtures("desk")
def test_a_job_that_only_fails_is_silent(context: JobContext, clock: FakeClock) -> None:
    """A failure is no beat: what the job is for has not been done."""
    ran(context, "count_things", NOON)
    for minute in range(1, 8):
        ran(context, "count_things", later(minutes=minute), error="builtins.ValueError: no")
    clock.advance(minutes=7)
    assert len(silent(context)) == 1


@pytest.mark.usefixtures("desk")
def test_a_job_that_never_ran_is_counted_from_the_first_run_of_any(
    context: JobContext, clock: FakeClock
) -> None:
    """As far as anybody knows, the instance exists since then."""
    assert silent(context) == []
    ran(context, "another_job", NOON)
    clock.advance(minutes=6)
    (alert,) = silent(context)
    assert "has not run at all" in alert.summary


@pytest.mark.usefixtures("desk")
def test_a_desk_that_was_switched_off_is_not_silent_in_its_first_minutes(
    context: JobContext, clock: FakeClock
) -> None:
    """Silence is counted from the first try after the last good run."""
    ran(context, "count_things", NOON)
    clock.advance(days=3)
    began(context, "count_things", clock.now())
    assert silent(context) == []
    clock.advance(minutes=6)
    assert len(silent(context)) == 1


@pytest.mark.usefixtures("desk")
def test_a_beat_tells_the_last_good_run(context: JobContext) -> None:
    """A later failure does not hide it."""
    ran(context, "count_things", NOON)
    ran(context, "count_things", later(minutes=1), error="builtins.ValueError: no")
    with context.reading() as session:
        beat = beat_of(session, "count_things")
    assert (beat.last_good, beat.waiting_since) == (NOON, later(minutes=1))


def test_the_job_watches_over_every_other_of_the_table(
    desk: Flask, context: JobContext, clock: FakeClock
) -> None:
    """Itself it cannot watch; the doctor does."""
    ran(context, "before", NOON)
    clock.advance(days=2)
    run_job(desk, job_named("silence"))
    subjects = {alert.subject for alert in alerts(context)}
    assert subjects == {f"job:{job.name}" for job in TABLE if job.name != "silence"}
