"""Forms of the desk that are sent twice do their work once."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from tests.desk.browser import Browser, Desk
from trustops.channels.models import Delivery
from trustops.tickets.models import Message, Ticket

_KEY = re.compile(r'name="form_key" value="([0-9a-f]{32})"')
_REFERENCE = re.compile(r"MIG-[A-Z0-9]{7}")


def key_on(agent: Browser, path: str) -> str:
    """The key of the first form of a page that makes something."""
    found = _KEY.search(agent.text(path))
    assert found is not None
    return found.group(1)


def messages(desk: Desk) -> list[tuple[str, str]]:
    """Every message but the first: who may read it, and its words."""
    rows = desk.write(
        lambda session: session.execute(
            select(Message.visibility, Message.body).order_by(Message.id).offset(1)
        ).all()
    )
    return [(row.visibility, row.body) for row in rows]


def test_a_reply_and_a_note_sent_twice_are_written_once(desk: Desk, agent: Browser) -> None:
    """The second sending is led to the ticket, and is no stale edit although it changed it."""
    reference = desk.ticket().reference
    path = f"/desk/tickets/{reference}"
    version = str(desk.read(reference).version)
    reply = {"form_key": key_on(agent, path), "version": version, "visibility": "public"}
    for _ in range(2):
        answer = agent.send(f"{path}/reply", **reply, body="It is over.", then="solved")
        assert (answer.status_code, answer.location) == (303, f"{path}#newest")
    note = {"form_key": key_on(agent, path), "visibility": "internal"}
    for _ in range(2):
        assert agent.send(f"{path}/reply", **note, body="Seen before.").status_code == 303
    assert messages(desk) == [("public", "It is over."), ("internal", "Seen before.")]


def test_a_reply_put_right_is_not_lost(desk: Desk, agent: Browser) -> None:
    """Other words from the page as it was rest on an older ticket: refused, and given back."""
    reference = desk.ticket().reference
    path = f"/desk/tickets/{reference}"
    version = str(desk.read(reference).version)
    reply = {"form_key": key_on(agent, path), "version": version, "visibility": "public"}
    agent.send(f"{path}/reply", **reply, body="It is over.")
    answer = agent.send(f"{path}/reply", **reply, body="It is not over.")
    assert answer.status_code == 409
    assert "It is not over." in answer.get_data(as_text=True)
    assert messages(desk) == [("public", "It is over.")]


def test_a_change_sent_twice_is_made_once_and_is_no_conflict(desk: Desk, agent: Browser) -> None:
    """Nobody is told that somebody else changed what they changed themselves."""
    reference = desk.ticket().reference
    path = f"/desk/tickets/{reference}"
    before = desk.read(reference).version
    form = {"form_key": key_on(agent, path), "version": str(before), "priority": "high"}
    for _ in range(2):
        answer = agent.send(f"{path}/change", **form, status="", assignee="")
        assert answer.status_code == 303
    after = desk.read(reference)
    assert (after.priority, after.version) == ("high", before + 1)


def test_a_ticket_opened_for_somebody_twice_is_one_with_a_link_that_works(
    desk: Desk, agent: Browser
) -> None:
    """The page with the link is shown once more, for it may not have arrived."""
    form = {"topic": "exchange", "subject": "At the meetup", "message": "How long?"}
    key = key_on(agent, "/desk/new")
    links = set()
    for _ in range(2):
        page = agent.send("/desk/new", **form, form_key=key).get_data(as_text=True)
        links.update(re.findall(r"/support/t/[\w-]+", page))
    tickets = desk.write(lambda session: session.scalar(select(func.count()).select_from(Ticket)))
    assert tickets == 1
    assert len(links) == 2
    reader = desk.app.test_client()
    assert {reader.get(link).status_code for link in links} == {200}
    assert desk.write(lambda session: session.scalars(select(Delivery)).all()) == []
