"""What a requester reads: true in every state, and never more than is known."""

from __future__ import annotations

import pytest

from tests.conftest import NOON
from trustops.tickets.rules import Status
from trustops.tickets.wording import masked_address, sentence_about, state_for_requester


@pytest.mark.parametrize("status", [Status.WAITING, Status.OPEN])
def test_a_ticket_that_staff_opened_claims_neither_a_question_nor_an_answer(
    status: Status,
) -> None:
    """No clock runs, and nobody was answered: the holder reads that we began it."""
    state = state_for_requester(status, due_at=None, answered=False, now=NOON)
    assert state.heading == "We have opened this ticket for you."


@pytest.mark.parametrize("status", [Status.SOLVED, Status.CLOSED, Status.SPAM, Status.DUPLICATE])
def test_a_ticket_that_can_no_longer_be_written_on_does_not_invite_to_it(status: Status) -> None:
    """Whatever ended it."""
    state = state_for_requester(status, due_at=None, answered=True, now=NOON, may_write=False)
    assert "write below" not in state.sentence
    assert "open a new ticket" in state.sentence


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("holder@example.org", "h…@example.org"),
        ("a@example.org", "a…@example.org"),
        ('"odd@part"@example.org', '"…@example.org'),
    ],
)
def test_an_address_is_shown_by_its_first_letter_and_its_domain(address: str, masked: str) -> None:
    """Enough for its owner; the length is not told either."""
    assert masked_address(address) == masked


def test_a_field_is_named_as_the_form_names_it() -> None:
    """And a name that the form does not have is not repeated."""
    assert sentence_about("wallet", "is too long") == "“Wallet address” is too long."
    assert sentence_about("request", "is too much") == "What was sent is too much."
