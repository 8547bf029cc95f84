"""What an approval lets out: its words with the figures of the moment, and nothing beyond."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.posts.steps import BY_LEAD, SETUP, approved, deliveries, drafted, kinds, sent_out
from tests.posts.things import LEAD, WEEK, a_schedule, a_setup, alert_keys, before_noon, rows
from tests.status.things import TOKEN, a_snapshot, a_standing, an_unread_standing, some_totals
from trustops.alerts.models import Alert
from trustops.posts import rules
from trustops.posts.cover import OTHER_TEMPLATES
from trustops.posts.filling import Source, refresh, wants_figures
from trustops.posts.planning import remind
from trustops.posts.services import OTHER_TEXT, approve, compose, queue_due
from trustops.posts.values import Approval, Templates
from trustops.status.snapshot import Snapshot

MORE = 1_300 * TOKEN
CLOSED = "The migration is closed."


def with_net(net: int, at: datetime = NOON) -> Snapshot:
    """The figures of a moment, with so much migrated."""
    return a_snapshot(as_of=at, chains=(a_standing(totals=some_totals(net=net)),))


def source(snapshot: Snapshot) -> Source:
    """What a job fills heartbeats from."""
    return Source(snapshot, {})


def test_an_approved_heartbeat_tells_the_figures_of_its_moment(session: Session) -> None:
    """On every network and in the archive; the words are those that were read."""
    read = approved(session)
    assert sent_out(session, NOON, snapshot=with_net(MORE)) == 1
    row = rows(session)[WEEK]
    assert (row.state, row.as_of, row.approved_by) == ("sent", NOON, "First Lead")
    assert (row.approved_sha256, row.sha256) == (read, rules.digest_of(row.texts))
    assert row.sha256 != read
    assert "1,300 OLD migrated" in row.texts["archive"]
    for delivery in deliveries(session).values():
        assert "1,300 OLD migrated" in delivery.payload["text"]
        assert delivery.payload["as_of"] == "2026-11-22T12:00:00Z"
        assert delivery.payload["figures"]["chains"][0]["net"] == str(MORE)


BEYOND = [
    (with_net(5_000 * TOKEN), "Migrated on Example chain: 5,000 OLD, approved for 1,188 OLD to"),
    (a_snapshot(migration_state=CLOSED), "words that were approved: the state of the migration."),
    (a_snapshot(chains=(an_unread_standing(),)), "words that were approved: chains."),
]


@pytest.mark.parametrize(("now", "why"), BEYOND)
def test_what_nobody_approved_waits_for_a_person_with_the_reason(
    session: Session, now: Snapshot, why: str
) -> None:
    """Nothing goes out, somebody is told at once, and the new text says why it waits."""
    approved(session)
    assert sent_out(session, NOON, snapshot=now) == 0
    compose(session, NOON, now, setup=BY_LEAD)
    row = rows(session)[WEEK]
    assert (row.state, row.approved_by, row.approved_sha256) == ("draft", "", "")
    assert why in row.waits_for
    assert row.waits_for.endswith(rules.NEEDS_LEAD)
    assert deliveries(session) == {}
    assert kinds(session) == ["heartbeat.approve", "heartbeat.void"]
    assert remind(session, NOON, BY_LEAD) == 1
    session.flush()  # what the act left pending is read by query
    assert why in session.scalars(select(Alert.summary)).one()


def test_a_person_who_reads_it_again_lets_it_go_out(session: Session) -> None:
    """Once, within the time to catch up, marked as late."""
    approved(session)
    now, moment = with_net(5_000 * TOKEN, later(hours=1)), later(hours=1)
    sent_out(session, NOON, snapshot=now)
    compose(session, NOON, now, setup=BY_LEAD)
    remind(session, NOON, BY_LEAD)
    sha256 = rows(session)[WEEK].sha256
    approve(session, moment, week=WEEK, actor=LEAD, sha256=sha256, schedule=BY_LEAD.schedule)
    assert [sent_out(session, moment, snapshot=now) for _ in range(2)] == [1, 0]
    row = rows(session)[WEEK]
    assert (row.state, row.late, row.waits_for, row.departed) == ("sent", True, "", "")
    assert "5,000 OLD migrated" in row.texts["archive"]
    assert "This heartbeat is late." in row.texts["archive"]
    assert session.scalars(select(Alert.resolved_at)).one() == moment


@pytest.mark.parametrize(
    "templates", [Templates("Other words. {{ url }}", "Other words. {{ url }}"), Templates("", "")]
)
def test_an_approval_does_not_cover_another_template(
    session: Session, templates: Templates
) -> None:
    """Nor one that was lost: what was read would not be what goes out."""
    approved(session)
    other = a_setup(a_schedule(approval=Approval.LEAD, templates=templates))
    assert sent_out(session, NOON, other) == 0
    assert rows(session)[WEEK].waits_for == OTHER_TEMPLATES


def test_where_a_person_approved_the_rule_does_not_take_over(session: Session) -> None:
    """What lay beyond the bounds goes out once a person has looked, however well all is."""
    approved(session, SETUP)
    now = with_net(5_000 * TOKEN)
    assert sent_out(session, NOON, SETUP, snapshot=now) == 0
    compose(session, NOON, now, setup=SETUP)
    assert sent_out(session, NOON, SETUP, snapshot=now) == 0
    assert "Migrated on Example chain" in rows(session)[WEEK].waits_for


def test_what_the_rule_approved_it_looks_at_anew(session: Session) -> None:
    """Between its approval and the sending a process may have been gone for hours."""
    drafted(session, SETUP)
    compose(session, NOON, a_snapshot(), setup=SETUP)
    assert rows(session)[WEEK].state == "approved"
    moment = later(hours=3)
    now = with_net(5_000 * TOKEN, moment)
    now_checked = a_snapshot(
        as_of=moment,
        chains=(a_standing(totals=some_totals(net=5_000 * TOKEN), checked_at=moment),),
    )
    assert sent_out(session, moment, SETUP, snapshot=now) == 0
    compose(session, moment, now_checked, setup=SETUP)
    assert sent_out(session, moment, SETUP, snapshot=now_checked) == 1


def test_until_it_is_due_the_desk_knows_what_would_go_out(session: Session) -> None:
    """Hourly; what an approval does not cover is told in time, and may still come back."""
    approved(session)
    early, beyond = before_noon(hours=3), with_net(5_000 * TOKEN, before_noon(hours=3))
    assert wants_figures(session, early, BY_LEAD.schedule)
    assert refresh(session, early, BY_LEAD, source(beyond)) == 1
    assert not wants_figures(session, early, BY_LEAD.schedule)
    row = rows(session)[WEEK]
    assert (row.state, row.as_of) == ("approved", early)
    assert "5,000 OLD migrated" in row.texts["archive"]
    assert "Migrated on Example chain: 5,000 OLD" in row.waits_for
    assert remind(session, early, BY_LEAD) == 1
    assert alert_keys(session) == [f"heartbeat.waits:{WEEK}:24h"]
    hour = before_noon(hours=2)
    assert refresh(session, hour, BY_LEAD, source(with_net(MORE, hour))) == 1
    assert rows(session)[WEEK].waits_for == ""
    assert session.scalars(select(Alert.resolved_at)).one() == hour
    assert sent_out(session, NOON, snapshot=with_net(MORE)) == 1


def test_until_it_is_due_another_template_is_told_and_not_filled(session: Session) -> None:
    """The desk shows what was read; what is due is no longer filled to be shown."""
    read, early = approved(session), before_noon(hours=3)
    other = a_setup(a_schedule(approval=Approval.LEAD, templates=Templates("", "")))
    assert refresh(session, early, other, source(a_snapshot(as_of=early))) == 0
    row = rows(session)[WEEK]
    assert (row.state, row.sha256, row.waits_for) == ("approved", read, OTHER_TEMPLATES)
    assert refresh(session, NOON, BY_LEAD, source(a_snapshot())) == 0
    assert rows(session)[WEEK].sha256 == read


def test_what_is_shown_follows_the_figures_and_the_approval_does_not(session: Session) -> None:
    """Many small steps do not add up to one that nobody read."""
    approved(session)
    for step in range(1, 20):
        now = before_noon(hours=20 - step)
        refresh(session, now, BY_LEAD, source(with_net((1_200 + 100 * step) * TOKEN, now)))
    assert sent_out(session, NOON, snapshot=with_net(3_100 * TOKEN)) == 0
    assert "approved for 1,188 OLD to 2,320 OLD" in rows(session)[WEEK].waits_for


def test_an_approval_of_an_earlier_version_is_for_exactly_its_text(session: Session) -> None:
    """It covers nothing else, and needs no figures to go out."""
    approved(session)
    rows(session)[WEEK].cover = {}
    text = rows(session)[WEEK].texts["archive"]
    assert not wants_figures(session, NOON, BY_LEAD.schedule)
    assert queue_due(session, NOON, BY_LEAD) == 1
    row = rows(session)[WEEK]
    assert (row.state, row.texts["archive"], row.sha256) == ("sent", text, row.approved_sha256)


def test_an_edited_text_of_an_earlier_version_is_void(session: Session) -> None:
    """As it was."""
    approved(session)
    row = rows(session)[WEEK]
    row.cover = {}
    row.texts = {**row.texts, "mastodon": "Send your tokens here."}
    assert queue_due(session, NOON, BY_LEAD) == 0
    assert rows(session)[WEEK].waits_for == OTHER_TEXT


def test_without_figures_nothing_is_filled_and_somebody_is_told(session: Session) -> None:
    """It stays approved, and goes out as soon as they can be read."""
    approved(session)
    assert queue_due(session, NOON, BY_LEAD) == 0
    assert remind(session, later(minutes=10), BY_LEAD) == 0
    assert remind(session, later(minutes=11), BY_LEAD) == 1
    assert rows(session)[WEEK].state == "approved"
    session.flush()  # what the act left pending is read by query
    assert rules.NO_FIGURES in session.scalars(select(Alert.summary)).one()
    assert sent_out(session, later(minutes=12), BY_LEAD) == 1


def test_a_second_click_changes_nothing(session: Session) -> None:
    """Also after the figures were filled in anew."""
    read = approved(session)
    early = before_noon(hours=3)
    refresh(session, early, BY_LEAD, source(with_net(MORE, early)))
    for sha256 in (read, rows(session)[WEEK].sha256):
        approve(session, early, week=WEEK, actor=LEAD, sha256=sha256, schedule=BY_LEAD.schedule)
    assert kinds(session) == ["heartbeat.approve"]


def test_a_person_who_approves_under_the_rule_covers_the_same(session: Session) -> None:
    """The way out is one for both."""
    approved(session, SETUP)
    assert sent_out(session, NOON, SETUP, snapshot=with_net(MORE)) == 1
