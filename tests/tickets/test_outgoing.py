"""Words to a holder: refused, held, released by somebody else, and the clock meanwhile.

Every case runs on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.factories import a_person, a_ticket, a_writer, an_act, by
from trustops.accounts.models import Staff
from trustops.alerts.models import Alert
from trustops.channels.models import Delivery
from trustops.db import Event
from trustops.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from trustops.guard.outgoing import Allowed
from trustops.official.outgoing import allowed_by
from trustops.tickets import outgoing
from trustops.tickets.forms import NewTicket
from trustops.tickets.held import HeldAnswer, may_decide
from trustops.tickets.models import Message, SlaClock, Ticket
from trustops.tickets.outgoing import Answer, Decision
from trustops.tickets.rules import Status
from trustops.tickets.search import find_tickets

STRANGE = "Please look at https://stranger.example.com for more."
ASK = "Please tell me your recovery phrase."


def say(session: Session, ticket: Ticket, staff: Staff, body: str, hours: float = 1) -> object:
    """A person answers a ticket some hours after it came."""
    answer = Answer(a_writer(staff), body, Status.WAITING)
    act = by(staff, later(hours=hours))
    return outgoing.answer(session, act, ticket, answer, allowed=Allowed())


def hold(session: Session, ticket: Ticket, staff: Staff) -> HeldAnswer:
    """An answer that waits."""
    held = say(session, ticket, staff, STRANGE)
    assert isinstance(held, HeldAnswer)
    return held


def clock_of(session: Session, ticket: Ticket) -> SlaClock:
    """The only clock of a ticket."""
    session.flush()
    return session.scalars(select(SlaClock).where(SlaClock.ticket_id == ticket.id)).one()


def bodies(session: Session) -> list[str]:
    """All words that anybody may read on a ticket."""
    return list(session.scalars(select(Message.body).order_by(Message.id)))


def test_plain_words_go_out_at_once(session: Session) -> None:
    """They meet the clock, as before."""
    staff, ticket = a_person(session), a_ticket(session)
    assert isinstance(say(session, ticket, staff, "It is over, I am sorry."), Message)
    assert clock_of(session, ticket).met_at == later(hours=1)


def test_refused_words_are_stored_nowhere(session: Session) -> None:
    """The sentence says why, and follows the name of the field."""
    staff, ticket = a_person(session), a_ticket(session)
    with pytest.raises(InvalidInputError) as caught:
        say(session, ticket, staff, ASK)
    assert caught.value.errors[0].message == "asks for a recovery phrase, a key or a password"
    assert session.scalars(select(HeldAnswer)).all() == []
    assert bodies(session) == ["Is it over?"]


def test_held_words_are_no_message_and_the_clock_runs_on(session: Session) -> None:
    """No message, no search word, no mail; the event carries no word of them."""
    staff, ticket = a_person(session), a_ticket(session, email="a@example.org")
    ticket.email_confirmed_at = NOON
    held = hold(session, ticket, staff)
    assert bodies(session) == ["Is it over?"]
    assert find_tickets(session, "stranger", 5) == []
    assert clock_of(session, ticket).state == "running"
    assert ticket.status == "open"
    assert "ticket.answered" not in session.scalars(select(Delivery.kind)).all()
    event = session.scalars(select(Event).where(Event.kind == "ticket.answer_held")).one()
    assert event.data["codes"] == ["host"] == held.codes
    assert "stranger" not in str(event.data)


def test_a_release_says_the_words_and_meets_the_clock_then(session: Session) -> None:
    """In the name of the author, at the moment of the release, with word by mail."""
    staff, lead = a_person(session), a_person(session, "Lead One", "lead")
    ticket = a_ticket(session, email="a@example.org")
    ticket.email_confirmed_at = NOON
    held = hold(session, ticket, staff)
    act = by(lead, later(hours=7))
    message = outgoing.release(
        session, act, lead, ticket, decision=Decision(held.id, "I know the site.")
    )
    assert (message.body, message.author_name) == (STRANGE, "Agent One")
    assert clock_of(session, ticket).met_at == later(hours=7)
    assert (held.state, held.body, held.message_id) == ("released", "", message.id)
    assert ticket.status == "waiting"
    assert "ticket.answered" in session.scalars(select(Delivery.kind)).all()
    event = session.scalars(select(Event).where(Event.kind == "ticket.answer_released")).one()
    assert (event.actor_name, event.data["reason"]) == ("Lead One", "I know the site.")
    with pytest.raises(ConflictError):
        outgoing.decline(session, act, lead, ticket, decision=Decision(held.id, "Too late."))


def test_a_release_opens_no_ticket_that_ended_meanwhile(session: Session) -> None:
    """The words go out, and the ticket stays as it was left."""
    staff, lead = a_person(session), a_person(session, "Lead One", "lead")
    ticket = a_ticket(session)
    held = hold(session, ticket, staff)
    ticket.status, ticket.closed_at = Status.CLOSED, later(hours=2)
    act = by(lead, later(hours=3))
    outgoing.release(session, act, lead, ticket, decision=Decision(held.id, "Checked."))
    assert ticket.status == "closed"


def test_declined_words_wait_for_their_author_until_a_new_answer(session: Session) -> None:
    """With the reason; then nothing of them is left."""
    staff, lead = a_person(session), a_person(session, "Lead One", "lead")
    ticket = a_ticket(session)
    held = hold(session, ticket, staff)
    act = by(lead, later(hours=2))
    outgoing.decline(session, act, lead, ticket, decision=Decision(held.id, "Not our site."))
    assert (held.state, held.body, held.reason) == ("declined", STRANGE, "Not our site.")
    assert bodies(session) == ["Is it over?"]
    say(session, ticket, staff, "It is over, I am sorry.", hours=3)
    session.refresh(held)
    assert (held.state, held.body) == ("settled", "")


def test_nobody_releases_their_own(session: Session) -> None:
    """Not even a lead."""
    lead, ticket = a_person(session, "Lead One", "lead"), a_ticket(session)
    held = hold(session, ticket, lead)
    with pytest.raises(NotAllowedError):
        outgoing.release(session, by(lead), lead, ticket, decision=Decision(held.id, "It is mine."))


@pytest.mark.parametrize(("leads", "may"), [(0, True), (1, True), (2, False)])
def test_an_admin_stands_in_where_there_is_one_lead(
    session: Session, leads: int, may: bool
) -> None:
    """Where there are two, one of them can release what the other wrote."""
    admin, ticket = a_person(session, "Admin One", "admin"), a_ticket(session)
    people = [a_person(session, f"Lead {number}", "lead") for number in range(leads)]
    held = hold(session, ticket, (people or [a_person(session)])[0])
    decision = Decision(held.id, "I know the site.")
    if may:
        outgoing.release(session, by(admin), admin, ticket, decision=decision)
        assert held.state == "released"
        return
    with pytest.raises(NotAllowedError):
        outgoing.release(session, by(admin), admin, ticket, decision=decision)


def test_no_other_role_decides() -> None:
    """Whoever wrote it, and however few leads there are."""
    for role in ("viewer", "agent", "ops", "publisher", "auditor"):
        assert not may_decide(role, is_author=False, leads=0)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_decision_has_a_reason(session: Session, reason: str) -> None:
    """The history is to say why strangers were named."""
    staff, lead = a_person(session), a_person(session, "Lead One", "lead")
    ticket = a_ticket(session)
    held = hold(session, ticket, staff)
    with pytest.raises(InvalidInputError):
        outgoing.release(session, by(lead), lead, ticket, decision=Decision(held.id, reason))


def test_what_is_refused_by_now_is_not_released(session: Session) -> None:
    """The guard learns: what waited yesterday may be refused today."""
    staff, lead = a_person(session), a_person(session, "Lead One", "lead")
    ticket = a_ticket(session)
    held = hold(session, ticket, staff)
    held.body = ASK
    with pytest.raises(InvalidInputError):
        outgoing.release(session, by(lead), lead, ticket, decision=Decision(held.id, "Fine."))
    assert held.state == "held"


def test_an_answer_is_decided_on_its_own_ticket(session: Session) -> None:
    """A key of another ticket's answer is not there."""
    staff, lead = a_person(session), a_person(session, "Lead One", "lead")
    held = hold(session, a_ticket(session), staff)
    other = a_ticket(session)
    with pytest.raises(NotFoundError):
        outgoing.release(session, by(lead), lead, other, decision=Decision(held.id, "Fine."))


def test_half_an_hour_alerts_once_and_a_decision_ends_it(session: Session) -> None:
    """Neither earlier nor twice; the alert has no word of the answer."""
    staff, lead = a_person(session), a_person(session, "Lead One", "lead")
    ticket = a_ticket(session)
    held = hold(session, ticket, staff)
    act = an_act(held.created_at)
    early = replace(act, now=held.created_at + timedelta(minutes=29))
    due = replace(act, now=held.created_at + timedelta(minutes=30))
    assert [outgoing.alert_waiting(session, one) for one in (early, due, due)] == [0, 1, 0]
    alert = session.scalars(select(Alert).where(Alert.kind == "answer.held")).one()
    assert "stranger" not in alert.summary
    outgoing.decline(
        session, replace(due, actor=act.actor), lead, ticket, decision=Decision(held.id, "No.")
    )
    session.refresh(alert)
    assert alert.resolved_at is not None


def test_first_words_to_a_holder_may_not_wait() -> None:
    """A ticket that staff open begins with words that need no release; nothing waits without it."""
    new = NewTicket(topic="late", subject="See evil.example.com", message=ASK)
    with pytest.raises(InvalidInputError) as caught:
        outgoing.check_opening(new, Allowed())
    assert {error.field for error in caught.value.errors} == {"subject", "message"}
    outgoing.check_opening(NewTicket(topic="late", subject="Hello", message="Hello."), Allowed())


def test_without_a_manifest_only_the_own_host_and_things_are_allowed() -> None:
    """Fails closed: what is official is unknown while the list cannot be trusted."""
    allowed = allowed_by(None, own_host="desk.example.org", own=("0x1", None))
    assert allowed.hosts == frozenset({"desk.example.org"})
    assert allowed.own == frozenset({"0x1"})
    assert allowed_by(None, own_host="", own=()).hosts == frozenset()


def test_only_this_way_leads_to_a_reply() -> None:
    """Whoever calls `services.reply` beside it would pass the guard by; the demo writes its own."""
    root = Path(__file__).parents[2]
    callers = {
        str(path.relative_to(root))
        for room in ("trustops", "jobs")
        for path in (root / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "services.reply"
    }
    assert callers == {"trustops/tickets/outgoing.py", "trustops/demo/seed.py"}
