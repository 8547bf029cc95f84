"""Moments on the pages of the desk: whoever reads two knows where the first one ends."""

from __future__ import annotations

import html
import re

from tests.desk.browser import Browser, Desk
from trustops.tickets.models import Ticket

SIDE_BY_SIDE = re.compile(r"UTC \d{1,2} \w{3} \d{4}")


def words_of(page: str) -> str:
    """A page as it is copied or heard: without its markup, each entry of a list on its line."""
    lines = re.sub(r"<[^>]*>", " ", page.replace("</li>", "|")).split("|")
    return "\n".join(" ".join(html.unescape(line).split()) for line in lines)


def a_busy_ticket(desk: Desk, agent: Browser) -> Ticket:
    """A ticket whose words, clocks and changes have moments of every kind."""
    ticket = desk.ticket(60, email="holder@example.org", wallet="not a wallet")
    desk.answer(ticket, agent.staff)
    desk.requester_writes(ticket)
    return ticket


def test_no_two_moments_run_together(desk: Desk, agent: Browser) -> None:
    """Between them stands a word, also where a sentence of the history ends with one."""
    ticket = a_busy_ticket(desk, agent)
    lead = desk.signed_in("lead", "Lead One")
    lead.send("/desk/alerts/test")
    page = words_of(lead.text(f"/desk/tickets/{ticket.reference}"))
    assert re.search(r"UTC First-response clock runs, due \d+ \w+ \d+, \d\d:\d\d UTC", page)
    for path in ("alerts", "heartbeats", "exchanges", "sla", "account", "held", "patterns"):
        page += words_of(lead.text(f"/desk/{path}"))
    assert page.count(" UTC") > 20
    assert [page[m.start() - 80 : m.end() + 60] for m in SIDE_BY_SIDE.finditer(page)] == []
