"""The Snapshot is read from rows in a fixed number of queries, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.factories import a_person, a_ticket, a_writer, by
from tests.status.things import a_component, some_inputs
from trustops.alerts.rules import DELIVERY_KIND as ALERT
from trustops.channels.models import Delivery
from trustops.channels.rules import DeliveryState
from trustops.posts.outbox import DELIVERY_KIND
from trustops.status.queries import MOST_TOPICS, read_sending, take_snapshot
from trustops.status.rules import Sending
from trustops.status.snapshot import ComponentStatus, Snapshot
from trustops.tickets import services
from trustops.tickets.opening import CONFIRM_MAIL

QUERIES = 12
AN_HOUR_AGO = NOON - timedelta(hours=1)
LONG_AGO = NOON - timedelta(hours=25)

numbers = count()


def a_delivery(
    session: Session,
    state: DeliveryState,
    *,
    at: datetime = AN_HOUR_AGO,
    created: datetime | None = None,
    kind: str = CONFIRM_MAIL,
) -> Delivery:
    """A delivery that came to its state at a moment."""
    delivery = Delivery(
        dedupe_key=f"test:{next(numbers)}",
        channel="webhook",
        target="webhook",
        kind=kind,
        subject="alert:1",
        payload={},
        state=state,
        next_try_at=at,
        settled_at=None if state is DeliveryState.QUEUED else at,
        created_at=created or at,
    )
    session.add(delivery)
    session.flush()
    return delivery


def snapshot(session: Session, **changes: object) -> Snapshot:
    """The Snapshot of noon."""
    session.flush()  # the snapshot reads rows
    return take_snapshot(session, NOON, some_inputs(**changes))


def test_an_empty_desk_is_told_as_it_is(session: Session) -> None:
    """Zeros are counts of rows; what was not given is None."""
    support = snapshot(session).support
    assert (support.opened, support.closed, support.met, support.breached) == (0, 0, 0, 0)
    assert (support.waiting, support.overdue, support.median_seconds) == (0, 0, None)
    assert (support.topics, support.promise_hours, support.as_of) == ((), 48, NOON)


def test_support_is_counted_over_the_seven_days_before(session: Session) -> None:
    """Answered in time, late and waiting, with the titles of the topics."""
    staff = a_person(session)
    answered = a_ticket(session, NOON - timedelta(hours=60))
    at = by(staff, NOON - timedelta(hours=58))
    services.reply(session, at, answered, writer=a_writer(staff), body="Yes.", then=None)
    a_ticket(session, NOON - timedelta(hours=50))
    a_ticket(session, NOON - timedelta(hours=1))
    a_ticket(session, NOON - timedelta(days=9))
    found = snapshot(session).support
    assert (found.opened, found.met, found.breached) == (3, 1, 2)
    assert (found.waiting, found.overdue) == (3, 2)
    assert found.median_seconds == 2 * 3600
    assert found.topics == (("Something else", 3),)


def test_a_topic_that_is_no_longer_offered_is_named_by_its_id(session: Session) -> None:
    """It was asked about all the same."""
    a_ticket(session, NOON - timedelta(hours=1))
    assert snapshot(session, topics={}).support.topics == (("other", 1),)


def test_only_the_most_frequent_topics_are_told(session: Session) -> None:
    """The others are in the count of what was opened."""
    for number in range(MOST_TOPICS + 2):
        for _ in range(2 if number == MOST_TOPICS else 1):
            ticket = a_ticket(session, NOON - timedelta(hours=1))
            ticket.topic = f"topic-{number}"
    found = snapshot(session).support
    assert found.opened == MOST_TOPICS + 3
    assert len(found.topics) == MOST_TOPICS
    assert found.topics[0] == (f"topic-{MOST_TOPICS}", 2)


def test_what_other_rooms_say_is_handed_on(session: Session) -> None:
    """Nothing of it is judged twice."""
    inputs = some_inputs()
    found = snapshot(session)
    assert (found.as_of, found.project) == (NOON, inputs.project)
    assert found.migration_state == inputs.migration_state
    assert found.chains == inputs.chains
    assert found.exchanges == inputs.exchanges
    assert found.open_issues == inputs.open_issues
    assert (found.addresses, found.last_heartbeat) == ("", "2026-W46")
    assert found.next_heartbeat_at == inputs.next_heartbeat_at


def test_components_are_judged_by_the_rows(session: Session) -> None:
    """A ticket that waits too long, a message that failed, withheld addresses."""
    a_ticket(session, NOON - timedelta(hours=50))
    a_delivery(session, DeliveryState.UNKNOWN)
    found = {one.id: one for one in snapshot(session, addresses="Withheld.").components}
    assert {name: one.status for name, one in found.items()} == {
        "desk": ComponentStatus.DEGRADED,
        "site": ComponentStatus.OPERATIONAL,
        "chain": ComponentStatus.OPERATIONAL,
        "official": ComponentStatus.PARTIAL_OUTAGE,
        "deliveries": ComponentStatus.PARTIAL_OUTAGE,
    }
    assert found["official"].reason == "Withheld."
    assert found["desk"].since == NOON - timedelta(hours=2)
    assert found["desk"].heading == "We are late with first answers."


def test_a_component_remembers_since_when_its_status_stands(session: Session) -> None:
    """From the Snapshot before."""
    before = a_component(id="desk")
    found = {one.id: one.since for one in snapshot(session, previous=(before,)).components}
    assert found["desk"] == before.since
    assert found["site"] == NOON


@pytest.mark.parametrize("state", [DeliveryState.UNKNOWN, DeliveryState.NOT_SENT])
@pytest.mark.parametrize(("kind", "place"), [(CONFIRM_MAIL, 0), (DELIVERY_KIND, 1)])
def test_what_ended_without_being_sent_in_the_last_day_has_failed(
    session: Session, state: DeliveryState, kind: str, place: int
) -> None:
    """Mail and heartbeats apart. Older ones are history; what settled late counts by its end."""
    a_delivery(session, DeliveryState.SENT, kind=kind)
    a_delivery(session, state, kind=kind)
    a_delivery(session, state, created=LONG_AGO, kind=kind)
    a_delivery(session, state, at=LONG_AGO, kind=kind)
    both = read_sending(session, NOON)
    assert both[place] == Sending(1, 2, None)
    assert both[1 - place] == Sending()


def test_alerts_to_our_own_people_are_no_matter_of_the_public(session: Session) -> None:
    """They see on the desk what became of them."""
    a_delivery(session, DeliveryState.UNKNOWN, kind=ALERT)
    a_delivery(session, DeliveryState.QUEUED, kind=ALERT)
    assert read_sending(session, NOON) == (Sending(), Sending())


def test_refused_mail_to_a_requester_says_nothing_of_us_and_a_refused_heartbeat_does(
    session: Session,
) -> None:
    """Anybody may type an address that does not exist; where heartbeats go, we chose."""
    a_delivery(session, DeliveryState.REJECTED, kind=CONFIRM_MAIL)
    a_delivery(session, DeliveryState.REJECTED, kind=DELIVERY_KIND)
    assert [one.failed for one in read_sending(session, NOON)] == [0, 1]


@pytest.mark.parametrize(("kind", "place"), [(CONFIRM_MAIL, 0), (DELIVERY_KIND, 1)])
def test_what_waits_is_told_by_the_longest_waiting(session: Session, kind: str, place: int) -> None:
    """What is for later does not wait."""
    a_delivery(session, DeliveryState.QUEUED, at=NOON + timedelta(hours=1), kind=kind)
    assert read_sending(session, NOON)[place].held_up_since is None
    for minutes in (20, 40, 30):
        at = NOON - timedelta(minutes=minutes)
        a_delivery(session, DeliveryState.QUEUED, at=at, kind=kind)
    assert read_sending(session, NOON)[place].held_up_since == NOON - timedelta(minutes=40)
    assert read_sending(session, NOON)[1 - place] == Sending()


@pytest.fixture
def ran(engine: Engine) -> Iterator[list[str]]:
    """The statements that the database was asked."""
    statements: list[str] = []

    def listen(*told: object) -> None:
        statements.append(str(told[2]))

    event.listen(engine, "before_cursor_execute", listen)
    yield statements
    event.remove(engine, "before_cursor_execute", listen)


def test_a_snapshot_takes_the_same_few_queries_whatever_there_is(
    session: Session, ran: list[str]
) -> None:
    """None a ticket, and none a topic."""
    staff = a_person(session)
    for many in (1, 8):
        for number in range(many):
            ticket = a_ticket(session, NOON - timedelta(hours=3))
            ticket.topic = f"topic-{number}"
            at = by(staff, NOON - timedelta(hours=2))
            services.reply(session, at, ticket, writer=a_writer(staff), body="Yes.", then=None)
            a_delivery(session, DeliveryState.SENT)
        session.flush()
        ran.clear()
        snapshot(session)
        assert len(ran) <= QUERIES, ran
        if many == 8:
            assert len(ran) == QUERIES, ran
