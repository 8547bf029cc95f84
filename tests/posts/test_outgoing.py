"""A heartbeat is judged like an answer before a delivery of it is made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.posts.steps import approved, deliveries, drafted, sent_out
from tests.posts.things import WEEK, a_setup, rows, states
from trustops.posts.outgoing import held_reasons, refused_reasons
from trustops.posts.values import Approval, Setup

PROMISE = "You will get your tokens by Friday."
ASK = "Please connect your wallet on our page."


def saying(words: str, approval: Approval) -> Setup:
    """A schedule whose template says something first."""
    setup = a_setup()
    templates = setup.schedule.templates
    full = f"{words}\n\n{templates.full}"
    schedule = replace(setup.schedule, approval=approval, templates=replace(templates, full=full))
    return replace(setup, schedule=schedule)


def test_what_would_be_held_is_not_approved_by_rule(session: Session) -> None:
    """It waits for a person, and the reason says why."""
    drafted(session, saying(PROMISE, Approval.RULE))
    row = rows(session)[WEEK]
    assert row.state == "draft"
    assert "promises something by a date" in row.waits_for


def test_what_a_lead_approved_goes_out(session: Session) -> None:
    """The approval is the release."""
    setup = saying(PROMISE, Approval.LEAD)
    approved(session, setup)
    assert sent_out(session, NOON, setup) == 1


def test_what_is_refused_goes_out_by_no_approval(session: Session) -> None:
    """The approval ends, and nothing is handed over."""
    setup = saying(ASK, Approval.LEAD)
    approved(session, setup)
    assert sent_out(session, NOON, setup) == 0
    assert states(session)[WEEK] == "draft"
    assert "asks to connect" in rows(session)[WEEK].waits_for
    assert deliveries(session) == {}


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:8000", "https://desk.example.org"])
def test_the_permalink_needs_nobody(base_url: str) -> None:
    """Wherever this desk is."""
    texts = {"archive": f"All is well.\n{base_url}/heartbeats/2026-W48"}
    assert held_reasons(texts, base_url) == refused_reasons(texts, base_url) == ()
    assert held_reasons({"archive": "See evil.example.com"}, base_url) != ()
