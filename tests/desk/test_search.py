"""Search, and the way around the desk: what a reader may open is what a reader sees."""

from __future__ import annotations

from tests.desk.browser import Browser, Desk, order


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
