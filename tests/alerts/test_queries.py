"""The list of alerts: newest first, in pages that nothing shifts, at a bounded cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event, insert
from sqlalchemy.orm import Session

from tests.alerts.things import breach, lead, raised
from tests.conftest import NOON, later
from tests.fakes import FakeClock
from trustops.alerts import queries
from trustops.alerts.models import Alert
from trustops.alerts.queries import (
    COUNT_CAP,
    PAGE,
    alert_list,
    waiting_count,
    waiting_rows_count,
)
from trustops.alerts.rules import job_silent
from trustops.alerts.services import acknowledge, raise_alert, resolve
from trustops.db import start_writing


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are executed within the block."""
    seen: list[str] = []

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def many(session: Session, count: int) -> None:
    """Alerts in quick succession, pairs of them at the same moment."""
    session.execute(
        insert(Alert),
        [
            {
                "public_id": f"p{number}",
                "kind": "sla.breached",
                "severity": "critical",
                "dedupe_key": f"k{number}",
                "subject": f"ticket:{number}",
                "summary": "s",
                "at": NOON,
                "opened_at": later(seconds=number // 2),
            }
            for number in range(count)
        ],
    )


def test_pages_follow_each_other_without_gap_or_repeat(session: Session) -> None:
    """Newest first; alerts of the same moment keep one order."""
    many(session, 2 * PAGE + 7)
    found: list[int] = []
    sizes: list[int] = []
    after = None
    while True:
        page = alert_list(session, waiting=False, after=after)
        found += [row.alert.id for row in page.rows]
        sizes.append(len(page.rows))
        after = page.after
        if after is None:
            break
    assert sizes == [PAGE, PAGE, 7]
    assert found == sorted(set(found), reverse=True)


def test_a_full_last_page_has_no_next_one(session: Session) -> None:
    """A link to an empty page helps nobody."""
    many(session, PAGE)
    assert alert_list(session, waiting=False).after is None


def test_what_was_taken_on_or_is_over_waits_no_more(session: Session, clock: FakeClock) -> None:
    """It stays in the list of all."""
    staff = lead(session)
    taken, over, waiting = (raised(session, clock.now(), breach(number)) for number in range(3))
    acknowledge(session, NOON, public_id=taken.public_id, staff_id=staff.id, name=staff.name)
    resolve(session, NOON, subject=over.subject)
    session.flush()  # the lists are read by query
    assert [row.alert for row in alert_list(session, waiting=True).rows] == [waiting]
    assert len(alert_list(session, waiting=False).rows) == 3
    assert waiting_count(session) == 1


def test_each_alert_comes_with_its_own_deliveries(session: Session, clock: FakeClock) -> None:
    """Oldest first."""
    alerts = [raised(session, clock.now(), breach(number)) for number in range(2)]
    for row in alert_list(session, waiting=True).rows:
        assert row.alert in alerts
        assert [item.channel for item in row.deliveries] == ["webhook", "email"]
        assert {item.subject for item in row.deliveries} == {f"alert:{row.alert.id}"}


def test_a_page_takes_three_queries_however_many_alerts_it_shows(
    engine: Engine, clock: FakeClock
) -> None:
    """Rows, what else the same tickets have, deliveries. And the counters one each."""
    with Session(engine) as session:
        start_writing(session)
        for number in range(PAGE):
            for percent in (75, 100):
                raised(session, clock.now(), breach(number, percent=percent))
        session.flush()  # what is pending would count as queries of the page
        with counted(engine) as seen:
            alert_list(session, waiting=True)
        assert len(seen) == 3
        for count in (waiting_count, waiting_rows_count):
            with counted(engine) as seen:
                count(session)
            assert len(seen) == 1


def test_a_ticket_is_one_row_with_all_its_alerts(session: Session, clock: FakeClock) -> None:
    """At the place of its newest one; one that is taken on leaves the row of those that wait."""
    staff = lead(session)
    marks = [
        raised(session, later(hours=hours), breach(1, percent=percent))
        for hours, percent in ((0, 75), (2, 90), (4, 100))
    ]
    beside = raised(session, later(hours=3), breach(2))
    silent = job_silent("sla_sweep", last_beat=None, at=NOON)
    alone = raise_alert(session, later(hours=1), silent, targets=[], base_url="")
    rows = alert_list(session, waiting=True).rows
    assert [row.alert for row in rows] == [marks[2], beside, alone]
    assert [row.alert for row in rows[0].others] == [marks[1], marks[0]]
    assert rows[0].waiting == [marks[2], marks[1], marks[0]]
    assert all(len(row.deliveries) == 2 for row in rows[0].others)
    assert (waiting_count(session), waiting_rows_count(session)) == (5, 3)
    acknowledge(
        session, clock.now(), public_id=marks[2].public_id, staff_id=staff.id, name=staff.name
    )
    session.flush()  # the lists are read by query
    assert [row.alert for row in alert_list(session, waiting=True).rows] == [
        beside,
        marks[1],
        alone,
    ]
    [of_ticket, *_] = alert_list(session, waiting=False).rows
    assert of_ticket.alert == marks[1]
    assert [row.alert for row in of_ticket.others] == [marks[2], marks[0]]
    assert of_ticket.waiting == [marks[1], marks[0]]


def test_a_ticket_stands_on_one_page(session: Session) -> None:
    """However far apart its alerts opened, no page says again what one before it said."""
    for number in range(PAGE + 5):
        raised(session, later(seconds=number), breach(number, percent=75))
    for number in range(3):
        raised(session, later(hours=1 + number), breach(number))
    first = alert_list(session, waiting=True)
    second = alert_list(session, waiting=True, after=first.after)
    tickets = [row.alert.ticket for row in (*first.rows, *second.rows)]
    assert len(first.rows) == PAGE
    assert tickets[:3] == ["MIG-2", "MIG-1", "MIG-0"]
    assert len(tickets) == len(set(tickets)) == PAGE + 5
    assert second.after is None
    alerts = sum(1 + len(row.others) for row in (*first.rows, *second.rows))
    assert alerts == waiting_count(session) == PAGE + 8


def test_the_counter_stops_at_its_cap(session: Session) -> None:
    """Nobody acts on the difference between a thousand and more."""
    many(session, COUNT_CAP + 5)
    assert waiting_count(session) == COUNT_CAP == queries.COUNT_CAP
