"""The timeline: everything in the order in which it happened, in words that name the right one."""

from __future__ import annotations

import pytest

from tests.conftest import NOON, later
from trustops.db import Event
from trustops.desk.timeline import Entry, timeline, told
from trustops.tickets.models import Message


def message(kind: str = "requester", visibility: str = "public", **more: object) -> Message:
    """Words at noon, by a requester unless a test says otherwise."""
    values = {"author_name": "", "body": "words", "created_at": NOON, **more}
    return Message(author_kind=kind, visibility=visibility, **values)


def event(kind: str, name: str = "Agent One", **data: object) -> Event:
    """Something that an agent did at noon."""
    return Event(kind=kind, at=NOON, actor="staff:1", actor_name=name, data=data)


def clock_event(kind: str, hours: float, **data: object) -> Event:
    """Something a clock did so many hours after noon, noticed by a sweep a day later."""
    return Event(
        kind=kind,
        at=later(hours=hours + 24),
        actor="system:sla_sweep",
        actor_name="",
        data={
            "happened_at": later(hours=hours).isoformat(),
            "due_at": later(hours=48).isoformat(),
            **data,
        },
    )


def words(entries: list[Entry]) -> list[str]:
    """What a reader sees, from the top."""
    return [entry.body for entry in entries]


def test_everything_stands_in_the_order_in_which_it_happened() -> None:
    """Messages and events are one line of time, the oldest first."""
    found = timeline(
        [message(body="first"), message(body="third", created_at=later(hours=2))],
        [event("ticket.priority", **{"from": "low", "to": "high"})],
    )
    assert words(found) == ["first", "Agent One changed the priority from low to high", "third"]


def test_of_one_instant_the_opening_comes_first_then_the_words() -> None:
    """A ticket is opened, then something is said, then its clock runs."""
    found = timeline(
        [message(body="Is it over?")],
        [clock_event("sla.activate", 0), event("ticket.opened", "Requester")],
    )
    assert words(found) == [
        "Requester opened the ticket",
        "Is it over?",
        "First-response clock runs, due 24 Nov 2026, 12:00 UTC",
    ]


def test_what_a_clock_did_stands_where_it_happened_and_names_nobody() -> None:
    """Whoever happened to notice a breach did not commit it."""
    [breach] = timeline([], [clock_event("sla.breach", 48)])
    assert (breach.at, breach.state) == (later(hours=48), "breached")
    assert breach.body == "First response is overdue: the clock breached"


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("sla.at_risk", {"percent": 75}, "75 % of the time for a first response has passed"),
        ("sla.fulfil", {}, "First response given"),
        ("sla.fulfil", {"late": True}, "First response given, late"),
        (
            "sla.cancel",
            {"reason": "closed_by_agent"},
            "First-response clock cancelled: closed by agent",
        ),
        ("ticket.assigned", {"to": "Agent Two"}, "Agent One gave the ticket to Agent Two"),
        ("ticket.assigned", {"to": "Agent One"}, "Agent One took the ticket"),
        ("ticket.assigned", {"to": ""}, "Agent One gave the ticket back to nobody"),
        ("ticket.noted", {}, "Agent One wrote an internal note"),
        (
            "ticket.pieces_out",
            {"texts": 3},
            "Agent One took the pieces of a secret out of 3 texts: what completed it was refused",
        ),
        ("ticket.invented", {}, "Agent One ticket.invented"),
    ],
)
def test_every_event_is_a_sentence(kind: str, data: dict[str, object], sentence: str) -> None:
    """One that nobody has words for yet shows its name, so that nothing is hidden."""
    assert told(kind, "Agent One", {"due_at": NOON.isoformat(), **data}) == sentence


def test_a_late_answer_is_no_good_one() -> None:
    """It is drawn as the breach that it does not undo."""
    met, late = timeline(
        [], [clock_event("sla.fulfil", 1), clock_event("sla.fulfil", 50, late=True)]
    )
    assert (met.state, late.state) == ("met", "breached")


def test_an_event_whose_words_stand_there_is_not_told_twice() -> None:
    """The message itself says that somebody answered."""
    found = timeline([message("agent", author_name="Agent One")], [event("ticket.replied")])
    assert [entry.kind for entry in found] == ["reply"]


@pytest.mark.parametrize(
    ("author", "visibility", "kind", "name"),
    [
        ("requester", "public", "requester", "Requester"),
        ("agent", "public", "reply", "Agent One"),
        ("agent", "internal", "note", "Agent One"),
        ("system", "public", "automatic", "TrustOps Desk"),
    ],
)
def test_each_message_shows_who_speaks(author: str, visibility: str, kind: str, name: str) -> None:
    """Above all, an internal note and an automatic message never look like an answer."""
    given = "Agent One" if author == "agent" else ""
    [entry] = timeline([message(author, visibility, author_name=given)], [])
    assert (entry.kind, entry.author) == (kind, name)
