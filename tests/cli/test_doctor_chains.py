"""What `trustops doctor` says of chains that are read, by how the last read went."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.demo.test_folder import CHAIN
from tests.web_fixtures import settings_for
from trustops.chain.models import ChainCursor
from trustops.chain.rules import State
from trustops.channels.models import Delivery
from trustops.cli.health import nodes
from trustops.cli.health.finding import Level
from trustops.cli.health.heartbeat import heartbeat
from trustops.demo.folder import lay_out
from trustops.posts.models import Heartbeat
from trustops.posts.rules import NO_FIGURES
from trustops.settings import Settings


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    """A desk whose pack has one chain with a contract to read."""
    folder = lay_out(tmp_path, CHAIN, NOON.date())
    return settings_for("sqlite://", tmp_path, CONTENT_DIR=str(folder))


def a_cursor(state: State, minutes_ago: int) -> ChainCursor:
    """The chain of the demo as it was read some minutes ago."""
    return ChainCursor(
        pack="demo",
        chain="demo",
        span=1,
        migrated=0,
        unmigrated=0,
        issued=0,
        events=0,
        plan="",
        state=state,
        reason="The node is on chain 5." if state is State.FAILED else "",
        next_at=NOON,
        good_at=NOON - timedelta(minutes=minutes_ago),
    )


@pytest.mark.parametrize(
    ("state", "minutes_ago", "level", "word"),
    [
        (State.GOOD, 1, Level.OK, "read well"),
        (State.GOOD, 60, Level.FAIL, "could not check"),
        (State.FAILED, 1, Level.FAIL, "on chain 5"),
        (State.CONFLICT, 1, Level.FAIL, "a block that was final has changed"),
        (State.READING, 1, Level.FAIL, "still reading"),
    ],
)
def test_a_chain_is_well_while_it_was_read_well_and_lately(
    session: Session, desk: Settings, state: State, minutes_ago: int, level: Level, word: str
) -> None:
    """What pages tell of it, the doctor tells with the reason."""
    session.add(a_cursor(state, minutes_ago))
    session.flush()
    finding = nodes.chains(session, NOON, desk)
    assert finding.level is level
    assert word in finding.sentence


def test_a_chain_that_is_read_needs_a_node(desk: Settings) -> None:
    """Without one every page says that it could not be checked."""
    finding = nodes.nodes(desk)
    assert finding.level is Level.FAIL
    assert finding.remedy == "Set TRUSTOPS_RPC_DEMO."


def test_a_node_that_nothing_asks_is_told_apart_from_a_misspelt_one(
    desk: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sets it expects figures that will not come."""
    set_up = replace(desk, rpc={"demo": ("http://127.0.0.1:1",)})
    assert nodes.node_names(set_up).level is Level.OK
    monkeypatch.setattr(nodes, "readable", lambda _: ())
    monkeypatch.setattr(nodes, "holds_tokens", lambda _: ())
    finding = nodes.node_names(set_up)
    assert finding.level is Level.WARN
    assert "TRUSTOPS_RPC_DEMO is never asked" in finding.sentence


def test_the_next_heartbeat_comes_from_the_schedule(session: Session, desk: Settings) -> None:
    """A desk without a row names it; one whose job ended says that a week is overdue."""
    monday = NOON + timedelta(days=1)
    (desk.content_dir / "heartbeat.toml").write_text(
        'weekday = "monday"\ntime = "12:00"\napproval = "lead"\nnetworks = ["console"]\n'
    )
    finding = heartbeat(session, NOON, desk)
    assert finding.level is Level.OK
    assert finding.sentence == f"The next heartbeat is due at {monday:%Y-%m-%d %H:%M} UTC."
    week = {"schedule": "weekly", "iso_week": "2026-W47", "due_at": NOON - timedelta(days=6)}
    session.add(Heartbeat(**week, state="sent", created_at=NOON, sent_at=NOON))
    session.flush()
    finding = heartbeat(session, monday + timedelta(hours=1), desk)
    assert finding.level is Level.FAIL
    assert f"2026-W48 has been due since {monday:%Y-%m-%d %H:%M} UTC" in finding.sentence


@pytest.mark.parametrize(
    ("minutes", "state", "waits_for", "level", "word"),
    [
        (-5, "approved", "", Level.OK, "The next heartbeat is due"),
        (-5, "approved", "Overdue: 9.", Level.WARN, "would not go out as it stands. Overdue: 9."),
        (5, "approved", "", Level.OK, "The next heartbeat is due"),
        (11, "approved", "", Level.FAIL, NO_FIGURES),
        (11, "draft", "Overdue: 9.", Level.FAIL, "has been due since"),
    ],
)
def test_a_heartbeat_that_is_approved_may_still_wait(
    session: Session,
    desk: Settings,
    minutes: int,
    state: str,
    waits_for: str,
    level: Level,
    word: str,
) -> None:
    """For figures that its approval does not cover, or that cannot be read."""
    (desk.content_dir / "heartbeat.toml").write_text(
        'weekday = "sunday"\ntime = "12:00"\napproval = "lead"\nnetworks = ["console"]\n'
    )
    week = {"schedule": "weekly", "iso_week": "2026-W47", "due_at": NOON}
    session.add(Heartbeat(**week, state=state, waits_for=waits_for, created_at=NOON))
    session.flush()
    finding = heartbeat(session, NOON + timedelta(minutes=minutes), desk)
    assert finding.level is level
    assert word in finding.sentence


def test_a_heartbeat_that_is_not_known_to_have_arrived_waits_for_a_person(
    session: Session, desk: Settings
) -> None:
    """It went out, so it is a warning; the network is named."""
    week = {"schedule": "weekly", "iso_week": "2026-W46", "due_at": NOON - timedelta(days=6)}
    session.add(Heartbeat(**week, state="sent", created_at=NOON, sent_at=NOON))
    session.add(
        Delivery(
            dedupe_key="k",
            channel="mastodon",
            target="mastodon",
            kind="heartbeat",
            subject="heartbeat:2026-W46",
            payload={},
            state="unknown",
            next_try_at=NOON,
            created_at=NOON,
        )
    )
    session.flush()
    finding = heartbeat(session, NOON, desk)
    assert finding.level is Level.WARN
    assert "mastodon unknown" in finding.sentence
