"""Mail to requesters: to prove an address, to find the way back, to learn of an answer.

Each mail is written in the moment in which it is sent, with a fresh link and texts of our own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.factories import CONTENT, a_person, a_writer, an_act, by
from tests.fakes import FakeClock
from tests.web_fixtures import settings_for
from trustops.channels.models import Delivery
from trustops.channels.rules import Message, Outcome
from trustops.channels.services import claim, settle
from trustops.content.operator import EXAMPLE
from trustops.db import Event
from trustops.errors import NotFoundError
from trustops.settings import Settings
from trustops.tickets import services
from trustops.tickets.forms import NewTicket
from trustops.tickets.links import open_link
from trustops.tickets.mail import (
    RequesterMail,
    announce_answer,
    ask_for_new_link,
    confirm_address,
)
from trustops.tickets.models import Ticket
from trustops.tickets.opening import Origin, ask_to_confirm, open_ticket
from trustops.tickets.rules import Purpose, Status

WORDS = "words that only the requester and staff may read"
ADDRESS = "holder@example.org"


@dataclass
class Desk:
    """A desk that can send mail, and what it sent."""

    session: Session
    settings: Settings
    clock: FakeClock
    is_named: bool = True
    sent: list[Message] = field(default_factory=list)

    def opened(self) -> Ticket:
        """A ticket whose requester gave an address."""
        new = NewTicket(topic="other", subject="About it", message=WORDS, email=ADDRESS)
        origin = Origin(source="form", mail_works=True)
        return open_ticket(self.session, an_act(), new, content=CONTENT, origin=origin).ticket

    def deliver(self) -> list[Message]:
        """Send all that waits, and give what went out."""
        self.session.flush()
        due = later(days=1)
        composers = RequesterMail(
            self.settings, self.clock, "The desk", is_named=self.is_named
        ).composers()
        gone: list[Message] = []
        while claimed := claim(self.session, due):
            written = composers[claimed.kind](self.session, claimed)
            outcome = Outcome.rejected("No longer needed.") if written is None else Outcome.sent()
            settle(self.session, due, claimed, outcome)
            gone += [written] if written else []
        self.sent += gone
        return gone

    def link_in(self, mail: Message) -> str:
        """The token of the private link in a mail."""
        found = re.search(r"/support/(?:t|confirm)/([\w-]{43})", mail.text)
        assert found is not None
        return found.group(1)

    def confirmed(self) -> Ticket:
        """A ticket whose address was confirmed by the link that was mailed to it."""
        ticket = self.opened()
        (mail,) = self.deliver()
        confirm_address(self.session, an_act(later(minutes=5)), self.link_in(mail))
        return ticket


@pytest.fixture
def desk(session: Session, database: str, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with a mail server, at noon."""
    folder = tmp_path_factory.mktemp("instance")
    settings = settings_for(
        database, folder, SMTP_URL="smtp://mail.example", MAIL_FROM="desk@example.org"
    )
    return Desk(session, settings, FakeClock(NOON))


def test_the_first_mail_only_asks_whether_the_address_is_right(desk: Desk) -> None:
    """It carries no word of the requester, for the address may be a stranger's."""
    ticket = desk.opened()
    (mail,) = desk.deliver()
    assert mail.recipient == ADDRESS
    assert ticket.reference in mail.subject
    assert "asks for your recovery phrase" in mail.text
    for text in (mail.subject, mail.text):
        assert WORDS not in text
        assert "About it" not in text


def test_a_mail_says_when_nobody_answers_for_the_site(desk: Desk) -> None:
    """Below the name under which the desk signs, and only then."""
    desk.is_named = False
    desk.opened()
    assert desk.deliver()[0].text.endswith(f"\nThe desk\n{EXAMPLE}\n")
    desk.is_named = True
    desk.opened()
    assert desk.deliver()[0].text.endswith("\nThe desk\n")


def test_an_address_is_asked_three_times_a_day_however_many_tickets_name_it(desk: Desk) -> None:
    """Otherwise old tickets, each asked for once a day, would make the form a weapon."""
    for day in range(2):
        for hour in range(3):
            new = NewTicket(topic="other", subject="About it", message=WORDS, email=ADDRESS)
            origin = Origin(source="form", mail_works=True)
            act = an_act(later(days=day, hours=hour))
            open_ticket(desk.session, act, new, content=CONTENT, origin=origin)
    desk.session.flush()
    tickets = list(desk.session.scalars(select(Ticket)))
    queued = [ask_to_confirm(desk.session, an_act(later(days=4)), ticket) for ticket in tickets]
    assert queued == [True, True, True, False, False, False]


def test_the_link_confirms_once_and_for_a_day(desk: Desk) -> None:
    """A second press, and a press after 24 hours, find nothing."""
    ticket = desk.opened()
    (mail,) = desk.deliver()
    token = desk.link_in(mail)
    with pytest.raises(NotFoundError):
        confirm_address(desk.session, an_act(later(hours=25)), token)
    confirm_address(desk.session, an_act(later(hours=23)), token)
    assert ticket.email_confirmed_at == later(hours=23)
    with pytest.raises(NotFoundError):
        confirm_address(desk.session, an_act(later(hours=23)), token)


def test_the_link_stands_in_no_row(desk: Desk) -> None:
    """The outbox names the ticket; the link is made when the mail is sent."""
    desk.opened()
    (mail,) = desk.deliver()
    desk.session.flush()
    (row,) = desk.session.scalars(select(Delivery)).all()
    assert desk.link_in(mail) not in str(row.payload)
    assert ADDRESS not in f"{row.payload} {row.target} {row.dedupe_key}"


def test_a_mail_that_is_no_longer_needed_is_not_sent(desk: Desk) -> None:
    """The address was confirmed, or taken away, before the mail went out."""
    ticket = desk.opened()
    ticket.email_confirmed_at = NOON
    assert desk.deliver() == []
    other = desk.opened()
    other.email = None
    assert desk.deliver() == []


def test_an_answer_is_announced_to_a_confirmed_address_alone(desk: Desk) -> None:
    """With a link that opens the ticket, and without the answer's words."""
    staff = a_person(desk.session)
    unconfirmed = desk.opened()
    desk.deliver()
    ticket = desk.confirmed()
    for one in (unconfirmed, ticket):
        act = by(staff, later(hours=1))
        services.reply(
            desk.session, act, one, writer=a_writer(staff), body=WORDS, then=Status.WAITING
        )
        announce_answer(desk.session, act, one)
    (mail,) = desk.deliver()
    assert ticket.reference in mail.subject
    assert WORDS not in mail.text
    link = open_link(desk.session, later(hours=2), desk.link_in(mail), Purpose.VIEW)
    assert link.ticket_id == ticket.id


def test_a_new_link_goes_to_the_confirmed_address_and_ends_the_earlier_ones(desk: Desk) -> None:
    """Whoever lost a link may have lost it to somebody."""
    ticket = desk.confirmed()
    act = an_act(later(hours=1))
    for _ in range(3):
        ask_for_new_link(
            desk.session, act, reference=ticket.reference.lower(), email=ADDRESS.upper()
        )
    (first,) = desk.deliver()
    sent = select(func.count()).where(Event.kind == "ticket.link_sent")
    assert desk.session.scalar(sent) == 1
    desk.clock.advance(hours=2)
    ask_for_new_link(
        desk.session, an_act(later(hours=3)), reference=ticket.reference, email=ADDRESS
    )
    (second,) = desk.deliver()
    with pytest.raises(NotFoundError):
        open_link(desk.session, later(hours=4), desk.link_in(first), Purpose.VIEW)
    link = open_link(desk.session, later(hours=4), desk.link_in(second), Purpose.VIEW)
    assert link.ticket_id == ticket.id


@pytest.mark.parametrize("wrong", ["reference", "email", "unconfirmed"])
def test_a_pair_that_does_not_belong_together_sends_nothing(desk: Desk, wrong: str) -> None:
    """And nobody learns which half was wrong."""
    ticket = desk.opened() if wrong == "unconfirmed" else desk.confirmed()
    desk.deliver()
    ask_for_new_link(
        desk.session,
        an_act(later(hours=1)),
        reference="MIG-2222222" if wrong == "reference" else ticket.reference,
        email="stranger@example.org" if wrong == "email" else ADDRESS,
    )
    assert desk.deliver() == []


def test_a_link_in_a_mail_that_waited_until_the_address_was_unconfirmed_is_not_made(
    desk: Desk,
) -> None:
    """What is true when the mail is sent decides, not what was true when it was queued."""
    staff, ticket = a_person(desk.session), desk.confirmed()
    announce_answer(desk.session, by(staff), ticket)
    ask_for_new_link(desk.session, an_act(), reference=ticket.reference, email=ADDRESS)
    ticket.email_confirmed_at = None
    assert desk.deliver() == []
