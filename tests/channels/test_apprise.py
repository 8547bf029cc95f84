"""Apprise: one URL a delivery, sent once, and a failure is nothing that anybody knows."""

from __future__ import annotations

import json

import pytest

from tests.channels.receiver import Receiver, answers, closed_port, hangs
from tests.channels.things import MESSAGE, claimed
from trustops.channels.apprise import AppriseSender
from trustops.channels.rules import DeliveryState, Outcome, apprise_target
from trustops.settings import Credential

KEY = "key of the instance"
pytestmark = pytest.mark.usefixtures("apprise_loaded")


def sent(url: str, configured: str = "") -> Outcome:
    """Send the message to the target that a URL makes, with these URLs in the settings."""
    adapter = AppriseSender(Credential(configured or url), Credential(KEY))
    return adapter.send(claimed("apprise", apprise_target(url, KEY)), MESSAGE)


def test_the_service_gets_title_and_text(receiver: Receiver) -> None:
    """The library does the rest for each kind of service."""
    assert sent(f"json://127.0.0.1:{receiver.port}/x") == Outcome.sent()
    [request] = receiver.requests
    body = json.loads(request.body)
    assert (body["title"], body["message"]) == (MESSAGE.subject, MESSAGE.text)


def test_a_delivery_reaches_its_own_url_among_several(receiver: Receiver) -> None:
    """The row names it by a label, whatever the order in the setting."""
    mine = f"json://127.0.0.1:{receiver.port}/mine"
    others = f"json://127.0.0.1:{receiver.port}/other, {mine}\njson://127.0.0.1:1/third"
    assert sent(mine, others) == Outcome.sent()
    assert [request.line.split()[1] for request in receiver.requests] == ["/mine"]


@pytest.mark.parametrize("options", ["", "?retry=3&wait=0", "?optional=yes", "?redirect=yes"])
@pytest.mark.parametrize("status", [500, 302])
def test_a_failure_is_unknown_and_is_tried_once_whatever_the_url_says(
    receiver: Receiver, options: str, status: int
) -> None:
    """The library does not tell a refusal from a lost answer."""
    receiver.will(*[answers(status, Location=f"{receiver.url}")] * 4)
    outcome = sent(f"json://127.0.0.1:{receiver.port}/x{options}")
    assert outcome.state is DeliveryState.UNKNOWN
    assert len(receiver.requests) == 1


def test_a_service_that_hangs_or_is_not_there_is_unknown(receiver: Receiver) -> None:
    """No promise is made on what the library keeps to itself."""
    receiver.will(hangs)
    assert sent(f"json://127.0.0.1:{receiver.port}/x?rto=0.3").state is DeliveryState.UNKNOWN
    assert sent(f"json://127.0.0.1:{closed_port()}/x").state is DeliveryState.UNKNOWN


def test_a_url_that_left_the_settings_gets_nothing_any_more(receiver: Receiver) -> None:
    """The row cannot reach it: it knows the label alone."""
    gone = f"json://127.0.0.1:{receiver.port}/gone"
    outcome = sent(gone, f"json://127.0.0.1:{receiver.port}/here")
    assert outcome.state is DeliveryState.REJECTED
    assert receiver.requests == []


def test_a_url_that_the_library_cannot_read_is_refused() -> None:
    """The reason does not repeat it, because it may hold a token."""
    outcome = sent("nosuchservice://hidden-token")
    assert outcome.state is DeliveryState.REJECTED
    assert "hidden" not in repr(outcome)
