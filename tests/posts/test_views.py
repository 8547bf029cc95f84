"""The heartbeats page: read the next text, approve exactly that, see what became of the others."""

from __future__ import annotations

import html
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.desk.browser import Desk
from tests.fakes import FakeClock
from tests.posts.steps import sent_out
from tests.posts.things import BASE_URL, LEAD, NEXT_WEEK, a_setup, states
from tests.status.things import a_snapshot
from trustops.channels.rules import Outcome
from trustops.channels.services import claim, settle
from trustops.posts.filling import Source, refresh
from trustops.posts.models import Heartbeat
from trustops.posts.planning import materialise, miss
from trustops.posts.schedule import load_schedule
from trustops.posts.services import approve, compose
from trustops.posts.values import Schedule, Setup
from trustops.settings import Settings
from trustops.web.context import register

PERMALINK = "https://social.example/@desk/1"


@pytest.fixture
def desk(app: Flask, clock: FakeClock) -> Desk:
    """An empty desk with the shipped content, whose heartbeat is due on Mondays at noon."""
    return Desk(app, clock)


@pytest.fixture
def setup(settings: Settings) -> Setup:
    """Its schedule."""
    schedule = load_schedule(settings.content_dir)
    assert isinstance(schedule, Schedule)
    return a_setup(schedule, base_url=BASE_URL)


@pytest.fixture
def drafted(desk: Desk, setup: Setup) -> str:
    """A draft for tomorrow; gives the hash of its text."""

    def write(session: Session) -> str:
        materialise(session, NOON, setup.schedule)
        row = compose(session, NOON, a_snapshot(), setup=setup)
        assert row is not None
        return row.sha256

    return desk.write(write)


def sent(desk: Desk, setup: Setup, sha256: str) -> None:
    """Approve the draft and let it go; the first delivery ends unknown, the Mastodon one well."""

    def act(session: Session) -> None:
        approve(session, NOON, week=NEXT_WEEK, actor=LEAD, sha256=sha256, schedule=setup.schedule)
        sent_out(session, NOON, setup, early=NEXT_WEEK)
        while (held := claim(session, NOON)) is not None:
            good = Outcome.sent("1", permalink=PERMALINK)
            lost = Outcome.unknown("Nobody knows.")
            settle(session, NOON, held, good if held.channel == "mastodon" else lost)

    desk.write(act)


@pytest.mark.usefixtures("drafted")
def test_a_lead_reads_each_text_with_its_length_and_who_gets_it(desk: Desk) -> None:
    """Texts that are alike stand there once."""
    page = html.unescape(desk.signed_in("lead").text("/desk/heartbeats"))
    assert "Next: 2026-W48" in page
    assert "Waits for approval" in page
    assert "Nobody has approved it yet." in page
    assert "Archive page, Log, Webhook, E-mail" in page
    assert page.count("1,200 OLD migrated by 17 wallets") == 1
    assert "1,200 OLD migrated, as of block 21,000,000" in page
    assert "Not set up here: Webhook, Mastodon, E-mail" in page


def test_an_approval_is_for_the_text_that_was_read(desk: Desk, drafted: str) -> None:
    """A lead approves and can take it back; another text is refused."""
    lead = desk.signed_in("lead", "First Lead")
    refused = lead.send(f"/desk/heartbeats/{NEXT_WEEK}/approve", sha256="0" * 24)
    assert refused.status_code == 409
    assert (
        lead.send(f"/desk/heartbeats/{NEXT_WEEK}/approve", sha256=drafted[:24]).status_code == 303
    )
    assert desk.write(states) == {NEXT_WEEK: "approved"}
    page = lead.text("/desk/heartbeats")
    assert "Approved by First Lead" in page
    assert "Approve this text" not in page
    assert lead.send(f"/desk/heartbeats/{NEXT_WEEK}/withdraw").status_code == 303
    assert desk.write(states) == {NEXT_WEEK: "draft"}


def test_whoever_approves_reads_how_far_each_figure_may_move(
    desk: Desk, setup: Setup, drafted: str
) -> None:
    """Beside the text; once it is approved, with what would keep it from going out now."""

    def act(session: Session) -> None:
        approve(session, NOON, week=NEXT_WEEK, actor=LEAD, sha256=drafted, schedule=setup.schedule)
        moment = NOON + timedelta(hours=1)
        now = a_snapshot(as_of=moment, migration_state="The migration is closed.")
        refresh(session, moment, setup, Source(now, {}))

    lead = desk.signed_in("lead")
    page = lead.text("/desk/heartbeats")
    assert "1,188 OLD to 2,320 OLD" in page
    assert "block 20,999,900 or later" in page
    desk.write(act)
    page = lead.text("/desk/heartbeats")
    assert "with the figures of its moment" in page
    assert "1,188 OLD to 2,320 OLD" in page
    assert "it would wait for a person" in page
    assert "Not the words that were approved: the state of the migration." in page


@pytest.mark.usefixtures("drafted")
@pytest.mark.parametrize(
    ("role", "may"),
    [("viewer", False), ("agent", False), ("ops", False), ("publisher", True), ("admin", True)],
)
def test_those_who_may_approve_have_the_button(desk: Desk, role: str, may: bool) -> None:
    """Everybody at the desk can read."""
    page = desk.signed_in(role).text("/desk/heartbeats")
    assert "1,200 OLD" in page
    assert ("Approve this text" in page) is may


def test_what_went_out_shows_its_outcomes_and_links(desk: Desk, setup: Setup, drafted: str) -> None:
    """What is unknown can be sent again by somebody who may decide so."""
    sent(desk, setup, drafted)
    page = html.unescape(desk.signed_in("lead").text("/desk/heartbeats"))
    assert f'href="/heartbeats/{NEXT_WEEK}"' in page
    assert f'href="{PERMALINK}"' in page
    assert "Unknown: it may have arrived" in page
    assert page.count("Send again") == 3
    assert "Send again" not in desk.signed_in("publisher", "First Publisher").text(
        "/desk/heartbeats"
    )


def test_a_missed_week_stands_there_as_missed(desk: Desk, setup: Setup) -> None:
    """Nobody has to guess why there is no link."""

    def act(session: Session) -> None:
        materialise(session, NOON, setup.schedule)
        row = session.scalars(select(Heartbeat)).one()
        miss(session, row.due_at + setup.schedule.catch_up * 2, setup)

    desk.write(act)
    page = desk.signed_in("lead").text("/desk/heartbeats")
    assert "Missed" in page
    assert f'href="/heartbeats/{NEXT_WEEK}"' not in page


def test_an_empty_desk_says_what_will_come(desk: Desk) -> None:
    """Before the first heartbeat there is a page all the same."""
    page = desk.signed_in("lead").text("/desk/heartbeats")
    assert "No heartbeat has gone out yet." in page
    assert f"Next: {NEXT_WEEK}" in page
    assert 'datetime="2026-11-23T12:00:00+00:00"' in page
    assert "Its text is written two days before" in page


def test_a_broken_schedule_is_named_and_hides_no_heartbeat(
    desk: Desk, settings: Settings, drafted: str, tmp_path: Path
) -> None:
    """The page says which file to mend; nothing is approved by a schedule that cannot be read."""
    folder = tmp_path / "broken"
    shutil.copytree(settings.content_dir, folder)
    (folder / "heartbeat.toml").write_text('weekday = "noday"\n')
    register(desk.app, replace(settings, content_dir=folder))
    lead = desk.signed_in("lead")
    page = html.unescape(lead.text("/desk/heartbeats"))
    assert "heartbeat.toml:1: weekday" in page
    assert f"Next: {NEXT_WEEK}" in page
    answer = lead.send(f"/desk/heartbeats/{NEXT_WEEK}/approve", sha256=drafted[:24])
    assert answer.status_code == 409


def test_a_desk_whose_heartbeats_are_stopped_says_so(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    """And names no next one."""
    folder = tmp_path / "stopped"
    shutil.copytree(settings.content_dir, folder)
    with (folder / "heartbeat.toml").open("a") as file:
        file.write("stopped = true\n")
    register(desk.app, replace(settings, content_dir=folder))
    page = desk.signed_in("lead").text("/desk/heartbeats")
    assert "heartbeat.toml is missing, or stopped" in page
    assert "Next:" not in page


def test_a_week_that_is_only_planned_says_when_its_text_is_written(
    desk: Desk, setup: Setup
) -> None:
    """And there is nothing to approve."""
    desk.write(lambda session: materialise(session, NOON, setup.schedule))
    page = desk.signed_in("lead").text("/desk/heartbeats")
    assert "Its text is written two days before" in page
    assert "Approve this text" not in page
    answer = desk.signed_in("admin", "First Admin").send(
        f"/desk/heartbeats/{NEXT_WEEK}/approve", sha256=""
    )
    assert answer.status_code == 409
