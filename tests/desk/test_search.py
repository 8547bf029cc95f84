"""Search, and the way around the desk: what a reader may open is what a reader sees."""

from __future__ import annotations

import re

from tests.desk.browser import Browser, Desk, hidden, order


def words_of_link(page: str, start: str) -> str:
    """What somebody hears who comes to a link, by how its source begins."""
    inside = page[page.index(start) :].partition("</a>")[0].partition(">")[2]
    words = " ".join(re.sub(r"<[^>]*>", "", inside).split())
    return words.replace(" ,", ",")


def test_search_finds_by_reference_wallet_and_words(desk: Desk, agent: Browser) -> None:
    """The words of messages too; what is not there is said, with what can be searched."""
    wallet = "DemoWa11etDemoWa11etDemoWa11etDemoWa11etDemo"
    ticket = desk.ticket(wallet=wallet, message="I moved it to a hardware wallet.")
    desk.ticket(subject="Something else")
    for query in (ticket.reference.lower(), wallet, "hardware"):
        assert order(agent.text(f"/desk/search?q={query}")) == [ticket.reference]
    assert "No ticket matches all of this." in agent.text("/desk/search?q=zeppelin")
    assert "Finds a whole reference, wallet or e-mail address" in agent.text("/desk/search")


def test_the_navigation_shows_what_the_reader_may_open(desk: Desk) -> None:
    """A publisher sees neither tickets nor alerts nor figures; a viewer no alerts."""
    publisher = desk.signed_in("publisher", "Publisher").text("/desk/patterns")
    assert all(f'href="{path}"' not in publisher for path in ("/desk/alerts", "/desk/sla"))
    assert "desk-search" not in publisher
    viewer = desk.signed_in("viewer", "Viewer").text("/desk")
    assert 'href="/desk/alerts"' not in viewer
    assert 'href="/desk/sla"' in viewer


def test_who_may_release_reads_how_many_answers_wait_on_every_page(
    desk: Desk, agent: Browser
) -> None:
    """In words for whoever hears the page; nobody else has the entry, nor pays for its count."""
    lead = desk.signed_in("lead", "Lead One")
    entry = '<a href="/desk/held"'
    assert "Held answers" in words_of_link(lead.text("/desk/sla"), entry)
    assert "waiting" not in words_of_link(lead.text("/desk/sla"), entry)
    for _ in range(2):
        path = f"/desk/tickets/{desk.ticket().reference}"
        form = {"form_key": hidden(agent.text(path))["form_key"], "visibility": "public"}
        agent.send(
            f"{path}/reply", **form, body="Your tokens will be paid out by 12 December 2099."
        )
    for path in ("/desk", "/desk/held", "/desk/sla"):
        assert words_of_link(lead.text(path), entry) == "Held answers, 2 waiting"
    assert words_of_link(desk.signed_in("admin", "Admin").text("/desk"), entry).endswith("waiting")
    assert entry not in agent.text("/desk")
    with desk.statements() as of_agent:
        agent.text("/desk")
    with desk.statements() as of_lead:
        lead.text("/desk")
    assert len(of_lead) == len(of_agent) + 1
