"""The lists of the desk: what each holds, in which order, and what can be done to many at once."""

from __future__ import annotations

import html

import pytest
from sqlalchemy.orm import Session

from tests.desk.browser import Browser, Desk, hidden, merged, order
from tests.factories import CONTENT, an_act
from trustops.desk.queue import EMPTY
from trustops.tickets import queries
from trustops.tickets.forms import NewTicket
from trustops.tickets.models import Ticket
from trustops.tickets.opening import Origin, open_ticket
from trustops.tickets.rules import Priority, Status
from trustops.tickets.services import Change

EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'>"


def set_aside(desk: Desk, subject: str = "spam?") -> Ticket:
    """A ticket that a program sent and that stands in quarantine."""
    new = NewTicket(topic="other", subject=subject, message="Buy now.")
    origin = Origin(source="form", trapped=True)
    return desk.write(
        lambda session: (
            open_ticket(
                session, an_act(desk.clock.now()), new, content=CONTENT, origin=origin
            ).ticket
        )
    )


def test_the_first_due_stands_first(desk: Desk, agent: Browser) -> None:
    """The list is ordered by the time that is left, the overdue first of all."""
    young, late, old = desk.ticket(2), desk.ticket(50), desk.ticket(46)
    page = agent.text("/desk")
    assert order(page) == [late.reference, old.reference, young.reference]
    assert "−2 h 00 min" in page
    assert "2 h 00 min left" in page
    assert "46 h 00 min left" in page


def test_a_row_says_what_decides_whether_to_open_it(desk: Desk, agent: Browser) -> None:
    """State, reference, topic, language, priority, number of messages, age and owner."""
    ticket = desk.ticket(40, subject="Which network?", locale="ko", topic="bridge")
    desk.change(ticket, agent.staff, Change(priority=Priority.HIGH, assignee_id=agent.staff.id))
    page = agent.text("/desk")
    for words in (
        "At risk",
        ticket.reference,
        "Which network?",
        "Bridging between chains",
        'data-tone="warning"',
        ">high</span>",
        'lang="ko">Which network?</span>',
        "1 message",
        "40 h old",
        "Agent One (you)",
    ):
        assert words in " ".join(page.split()), words


def a_full_desk(desk: Desk, agent: Browser, other: Browser) -> None:
    """One ticket for each list, named after where it belongs."""
    desk.ticket(5, subject="unassigned")
    mine = desk.ticket(6, subject="mine")
    desk.change(mine, agent.staff, Change(assignee_id=agent.staff.id))
    for hours, subject in ((45, "soon"), (49, "overdue"), (7, "theirs")):
        ticket = desk.ticket(hours, subject=subject)
        desk.change(ticket, other.staff, Change(assignee_id=other.staff.id))
    for subject, status in (("waiting", Status.WAITING), ("ended", Status.SOLVED)):
        ticket = desk.ticket(8, subject=subject)
        desk.change(ticket, other.staff, Change(assignee_id=other.staff.id))
        desk.answer(ticket, other.staff, then=status)
    junk = desk.ticket(9, subject="junk")
    desk.change(junk, other.staff, Change(status=Status.SPAM))
    set_aside(desk, "aside")


OPEN = ["overdue", "soon", "theirs", "mine", "unassigned"]


@pytest.mark.parametrize(
    ("view", "subjects"),
    [
        ("all", OPEN),
        ("unassigned", ["unassigned"]),
        ("mine", ["mine"]),
        ("due-soon", ["soon"]),
        ("overdue", ["overdue"]),
        ("waiting", ["waiting"]),
        ("ended", ["ended"]),
        ("spam", ["junk"]),
        ("quarantine", ["aside"]),
    ],
)
def test_each_list_holds_what_it_says(
    desk: Desk, agent: Browser, view: str, subjects: list[str]
) -> None:
    """And nothing else; the list of the reader is that of the reader."""
    a_full_desk(desk, agent, desk.signed_in("agent", "Agent Two"))
    found = [desk.read(reference).subject for reference in order(agent.text(f"/desk/queue/{view}"))]
    assert found == subjects


def test_each_list_says_how_many_it_holds(desk: Desk, agent: Browser) -> None:
    """The numbers stand beside the names, on every list."""
    a_full_desk(desk, agent, desk.signed_in("agent", "Agent Two"))
    page = " ".join(agent.text("/desk/queue/spam").split())
    for name, count in (("All open", 5), ("Mine", 1), ("Overdue", 1), ("Quarantine", 1)):
        _, _, rest = page.partition(f">{name} <span")
        assert rest.partition("</span>")[0].endswith(f">{count}"), name


@pytest.mark.parametrize("view", list(queries.View))
def test_an_empty_list_says_why(agent: Browser, view: queries.View) -> None:
    """Each in its own words, and there is nothing to choose."""
    page = agent.text(f"/desk/queue/{view}")
    assert EMPTY[view] in page
    assert 'type="checkbox" id="choose' not in page


def test_a_long_list_goes_on_without_page_numbers(desk: Desk, agent: Browser) -> None:
    """Fifty rows, then the next fifty; none twice and none left out."""
    made = [desk.ticket(hours) for hours in range(queries.PAGE + 1)]
    first = agent.text("/desk")
    assert len(order(first)) == queries.PAGE
    _, _, rest = first.partition('rel="next"')
    href = html.unescape(
        first[: first.index('rel="next"')].rpartition('href="')[2].partition('"')[0]
    )
    assert "Next 50" in rest
    second = agent.text(href)
    assert order(second) == [made[0].reference]
    assert "Back to the start" in second


def test_there_is_no_other_list(agent: Browser) -> None:
    """Neither to see, nor to refresh, nor to act on."""
    assert agent.get("/desk/queue/secret").status_code == 404
    assert agent.get("/desk/queue/secret/rows").status_code == 404
    assert agent.send("/desk/queue/secret/bulk", action="spam").status_code == 404


def live(page: str) -> str:
    """The address from which a page refreshes its list."""
    return html.unescape(page.partition('hx-get="')[2].partition('"')[0])


def test_the_list_refreshes_itself_only_when_it_looks_different(desk: Desk, agent: Browser) -> None:
    """204 while nothing changed; the whole live part, which asks on, when something did."""
    ticket = desk.ticket()
    path = live(agent.text("/desk"))
    assert agent.get(path).status_code == 204
    desk.change(ticket, agent.staff, Change(priority=Priority.URGENT))
    fresh = agent.text(path)
    assert "urgent" in fresh
    assert "<html" not in fresh
    assert agent.get(live(fresh)).status_code == 204


def test_refreshing_is_no_activity(desk: Desk, agent: Browser) -> None:
    """A page that is left open does not keep anybody signed in."""
    path = live(agent.text("/desk"))
    for _ in range(3):
        desk.clock.advance(minutes=9)
        assert agent.get(path).status_code in {200, 204}
    desk.clock.advance(minutes=9)
    assert agent.client.get(path, headers={"HX-Request": "true"}).status_code == 401
    assert agent.get("/desk").status_code == 303


def test_chosen_tickets_are_taken_at_once(desk: Desk, agent: Browser) -> None:
    """Assigned to whoever pressed the button, and the page says which."""
    chosen = [desk.ticket(1), desk.ticket(2)]
    left = desk.ticket(3)
    answer = agent.send(
        "/desk/queue/unassigned/bulk",
        action="assign-me",
        reference=[ticket.reference for ticket in chosen],
    )
    assert (answer.status_code, answer.location) == (303, "/desk/queue/unassigned")
    page = agent.text("/desk/queue/unassigned")
    assert order(page) == [left.reference]
    assert all(ticket.reference in page for ticket in chosen)
    assert order(agent.text("/desk/queue/mine"))[::-1] == [ticket.reference for ticket in chosen]


def test_chosen_tickets_are_spam_at_once(desk: Desk, agent: Browser) -> None:
    """They leave the queue and their clocks end."""
    ticket = desk.ticket()
    agent.send("/desk/queue/all/bulk", action="spam", reference=ticket.reference)
    now = desk.read(ticket.reference)
    assert (now.status, now.due_at, now.queue_at) == (Status.SPAM, None, None)


def test_a_ticket_is_released_from_quarantine(desk: Desk, agent: Browser) -> None:
    """It stands in the queue with the clock that has been running all along."""
    ticket = set_aside(desk)
    page = agent.text("/desk/queue/quarantine")
    assert "filled in a field that no person sees" in page
    assert "Release from quarantine" in page
    agent.send("/desk/queue/quarantine/bulk", action="release", reference=ticket.reference)
    assert order(agent.text("/desk")) == [ticket.reference]


def test_choosing_nothing_changes_nothing_and_says_so(agent: Browser) -> None:
    """And an action that is none is refused."""
    agent.send("/desk/queue/all/bulk", action="spam")
    assert "No ticket was chosen" in agent.text("/desk")
    assert agent.send("/desk/queue/all/bulk", action="delete").status_code == 422


def test_one_unknown_reference_undoes_the_whole_choice(desk: Desk, agent: Browser) -> None:
    """It is one transaction: all of them or none."""
    ticket = desk.ticket()
    answer = agent.send(
        "/desk/queue/all/bulk", action="spam", reference=[ticket.reference, "MIG-ZZZZZZZ"]
    )
    assert answer.status_code == 404
    assert desk.read(ticket.reference).status == Status.OPEN


def test_who_may_not_answer_has_nothing_to_choose_with(desk: Desk, viewer: Browser) -> None:
    """No boxes, no buttons, and the address behind them refuses too."""
    ticket = desk.ticket()
    page = viewer.text("/desk")
    assert order(page) == [ticket.reference]
    assert "bulk-bar" not in page
    assert "choose-" not in page
    assert "Open a ticket for somebody" not in page
    answer = viewer.send("/desk/queue/all/bulk", action="spam", reference=ticket.reference)
    assert answer.status_code == 403


def test_what_strangers_and_colleagues_wrote_stays_text(desk: Desk) -> None:
    """A subject and a name with markup are shown as they are, on the list and in the search."""
    evil = desk.signed_in("agent", "<b>Eve</b>")
    ticket = desk.ticket(subject=EVIL)
    desk.change(ticket, evil.staff, Change(assignee_id=evil.staff.id))
    for path in ("/desk", "/desk/search?q=onerror"):
        page = evil.text(path)
        assert "<img" not in page
        assert "<b>Eve" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page
        assert "&lt;b&gt;Eve&lt;/b&gt; (you)" in page


def test_a_list_costs_five_statements_however_long_it_is(desk: Desk, agent: Browser) -> None:
    """Rows, who left, counts, the number of alerts; nothing for each row."""
    for hours in range(12):
        desk.ticket(hours)
    with desk.statements() as page:
        agent.text("/desk")
    with desk.statements() as refreshed:
        agent.text("/desk/queue/all/rows")
    assert len(page) <= 5
    assert len(refreshed) <= 3


def test_a_new_word_of_the_requester_is_told_to_eyes_and_ears(desk: Desk, agent: Browser) -> None:
    """An answered ticket on which somebody wrote again is a follow-up, due by the same promise."""
    ticket = desk.ticket(10)
    desk.answer(ticket, agent.staff)
    desk.requester_writes(ticket)
    page = agent.text("/desk")
    assert "Follow-up" in page
    assert "48 h 00 min left" in page
    assert "new words from the requester" in page
    assert hidden(page)["csrf_token"]


def test_a_ticket_that_was_parked_unanswered_stays_in_the_queue(desk: Desk, agent: Browser) -> None:
    """Setting it to waiting takes it from no list, and the row says that nobody answered."""
    ticket = desk.ticket(3)
    desk.change(ticket, agent.staff, Change(status=Status.WAITING))
    assert "set to waiting, and not answered" in agent.text("/desk")

    def parked(session: Session) -> bool:
        return merged(session, ticket).queue_at is not None

    assert desk.write(parked)
