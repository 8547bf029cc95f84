"""A clock that waits beyond a mark has an open alert, also after its ending was taken back.

Every case runs on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import later
from tests.factories import a_person, a_ticket, a_writer, an_act, an_ending, by
from trustops.alerts.models import Alert
from trustops.alerts.services import acknowledge
from trustops.channels.models import Delivery
from trustops.tickets import services
from trustops.tickets.models import Ticket
from trustops.tickets.rules import Author, Status
from trustops.tickets.services import Writer

ENDINGS = [Status.SOLVED, Status.CLOSED, Status.SPAM, Status.DUPLICATE]


def take(session: Session, ticket: Ticket, status: Status, hours: float) -> None:
    """Give a ticket a status, so many hours after noon."""
    services.change(session, an_act(later(hours=hours)), ticket, an_ending(session, status))


def alerts(session: Session, *, waiting: bool = False) -> list[str]:
    """Kinds of the alerts, the oldest first: all of them, or those that are not over."""
    session.flush()
    statement = select(Alert.kind).order_by(Alert.id)
    if waiting:
        statement = statement.where(Alert.resolved_at.is_(None))
    return list(session.scalars(statement))


def deliveries(session: Session) -> int:
    """How many messages go out."""
    return session.scalar(select(func.count()).select_from(Delivery)) or 0


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_overdue_clock_that_is_taken_back_opens_its_alert_again(
    session: Session, ending: Status
) -> None:
    """Closed, withdrawn or merged by mistake: the holder still waits, and ops hear of it again."""
    ticket = a_ticket(session)
    services.judge_now(session, an_act(later(hours=49)), ticket)
    take(session, ticket, ending, 50)
    assert alerts(session, waiting=True) == []
    take(session, ticket, Status.OPEN, 60)
    assert alerts(session, waiting=True) == ["sla.breached"]
    assert deliveries(session) == 2


def test_each_opening_alerts_once_however_often_the_ticket_changes(session: Session) -> None:
    """Ending and taking back three times in one moment is three openings and no more."""
    ticket = a_ticket(session)
    services.judge_now(session, an_act(later(hours=49)), ticket)
    for _ in range(3):
        take(session, ticket, Status.CLOSED, 50)
        take(session, ticket, Status.OPEN, 50)
        take(session, ticket, Status.WAITING, 50)
    services.judge_now(session, an_act(later(hours=90)), ticket)
    assert alerts(session) == ["sla.breached"] * 4
    assert alerts(session, waiting=True) == ["sla.breached"]
    keys = session.scalars(select(Alert.dedupe_key).order_by(Alert.id)).all()
    first = f"sla:{ticket.reference}:first_response:1:100"
    assert keys == [first, f"{first}:2", f"{first}:3", f"{first}:4"]


def test_a_clock_at_risk_that_is_taken_back_is_at_risk_again(session: Session) -> None:
    """Its highest mark alone opens again; the breach comes under the key that it always had."""
    ticket = a_ticket(session)
    services.judge_now(session, an_act(later(hours=37)), ticket)
    services.judge_now(session, an_act(later(hours=44)), ticket)
    take(session, ticket, Status.CLOSED, 45)
    take(session, ticket, Status.OPEN, 46)
    assert alerts(session) == ["sla.at_risk"] * 3
    [open_again] = session.scalars(select(Alert).where(Alert.resolved_at.is_(None)))
    assert (open_again.data["percent"], open_again.severity) == (90, "high")
    services.judge_now(session, an_act(later(hours=49)), ticket)
    assert alerts(session, waiting=True) == ["sla.at_risk", "sla.breached"]


def test_what_fell_due_while_the_ticket_was_ended_alerts_once(session: Session) -> None:
    """The breach is found when the ending is taken back, and its own alert is enough."""
    ticket = a_ticket(session)
    services.judge_now(session, an_act(later(hours=37)), ticket)
    take(session, ticket, Status.SPAM, 40)
    take(session, ticket, Status.OPEN, 60)
    assert alerts(session) == ["sla.at_risk", "sla.breached"]


def test_an_alert_that_somebody_took_on_waits_for_somebody_anew(session: Session) -> None:
    """Whoever acknowledged the first one saw the ticket end."""
    staff, ticket = a_person(session), a_ticket(session)
    services.judge_now(session, an_act(later(hours=49)), ticket)
    session.flush()
    public_id = session.scalars(select(Alert.public_id)).one()
    acknowledge(session, later(hours=49), public_id=public_id, staff_id=staff.id, name=staff.name)
    take(session, ticket, Status.WAITING, 50)
    assert alerts(session) == ["sla.breached"]
    take(session, ticket, Status.CLOSED, 51)
    take(session, ticket, Status.OPEN, 52)
    statement = select(Alert).where(Alert.acknowledged_at.is_(None), Alert.resolved_at.is_(None))
    assert len(session.scalars(statement).all()) == 1


def test_an_answer_that_takes_the_ending_back_alerts_nobody(session: Session) -> None:
    """It is over in the same moment; an automatic message is no answer, so that one alerts."""
    staff, ticket, other = a_person(session), a_ticket(session), a_ticket(session)
    for each in (ticket, other):
        services.judge_now(session, an_act(later(hours=49)), each)
        take(session, each, Status.CLOSED, 50)
    act = by(staff, later(hours=51))
    services.reply(session, act, ticket, writer=a_writer(staff), body="It is.", then=Status.OPEN)
    assert alerts(session, waiting=True) == []
    robot = Writer(Author.SYSTEM, "Program")
    services.reply(session, act, other, writer=robot, body="We look at it.", then=Status.OPEN)
    assert alerts(session, waiting=True) == ["sla.breached"]


def test_a_ticket_that_waits_for_nobody_opens_no_alert(session: Session) -> None:
    """Answered late, called spam by mistake and taken back: nobody waits any more."""
    staff, ticket = a_person(session), a_ticket(session)
    act = by(staff, later(hours=49))
    services.reply(session, act, ticket, writer=a_writer(staff), body="It is.", then=None)
    take(session, ticket, Status.SPAM, 50)
    take(session, ticket, Status.OPEN, 51)
    assert alerts(session, waiting=True) == []
