"""Which targets alerts have, and how a message finds its adapter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email.errors import HeaderParseError
from pathlib import Path
from threading import Event

import pytest
from structlog.testing import capture_logs

from tests.channels.receiver import Receiver
from tests.channels.things import MESSAGE, claimed, settings
from tests.fakes import FakeClock
from trustops.channels.console import ConsoleSender
from trustops.channels.rules import Claimed, DeliveryState, Message, Outcome, Target
from trustops.channels.targets import Senders, alert_targets, heartbeat_targets, senders_of

HOOK = {"ALERT_WEBHOOK_URL": "https://hooks.example.org/x", "ALERT_WEBHOOK_SECRET": "s" * 20}
MAIL = {
    "SMTP_URL": "smtp://127.0.0.1",
    "MAIL_FROM": "desk@example.org",
    "ALERT_EMAIL_TO": "ops@example.org, lead@example.org",
}


def test_every_configured_target_gets_every_alert(tmp_path: Path) -> None:
    """Webhook, each address, each Apprise URL; no label tells a credential."""
    given = {**HOOK, **MAIL, "ALERT_URLS": "json://h/hidden1 json://h/hidden2"}
    targets = alert_targets(settings(tmp_path, **given))
    assert targets[:3] == (
        Target("webhook", "webhook"),
        Target("email", "ops@example.org"),
        Target("email", "lead@example.org"),
    )
    assert [target.channel for target in targets[3:]] == ["apprise", "apprise"]
    assert targets[3] != targets[4]
    assert "hidden" not in repr(targets)


def test_without_any_target_an_alert_goes_to_the_log(tmp_path: Path) -> None:
    """Never nowhere."""
    assert alert_targets(settings(tmp_path)) == (Target("console", "console"),)


def test_a_credential_that_cannot_be_read_stops_no_other_target(tmp_path: Path) -> None:
    """Raising an alert is part of writing a ticket, which must not fail for it."""
    path = tmp_path / "urls"
    path.write_text("json://127.0.0.1/x", encoding="utf-8")
    path.chmod(0o600)
    found = settings(tmp_path, **HOOK, ALERT_URLS_FILE=str(path))
    assert len(alert_targets(found)) == 2
    path.unlink()
    with capture_logs() as lines:
        assert alert_targets(found) == (Target("webhook", "webhook"),)
    assert [line["log_level"] for line in lines] == ["warning"]


def test_a_secret_is_read_again_for_each_message(
    tmp_path: Path, clock: FakeClock, receiver: Receiver
) -> None:
    """An operator changes it without a restart."""
    path = tmp_path / "secret"
    path.write_text("first", encoding="utf-8")
    path.chmod(0o600)
    found = settings(tmp_path, ALERT_WEBHOOK_URL=receiver.url, ALERT_WEBHOOK_SECRET_FILE=str(path))
    senders = Senders(senders_of(found, clock))
    assert senders(claimed(), MESSAGE) == Outcome.sent()
    path.write_text("second one", encoding="utf-8")
    assert senders(claimed(), MESSAGE) == Outcome.sent()
    first, second = (request.headers["trustops-signature"] for request in receiver.requests)
    assert first != second
    path.chmod(0o644)
    path.write_text("a third one", encoding="utf-8")
    outcome = senders(claimed(), MESSAGE)
    assert outcome == Outcome.not_sent("A credential of this channel cannot be read.")
    assert len(receiver.requests) == 2


def test_the_settings_decide_which_channels_there_are(tmp_path: Path, clock: FakeClock) -> None:
    """The log and Apprise need nothing; webhook and mail need their address."""
    assert set(senders_of(settings(tmp_path), clock)) == {"console", "apprise"}
    every = senders_of(settings(tmp_path, **HOOK, **MAIL), clock)
    assert set(every) == {"console", "apprise", "webhook", "email"}


def test_a_heartbeat_can_go_to_everything_that_is_set_up_for_it(
    tmp_path: Path, clock: FakeClock
) -> None:
    """To targets of its own, each of which has an adapter; the log is there always."""
    assert heartbeat_targets(settings(tmp_path)) == (Target("console", "console"),)
    given = settings(
        tmp_path,
        SMTP_URL="smtp://mail.example.org",
        MAIL_FROM="desk@example.org",
        HEARTBEAT_EMAIL_TO="list@example.org, press@example.org",
        HEARTBEAT_WEBHOOK_URL="https://www.example.org/hook",
        HEARTBEAT_WEBHOOK_SECRET="a secret",
        MASTODON_BASE_URL="https://social.example.org",
        MASTODON_TOKEN="a token",
    )
    found = heartbeat_targets(given)
    assert [target.label for target in found] == [
        "console",
        "heartbeat-webhook",
        "mastodon",
        "email:list@example.org",
        "email:press@example.org",
    ]
    assert {target.channel for target in found} <= set(senders_of(given, clock))


def test_a_channel_that_is_not_set_up_is_put_off() -> None:
    """It may be set up by the next attempt."""
    outcome = Senders({})(claimed("email", "requester"), MESSAGE)
    assert outcome == Outcome.not_sent("This channel is not set up here.")


def test_the_log_tells_what_and_where_to_look() -> None:
    """And nothing of the credentials, because it knows none."""
    with capture_logs() as lines:
        ConsoleSender().send(claimed("console", "console"), MESSAGE)
    [line] = lines
    assert (line["event"], line["log_level"]) == (MESSAGE.subject, "warning")
    assert line["url"] == MESSAGE.fields["url"]


@dataclass
class Waiting:
    """A sender that waits until the test lets it go on."""

    go_on: Event

    def send(self, claimed: Claimed, message: Message) -> Outcome:
        """Wait, then accept."""
        self.go_on.wait(10)
        return Outcome.sent(message.id + claimed.target)


def test_what_does_not_end_in_time_is_unknown() -> None:
    """It may still arrive, so it is not sent again by itself."""
    waiting = Waiting(Event())
    outcome = Senders({"webhook": waiting}, timedelta(milliseconds=20))(claimed(), MESSAGE)
    waiting.go_on.set()
    assert (outcome.state, outcome.timed_out) == (DeliveryState.UNKNOWN, True)


@dataclass
class Broken:
    """A sender with a defect."""

    error: Exception

    def send(self, claimed: Claimed, message: Message) -> Outcome:
        """Fail before anything is known."""
        del claimed, message
        raise self.error


@pytest.mark.parametrize("error", [ValueError("a"), HeaderParseError("b"), KeyError("c")])
def test_an_adapter_that_fails_unforeseen_leaves_an_unknown_outcome_and_a_log_line(
    error: Exception,
) -> None:
    """The run goes on with the next delivery, and nothing is sent twice."""
    with capture_logs() as lines:
        outcome = Senders({"webhook": Broken(error)})(claimed(), MESSAGE)
    assert outcome.state is DeliveryState.UNKNOWN
    assert [line["log_level"] for line in lines] == ["error"]
