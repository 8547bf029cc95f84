"""A heartbeat is judged like an answer before a delivery of it is made."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.official.things import NEW, PUBLIC, signed
from tests.posts.steps import approved, deliveries, drafted, sent_out
from tests.posts.things import CONTENT, WEEK, a_schedule, a_setup, rows, states
from tests.web_fixtures import settings_for
from trustops.exchanges.load import load_exchanges
from trustops.exchanges.told import told_by_exchanges
from trustops.guard.outgoing import Allowed
from trustops.posts.outgoing import held_reasons, refused_reasons
from trustops.posts.setup import joined
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
    nothing = Allowed()
    assert held_reasons(texts, base_url, nothing) == refused_reasons(texts, base_url, nothing) == ()
    assert held_reasons({"archive": "See evil.example.com"}, base_url, nothing) != ()


@pytest.mark.parametrize(
    ("words", "waits_for"),
    [
        ("The window closed on 5 February 2026, as docs.example.org/a says.", ""),
        ("The window closed on 10 March 2026.", "by a date"),
        ("The page is docs.example.com/a.", "names a site"),
    ],
)
def test_names_of_the_list_and_days_of_the_migration_need_nobody(
    session: Session, words: str, waits_for: str
) -> None:
    """Another host and another day wait."""
    known = Allowed(hosts=frozenset({"docs.example.org"}), facts=frozenset({"5 February 2026"}))
    setup = saying(words, Approval.RULE)
    drafted(session, replace(setup, allowed_at=lambda _session, _now: known))
    row = rows(session)[WEEK]
    assert waits_for in row.waits_for
    assert ("Its text" in row.waits_for) == bool(waits_for)


def test_an_instance_judges_by_its_own_list_and_migration(session: Session, tmp_path: Path) -> None:
    """Its pack, its host, what exchanges announced, and the list that is signed."""
    folder = shutil.copytree(CONTENT, tmp_path / "content")
    settings = settings_for("sqlite://", tmp_path, CONTENT_DIR=str(folder))
    unsigned = joined(a_schedule(), settings).allowed_at(session, NOON)
    assert {"1:6", "6 November 2025"} <= unsigned.facts
    announced = told_by_exchanges(load_exchanges(folder))
    assert announced
    assert announced <= unsigned.facts
    assert not unsigned.addresses
    signed(folder)
    settings = settings_for(
        "sqlite://", tmp_path, CONTENT_DIR=str(folder), OFFICIAL_KEY=PUBLIC.line
    )
    allowed = joined(a_schedule(), settings).allowed_at(session, NOON)
    assert allowed.has_address(NEW)
