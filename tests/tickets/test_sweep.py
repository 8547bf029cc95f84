"""The minute sweep: one alert for each mark, however often and by however many it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.factories import a_person, a_ticket, a_writer, an_act, by
from tests.fakes import FakeClock
from trustops.alerts.models import Alert
from trustops.db import Event, start_writing
from trustops.tickets import services
from trustops.tickets.models import SlaClock, Ticket
from trustops.tickets.sweep import BATCH, SWEEPER, sweep

OpenSession = Callable[[], AbstractContextManager[Session]]


@pytest.fixture
def open_session(engine: Engine) -> OpenSession:
    """Opens writing sessions that commit, as the job runner does."""

    @contextmanager
    def opened() -> Iterator[Session]:
        with Session(engine) as session, session.begin():
            start_writing(session)
            yield session

    return opened


def run(open_session: OpenSession, clock: FakeClock) -> dict[str, int]:
    """One sweep."""
    return sweep(open_session, clock, an_act(clock.now(), SWEEPER))


def alerts(open_session: OpenSession) -> list[tuple[str, str]]:
    """Kind and severity of all alerts, in the order in which they opened."""
    with open_session() as session:
        rows = session.execute(select(Alert.kind, Alert.severity).order_by(Alert.id))
        return [(row.kind, row.severity) for row in rows]


def test_each_mark_raises_one_alert_and_no_more(
    open_session: OpenSession, clock: FakeClock
) -> None:
    """75 % at 36 h, 90 % at 43.2 h, and the breach right after 48 h, each however often swept."""
    with open_session() as session:
        a_ticket(session)
    expected: list[tuple[str, str]] = []
    for hours, alert in (
        (35.9, None),
        (36.1, ("sla.at_risk", "warning")),
        (43.3, ("sla.at_risk", "high")),
        (48, None),
        (48.01, ("sla.breached", "critical")),
        (90, None),
    ):
        clock.moment = NOON
        clock.advance(hours=hours)
        expected += [alert] if alert else []
        for _ in range(3):
            run(open_session, clock)
        assert alerts(open_session) == expected


def test_a_sweep_that_was_down_alerts_once_at_the_highest_mark(
    open_session: OpenSession, clock: FakeClock
) -> None:
    """Whoever is on call needs to know of the breach, not of warnings that came too late."""
    with open_session() as session:
        a_ticket(session)
    clock.advance(hours=60)
    assert run(open_session, clock) == {"judged": 1, "breached": 1, "failed": 0}
    assert alerts(open_session) == [("sla.breached", "critical")]


@pytest.mark.long
@pytest.mark.parametrize(
    ("hours", "severity", "percent"), [(36, "warning", 75), (43.3, "high", 90), (47.9, "high", 90)]
)
def test_of_several_marks_that_passed_unseen_the_highest_alerts(
    open_session: OpenSession, clock: FakeClock, hours: float, severity: str, percent: int
) -> None:
    """With its own severity and words; the history keeps every mark."""
    with open_session() as session:
        ticket = a_ticket(session)
        reference = ticket.reference
    clock.advance(hours=hours, seconds=1)
    run(open_session, clock)
    with open_session() as session:
        alert = session.scalars(select(Alert)).one()
        assert (alert.kind, alert.severity) == ("sla.at_risk", severity)
        assert alert.summary == f"{reference} has used {percent} % of 48 h unanswered."
        assert alert.dedupe_key == f"sla:{reference}:first_response:1:{percent}"
        marks = session.scalars(select(Event.data).where(Event.kind == "sla.at_risk"))
        assert [data["percent"] for data in marks] == [75, 90][: 1 + (percent > 75)]


def test_more_clocks_than_a_batch_are_all_judged(
    open_session: OpenSession, clock: FakeClock
) -> None:
    """In short transactions, first due first."""
    with open_session() as session:
        for _ in range(BATCH + 5):
            a_ticket(session)
    clock.advance(hours=49)
    assert run(open_session, clock)["breached"] == BATCH + 5
    assert len(alerts(open_session)) == BATCH + 5


def test_an_answered_ticket_is_left_in_peace(open_session: OpenSession, clock: FakeClock) -> None:
    """Its clock has no next change."""
    with open_session() as session:
        staff, ticket = a_person(session), a_ticket(session)
        services.reply(session, by(staff), ticket, writer=a_writer(staff), body="x", then=None)
    clock.advance(hours=100)
    assert run(open_session, clock)["judged"] == 0
    assert alerts(open_session) == []


def test_one_bad_row_stops_no_other_and_is_looked_at_again_later(
    open_session: OpenSession, clock: FakeClock
) -> None:
    """A policy that cannot be read is put off for an hour, and said in the log."""
    with open_session() as session:
        bad, good = a_ticket(session), a_ticket(session)
        session.execute(
            update(SlaClock).where(SlaClock.ticket_id == bad.id).values(policy={"name": "?"})
        )
        good_id = good.id
    clock.advance(hours=49)
    assert run(open_session, clock) == {"judged": 1, "breached": 1, "failed": 1}
    assert run(open_session, clock)["failed"] == 0
    clock.advance(minutes=61)
    assert run(open_session, clock)["failed"] == 1
    with open_session() as session:
        state = session.scalar(select(SlaClock.state).where(SlaClock.ticket_id == good_id))
        assert state == "breached"


def test_answering_resolves_the_alert_of_the_breach(
    open_session: OpenSession, clock: FakeClock
) -> None:
    """It stays in the history with its time; nobody has to act on it any more."""
    with open_session() as session:
        a_ticket(session)
    clock.advance(hours=49)
    run(open_session, clock)
    with open_session() as session:
        staff = a_person(session)
        ticket = session.scalars(select(Ticket)).one()
        act = by(staff, clock.advance(hours=1))
        services.reply(session, act, ticket, writer=a_writer(staff), body="Late.", then=None)
    with open_session() as session:
        assert session.scalars(select(Alert.resolved_at)).one() == clock.now()
