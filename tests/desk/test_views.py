"""The page of a ticket: who reads what, what stops the clock, that no work of anybody is lost."""

from __future__ import annotations

import html

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.desk.browser import Browser, Desk, chosen, hidden, merged
from trustops.accounts.models import Staff
from trustops.tickets.conversation import PART
from trustops.tickets.models import Message, SlaClock, Ticket
from trustops.tickets.rules import Priority, Status
from trustops.tickets.services import Change

EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'>"


def at(ticket: Ticket, action: str = "") -> str:
    """The address of a ticket's page, or of what can be done on it."""
    return f"/desk/tickets/{ticket.reference}{action}"


def clock_of(desk: Desk, ticket: Ticket) -> SlaClock:
    """The ticket's one clock as it is now."""
    return desk.write(
        lambda session: session.scalars(
            select(SlaClock).where(SlaClock.ticket_id == ticket.id)
        ).one()
    )


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket that came ten hours ago."""
    return desk.ticket(10, subject="0 eligible", message="Why?\nhttps://example.org/claim")


@pytest.fixture
def colleague(desk: Desk) -> Browser:
    """A second agent."""
    return desk.signed_in("agent", "Agent Two")


def test_words_are_shown_as_text_with_their_lines(ticket: Ticket, agent: Browser) -> None:
    """An address in them is never a link: it may be the very trap that they tell of."""
    page = agent.text(at(ticket))
    assert "Why?\n<bdi>hxxps://example[.]org/claim</bdi>" in page
    assert 'href="https://example.org' not in page


def test_markup_in_words_subject_and_names_is_text(desk: Desk) -> None:
    """Whoever wrote it: a requester by the form, or a colleague in a note."""
    evil = desk.signed_in("agent", EVIL)
    made = desk.ticket(subject=EVIL, message=EVIL)
    evil.send(at(made, "/reply"), visibility="internal", body=EVIL)
    page = evil.text(at(made))
    assert "<img" not in page
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(2)&lt;/script&gt;") >= 4


def test_an_answer_stops_the_clock_and_stands_in_the_timeline(
    desk: Desk, ticket: Ticket, agent: Browser
) -> None:
    """The page leads to it; the ticket waits for its requester."""
    answer = agent.send(at(ticket, "/reply"), visibility="public", version="1", body="Not yet.")
    assert (answer.status_code, answer.location) == (303, at(ticket) + "#newest")
    assert clock_of(desk, ticket).state == "met"
    assert desk.read(ticket.reference).status == Status.WAITING
    page = agent.text(at(ticket))
    assert 'id="newest"' in page
    assert "Not yet." in page
    assert "First response given" in page


def test_an_answer_can_solve_the_ticket(desk: Desk, ticket: Ticket, agent: Browser) -> None:
    """The choice beside the button; a status that is none is refused and the words stay."""
    refused = agent.send(at(ticket, "/reply"), body="Done.", version="1", then="magic")
    assert refused.status_code == 422
    assert ">Done.</textarea>" in refused.get_data(as_text=True)
    agent.send(at(ticket, "/reply"), body="Done.", version="1", then="solved")
    assert desk.read(ticket.reference).status == Status.SOLVED


def test_a_note_does_not_stop_the_clock(desk: Desk, ticket: Ticket, agent: Browser) -> None:
    """It stands on the page, marked as what only staff see."""
    agent.send(at(ticket, "/reply"), visibility="internal", body="Ask the bridge team.")
    assert clock_of(desk, ticket).state == "running"
    page = agent.text(at(ticket))
    assert "Ask the bridge team." in page
    assert "Internal note, only staff see this" in page


def test_nothing_is_not_an_answer(desk: Desk, ticket: Ticket, agent: Browser) -> None:
    """Empty words are refused, in the field that they are missing from."""
    answer = agent.send(at(ticket, "/reply"), visibility="public", version="1", body="  \n ")
    assert answer.status_code == 422
    assert 'href="#composer"' in answer.get_data(as_text=True)
    assert clock_of(desk, ticket).state == "running"


def test_a_stale_answer_is_refused_kept_and_sent_by_a_second_press(
    desk: Desk, ticket: Ticket, agent: Browser, colleague: Browser
) -> None:
    """The agent reads what a colleague did meanwhile before the requester gets two answers."""
    colleague.send(at(ticket, "/reply"), visibility="internal", body="I am on it.")
    words = {"visibility": "public", "body": "Please wait.", "then": "open"}
    refused = agent.send(at(ticket, "/reply"), version="1", **words)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert "Somebody changed this ticket" in page
    assert "Agent Two wrote an internal note" in page
    assert ">Please wait.</textarea>" in page
    assert chosen(page)[0] == "open"
    assert clock_of(desk, ticket).state == "running"
    sent = agent.send(at(ticket, "/reply"), version=hidden(page)["version"], **words)
    assert sent.status_code == 303
    assert clock_of(desk, ticket).state == "met"


def test_a_note_is_never_stale(ticket: Ticket, agent: Browser, colleague: Browser) -> None:
    """Whatever happened meanwhile, it contradicts nothing."""
    colleague.send(at(ticket, "/change"), version="1", priority="high")
    answer = agent.send(at(ticket, "/reply"), visibility="internal", version="1", body="Called.")
    assert answer.status_code == 303


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of the form that changes a ticket, as a browser sends them."""
    fields = hidden(page)
    return {
        name: fields[name] for name in ("version", "was_status", "was_priority", "was_assignee")
    }


def test_status_priority_and_owner_change_in_one_form(
    desk: Desk, ticket: Ticket, agent: Browser
) -> None:
    """And the timeline tells each of them."""
    form = form_of(agent.text(at(ticket)))
    owner = str(agent.staff.id)
    agent.send(at(ticket, "/change"), **form, status="waiting", priority="urgent", assignee=owner)
    now = desk.read(ticket.reference)
    assert (now.status, now.priority, now.assignee_id) == ("waiting", "urgent", agent.staff.id)
    page = agent.text(at(ticket))
    assert "Agent One changed the priority from normal to urgent" in page
    assert "Agent One took the ticket" in page
    form = form_of(page)
    agent.send(at(ticket, "/change"), **form, status="waiting", priority="urgent", assignee="0")
    assert desk.read(ticket.reference).assignee_id is None


def test_a_stale_change_is_refused_and_puts_nothing_back(
    desk: Desk, ticket: Ticket, agent: Browser, colleague: Browser
) -> None:
    """It shows what changed; sent again, it changes what was chosen and no more."""
    form = form_of(agent.text(at(ticket)))
    desk.change(ticket, colleague.staff, Change(priority=Priority.HIGH))
    refused = agent.send(
        at(ticket, "/change"), **form, status="waiting", priority="normal", assignee="0"
    )
    page = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert "Agent Two changed the priority from normal to high" in page
    assert desk.read(ticket.reference).status == Status.OPEN
    assert chosen(page)[1:] == ["waiting", "high", "0"], "kept what was chosen, and no more"
    agent.send(
        at(ticket, "/change"), **form_of(page), status="waiting", priority="high", assignee="0"
    )
    now = desk.read(ticket.reference)
    assert (now.status, now.priority) == (Status.WAITING, Priority.HIGH)


@pytest.mark.parametrize(
    "wrong", [{"status": "gone"}, {"priority": "x"}, {"assignee": "9999"}, {"assignee": "-1"}]
)
def test_what_is_no_choice_is_refused(
    desk: Desk, ticket: Ticket, agent: Browser, wrong: dict[str, str]
) -> None:
    """In words, and nothing is changed."""
    answer = agent.send(at(ticket, "/change"), version="1", **wrong)
    assert answer.status_code == 422
    assert "This was not changed" in answer.get_data(as_text=True)
    assert desk.read(ticket.reference).version == 1


def test_a_colleague_who_left_is_still_named_as_owner(
    desk: Desk, ticket: Ticket, agent: Browser, colleague: Browser
) -> None:
    """Saving something else does not take the ticket from nobody's hands unseen."""
    desk.change(ticket, colleague.staff, Change(assignee_id=colleague.staff.id))

    def leave(session: Session) -> None:
        session.get_one(Staff, colleague.staff.id).disabled_at = desk.clock.now()

    desk.write(leave)
    page = agent.text(at(ticket))
    assert "Agent Two (does not answer any more)" in page
    owner = str(colleague.staff.id)
    agent.send(
        at(ticket, "/change"), **form_of(page), status="open", priority="low", assignee=owner
    )
    now = desk.read(ticket.reference)
    assert (now.priority, now.assignee_id) == ("low", colleague.staff.id)


def test_a_viewer_reads_and_cannot_answer(desk: Desk, ticket: Ticket, viewer: Browser) -> None:
    """No form on the page, and each address behind one refuses."""
    page = viewer.text(at(ticket))
    assert "Why?" in page
    assert "composer" not in page
    assert "Save changes" not in page
    assert "Assign to me" not in page
    for action in ("/reply", "/change", "/release"):
        assert viewer.send(at(ticket, action), body="Hello", version="1").status_code == 403
    assert desk.read(ticket.reference).message_count == 1


def test_an_address_is_revealed_by_a_press_and_says_whether_it_is_theirs(
    desk: Desk, agent: Browser
) -> None:
    """Anybody can type any address into a form."""
    made = desk.ticket(email="holder@example.org")
    before, _, rest = agent.text(at(made)).partition("Reveal, unconfirmed")
    assert "holder@example.org" not in before
    assert "holder@example.org" in rest

    def confirm(session: Session) -> None:
        merged(session, made).email_confirmed_at = desk.clock.now()

    desk.write(confirm)
    assert "Reveal, confirmed" in agent.text(at(made))


def test_the_page_says_why_a_first_response_is_due_when_it_is(desk: Desk, agent: Browser) -> None:
    """Start, promise, warnings, due time, and the policy that the clock keeps."""
    page = html.unescape(agent.text(at(desk.ticket(40)))).replace("\xa0", " ")
    for words in (
        "Why this due time?",
        "20 Nov 2026, 20:00 UTC",
        "48 h to the first answer by a person",
        "22 Nov 2026, 20:00 UTC",
        "Warning at 75 %",
        "first-response-48h",
        "cycle 1",
    ):
        assert words in page, words


def test_a_duplicate_is_marked_with_its_original_and_both_pages_link(
    desk: Desk, agent: Browser
) -> None:
    """Without one nothing is changed, and what was chosen stands in the form."""
    first, second = desk.ticket(), desk.ticket()
    form = {"version": "1", "was_status": "open", "was_original": "", "status": "duplicate"}
    refused = agent.send(at(second, "/change"), **form, original="")
    assert refused.status_code == 422
    assert "“Original of a duplicate” is needed" in refused.text
    assert "duplicate" in chosen(refused.text)
    done = agent.send(at(second, "/change"), **form, original=first.reference)
    assert done.status_code == 303
    assert f'href="{at(first)}"' in agent.get(at(second)).text
    assert f'href="{at(second)}"' in agent.get(at(first)).text
    assert f"changed the status from open to duplicate of {first.reference}" in agent.text(
        at(second)
    )


def test_a_long_ticket_is_read_part_by_part_and_loses_nothing(desk: Desk, agent: Browser) -> None:
    """Messages, notes and what happened beside them; the newest part is the page itself."""
    made = desk.ticket()

    def talk(session: Session) -> None:
        for number in range(PART + 2):
            session.add(
                Message(
                    ticket_id=made.id,
                    author_kind="requester",
                    author_name="",
                    visibility="internal" if number == 1 else "public",
                    body=f"word {number}",
                    created_at=desk.clock.now(),
                )
            )

    assert "Earlier messages" not in agent.text(at(made))
    desk.clock.advance(minutes=10)
    desk.write(talk)
    newest = agent.text(at(made))
    assert "Earlier messages: 3" in newest
    assert "opened the ticket" not in newest
    first = agent.text(f"{at(made)}?until=3")
    assert f"Later messages: {PART}" in first
    for words in ("opened the ticket", "word 0", "word 1"):
        assert words in first
    assert all(f"word {number}" in newest for number in range(2, PART + 2))
    assert agent.text(f"{at(made)}?until=0").count("word ") == newest.count("word ")


def test_a_ticket_costs_eight_statements(desk: Desk, ticket: Ticket, agent: Browser) -> None:
    """However much was said on it."""
    for _ in range(5):
        desk.requester_writes(ticket)
    with desk.statements() as ran:
        agent.text(at(ticket))
    assert len(ran) <= 8
