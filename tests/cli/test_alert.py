"""`trustops alert test`: whether alerts reach the people who are to get them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.channels.receiver import Receiver, answers, closed_port, listening
from tests.cli.conftest import Run
from trustops.settings import Settings

pytestmark = pytest.mark.usefixtures("settings")


@pytest.fixture
def receiver(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Whoever is on call, named in the settings."""
    del settings
    with listening() as opened:
        monkeypatch.setenv("TRUSTOPS_ALERT_WEBHOOK_URL", opened.url)
        monkeypatch.setenv("TRUSTOPS_ALERT_WEBHOOK_SECRET", "a secret")
        yield opened


def test_a_test_alert_arrives(run: Run, receiver: Receiver) -> None:
    """Each one anew, however quickly one asks."""
    for _ in range(2):
        result = run("alert", "test")
        assert result.exit_code == 0, result.output
        assert result.stdout.strip() == "webhook: Sent."
    bodies = [json.loads(request.body) for request in receiver.requests]
    assert [body["kind"] for body in bodies] == ["alert.test", "alert.test"]
    assert bodies[0]["id"] != bodies[1]["id"]


def test_a_refusal_is_told_and_fails(run: Run, receiver: Receiver) -> None:
    """The operator reads which target it was, and the exit code is 1."""
    receiver.will(answers(403))
    result = run("alert", "test")
    assert result.exit_code == 1
    assert result.stdout.startswith("webhook: Refused.")


@pytest.mark.usefixtures("receiver")
def test_a_target_that_cannot_be_reached_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again later by itself, and the command says how it stands now."""
    monkeypatch.setenv("TRUSTOPS_ALERT_WEBHOOK_URL", f"http://127.0.0.1:{closed_port()}/")
    result = run("alert", "test", "--json")
    assert result.exit_code == 1
    (row,) = json.loads(result.stdout)
    assert (row["target"], row["state"], row["attempts"]) == ("webhook", "queued", 1)
    assert row["error"]


def test_without_a_channel_it_says_so(run: Run) -> None:
    """The alert is in the log, which wakes nobody."""
    result = run("alert", "test")
    assert result.exit_code == 0
    assert result.stdout.strip() == "console: Sent."
    assert "No alert channel is set" in result.stderr
