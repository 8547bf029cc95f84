"""The alerts page in the whole application: what a person on call reads, and may do about it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.alerts.things import breach, raised
from tests.desk.browser import Browser, Desk
from tests.fakes import FakeClock
from trustops.alerts.models import Alert
from trustops.alerts.queries import PAGE
from trustops.alerts.rules import Kind, job_silent
from trustops.alerts.services import raise_alert
from trustops.channels.models import Delivery
from trustops.channels.rules import Outcome
from trustops.channels.services import claim, settle

ALERTS = "/desk/alerts"


@pytest.fixture
def desk(app: Flask, clock: FakeClock) -> Desk:
    """An empty desk."""
    return Desk(app, clock)


@pytest.fixture
def lead(desk: Desk) -> Browser:
    """A lead, who may acknowledge alerts and decide about deliveries."""
    return desk.signed_in("lead", "Lead One")


def alert(desk: Desk, number: int = 7, percent: int = 100) -> Alert:
    """An alert about a ticket, to a webhook and an address, raised now."""
    return desk.write(
        lambda session: raised(session, desk.clock.now(), breach(number, percent=percent))
    )


def sent(desk: Desk, outcome: Outcome) -> int:
    """Send the next delivery with an outcome; gives its key."""

    def send(session: Session) -> int:
        held = claim(session, desk.clock.now())
        assert held is not None
        settle(session, desk.clock.now(), held, outcome)
        return held.id

    return desk.write(send)


def plain(page: str) -> str:
    """The page with all white space folded."""
    return " ".join(page.replace("&nbsp;", " ").split())


def acknowledging(page: str) -> tuple[str, list[str]]:
    """What the one button of a page that acknowledges takes on: an alert, and others beside it."""
    [waiting] = re.findall(rf'action="{ALERTS}/(\w+)/acknowledge"', page)
    return waiting, re.findall(r'name="also" value="(\w+)"', page)


def test_an_alert_says_how_urgent_it_is_since_when_and_where_to_look(
    desk: Desk, lead: Browser
) -> None:
    """Severity as a word, age and moment, and a link to the ticket."""
    alert(desk)
    desk.clock.advance(minutes=20)
    page = plain(lead.text(ALERTS))
    for words in (
        "Critical",
        "MIG-7 had no first response within 48 h.",
        "20 min ago",
        "22 Nov 2026, 12:00 UTC",
        '<a href="/desk/tickets/MIG-7">Open MIG-7</a>',
    ):
        assert words in page, words


def test_the_newest_stands_first(desk: Desk, lead: Browser) -> None:
    """And the number of those that wait stands in the navigation of every page."""
    alert(desk, 1)
    desk.clock.advance(minutes=10)
    alert(desk, 2, percent=75)
    page = lead.text(ALERTS)
    assert page.index("MIG-2 had") < page.index("MIG-1 had")
    assert "Warning" in page
    assert '>2<span class="visually-hidden"> waiting</span>' in plain(lead.text("/desk"))


def test_each_delivery_tells_its_outcome_in_words(desk: Desk, lead: Browser) -> None:
    """State, attempts and the last error: none looks like another."""
    alert(desk)
    sent(desk, Outcome.sent())
    sent(desk, Outcome.rejected("The server answered 410."))
    alert(desk, 8)
    sent(desk, Outcome.unknown("No answer within 30 s."))
    sent(desk, Outcome.not_sent("The connection was refused."))
    page = plain(lead.text(ALERTS))
    for words in (
        "email: ops@example.org",
        ">Sent<",
        ">Refused<",
        "Unknown: it may have arrived",
        "Waiting to be sent",
        "next try <time",
        "1 attempt",
        "The server answered 410.",
        "No answer within 30 s.",
        "The connection was refused.",
    ):
        assert words in page, words


def test_acknowledging_takes_an_alert_from_the_list_and_names_who_did(
    desk: Desk, lead: Browser
) -> None:
    """It stays among all of them, with the moment; the button is gone."""
    public_id = alert(desk).public_id
    page = lead.text(ALERTS)
    assert 'Acknowledge<span class="visually-hidden">: ' in page
    answer = lead.send(f"{ALERTS}/{public_id}/acknowledge")
    assert (answer.status_code, answer.location) == (303, f"{ALERTS}?view=waiting")
    assert "No alert waits for anybody." in lead.text(ALERTS)
    page = plain(lead.text(f"{ALERTS}?view=all"))
    assert "Acknowledged by Lead One, <time" in page
    assert "Acknowledge<" not in page


def test_what_a_ticket_alerted_of_is_one_row_and_taken_on_at_once(
    desk: Desk, lead: Browser
) -> None:
    """Each kind is named with when and how it went out; what opens meanwhile goes on waiting."""
    for percent in (75, 90):
        alert(desk, 7, percent)
        desk.clock.advance(minutes=5)
    key = sent(desk, Outcome.unknown("No answer."))
    page = lead.text(ALERTS)
    assert page.count('<article class="alert-entry"') == 1
    assert page.count("How it went out") >= 2
    assert '>1<span class="visually-hidden"> waiting</span>' in plain(page)
    assert "Acknowledge all 2<" in page
    # A delivery that needs a decision is never behind a closed fold.
    assert '<details class="disclosure" open>' in plain(page)
    assert f"/desk/deliveries/{key}/send-again" in page
    waiting, also = acknowledging(page)
    alert(desk, 7)
    assert lead.send(f"{ALERTS}/{waiting}/acknowledge", also=also).status_code == 303
    page = lead.text(ALERTS)
    assert page.count('<article class="alert-entry"') == 1
    assert "Critical" in page
    assert "Warning" not in page
    everything = lead.text(f"{ALERTS}?view=all")
    assert everything.count('<article class="alert-entry"') == 1
    assert everything.count("Acknowledged by Lead One") == 2


def test_an_answer_that_waits_is_led_to_where_it_is_released(desk: Desk, lead: Browser) -> None:
    """The link says where it leads, which is not the ticket."""
    held = replace(
        breach(), kind=Kind.ANSWER_HELD, subject="held_answer:1", path="/desk/held", dedupe_key="h"
    )
    desk.write(lambda session: raised(session, desk.clock.now(), held))
    assert '<a href="/desk/held">See the answers that wait</a>' in plain(lead.text(ALERTS))


def test_sending_again_is_a_decision_with_its_risk_beside_it(desk: Desk, lead: Browser) -> None:
    """Unknown may have arrived, so a second one may be a double; it goes out with the next run."""
    alert(desk)
    key = sent(desk, Outcome.unknown("No answer."))
    assert "If it did arrive, it arrives twice." in lead.text(ALERTS)
    assert lead.send(f"/desk/deliveries/{key}/send-again").status_code == 303

    def state(session: Session) -> str:
        return session.scalars(select(Delivery.state).where(Delivery.id == key)).one()

    assert desk.write(state) == "queued"
    page = lead.text(ALERTS)
    assert "Send again" not in page
    assert "it arrives twice" not in page


def test_a_refused_delivery_can_be_sent_again_without_a_warning(desk: Desk, lead: Browser) -> None:
    """It certainly did not arrive."""
    alert(desk)
    sent(desk, Outcome.rejected("The server answered 410."))
    page = lead.text(ALERTS)
    assert "Send again" in page
    assert "it arrives twice" not in page


def test_who_only_reads_has_no_buttons(desk: Desk) -> None:
    """An agent sees how things stand; the addresses behind the buttons refuse."""
    public_id = alert(desk).public_id
    key = sent(desk, Outcome.unknown("No answer."))
    agent = desk.signed_in("agent", "Agent One")
    page = agent.text(ALERTS)
    assert "Unknown: it may have arrived" in page
    assert all(words not in page for words in ("Acknowledge<", "Send again", "Send a test"))
    paths = (f"{ALERTS}/{public_id}/acknowledge", f"/desk/deliveries/{key}/send-again")
    assert [agent.send(path).status_code for path in (*paths, f"{ALERTS}/test")] == [403] * 3
    assert desk.signed_in("viewer", "Viewer One").get(ALERTS).status_code == 403


def test_a_test_alert_stands_in_the_list_like_any_other(desk: Desk, lead: Browser) -> None:
    """So that whoever asked for it sees both ends."""
    assert "No alert waits for anybody." in lead.text(ALERTS)
    assert "New alerts go to console." in lead.text(ALERTS)
    lead.send(f"{ALERTS}/test")
    page = lead.text(ALERTS)
    assert "This is a test." in page
    assert "console" in page


def test_an_alert_without_a_page_of_its_own_has_no_link(desk: Desk, lead: Browser) -> None:
    """And one that went to nobody says so."""
    now = desk.clock.now()
    new = job_silent("sla_sweep", last_beat=now, at=now)
    desk.write(lambda session: raise_alert(session, now, new, targets=[], base_url=""))
    page = lead.text(ALERTS)
    assert "The job sla_sweep has not run" in page
    assert "It went to nobody" in page
    assert "Look at it" not in page


def test_a_long_list_goes_on_without_page_numbers(desk: Desk, lead: Browser) -> None:
    """Fifty, then the rest, then the way back."""
    for number in range(PAGE + 1):
        alert(desk, number + 100)
        desk.clock.advance(seconds=1)
    first = lead.text(ALERTS)
    assert first.count('<article class="alert-entry"') == PAGE
    href = first[: first.index('rel="next"')].rpartition('href="')[2].partition('"')[0]
    second = lead.text(href.replace("&amp;", "&"))
    assert second.count('<article class="alert-entry"') == 1
    assert "Back to the start" in second
    assert "No alert has ever opened here." not in lead.text(f"{ALERTS}?view=all")
