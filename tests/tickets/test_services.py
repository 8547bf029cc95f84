"""What people do to a ticket, and what it does to the clock, the queue and the history.

Every case runs on SQLite and on PostgreSQL.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.factories import CONTENT, a_person, a_ticket, a_writer, an_act, an_ending, by
from tests.guard.languages import BY_NAME, valid_phrase
from trustops.alerts.models import Alert
from trustops.channels.models import Delivery
from trustops.db import Event
from trustops.errors import ConflictError, InvalidInputError, PhraseDoubtedError, SecretFoundError
from trustops.tickets import services
from trustops.tickets.editing import expect_version, locked
from trustops.tickets.forms import NewTicket
from trustops.tickets.models import Message, SlaClock, Ticket
from trustops.tickets.opening import Origin, open_ticket
from trustops.tickets.rules import FLOOD_TICKETS, Author, Priority, Status
from trustops.tickets.services import Change, Writer


def clocks_of(session: Session, ticket: Ticket) -> list[SlaClock]:
    """The clocks of a ticket, oldest first."""
    session.flush()
    statement = select(SlaClock).where(SlaClock.ticket_id == ticket.id).order_by(SlaClock.cycle)
    return list(session.scalars(statement))


def clock_of(session: Session, ticket: Ticket) -> SlaClock:
    """The only clock of a ticket."""
    (clock,) = clocks_of(session, ticket)
    return clock


def kinds_of(session: Session, ticket: Ticket) -> list[str]:
    """What happened to a ticket, in order."""
    session.flush()
    statement = select(Event.kind).where(Event.subject == f"ticket:{ticket.id}")
    return list(session.scalars(statement.order_by(Event.seq)))


def alerts(session: Session) -> list[str]:
    """Kinds of all alerts, in the order in which they opened."""
    session.flush()
    return list(session.scalars(select(Alert.kind).order_by(Alert.id)))


def test_an_accepted_ticket_has_its_clock_its_words_and_its_history(session: Session) -> None:
    """All in one transaction; due 48 hours after acceptance."""
    ticket = a_ticket(session)
    assert ticket.reference.startswith("MIG-")
    assert ticket.due_at == ticket.queue_at == later(hours=48)
    assert clock_of(session, ticket).state == "running"
    assert kinds_of(session, ticket) == ["ticket.opened", "sla.activate"]
    assert session.scalars(select(Message.body)).all() == ["Is it over?"]


def test_the_first_answer_stays_the_first(session: Session) -> None:
    """A second one is no first reply; the moment that holders read does not move."""
    ticket, staff = a_ticket(session), a_person(session)
    for hours in (3, 5):
        services.reply(
            session,
            by(staff, later(hours=hours)),
            ticket,
            writer=a_writer(staff),
            body="Yes.",
            then=None,
        )
        assert ticket.first_replied_at == later(hours=3)
    assert clock_of(session, ticket).met_at == later(hours=3)


def test_a_topic_that_is_not_offered_is_refused(session: Session) -> None:
    """The error names the field and the topics there are."""
    with pytest.raises(InvalidInputError) as caught:
        a_ticket(session, topic="nonsense")
    assert caught.value.errors[0].field == "topic"
    assert "other" in caught.value.errors[0].message


def test_an_answer_stops_the_clock(session: Session) -> None:
    """Met, out of the queue, and waiting for the requester."""
    staff, ticket = a_person(session), a_ticket(session)
    act = by(staff, later(hours=5))
    services.reply(session, act, ticket, writer=a_writer(staff), body="It is.", then=Status.WAITING)
    clock = clock_of(session, ticket)
    assert (clock.state, clock.met_at) == ("met", later(hours=5))
    assert (ticket.due_at, ticket.queue_at, ticket.status) == (None, None, "waiting")
    assert clock.next_change_at is None


def test_a_note_an_automatic_message_and_parking_do_not_stop_the_clock(session: Session) -> None:
    """The promise is an answer by a person."""
    staff, ticket = a_person(session), a_ticket(session)
    act = by(staff, later(hours=1))
    services.note(session, act, ticket, writer=a_writer(staff), body="Looks familiar.")
    robot = Writer(Author.SYSTEM, "Robot")
    services.reply(session, act, ticket, writer=robot, body="We got it.", then=None)
    services.change(session, act, ticket, Change(status=Status.WAITING))
    assert clock_of(session, ticket).state == "running"
    assert ticket.first_replied_at is None
    assert ticket.queue_at == later(hours=48)


def test_closing_without_an_answer_cancels_the_clock_and_does_not_meet_it(
    session: Session,
) -> None:
    """With its reason, so that it can be counted apart."""
    staff, ticket = a_person(session), a_ticket(session)
    services.change(session, by(staff, later(hours=1)), ticket, Change(status=Status.CLOSED))
    clock = clock_of(session, ticket)
    assert (clock.state, clock.cancel_reason) == ("cancelled", "closed_by_agent")
    assert clock.met_at is None
    assert ticket.queue_at is None


def test_a_late_answer_before_the_sweep_is_a_breach_with_one_alert(session: Session) -> None:
    """The write judges at once: breach at the due time, alert, then the answer."""
    staff, ticket = a_person(session), a_ticket(session)
    act = by(staff, later(hours=49))
    services.reply(session, act, ticket, writer=a_writer(staff), body="Sorry.", then=None)
    clock = clock_of(session, ticket)
    assert (clock.state, clock.breached_at) == ("breached", later(hours=48))
    assert clock.met_at == later(hours=49)
    assert alerts(session) == ["sla.breached"]
    assert kinds_of(session, ticket)[-5:-1] == [
        "sla.at_risk",
        "sla.at_risk",
        "sla.breach",
        "sla.fulfil",
    ]


def test_an_answer_at_the_due_time_sharp_is_met(session: Session) -> None:
    """Equality is met, and nobody is alarmed."""
    staff, ticket = a_person(session), a_ticket(session)
    act = by(staff, later(hours=48))
    services.reply(session, act, ticket, writer=a_writer(staff), body="Yes.", then=None)
    assert clock_of(session, ticket).state == "met"
    assert alerts(session) == []


def test_a_ticket_opened_by_an_agent_runs_no_clock_until_its_requester_speaks(
    session: Session,
) -> None:
    """Otherwise every outbound ticket would count as answered within a second."""
    staff = a_person(session)
    new = NewTicket(topic="other", subject="By telephone", message="Opened for a holder.")
    origin = Origin(source="desk", agent=a_writer(staff))
    ticket = open_ticket(session, by(staff), new, content=CONTENT, origin=origin).ticket
    services.reply(
        session, by(staff), ticket, writer=a_writer(staff), body="More.", then=Status.WAITING
    )
    assert clocks_of(session, ticket) == []
    services.add_words(session, an_act(later(hours=10)), ticket, body="Here I am.")
    assert clock_of(session, ticket).due_at == later(hours=58)
    assert ticket.status == "open"


def test_a_requester_who_asks_again_does_not_restart_the_clock(session: Session) -> None:
    """Neither earlier nor later: one promise, counted from acceptance."""
    ticket = a_ticket(session)
    services.add_words(session, an_act(later(hours=10)), ticket, body="Hello?")
    assert clock_of(session, ticket).due_at == later(hours=48)
    assert ticket.queue_at == later(hours=48)


def test_a_requester_who_writes_after_an_answer_opens_the_ticket_without_a_new_clock(
    session: Session,
) -> None:
    """First response is promised once; the ticket is back in the queue."""
    staff, ticket = a_person(session), a_ticket(session)
    services.reply(
        session, by(staff), ticket, writer=a_writer(staff), body="Done.", then=Status.SOLVED
    )
    services.add_words(session, an_act(later(hours=10)), ticket, body="Not quite.")
    assert ticket.status == "open"
    assert clock_of(session, ticket).state == "met"
    assert ticket.queue_at == later(hours=58)


def test_reopening_a_ticket_that_was_closed_unanswered_starts_a_second_cycle(
    session: Session,
) -> None:
    """The first stays as it was recorded."""
    staff, ticket = a_person(session), a_ticket(session)
    services.change(session, by(staff, later(hours=1)), ticket, Change(status=Status.CLOSED))
    services.add_words(session, an_act(later(hours=5)), ticket, body="Why was this closed?")
    first, second = clocks_of(session, ticket)
    assert (first.state, second.state) == ("cancelled", "running")
    assert second.due_at == ticket.due_at == later(hours=53)


def test_taking_back_spam_runs_the_same_clock_on_from_acceptance(session: Session) -> None:
    """A mistake of ours buys us no time."""
    staff, ticket = a_person(session), a_ticket(session)
    services.change(session, by(staff, later(hours=1)), ticket, Change(status=Status.SPAM))
    assert clock_of(session, ticket).state == "cancelled"
    services.change(session, by(staff, later(hours=9)), ticket, Change(status=Status.OPEN))
    clock = clock_of(session, ticket)
    assert (clock.state, clock.due_at) == ("running", later(hours=48))
    assert ticket.queue_at == later(hours=48)


@pytest.mark.parametrize("status", [Status.OPEN, Status.WAITING, Status.SOLVED, Status.CLOSED])
def test_a_late_answer_does_not_disappear_by_way_of_spam(session: Session, status: Status) -> None:
    """Whatever a withdrawn ticket becomes afterwards, its breach is back in the figures."""
    staff = a_person(session)
    ticket = a_ticket(session)
    late, writer = by(staff, later(hours=60)), a_writer(staff)
    services.reply(session, late, ticket, writer=writer, body="Here it is.", then=Status.WAITING)
    services.change(session, by(staff, later(hours=61)), ticket, Change(status=Status.SPAM))
    services.change(session, by(staff, later(hours=62)), ticket, Change(status=status))
    clock = clock_of(session, ticket)
    assert (clock.state, clock.cancel_reason) == ("breached", None)
    assert alerts(session) == ["sla.breached"]


def test_spam_that_is_merely_closed_afterwards_was_a_ticket_that_somebody_waited_on(
    session: Session,
) -> None:
    """It fell due in between, and nobody had answered."""
    staff = a_person(session)
    ticket = a_ticket(session)
    services.change(session, by(staff, later(hours=10)), ticket, Change(status=Status.SPAM))
    services.change(session, by(staff, later(hours=60)), ticket, Change(status=Status.CLOSED))
    clock = clock_of(session, ticket)
    assert (clock.state, clock.cancel_reason) == ("breached", "closed_by_agent")
    assert (ticket.due_at, ticket.queue_at) == (None, None)


@pytest.mark.parametrize(("hours", "state"), [(20, "met"), (60, "breached")])
@pytest.mark.parametrize("then", [Status.WAITING, Status.CLOSED, None])
def test_an_answer_on_a_ticket_that_staff_had_closed_is_judged_like_any_other(
    session: Session, hours: int, state: str, then: Status | None
) -> None:
    """On time it is met and the clock does not run on; late it does not hide behind the close."""
    staff = a_person(session)
    ticket = a_ticket(session)
    services.change(session, by(staff, later(hours=10)), ticket, Change(status=Status.CLOSED))
    act = by(staff, later(hours=hours))
    services.reply(session, act, ticket, writer=a_writer(staff), body="Here it is.", then=then)
    clock = clock_of(session, ticket)
    assert (clock.state, clock.met_at, clock.cancelled_at) == (state, later(hours=hours), None)
    assert (ticket.due_at, clock.next_change_at) == (None, None)


@pytest.mark.parametrize(("hours", "state"), [(20, "met"), (60, "breached")])
@pytest.mark.parametrize("then", [Status.WAITING, Status.SOLVED, Status.CLOSED])
@pytest.mark.parametrize("withdrawn", [Status.SPAM, Status.DUPLICATE])
def test_an_answer_that_takes_a_withdrawal_back_is_judged_by_its_own_time(
    session: Session, withdrawn: Status, then: Status, hours: int, state: str
) -> None:
    """It was answered, so it is not counted as closed without an answer, nor as never answered."""
    staff = a_person(session)
    ticket = a_ticket(session)
    services.change(session, by(staff, later(hours=10)), ticket, an_ending(session, withdrawn))
    act = by(staff, later(hours=hours))
    services.reply(session, act, ticket, writer=a_writer(staff), body="Here it is.", then=then)
    clock = clock_of(session, ticket)
    assert (clock.state, clock.met_at, clock.cancel_reason) == (state, later(hours=hours), None)
    assert (ticket.status, ticket.due_at, clock.next_change_at) == (then, None, None)


def test_an_automatic_message_takes_no_ending_back(session: Session) -> None:
    """No person answered, so the clock that was cancelled stays so."""
    staff = a_person(session)
    ticket = a_ticket(session)
    services.change(session, by(staff, later(hours=10)), ticket, Change(status=Status.CLOSED))
    robot = Writer(Author.SYSTEM, "Robot")
    act = by(staff, later(hours=11))
    services.reply(session, act, ticket, writer=robot, body="We are closed.", then=None)
    assert clock_of(session, ticket).state == "cancelled"


def test_spam_that_writes_again_stays_spam(session: Session) -> None:
    """Its words are kept; no clock begins."""
    staff, ticket = a_person(session), a_ticket(session)
    services.change(session, by(staff), ticket, Change(status=Status.SPAM))
    services.add_words(session, an_act(later(hours=1)), ticket, body="Buy now.")
    assert ticket.status == "spam"
    assert clock_of(session, ticket).state == "cancelled"
    assert ticket.message_count == 2


def test_an_old_closed_ticket_asks_for_a_new_one(session: Session) -> None:
    """More than thirty days later nothing is reopened, and nothing is stored."""
    ticket = a_ticket(session)
    services.close_as_requester(session, an_act(later(hours=1)), ticket)
    with pytest.raises(ConflictError, match="open a new one"):
        services.add_words(session, an_act(later(days=32)), ticket, body="Hello again.")
    assert ticket.message_count == 1


def test_a_requester_may_close_and_closing_twice_changes_nothing(session: Session) -> None:
    """The clock is cancelled with the requester's reason."""
    ticket = a_ticket(session)
    services.close_as_requester(session, an_act(later(hours=1)), ticket)
    version = ticket.version
    services.close_as_requester(session, an_act(later(hours=2)), ticket)
    assert ticket.version == version
    assert clock_of(session, ticket).cancel_reason == "closed_by_requester"


def test_a_phrase_sent_in_two_messages_is_refused(session: Session) -> None:
    """Words one to six were harmless alone; the second message completes them and is not kept."""
    ticket = a_ticket(session, message="legal winner thank year wave sausage")
    with pytest.raises(SecretFoundError):
        services.add_words(
            session, an_act(later(hours=1)), ticket, body="worth useful legal winner thank yellow"
        )
    assert ticket.message_count == 1


def test_a_phrase_sent_word_by_word_with_chat_between_is_refused(session: Session) -> None:
    """Twenty earlier messages are read together with a new one; ten words of twelve are enough."""
    words = valid_phrase(BY_NAME["English"], "word by word")
    ticket = a_ticket(session, subject="It shows nothing.", message=words[0])
    hours = count(1)
    for word in words[1:9]:
        for body in ("let me see", word):
            services.add_words(session, an_act(later(hours=next(hours))), ticket, body=body)
    stored = ticket.message_count
    with pytest.raises(SecretFoundError):
        services.add_words(session, an_act(later(hours=next(hours))), ticket, body=words[9])
    assert ticket.message_count == stored


def test_signs_in_doubt_are_a_question_and_not_kept(session: Session) -> None:
    """The error says which question it is, and of which field."""
    ticket = a_ticket(session)
    signs = "".join(valid_phrase(BY_NAME["simplified Chinese"], "asked"))
    with pytest.raises(PhraseDoubtedError) as caught:
        services.add_words(
            session,
            an_act(later(hours=1)),
            ticket,
            body=f"我今天打开钱包发现{signs}然后代币没有到账",
        )
    assert [item.field for item in caught.value.errors] == ["message"]
    assert ticket.message_count == 1


def test_every_change_raises_the_version_and_leaves_an_event(session: Session) -> None:
    """What already is so leaves no trace."""
    staff, ticket = a_person(session), a_ticket(session)
    wanted = Change(priority=Priority.HIGH, assignee_id=staff.id)
    services.change(session, by(staff), ticket, wanted)
    assert ticket.version == 3
    assert kinds_of(session, ticket)[-2:] == ["ticket.priority", "ticket.assigned"]
    services.change(session, by(staff), ticket, wanted)
    assert ticket.version == 3
    services.change(session, by(staff), ticket, Change(assignee_id=0))
    assert ticket.assignee_id is None


def test_a_stale_edit_is_refused_and_told_what_changed(session: Session) -> None:
    """By whom, what, in order."""
    one, two = a_person(session, "Agent One"), a_person(session, "Agent Two")
    ticket = a_ticket(session)
    seen = ticket.version
    services.change(session, by(one), ticket, Change(priority=Priority.URGENT))
    services.note(session, by(two), ticket, writer=a_writer(two), body="Mine.")
    session.flush()
    with pytest.raises(ConflictError) as caught:
        expect_version(session, ticket, seen)
    told = [(change["kind"], change["by"]) for change in caught.value.changes]
    assert told == [("ticket.priority", "Agent One"), ("ticket.noted", "Agent Two")]
    expect_version(session, ticket, ticket.version)
    expect_version(session, ticket, None)


@pytest.mark.parametrize("who", ["gone", "ops", "nobody"])
def test_a_ticket_is_given_to_colleagues_who_can_answer_it(session: Session, who: str) -> None:
    """Not to somebody who left, whose role does not answer, or who never was."""
    staff, ticket = a_person(session), a_ticket(session)
    gone = a_person(session, "Agent Gone")
    gone.disabled_at = NOON
    ids = {"gone": gone.id, "ops": a_person(session, "On Call", "ops").id, "nobody": 999_999}
    session.flush()
    wanted = Change(assignee_id=ids[who])
    with pytest.raises(InvalidInputError) as caught:
        services.change(session, by(staff), ticket, wanted)
    assert caught.value.errors[0].field == "assignee"


def test_the_sixty_first_ticket_of_a_client_in_ten_minutes_is_set_aside(
    session: Session,
) -> None:
    """It is kept, its clock runs, ops are told once, and it sends no mail."""
    origin = Origin(source="form", client_key="c" * 64, mail_works=True)
    new = NewTicket(topic="other", subject="s", message="m", email="victim@example.org")
    opened = [
        open_ticket(session, an_act(), new, content=CONTENT, origin=origin).ticket
        for _ in range(FLOOD_TICKETS + 3)
    ]
    aside = [ticket for ticket in opened if ticket.quarantined_at]
    assert aside == opened[FLOOD_TICKETS:]
    assert all(ticket.due_at == later(hours=48) for ticket in opened)
    assert alerts(session) == ["tickets.flood"]
    mails = session.scalar(
        select(func.count()).select_from(Delivery).where(Delivery.channel == "email")
    )
    assert mails == 3, "one address gets three confirmation mails a day and no more"
    later_on = open_ticket(
        session, an_act(later(minutes=11)), new, content=CONTENT, origin=origin
    ).ticket
    assert later_on.quarantined_at is None


def test_a_ticket_that_fell_into_the_trap_waits_in_quarantine_until_released(
    session: Session,
) -> None:
    """A person decides; the clock has been running all along."""
    staff = a_person(session)
    new = NewTicket(topic="other", subject="s", message="m")
    origin = Origin(source="form", trapped=True)
    ticket = open_ticket(session, an_act(), new, content=CONTENT, origin=origin).ticket
    assert ticket.quarantine_reason == "honeypot"
    services.release(session, by(staff, later(hours=1)), ticket)
    services.release(session, by(staff, later(hours=2)), ticket)
    assert ticket.quarantined_at is None
    assert ticket.queue_at == later(hours=48)
    assert kinds_of(session, ticket).count("ticket.released") == 1


def test_a_ticket_is_found_and_locked_by_its_reference(session: Session) -> None:
    """The same row, ready to change."""
    ticket = a_ticket(session)
    assert locked(session, ticket.reference) is ticket


def test_an_act_carries_who_and_when_into_the_history(session: Session) -> None:
    """Name and key of the person, at the moment of the act."""
    staff, ticket = a_person(session), a_ticket(session)
    act = replace(by(staff), now=NOON + timedelta(minutes=3))
    services.note(session, act, ticket, writer=a_writer(staff), body="n")
    session.flush()
    event = session.scalars(select(Event).where(Event.kind == "ticket.noted")).one()
    assert (event.actor, event.actor_name, event.at) == (
        f"staff:{staff.id}",
        "Agent One",
        later(minutes=3),
    )
