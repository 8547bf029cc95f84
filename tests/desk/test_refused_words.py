"""The answer to a composer's words that are a secret tells the browser to forget its draft.

What the browser then does is shown in one (`tests/e2e/test_guard.py`).
"""

from __future__ import annotations

import pytest

from tests.desk.browser import Browser, Desk
from tests.guard.samples import digits, lots
from trustops.tickets.models import Ticket

MARK = "data-secret-refused"
SCRIPT = "/static/js/drafts.js?v="


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket that nobody has answered."""
    return desk.ticket()


@pytest.mark.parametrize("visibility", ["public", "internal"])
@pytest.mark.parametrize("secret", [" ".join(lots("draft")), "0x" + digits("draft")])
def test_a_refused_secret_is_forgotten(
    ticket: Ticket, agent: Browser, visibility: str, secret: str
) -> None:
    """By the reference in the address; also what was only asked about. The page repeats nothing."""
    address = f"/desk/tickets/{ticket.reference}/reply"
    answer = agent.send(address, visibility=visibility, version="1", body=f"he wrote {secret}")
    assert answer.status_code == 422
    assert MARK in answer.text
    assert SCRIPT in answer.text
    assert secret not in answer.text


def test_another_refusal_leaves_the_draft(ticket: Ticket, agent: Browser) -> None:
    """Words that are missing, a page that is gone: the browser goes on keeping what was written."""
    address = f"/desk/tickets/{ticket.reference}/reply"
    empty = agent.send(address, visibility="public", version="1", body="")
    gone = agent.get("/desk/tickets/MIG-0000000")
    assert (empty.status_code, gone.status_code) == (422, 404)
    assert MARK not in empty.text + gone.text
