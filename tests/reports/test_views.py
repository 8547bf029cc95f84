"""The adherence page: a share with what it rests on, and beside it what no share shows."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.desk.browser import Browser, Desk
from tests.fakes import FakeClock
from trustops.tickets.models import Ticket
from trustops.tickets.rules import Status
from trustops.tickets.services import Change

SLA = "/desk/sla"


@pytest.fixture
def desk(app: Flask, clock: FakeClock) -> Desk:
    """An empty desk."""
    return Desk(app, clock)


@pytest.fixture
def lead(desk: Desk) -> Browser:
    """A lead who is signed in."""
    return desk.signed_in("lead", "Lead One")


def answered(desk: Desk, staff: Browser, late: bool = False) -> Ticket:
    """A ticket that fell due a while ago, answered on time unless it was late."""
    ticket = desk.ticket()
    desk.clock.advance(hours=49 if late else 47)
    desk.answer(ticket, staff.staff)
    desk.clock.advance(hours=1 if late else 3)
    return ticket


def plain(page: str) -> str:
    """The page with all white space folded."""
    return " ".join(page.replace("&nbsp;", " ").split())


def page_of(desk: Desk, path: str = SLA) -> str:
    """The page as a lead who has just signed in reads it."""
    return plain(desk.signed_in("lead", f"Lead {desk.clock.now():%j %H}").text(path))


def test_where_nothing_fell_due_no_share_is_made_up(lead: Browser) -> None:
    """An empty window is neither good nor bad."""
    page = plain(lead.text(SLA))
    assert "Nothing fell due in these 30 days" in page
    assert "Nobody waits beyond the promise." in page
    assert "Overdue now: 0" in page
    assert "100.0 %" not in page


def test_the_share_stands_with_its_number_its_goal_and_its_moment(
    desk: Desk, lead: Browser
) -> None:
    """Nine of ten reach the goal of 90 %."""
    for number in range(10):
        answered(desk, lead, late=number == 3)
    page = page_of(desk)
    for words in ("90.0 %", "9 of 10 that fell due", "Goal reached", "The goal is 90 %.", "as of"):
        assert words in page, words
    for words in ("9 on time", "1 late"):
        assert words in page, words


def test_a_share_below_the_goal_never_reads_as_the_goal(desk: Desk, lead: Browser) -> None:
    """It is rounded down: two of three are 66.6 %."""
    for late in (False, False, True):
        answered(desk, lead, late=late)
    page = page_of(desk)
    assert "66.6 %" in page
    assert "Below the goal" in page


def test_the_overdue_stand_beside_it_the_longest_waiting_first(desk: Desk, lead: Browser) -> None:
    """With a link, by how much, and whose they are."""
    long = desk.ticket(60, subject="<i>long</i>")
    short = desk.ticket(50, subject="short")
    desk.change(short, lead.staff, Change(assignee_id=lead.staff.id))
    page = plain(lead.text(SLA))
    assert "Overdue now: 2" in page
    assert page.index(f"/desk/tickets/{long.reference}") < page.index(short.reference)
    for words in ("−12 h 00 min", "−2 h 00 min", "no owner", "&lt;i&gt;long&lt;/i&gt;"):
        assert words in page, words
    assert page.count("Lead One") == 2, "in the list and in the menu"


def test_the_worst_case_of_the_next_day_is_worked_out(desk: Desk, lead: Browser) -> None:
    """One met and one due in the next 24 h: half, if it breached."""
    answered(desk, lead)
    desk.ticket(40)
    page = page_of(desk)
    assert "Due in the next 24 h: 1" in page
    assert "this window would stand at 50.0 %" in page


def test_closing_without_an_answer_is_shown_and_improves_nothing(desk: Desk, lead: Browser) -> None:
    """In time, it is in no share and has a place of its own; late, it stays a breach."""
    ticket = desk.ticket(60)
    desk.change(ticket, lead.staff, Change(status=Status.CLOSED))
    soon = desk.ticket(47)
    desk.change(soon, lead.staff, Change(status=Status.CLOSED))
    desk.clock.advance(hours=2)
    page = page_of(desk)
    assert "Closed without an answer: 1<" in page
    assert "0 of 1 that fell due" in page


@pytest.mark.parametrize(("days", "first"), [(7, "18 Nov"), (30, "26 Oct"), (90, "27 Aug")])
def test_every_day_of_the_window_is_in_the_table(
    desk: Desk, lead: Browser, days: int, first: str
) -> None:
    """Also those on which nothing was due; the chart alone would be for eyes only."""
    answered(desk, lead)
    page = page_of(desk, f"{SLA}?days={days}")
    assert page.count('<th scope="row">') == days
    assert first in page
    assert "nothing due" in page


def test_another_window_than_those_on_offer_is_the_usual_one(lead: Browser) -> None:
    """Whatever is typed into the address."""
    for asked in ("", "31", "-7", "seven", "³"):
        assert "Nothing fell due in these 30 days" in plain(lead.text(f"{SLA}?days={asked}"))


def test_who_has_no_reports_sees_none(desk: Desk) -> None:
    """A publisher publishes."""
    assert desk.signed_in("publisher", "Publisher").get(SLA).status_code == 403
