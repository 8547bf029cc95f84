"""What an alert says, and what it may never say."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.alerts.things import BASE_URL, breach
from tests.conftest import NOON, later
from trustops.alerts.rules import (
    Kind,
    NewAlert,
    Severity,
    body_of,
    job_failed,
    job_silent,
    job_subject,
    message_of,
    precedence,
    trial_alert,
)


def test_the_body_holds_the_contract_s_fields_and_the_summary() -> None:
    """The time is UTC with a Z, the address is absolute, and nothing else goes out."""
    seoul = timezone(timedelta(hours=9))
    body = body_of("a1b2", breach(7, at=datetime(2026, 11, 22, 21, 0, tzinfo=seoul)), BASE_URL)
    assert body == {
        "id": "a1b2",
        "kind": "sla.breached",
        "severity": "critical",
        "ticket": "MIG-7",
        "dedupe_key": "sla:MIG-7:first_response:1:100",
        "at": "2026-11-22T12:00:00Z",
        "url": "https://desk.example.org/desk/tickets/MIG-7",
        "summary": "MIG-7 had no first response within 48 h.",
    }


def test_the_message_leads_with_what_happened_and_where_to_look() -> None:
    """One text for every channel."""
    message = message_of(body_of("a1b2", breach(7), BASE_URL))
    assert message.id == "a1b2"
    assert message.subject == "[Critical] MIG-7 had no first response within 48 h."
    assert message.text.splitlines()[0] == "MIG-7 had no first response within 48 h."
    assert "https://desk.example.org/desk/tickets/MIG-7" in message.text
    assert "2026-11-22T12:00:00Z (UTC)" in message.text
    assert message.recipient == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "sla.whatever"},
        {"dedupe_key": ""},
        {"dedupe_key": "k" * 161},
        {"summary": ""},
        {"summary": "s" * 301},
        {"summary": "two\nlines"},
        {"path": "https://elsewhere.example/"},
        {"path": "/" + "p" * 200},
        {"at": NOON.replace(tzinfo=None)},
    ],
    ids=lambda wrong: "-".join(wrong) + str(len(str(wrong))),
)
def test_what_could_not_be_stored_or_sent_is_refused(wrong: dict[str, Any]) -> None:
    """At once, where the mistake is made, and not in a delivery run later."""
    right: dict[str, Any] = {
        "kind": Kind.TEST,
        "severity": Severity.INFO,
        "dedupe_key": "k",
        "subject": "alerts",
        "summary": "s",
        "at": NOON,
    }
    NewAlert(**right)
    with pytest.raises(ValueError, match=r"."):
        NewAlert(**{**right, **wrong})


def test_each_silence_of_a_job_is_one_alert() -> None:
    """Found every minute, it stays one; after a new beat the next silence is another."""
    first = job_silent("sla_sweep", last_beat=NOON, at=later(minutes=5))
    assert first == job_silent("sla_sweep", last_beat=NOON, at=later(minutes=5))
    assert first.dedupe_key == job_silent("sla_sweep", last_beat=NOON, at=later(hours=5)).dedupe_key
    second = job_silent("sla_sweep", last_beat=later(hours=6), at=later(hours=7))
    assert second.dedupe_key != first.dedupe_key
    never = job_silent("sla_sweep", last_beat=None, at=NOON)
    assert never.summary == "The job sla_sweep has not run at all. Check that a worker is running."
    assert first.summary.startswith("The job sla_sweep has not run since 2026-11-22 12:00 UTC.")
    assert (first.severity, first.subject) == (Severity.CRITICAL, job_subject("sla_sweep"))


def test_a_job_that_fails_every_minute_alerts_once_an_hour() -> None:
    """Its log has the rest."""
    keys = {job_failed("sla_sweep", at=later(minutes=minute)).dedupe_key for minute in range(60)}
    assert len(keys) == 1
    assert job_failed("sla_sweep", at=later(minutes=60)).dedupe_key not in keys


def test_a_test_alert_of_one_person_is_one_in_a_second() -> None:
    """Two clicks of a double click are one; those of two people are two."""
    first = trial_alert(at=NOON, asked_by="staff:1")
    assert first.dedupe_key == trial_alert(at=NOON, asked_by="staff:1").dedupe_key
    assert first.dedupe_key != trial_alert(at=NOON, asked_by="staff:2").dedupe_key
    assert first.dedupe_key != trial_alert(at=later(seconds=1), asked_by="staff:1").dedupe_key
    assert first.kind == Kind.TEST


def test_severities_and_kinds_are_the_documented_ones() -> None:
    """Receivers switch on them."""
    assert list(Severity) == ["info", "warning", "high", "critical"]
    assert list(Kind) == [
        "sla.at_risk",
        "sla.breached",
        "answer.held",
        "guard.pieces_out",
        "job.silent",
        "job.failed",
        "tickets.flood",
        "content.broken",
        "exchanges.stale",
        "official.withheld",
        "chain.unread",
        "chain.conflict",
        "heartbeat.waits",
        "heartbeat.missed",
        "sign_in.failed",
        "sign_in.sprayed",
        "alert.test",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (precedence("info", NOON, waits=True), precedence("critical", NOON, waits=False)),
        (precedence("critical", NOON, waits=True), precedence("high", later(hours=1), waits=True)),
        (precedence("high", NOON, waits=True), precedence("warning", later(hours=1), waits=True)),
        (precedence("high", later(hours=1), waits=True), precedence("high", NOON, waits=True)),
    ],
)
def test_what_waits_and_is_most_urgent_stands_for_its_ticket(
    first: tuple[bool, int, datetime], second: tuple[bool, int, datetime]
) -> None:
    """Then what is newer."""
    assert first > second
