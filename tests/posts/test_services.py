"""The way of a heartbeat through its week: written, approved, and sent once."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.posts.steps import BY_LEAD, SETUP, approved, deliveries, drafted, kinds, sent_out
from tests.posts.things import (
    LEAD,
    NEXT_WEEK,
    WEEK,
    before_noon,
    rows,
    states,
)
from tests.status.things import a_snapshot, an_unread_standing
from trustops.alerts.models import Alert
from trustops.channels.rules import Target
from trustops.errors import ConflictError, NotFoundError
from trustops.posts import rules
from trustops.posts.outbox import delivery_key
from trustops.posts.planning import materialise, miss, remind
from trustops.posts.services import (
    BY_RULE,
    approve,
    compose,
    hold_open,
    wants_text,
    withdraw,
    write,
)


def test_the_text_is_written_for_each_network_with_what_it_was_written_from(
    session: Session,
) -> None:
    """A lead reads what will go out."""
    sha256 = drafted(session)
    row = rows(session)[WEEK]
    assert (row.state, row.waits_for) == ("draft", rules.NEEDS_LEAD)
    assert set(row.texts) == {"archive", "console", "webhook", "mastodon", "email"}
    assert row.as_of == row.composed_at == before_noon(hours=24)
    assert row.figures["chains"][0]["block"] == 21_000_000
    assert sha256 == rules.digest_of(row.texts)


def test_a_text_is_written_when_it_is_wanted_and_not_before(session: Session) -> None:
    """`anew` is for a person who wants to read it earlier."""
    now = before_noon(days=6)
    materialise(session, now, SETUP.schedule)
    assert not wants_text(session, now, SETUP.schedule)
    assert compose(session, now, a_snapshot(), setup=SETUP) is None
    assert compose(session, now, a_snapshot(), setup=SETUP, anew=True) is not None


def test_what_would_be_written_can_be_read_without_keeping_it(session: Session) -> None:
    """A preview changes nothing."""
    materialise(session, before_noon(days=6), SETUP.schedule)
    row = rows(session)[WEEK]
    texts = write(session, before_noon(days=6), a_snapshot(), row=row, setup=SETUP)
    assert texts["archive"].startswith("# Example Desk: heartbeat of 2026-W47")
    assert (row.state, row.texts) == ("planned", {})


def test_a_lead_approves_exactly_what_was_read(session: Session) -> None:
    """The name and the moment are kept, and an approved text is not written over."""
    sha256 = approved(session)
    row = rows(session)[WEEK]
    assert (row.state, row.approved_by, row.waits_for) == ("approved", "First Lead", "")
    assert row.approved_sha256 == sha256
    assert compose(session, NOON, a_snapshot(), setup=BY_LEAD, anew=True) is not row
    assert rows(session)[WEEK].sha256 == sha256


def test_two_clicks_approve_once(session: Session) -> None:
    """The first one stands."""
    sha256 = approved(session)
    approve(session, NOON, week=WEEK, actor=BY_RULE, sha256=sha256, schedule=BY_LEAD.schedule)
    assert rows(session)[WEEK].approved_by == "First Lead"
    assert kinds(session) == ["heartbeat.approve"]


def test_a_text_that_changed_meanwhile_is_not_approved(session: Session) -> None:
    """Whoever approves has read what goes out."""
    old = drafted(session)
    changed = a_snapshot(migration_state="The migration window is closed.")
    compose(session, before_noon(hours=22), changed, setup=BY_LEAD)
    with pytest.raises(ConflictError, match="changed since you read it"):
        approve(session, NOON, week=WEEK, actor=LEAD, sha256=old, schedule=BY_LEAD.schedule)
    assert states(session)[WEEK] == "draft"


def test_what_has_no_text_or_no_row_cannot_be_approved(session: Session) -> None:
    """And says which of the two."""
    materialise(session, before_noon(days=1), BY_LEAD.schedule)
    for week, error in ((WEEK, ConflictError), (NEXT_WEEK, NotFoundError)):
        with pytest.raises(error):
            approve(session, NOON, week=week, actor=LEAD, sha256="", schedule=BY_LEAD.schedule)


def test_an_approval_is_void_when_the_text_is_edited(session: Session) -> None:
    """Nothing goes out that nobody approved, whoever changed it."""
    approved(session)
    row = rows(session)[WEEK]
    row.texts = {**row.texts, "mastodon": "Send your tokens here."}
    assert sent_out(session, NOON, BY_LEAD) == 0
    assert states(session)[WEEK] == "draft"
    assert rows(session)[WEEK].approved_sha256 == ""
    assert deliveries(session) == {}
    assert kinds(session) == ["heartbeat.approve", "heartbeat.void"]


def test_an_approval_can_be_taken_back_and_the_text_is_written_anew(session: Session) -> None:
    """Until it has gone out."""
    approved(session)
    withdraw(session, before_noon(hours=3), week=WEEK, actor=LEAD, schedule=BY_LEAD.schedule)
    assert states(session)[WEEK] == "draft"
    assert wants_text(session, before_noon(hours=3), BY_LEAD.schedule)


def test_an_approved_heartbeat_goes_out_once_to_each_target_when_it_is_due(
    session: Session,
) -> None:
    """With the text of its network, frozen in the row of the delivery."""
    approved(session)
    assert sent_out(session, before_noon(seconds=1), BY_LEAD) == 0
    assert sent_out(session, NOON, BY_LEAD) == 1
    assert sent_out(session, NOON, BY_LEAD) == 0
    found = deliveries(session)
    assert set(found) == {
        f"heartbeat:weekly:{WEEK}:{label}"
        for label in ("console", "heartbeat-webhook", "mastodon", "email:list@example.org")
    }
    row = rows(session)[WEEK]
    assert (row.state, row.sent_at, row.late) == ("sent", NOON, False)
    post = found[f"heartbeat:weekly:{WEEK}:mastodon"]
    assert post.payload["text"] == row.texts["mastodon"]
    assert post.payload["url"] == f"https://desk.example.org/heartbeats/{WEEK}"
    assert post.subject == f"heartbeat:{WEEK}"


def test_a_person_can_let_an_approved_one_go_early(session: Session) -> None:
    """And only the week that was named."""
    approved(session)
    assert sent_out(session, before_noon(hours=5), BY_LEAD, early=NEXT_WEEK) == 0
    assert sent_out(session, before_noon(hours=5), BY_LEAD, early=WEEK) == 1


def test_a_long_address_still_has_a_key_of_its_own(session: Session) -> None:
    """Keys have a limit; addresses may be longer."""
    drafted(session)
    row = rows(session)[WEEK]
    keys = {delivery_key(row, Target("email", f"{letter * 200}@example.org")) for letter in "ab"}
    assert len(keys) == 2
    assert all(len(key) <= 200 for key in keys)


def test_what_is_settled_stays_as_it_is(session: Session) -> None:
    """Neither approved nor taken back, neither sent again nor missed."""
    sha256 = approved(session)
    sent_out(session, NOON, BY_LEAD)
    schedule = BY_LEAD.schedule
    with pytest.raises(ConflictError, match="settled: it was sent"):
        approve(session, NOON, week=WEEK, actor=LEAD, sha256=sha256, schedule=schedule)
    with pytest.raises(ConflictError, match="settled: it was sent"):
        withdraw(session, NOON, week=WEEK, actor=LEAD, schedule=schedule)
    assert miss(session, later(days=30), BY_LEAD) == 0


def test_the_rule_approves_at_its_moment_while_all_is_well(session: Session) -> None:
    """From the figures of that moment, and not before."""
    drafted(session, SETUP)
    assert states(session)[WEEK] == "draft"
    row = compose(session, NOON, a_snapshot(), setup=SETUP)
    assert row is not None
    assert (row.state, row.approved_by, row.as_of) == ("approved", "The rule", NOON)
    assert sent_out(session, NOON, SETUP) == 1


def test_the_rule_holds_what_could_not_be_checked_until_it_can(session: Session) -> None:
    """Ops are told, and a lead may let it go as it is."""
    drafted(session, SETUP)
    unread = a_snapshot(chains=(an_unread_standing(),))
    row = compose(session, NOON, unread, setup=SETUP)
    assert row is not None
    assert (row.state, row.waits_for) == ("draft", rules.UNCHECKED)
    assert "We could not check this right now." in row.texts["archive"]
    assert remind(session, later(minutes=10), SETUP) == 1
    now = later(minutes=11)
    compose(session, now, a_snapshot(as_of=now), setup=SETUP)
    assert sent_out(session, now, SETUP) == 1
    resolved = session.scalars(select(Alert.resolved_at)).one()
    assert resolved == now


def test_the_next_heartbeat_names_the_weeks_that_were_missed(session: Session) -> None:
    """Since the last one that went out, and compares its figures with that one."""
    materialise(session, before_noon(days=15), SETUP.schedule)
    compose(session, before_noon(days=14), a_snapshot(as_of=before_noon(days=14)), setup=SETUP)
    sent_out(session, before_noon(days=14), SETUP)
    materialise(session, before_noon(days=14), SETUP.schedule)
    materialise(session, before_noon(days=7), SETUP.schedule)
    miss(session, before_noon(days=1), SETUP)
    row = compose(session, NOON, a_snapshot(), setup=SETUP)
    assert states(session)["2026-W46"] == "missed"
    assert row is not None
    assert "No heartbeat went out for 2026-W46. This one covers it." in row.texts["archive"]
    assert "no change since 2026-W45" in row.texts["archive"]
    assert "No heartbeat went out for 2026-W46." in row.texts["mastodon"]


def test_what_is_due_after_a_restore_waits_for_a_person(session: Session) -> None:
    """It may have gone out after the backup was made, so not even the rule lets it go."""
    approved(session, SETUP)
    assert hold_open(session, later(hours=1)) == 1
    compose(session, later(hours=1), a_snapshot(as_of=later(hours=1)), setup=SETUP)
    assert sent_out(session, later(hours=1), SETUP) == 0
    row = rows(session)[WEEK]
    assert (row.state, row.waits_for) == ("draft", rules.HELD)
    approve(
        session, later(hours=2), week=WEEK, actor=LEAD, sha256=row.sha256, schedule=SETUP.schedule
    )
    assert sent_out(session, later(hours=2), SETUP) == 1
